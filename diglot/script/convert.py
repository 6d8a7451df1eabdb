"""Conversion between Simplified and Traditional and between the regions' forms."""

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING

from diglot.errors import DiglotError, Problem
from diglot.memory import recall
from diglot.model import Mark, Script
from diglot.script import engine

if TYPE_CHECKING:
    from rjieba import Jieba

_ANY = "utf-8", "surrogatepass"  # as Python reads what is no text

# How many words of the segmenter a phrase of OpenCC's may span.
_SPAN = 5

# From Traditional to Traditional, by way of OpenCC's own standard forms.
_REGIONAL = {
    (Script.HANT, Script.HANT_TW): ("t2tw",),
    (Script.HANT, Script.HANT_HK): ("tw2t", "t2hk"),
    (Script.HANT_TW, Script.HANT_HK): ("tw2t", "t2hk"),
    (Script.HANT_HK, Script.HANT): ("hk2t", "t2tw"),
    (Script.HANT_HK, Script.HANT_TW): ("hk2t", "t2tw"),
}


def convert(
    text: str,
    to: Script,
    source: Script,
    *,
    words: Mapping[str, str] | None = None,
    marks: Sequence[Mark] = (),
) -> str:
    """The text in another script, with as many characters as before.

    The same script, and ``SOURCE``, leave the text as it is. Plain ``HANT`` is printed as in
    Taiwan. Quotation marks are left to ``regional_quotes``.

    Args:
        text: Text in the script ``source``.
        to: The script wanted.
        source: The script that the text is in.
        words: Simplified words and their Traditional forms, which hold for the whole text,
            whatever OpenCC says; the longest one wins. To Simplified they are read backwards.
        marks: Overrides for single occurrences, in offsets into the text; those without ``hant``
            are passed over. They beat ``words``, and hold for Traditional only.

    Raises:
        DiglotError: x-001, an override has more characters on one side than on the other.
    """
    if to in (source, Script.SOURCE) or source is Script.SOURCE:
        return text
    fixed = _fixed(words or {}, to, source)
    done: list[str] = []
    at = 0
    for start, end, form in _overridden(text, fixed, () if to is Script.HANS else marks):
        done += _plain(text[at:start], to, source), form
        at = end
    done.append(_plain(text[at:], to, source))
    return "".join(done)


def convert_label(label: str, to: Script) -> str:
    """A short Simplified text without doubtful words, by OpenCC's own phrases if they do.

    They load in a tenth of the time that the project's and the segmenter take; but the forms of
    Hong Kong are the project's.
    """
    if to not in (Script.HANT, Script.HANT_TW):
        return convert(label, to, Script.HANS)
    return engine.plain("s2tw", label)


def project(text: str, source: Script) -> str:
    """The Simplified projection, whose offsets are the text's own."""
    return convert(text, Script.HANS, source)


def overridden(
    text: str, to: Script, source: Script, words: Mapping[str, str], marks: Sequence[Mark]
) -> set[int]:
    """The offsets that overrides settle, for the same arguments as ``convert``."""
    spans = _overridden(text, _fixed(words, to, source), marks)
    return {at for start, end, _ in spans for at in range(start, end)}


def _plain(text: str, to: Script, source: Script) -> str:
    if not text:
        return text
    name = f"{source} in {to}: {text}"
    return recall(name, lambda: _converted(text, to, source).encode(*_ANY)).decode(*_ANY)


def _converted(text: str, to: Script, source: Script) -> str:
    if to is Script.HANS:
        return engine.convert("tw2s", engine.convert("hk2t", text))
    if source is Script.HANS:
        return _from_simplified(text, "s2hk" if to is Script.HANT_HK else "s2tw")
    for name in _REGIONAL.get((source, to), ()):
        text = engine.convert(name, text)
    return text


def _from_simplified(text: str, name: str) -> str:
    """Traditional by OpenCC, but for those of its phrases that cut a word in two.

    OpenCC takes the longest phrase at each place, and so finds 被发 (被髮) in 被/发现 and 国历
    (國曆) in 中国/历史. The text is converted a second time with its words held apart; where the
    two differ, the first holds only if its phrase is made of whole words.
    """
    whole = engine.convert(name, text)
    if engine.UNCOVERED in text or engine.UNFIT.search(text):
        return whole
    words = _segmenter().cut(text, False)
    apart = engine.convert(name, engine.UNCOVERED.join(words)).replace(engine.UNCOVERED, "")
    if whole == apart or len(apart) != len(whole):
        return whole
    starts = [0, *accumulate(map(len, words))]
    characters = list(whole)
    for at, (one, other) in enumerate(zip(whole, apart, strict=True)):
        if one == other:
            continue
        word = bisect_right(starts, at) - 1
        first = max(0, word - _SPAN + 1)
        # A measure word's phrase begins with the last digit of a number.
        near = tuple(w[-1:] if w.isdecimal() else w for w in words[first : word + _SPAN])
        if not _is_phrase(near, word - first, at - starts[word], one, name):
            characters[at] = other
    return "".join(characters)


@cache
def _segmenter() -> "Jieba":
    """A segmenter of our own: what others add to rjieba's must not change a conversion."""
    from rjieba import Jieba  # here, because it loads its dictionary as it is imported

    return Jieba()


@lru_cache(maxsize=4096)
def _is_phrase(near: tuple[str, ...], word: int, offset: int, form: str, name: str) -> bool:
    """Whether some run of whole words around a character is a phrase that gives it this form."""
    for first in range(max(0, word - _SPAN + 1), word + 1):
        for last in range(max(word + 1, first + 2), min(len(near), first + _SPAN) + 1):
            run = "".join(near[first:last])
            at = sum(map(len, near[first:word])) + offset
            inside = set(range(1, len(run))).difference(accumulate(map(len, near[first:last])))
            if (
                _covered(run)
                and engine.convert(name, run)[at] == form
                and not any(_covered(run[:cut]) and _covered(run[cut:]) for cut in inside)
            ):
                return True
    return False


def _covered(run: str) -> bool:
    """Whether phrases cover this run of text."""
    return engine.UNCOVERED not in engine.convert("uncovered", run)


def _fixed(words: Mapping[str, str], to: Script, source: Script) -> dict[str, str]:
    for simplified, traditional in words.items():
        if len(simplified) != len(traditional) or not simplified:
            raise _uneven(simplified, traditional)
    if source is Script.HANS:
        return dict(words)
    if to is Script.HANS:
        return {traditional: simplified for simplified, traditional in words.items()}
    return {traditional: traditional for traditional in words.values()}


def _overridden(
    text: str, fixed: Mapping[str, str], marks: Sequence[Mark]
) -> list[tuple[int, int, str]]:
    """The spans that overrides settle, in order and apart, each with the form it gets."""
    spans = []
    at = 0
    for mark in sorted(marks, key=lambda mark: mark.start):
        if mark.hant is None:
            continue
        if len(mark.hant) != mark.end - mark.start:
            raise _uneven(text[mark.start : mark.end], mark.hant)
        spans += _found(text, at, mark.start, fixed)
        spans.append((mark.start, mark.end, mark.hant))
        at = mark.end
    return spans + _found(text, at, len(text), fixed)


def _found(text: str, start: int, end: int, fixed: Mapping[str, str]) -> list[tuple[int, int, str]]:
    if not fixed:
        return []
    matches = _any_of(tuple(fixed)).finditer(text, start, end)
    return [(match.start(), match.end(), fixed[match[0]]) for match in matches]


@lru_cache(maxsize=16)
def _any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))


def _uneven(simplified: str, traditional: str) -> DiglotError:
    return DiglotError(
        Problem(
            "x-001",
            f"the Traditional form “{traditional}” has not as many characters as “{simplified}”",
            "Write one Traditional character for each Simplified one.",
        )
    )
