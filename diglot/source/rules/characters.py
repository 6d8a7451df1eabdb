"""Repairs of single characters. Never NFKC: it would narrow the punctuation of every sentence."""

import unicodedata

import regex

from diglot.source.patch import Change, Doubt
from diglot.source.rules.rule import Findings, Rule

_INVISIBLE = regex.compile(
    r"[\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\u00ad\u180e"
    r"\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]+"
    # Variation selectors and joiners also build emoji; those stay.
    r"|(?<![\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f])"
    r"[\u200d\ufe00-\ufe0f\U000e0100-\U000e01ef]+(?!\u20e3)"
)
_LINE_BREAK = regex.compile(r"[\v\f\x85\u2028\u2029]")

# CJK Radicals Supplement, by Unicode's EquivalentUnifiedIdeograph.txt. The radicals whose ideograph
# lies beyond the basic plane, where few fonts have it, are not here: they are reported.
_SUPPLEMENT = dict(
    zip(
        "⺁⺂⺃⺄⺅⺆⺈⺉⺊⺋⺌⺍⺎⺏⺐⺒⺓⺔⺕⺖⺗⺘⺙⺛⺜⺝⺞⺟⺠⺡⺢⺣⺤⺥⺦⺧⺨⺩⺫⺬⺭⺯⺰⺱⺲⺳⺴⺶⺹⺺"
        "⺻⺼⺾⺿⻀⻁⻂⻃⻄⻅⻆⻈⻉⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻖⻗⻘⻙⻚⻛⻜⻝⻟⻠⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳",
        "厂乛乚乙亻冂刀刂卜㔾小小兀尣尢巳幺彑彐忄心扌攵旡日月歺母民氵氺灬爫爫丬牛犭王目示礻糹纟罓罒㓁冗羊耂肀"
        "聿肉艹艹艹虎衤覀西见角讠贝车辶辶辶邑钅長镸长门阝雨青韦页风飞食飠饣马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟",
        strict=True,
    )
)
_RADICAL = regex.compile(r"[\u2e80-\u2fd5]")
_UNKNOWN = regex.compile(r"[\p{Co}\ufffd]+")


def _invisible(text: str, _: str) -> Findings:
    for match in _INVISIBLE.finditer(text):
        yield Change(*match.span(), "")


def _line_breaks(text: str, _: str) -> Findings:
    for match in _LINE_BREAK.finditer(text):
        yield Change(*match.span(), "\n")


def _radicals(text: str, _: str) -> Findings:
    for match in _RADICAL.finditer(text):
        radical = match[0]
        if radical >= "\u2f00":
            yield Change(*match.span(), unicodedata.normalize("NFKC", radical))
        elif radical in _SUPPLEMENT:
            yield Change(*match.span(), _SUPPLEMENT[radical])
        else:
            yield Doubt(*match.span(), "a radical that is no character of its own")


def _compose(text: str, _: str) -> Findings:
    if unicodedata.is_normalized("NFC", text):
        return
    for match in regex.finditer(r"\X", text):
        composed = unicodedata.normalize("NFC", match[0])
        if composed != match[0]:
            yield Change(*match.span(), composed)


def _unknown(text: str, _: str) -> Findings:
    for match in _UNKNOWN.finditer(text):
        what = "a character was lost" if "\ufffd" in match[0] else "a character of a private font"
        yield Doubt(*match.span(), what)


INVISIBLE = Rule(
    "invisible",
    "Zero-widths, soft hyphens, variation selectors and controls hide in words and break searches.",
    _invisible,
)
LINE_BREAKS = Rule(
    "line-breaks", "Form feeds and Unicode's line separators are ends of lines.", _line_breaks
)
RADICALS = Rule(
    "radicals", "PDFs yield radicals that look like the character and are another.", _radicals
)
COMPOSE = Rule("compose", "One character has one code (NFC, never NFKC).", _compose)
UNKNOWN = Rule(
    "unknown",
    "Private-use characters and U+FFFD stand for something that only a person can tell.",
    _unknown,
)
