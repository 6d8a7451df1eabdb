"""Where Chinese text may break and where it may be spaced: rules on plain strings.

Sources: W3C "Requirements for Chinese Text Layout" (clreq), sections on line composition; GB/T
15834-2011 (punctuation); Unicode UAX #14 gives the candidates that these rules mend. Offsets are
in characters; offset ``i`` means "before character ``i``" for breaks, "after" it for spacing.
"""

import re
from collections.abc import Iterable

OPENING = "（《〈「『【〔［｛“‘〖"
CLOSING = "，。、；：！？）》〉」』】〕］｝”’〗．"
_HANGING = "，。、"
MIDDLE = "·‧・"
DASHES = "—…"
OBJECT = "\ufffc"  # stands for a picture or another atomic box in a line

_HAN = (
    r"\u2e80-\u2fdf\u3005\u3007\u3021-\u3029\u3040-\u312f\u3400-\u9fff\uf900-\ufaff"
    r"\U00020000-\U0003ffff"
)
_WIDE = rf"\u2e80-\ua4cf\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff“”‘’{OBJECT}—…·"
_LATIN = r"0-9A-Za-z\u00c0-\u024f\u0370-\u03ff\u1e00-\u1eff"
_CLOSING = re.escape(CLOSING + MIDDLE + "～々,.;:!?)]}%‰℃°")
_NO_START = _CLOSING + DASHES
_NO_END = re.escape(OPENING + "([{")

CONTAINS_CHINESE = re.compile(f"[{_HAN}{re.escape(OPENING + CLOSING)}]")
HANZI = re.compile(f"[{_HAN}]")
LATIN_WORD = re.compile("[A-Za-z]+")
WIDE = re.compile(f"[{_WIDE}]")
PUNCTUATION = re.compile(f"[{re.escape(OPENING + CLOSING)}]")
_ZHUYIN, _AND_TONE = "[˙\u3105-\u312f]", "[\u3105-\u312fˊˇˋ]"
_FORBIDDEN = re.compile(
    rf"(?<=[{_NO_END}])|(?=[{_NO_START}])|(?<=[0-9])(?=[万亿萬億])|(?<={_ZHUYIN})(?={_AND_TONE})"
)
# UAX #14 glues curly quotes to both neighbours because it cannot tell opening from closing.
_AROUND_QUOTES = re.compile(
    rf"(?<=[^\s{_NO_END}])(?=[“‘])|(?<=”)(?=[{_LATIN}])|(?<=[”’])(?=[{_WIDE}])"
)
# Web addresses and other endless runs may break within, but not in a number, and not after a
# hyphen, which readers would take for the typesetter's.
_ENDLESS = re.compile(r"[!-~]*(?:://|www\.)[!-~]+|[!-~]{30,}")
_WITHIN = re.compile(r"(?<=[^-])(?!(?<=[0-9])[0-9])")
_LONE = re.compile(rf"[^{_CLOSING}][{_CLOSING}]*")
_HAN_LATIN = re.compile(rf"[{_HAN}](?=[{_LATIN}])|[{_LATIN}%‰°℃](?=[{_HAN}])")
_ADJACENT = re.compile(
    rf"[{re.escape(CLOSING)}](?=[{re.escape(CLOSING + OPENING + MIDDLE)}])"
    rf"|[{re.escape(OPENING)}](?=[{re.escape(OPENING)}])"
)
# Dashes and ellipses are two characters but one mark; a syllable of zhuyin stays together.
_WHOLE = f"(?!——|……|{_ZHUYIN}{_AND_TONE})"
_GAP = re.compile(rf"{_WHOLE}(?![{_NO_END}])(?:[{_WIDE}]|\S(?=[{_WIDE}]))(?=[^\s{_CLOSING}])")
_LAST_RESORT = re.compile(rf"{_WHOLE}(?:\S(?=[{_WIDE}])|[{_WIDE}](?=\S))")
_SPACE = re.compile("[ \u00a0]")


def is_chinese(language: str | None) -> bool:
    """Whether a BCP 47 tag names Chinese in hanzi: ``zh-Latn`` (pinyin) does not."""
    tag = (language or "").lower()
    return tag.partition("-")[0] == "zh" and "latn" not in tag


def breaks(text: str, candidates: Iterable[int]) -> list[int]:
    """Return the offsets at which a line may begin, given those that UAX #14 allows.

    No line begins with closing punctuation, a dash or an ellipsis, none ends with opening
    punctuation; ``——``, ``……`` and numbers such as 21.6万 stay whole (clreq, "Prohibition Rules for
    Line Start and Line End"; GB/T 15834, 5.1). Web addresses may break within.
    """
    allowed = set(candidates)
    allowed.update(match.start() for match in _AROUND_QUOTES.finditer(text))
    for run in _ENDLESS.finditer(text):
        start, end = run.start() + 1, run.end()
        allowed.difference_update(range(start, end))
        within = {match.start() for match in _WITHIN.finditer(text, start, end)}
        allowed.update(within - {end})
    allowed.difference_update(match.start() for match in _FORBIDDEN.finditer(text))
    allowed -= {0, len(text)}
    return sorted(allowed)


def han_latin(text: str) -> list[int]:
    """Return the characters after which hanzi meet Latin letters or digits without a space."""
    return [match.start() for match in _HAN_LATIN.finditer(text)]


def adjacent(text: str) -> list[int]:
    """Return the punctuation marks that are followed by one they share their blank with."""
    return [match.start() for match in _ADJACENT.finditer(text)]


def is_lone(text: str) -> bool:
    """Whether a last line is but one character, punctuation apart."""
    return _LONE.fullmatch(text.strip()) is not None


def spaces(text: str) -> list[int]:
    """Return the word spaces."""
    return [match.start() for match in _SPACE.finditer(text)]


def hangs(line: str) -> bool:
    """Whether the last mark of a line may hang: a comma or full stop that follows no other mark.

    See clreq, "Hanging Punctuation at Line End".
    """
    return line[-1:] in _HANGING and not PUNCTUATION.match(line[-2:-1])


def gaps(text: str, *, desperate: bool = False) -> list[int]:
    """Return the characters of a line after which justification may add space, spaces apart.

    Not inside Latin words and numbers, not after opening or before closing punctuation unless
    nothing else is left or the line is ``desperate``, never inside ``——`` and ``……``.
    """
    found = [] if desperate else [match.start() for match in _GAP.finditer(text)]
    return found or [match.start() for match in _LAST_RESORT.finditer(text)]
