"""Pinyin syllables in their three spellings, and how a run of them is cut.

Inside the package a syllable is lower case with a tone digit (``lü4``, ``ma5``, ``r5``);
tone marks go where GB/T 16159-2012, section 6.4, and Scheme for the Chinese Phonetic
Alphabet put them.
"""

import unicodedata
from enum import StrEnum
from functools import cache, lru_cache

import regex

_TONES = {"\u0304": "1", "\u0301": "2", "\u030c": "3", "\u0300": "4"}
_MARKS = {digit: mark for mark, digit in _TONES.items()}

# Every syllable of the standard language, by initial.
_SYLLABLES = frozenset(
    initial.strip("-") + final
    for row in """
    - a ai an ang ao e ei en eng er o ou ê
    b a ai an ang ao ei en eng i ian iang iao ie in ing o u
    p a ai an ang ao ei en eng i ian iao ie in ing o ou u
    m a ai an ang ao e ei en eng i ian iao ie in ing iu o ou u
    f a an ang ei en eng iao o ou u
    d a ai an ang ao e ei en eng i ia ian iao ie ing iu ong ou u uan ui un uo
    t a ai an ang ao e ei eng i ian iao ie ing ong ou u uan ui un uo
    n a ai an ang ao e ei en eng i ia ian iang iao ie in ing iu ong ou u uan un uo ü üe ue
    l a ai an ang ao e ei eng i ia ian iang iao ie in ing iu o ong ou u uan un uo ü üe ue
    g a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo
    k a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo
    h a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo
    j i ia ian iang iao ie in ing iong iu u uan ue un
    q i ia ian iang iao ie in ing iong iu u uan ue un
    x i ia ian iang iao ie in ing iong iu u uan ue un
    zh a ai an ang ao e ei en eng i ong ou u ua uai uan uang ui un uo
    ch a ai an ang ao e en eng i ong ou u ua uai uan uang ui un uo
    sh a ai an ang ao e ei en eng i ou u ua uai uan uang ui un uo
    r an ang ao e en eng i ong ou u ua uan ui un uo
    z a ai an ang ao e ei en eng i ong ou u uan ui un uo
    c a ai an ang ao e en eng i ong ou u uan ui un uo
    s a ai an ang ao e en eng i ong ou u uan ui un uo
    y a ai an ang ao e i in ing o ong ou u uan ue un
    w a ai an ang ei en eng o u
    """.strip().splitlines()
    for initial, *finals in [row.split()]
    for final in finals
)
_LONGEST = 8  # characters: zhuàng and its digit, or a combining mark
_NASALS = ("m", "n", "ng", "hm", "hng")  # 嗯, 呣, 哼: syllables only where they stand alone

_ZHUYIN_INITIALS = {
    "b": "ㄅ", "p": "ㄆ", "m": "ㄇ", "f": "ㄈ", "d": "ㄉ", "t": "ㄊ", "n": "ㄋ", "l": "ㄌ",
    "g": "ㄍ", "k": "ㄎ", "h": "ㄏ", "j": "ㄐ", "q": "ㄑ", "x": "ㄒ", "zh": "ㄓ", "ch": "ㄔ",
    "sh": "ㄕ", "r": "ㄖ", "z": "ㄗ", "c": "ㄘ", "s": "ㄙ",
}  # fmt: skip
_ZHUYIN_FINALS = {
    "a": "ㄚ", "o": "ㄛ", "e": "ㄜ", "ê": "ㄝ", "ai": "ㄞ", "ei": "ㄟ", "ao": "ㄠ", "ou": "ㄡ",
    "an": "ㄢ", "en": "ㄣ", "ang": "ㄤ", "eng": "ㄥ", "er": "ㄦ", "ong": "ㄨㄥ",
    "i": "ㄧ", "ia": "ㄧㄚ", "ie": "ㄧㄝ", "iao": "ㄧㄠ", "iu": "ㄧㄡ", "ian": "ㄧㄢ",
    "in": "ㄧㄣ", "iang": "ㄧㄤ", "ing": "ㄧㄥ", "iong": "ㄩㄥ", "io": "ㄧㄛ",
    "u": "ㄨ", "ua": "ㄨㄚ", "uo": "ㄨㄛ", "uai": "ㄨㄞ", "ui": "ㄨㄟ", "uan": "ㄨㄢ",
    "un": "ㄨㄣ", "uang": "ㄨㄤ", "ueng": "ㄨㄥ",
    "ü": "ㄩ", "üe": "ㄩㄝ", "üan": "ㄩㄢ", "ün": "ㄩㄣ",
}  # fmt: skip
_ZHUYIN_TONES = {"1": "", "2": "ˊ", "3": "ˇ", "4": "ˋ", "5": "˙"}
_BARE = {"r": "ㄦ", "m": "ㄇ", "n": "ㄋ", "ng": "ㄫ", "hm": "ㄏㄇ", "hng": "ㄏㄫ"}


class Style(StrEnum):
    """How a syllable is spelled: ``lǜ``, ``lü4`` or ``ㄌㄩˋ``."""

    MARKS = "marks"
    NUMBERS = "numbers"
    ZHUYIN = "zhuyin"


def numbered(syllable: str) -> str:
    """Spell a syllable with its tone digit; 5 is the neutral tone (``lǜ``, ``lu:4`` -> ``lü4``)."""
    text = syllable.lower().replace("u:", "ü").replace("v", "ü")
    letters, tone = [], ""
    for char in unicodedata.normalize("NFD", text):
        if char in _TONES:
            tone = _TONES[char]
        elif char in "12345":
            tone = char
        else:
            letters.append(char)
    return unicodedata.normalize("NFC", "".join(letters)) + (tone or "5")


@cache
def spelled(syllable: str, style: Style = Style.MARKS) -> str:
    """Spell a numbered syllable in a style."""
    if style is Style.NUMBERS:
        return syllable
    letters, tone = syllable[:-1], syllable[-1]
    return _zhuyin(letters, tone) if style is Style.ZHUYIN else _marked(letters, tone)


def _marked(letters: str, tone: str) -> str:
    if tone == "5":
        return letters
    at = next((letters.index(vowel) for vowel in "aoe" if vowel in letters), -1)
    if at < 0:  # of i, u and ü the last one; a syllabic nasal carries the mark itself
        at = max([i for i, letter in enumerate(letters) if letter in "iuüê"], default=0)
        if letters in ("hm", "hng"):
            at = 1
    return unicodedata.normalize("NFC", letters[: at + 1] + _MARKS[tone] + letters[at + 1 :])


def _zhuyin(letters: str, tone: str) -> str:
    if letters == "r":
        return _BARE[letters]  # 儿 that only colours the syllable before it has no tone of its own
    body = _BARE[letters] if letters in _BARE else _zhuyin_body(letters)
    return _ZHUYIN_TONES["5"] + body if tone == "5" else body + _ZHUYIN_TONES[tone]


def _zhuyin_body(letters: str) -> str:
    initial = next((i for i in ("zh", "ch", "sh", letters[:1]) if letters.startswith(i)), "")
    if initial not in _ZHUYIN_INITIALS:
        return _ZHUYIN_FINALS.get(_without_glide(letters), letters)
    final = letters[len(initial) :]
    if initial in "jqx" and final.startswith("u"):
        final = "ü" + final[1:]
    if final == "i" and initial in ("zh", "ch", "sh", "r", "z", "c", "s"):
        final = ""
    if initial in "ln" and final == "ue":
        final = "üe"
    return _ZHUYIN_INITIALS[initial] + _ZHUYIN_FINALS.get(final, final)


def _without_glide(letters: str) -> str:
    """The final that a syllable without an initial stands for (``you`` -> ``iu``)."""
    if letters.startswith("yu"):
        return {"yuan": "üan", "yun": "ün"}.get(letters, "ü" + letters[2:])
    if letters.startswith("y"):
        rest = letters[1:]
        return {"ou": "iu", "ong": "iong"}.get(rest, rest if rest[:1] == "i" else "i" + rest)
    if letters.startswith("w"):
        rest = letters[1:]
        return {"ei": "ui", "en": "un"}.get(rest, rest if rest[:1] == "u" else "u" + rest)
    return letters


@lru_cache(maxsize=8192)
def syllables(pinyin: str, count: int) -> tuple[str, ...] | None:
    """Cut pinyin as people write it (joined, spaced, marked or numbered) into syllables.

    Args:
        pinyin: such as ``Xī'ān``, ``bei3jing1`` or ``zhòng yào``.
        count: how many syllables there must be.

    Returns:
        The numbered syllables, or None if no reading of the letters gives that many.
    """
    text = unicodedata.normalize("NFC", pinyin.lower().replace("u:", "ü").replace("v", "ü"))
    ways: dict[int, tuple[str, ...]] = {0: ()}
    for chunk in regex.findall(r"[\p{Latin}\p{M}]+[1-5]?(?:[\p{Latin}\p{M}]+[1-5]?)*", text):
        ways = {
            done + more: before + cut
            for done, before in ways.items()
            for more, cut in _cuts(chunk, count - done).items()
        }
    return ways.get(count)


_Tail = tuple[int, tuple[str, ...]]  # how many apostrophes are lacking, and the cut


def _cuts(chunk: str, most: int) -> dict[int, tuple[str, ...]]:
    """For each number of syllables up to ``most``, the cut of a run of letters to prefer.

    A syllable inside that begins with a vowel should have an apostrophe before it: without one it
    must bear a tone, and a cut without such syllables wins; then the longest first syllable.
    """
    if numbered(chunk)[:-1] in _NASALS:
        return {1: (numbered(chunk),)}
    if len(chunk) > most * (_LONGEST + 1):
        return {}
    tails: list[dict[int, _Tail]] = [{} for _ in chunk] + [{0: (0, ())}]
    for start in range(len(chunk) - 1, -1, -1):
        for end in range(min(len(chunk), start + _LONGEST), start, -1):
            head = numbered(chunk[start:end])
            erhua = start > 0 and end == len(chunk) and head[:-1] == "r"  # 花儿 huār
            if not erhua and not _is_syllable(chunk[start:end]):
                continue
            lacking = int(start > 0 and head[0] in "aoeê")
            if lacking and head.endswith("5"):
                continue  # only its tone could say that it is a syllable of its own
            for number, (rest, cut) in tails[end].items():
                option = (rest + lacking, (head, *cut))
                known = tails[start].get(number + 1)
                if known is None or option[0] < known[0]:
                    tails[start][number + 1] = option
    return {number: cut for number, (_, cut) in tails[0].items()}


def _is_syllable(text: str) -> bool:
    parts = unicodedata.normalize("NFD", text)
    tones = [c for c in parts if c in _TONES or c.isdigit()]
    letters = numbered(text)[:-1]
    digit_last = not any(c.isdigit() for c in text[:-1])
    return len(tones) <= 1 and digit_last and letters in _SYLLABLES
