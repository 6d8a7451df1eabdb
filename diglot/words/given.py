"""What people say about words: marks of single occurrences, and the terms of a glossary."""

from collections.abc import Sequence
from dataclasses import dataclass

from diglot.errors import DiglotError, Place, Problem
from diglot.model import Mark, Term
from diglot.words.orthography import spaced_zhuyin
from diglot.words.pinyin import syllables
from diglot.words.readings import Pinyin, is_hanzi


@dataclass(frozen=True, slots=True)
class Given:
    """What people say about a word: an editor's mark, or a term of the glossary."""

    start: int
    end: int
    pinyin: str
    english: str
    pos: str = ""
    place: Place | None = None


def given_words(
    text: str, terms: Sequence[Term], marks: Sequence[Mark], place: Place | None
) -> dict[int, Given]:
    """What was given for each word, by its offset.

    Marks come first, and take from the glossary what they do not say; then terms where no mark
    is, the longest first.

    Raises:
        DiglotError: a-002 marks overlap or lie outside the text.
    """
    found: dict[int, Given] = {}
    free = bytearray(b"\1" * len(text))
    listed = {term.term: term for term in terms}
    for mark in sorted(marks, key=lambda m: m.start):
        if mark.hant is not None and mark.pinyin is None and mark.english is None:
            continue  # says how the word is converted, not that it is one word
        if not 0 <= mark.start < mark.end <= len(text) or 0 in free[mark.start : mark.end]:
            raise DiglotError(
                Problem(
                    "a-002",
                    f"A mark stands at {mark.start}–{mark.end} of {len(text)} characters.",
                    "Marks stand side by side inside the sentence: [词]{py=…}.",
                    place,
                )
            )
        free[mark.start : mark.end] = bytes(mark.end - mark.start)
        term = listed.get(text[mark.start : mark.end])
        found[mark.start] = Given(
            mark.start,
            mark.end,
            mark.pinyin or (term.pinyin if term else ""),
            mark.english or (term.english if term else ""),
            term.pos if term else "",
            place if mark.pinyin or not term else term.place,
        )
    for term in sorted(terms, key=lambda t: -len(t.term)):
        start = text.find(term.term) if term.term else -1
        while start >= 0:
            end = start + len(term.term)
            if 0 not in free[start:end]:
                free[start:end] = bytes(end - start)
                found[start] = Given(start, end, term.pinyin, term.english, term.pos, term.place)
            start = text.find(term.term, start + 1)
    return dict(sorted(found.items()))


def given_syllables(text: str, given: Given) -> Pinyin:
    """The numbered syllables of a given reading, one a hanzi.

    Raises:
        DiglotError: a-001 there are more or fewer.
    """
    word = text[given.start : given.end]
    count = sum(map(is_hanzi, word))
    found = syllables(_without(given.pinyin, word), count)
    if found is None:
        raise DiglotError(
            Problem(
                "a-001",
                f"“{given.pinyin}” does not read “{word}”: {count} syllables are needed.",
                'Write one syllable for each character, such as py="zhòngyào".',
                given.place,
            )
        )
    rest = iter(found)
    return tuple(next(rest) if is_hanzi(char) else None for char in word)


def zhuyin_of(term: Term) -> str:
    """A term's reading in zhuyin, with spaces between its syllables.

    Raises:
        DiglotError: a-001 its pinyin has more or fewer syllables than it has hanzi.
    """
    word = term.term
    given = Given(0, len(word), term.pinyin, term.english, place=term.place)
    return "".join(spaced_zhuyin(word, given_syllables(word, given)))


def _without(pinyin: str, word: str) -> str:
    """Pinyin without the Latin letters that the word itself has (T恤 T xù)."""
    for letters in filter(str.isascii, "".join(c if c.isascii() else " " for c in word).split()):
        pinyin = pinyin.replace(letters, " ", 1)
    return pinyin
