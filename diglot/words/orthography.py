"""Pinyin as words: GB/T 16159-2012, Basic rules of the Chinese phonetic alphabet orthography.

Syllables of a word are joined, an apostrophe stands before a, o or e inside it (6.6), names are
capitalized (6.2), 11 to 99 are joined and ordinals hyphenated (6.1.5), an idiom of four
syllables is hyphenated in the middle (6.1.8). 一 and 不 keep their own tone (6.4.1); sandhi is
an option of ``sandhi``.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from diglot.words.pinyin import Style, numbered, spelled
from diglot.words.segment import is_number
from diglot.words.word import Word

# Joined to the word that they follow (6.1.1.2, 6.1.2.1).
_PARTICLES = frozenset("着了过们")
_SUFFIXES = frozenset("性化者")
_OPENING = frozenset("“‘([")
_PUNCTUATION = str.maketrans(
    "，。、；：？！“”‘’（）《》〈〉【】「」『』—…·", ",.,;:?!“”‘’()“”‘’[]“”‘’—…·"
)


def joined(
    text: str, pinyin: Sequence[str | None], breaks: Iterable[int] = (), hyphen: int = 0
) -> str:
    """Write a word's pinyin as one.

    Args:
        text: the word.
        pinyin: a numbered syllable a character, capitalized where it is; None for others, which
            are kept as they are.
        breaks: offsets before which a space stands.
        hyphen: the offset before which a hyphen stands, 0 for none.
    """
    spaces = set(breaks)
    out: list[str] = []
    for offset, (char, syllable) in enumerate(zip(text, pinyin, strict=True)):
        if offset in spaces:
            out.append(" ")
        elif offset == hyphen and offset:
            out.append("-")
        elif offset and _is_latin(text[offset - 1]) != _is_latin(char):
            out.append(" ")  # 卡拉OK kǎlā OK
        elif syllable and out and _needs_apostrophe(out[-1], syllable):
            out.append("'")
        out.append(_cased(syllable) if syllable else char)
    return "".join(out)


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalnum()


def _needs_apostrophe(before: str, syllable: str) -> bool:
    return before[-1:].isalpha() and syllable[0].lower() in "aoeê"


def _cased(syllable: str) -> str:
    marked = spelled(syllable.lower())
    return marked[0].upper() + marked[1:] if syllable[0].isupper() else marked


def number_breaks(word: str) -> tuple[int, ...]:
    """Where the words of a number in hanzi begin: 一百二十 yībǎi èrshí, 二〇二三 èr líng èr sān."""
    units = set("十百千万亿")
    if not units & set(word):
        first = 2 if word.startswith("第") else 1
        return tuple(range(first, len(word)))
    starts = []
    for i, (before, char) in enumerate(pairwise(word), 1):
        after_unit = before in "百千万亿" and char not in "万亿"
        if after_unit or (before in "〇零" and char not in units) or char in "〇零":
            starts.append(i)
    return tuple(starts)


def restyled(word: Word, style: Style) -> tuple[str | None, ...]:
    """A word's syllables in another spelling."""
    return tuple(s and spelled(numbered(s), style) for s in word.pinyin)


def spaced_zhuyin(text: str, pinyin: Sequence[str | None]) -> tuple[str, ...]:
    """Spell a word in zhuyin, a piece a character, with a space before each syllable but the first.

    Args:
        text: the word.
        pinyin: a syllable a character; None for others, which stand for themselves.
    """
    pieces: list[str] = []
    for place, (char, syllable) in enumerate(zip(text, pinyin, strict=True)):
        joins = not place or (syllable is None and pinyin[place - 1] is None)
        spelt = spelled(numbered(syllable), Style.ZHUYIN) if syllable else char
        pieces.append(spelt if joins else f" {spelt}")
    return tuple(pieces)


def respelled(word: Word, style: Style) -> Word:
    """A word with its reading in another spelling, its syllables parted by spaces."""
    if style is Style.MARKS:
        return word
    syllables = restyled(word, style)
    return replace(word, pinyin=syllables, reading=" ".join(filter(None, syllables)))


def sandhi(words: Sequence[Word]) -> tuple[Word, ...]:
    """Write 一 and 不 with the tones that they take in speech.

    不 is bú before a fourth tone; 一 is yí before a fourth tone and yì before the others, unless
    it ends a word or is part of a number (第一, 统一, 十一, 一九四九).
    """
    spoken: list[Word] = []
    for word, after in zip(words, [*words[1:], None], strict=True):
        changed = tuple(_spoken(word, at, after) for at in range(len(word.text)))
        reading, at = word.reading, 0
        for old, new in zip(word.pinyin, changed, strict=True):
            if old and new and old != new:
                at = reading.lower().index(old, at)
                new = new.capitalize() if reading[at].isupper() else new
                reading = reading[:at] + new + reading[at + len(new) :]
        spoken.append(replace(word, pinyin=changed, reading=reading))
    return tuple(spoken)


def _spoken(word: Word, at: int, after: Word | None) -> str | None:
    syllable, char = word.pinyin[at], word.headword[at]
    if (char, syllable) not in (("一", "yī"), ("不", "bù")):
        return syllable
    rest = (*word.pinyin[at + 1 :], *(after.pinyin if after else ()))
    tone = numbered(rest[0])[-1] if rest and rest[0] else ""
    if char == "不":
        return "bú" if tone == "4" else syllable
    alone = len(word.headword) == 1
    ends = not alone and (at == len(word.headword) - 1 or is_number(word.headword))
    counts = alone and after is not None and is_number(after.headword)
    if ends or counts or tone in ("", "5"):
        return syllable
    return "yí" if tone == "4" else "yì"


def transcribed(words: Iterable[Word]) -> str:
    """A text in pinyin: words spaced, suffixes joined, a capital at the head of each sentence."""
    out: list[str] = []
    opening = True
    for word in words:
        piece = word.reading or word.text.translate(_PUNCTUATION)
        if not piece.strip():
            continue
        if opening and piece[0].isalnum():
            piece, opening = piece[0].upper() + piece[1:], False
        if out and (word.reading or word.text[0].isalnum() or piece in _OPENING):
            glued = out[-1][-1] in _OPENING or _is_suffix(word, out[-1])
            out.append(piece if glued else f" {piece}")
        else:
            out.append(piece)
        opening = opening or piece[-1] in ".?!"
    return "".join(out)


def _is_suffix(word: Word, before: str) -> bool:
    if not before[-1].isalpha():
        return False
    if word.headword in _PARTICLES:
        return numbered(word.pinyin[0] or "")[-1] == "5"
    return word.headword in _SUFFIXES and len(before) > 4
