"""A word of a text and what a reader is told about it."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from operator import attrgetter

import msgspec


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it was printed, with its reading, sense and level.

    ``start`` and ``end`` are offsets in characters. ``pinyin`` has one syllable with tone marks a
    character, None for what is no hanzi or has no known reading; ``reading`` is the word's pinyin
    in one (GB/T 16159). ``english`` and ``pos`` are empty where nothing is known. ``hsk`` is the
    level in HSK 3.0 (GF 0025-2021; 7 stands for 7 to 9). ``confidence`` is how often such a
    reading is right, and ``sure`` whether that is often enough not to list it for review.
    ``headword`` is the word in Simplified characters.
    """

    text: str
    start: int
    end: int
    pinyin: tuple[str | None, ...]
    reading: str
    english: str
    pos: str
    hsk: int | None
    sure: bool
    confidence: float
    headword: str


_values = attrgetter(*(field.name for field in fields(Word)))
_Values = tuple[str, int, int, tuple[str | None, ...], str, str, str, int | None, bool, float, str]
_decode = msgspec.msgpack.Decoder(list[_Values]).decode


def packed(words: Iterable[Word]) -> bytes:
    """Write words down."""
    return msgspec.msgpack.encode(list(map(_values, words)))


def unpacked(data: bytes) -> tuple[Word, ...]:
    """Read words that `packed` wrote."""
    return tuple(Word(*values) for values in _decode(data))
