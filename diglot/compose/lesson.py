"""Exercises as plain data: what is asked, and its key."""

from dataclasses import dataclass

from diglot.pairs.inline import Inline


@dataclass(frozen=True, slots=True)
class Matching:
    """Terms and senses to be brought together; ``key`` has for each term its sense's letter."""

    terms: tuple[str, ...]
    senses: tuple[str, ...]  # lettered a, b, c … in this order
    key: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """A passage without a word, and the word; ``pair`` is where it stands whole."""

    before: str
    after: str
    word: str
    pair: str


@dataclass(frozen=True, slots=True)
class Translation:
    """A gloss to be put back into Chinese, and the Chinese."""

    en: tuple[Inline, ...]
    zh: str
    pair: str


@dataclass(frozen=True, slots=True)
class Lesson:
    """The exercises of a section. ``bank`` has the words of the gaps, in the order of pinyin."""

    section: str
    number: int
    matching: Matching | None
    gaps: tuple[Gap, ...]
    bank: tuple[str, ...]
    translations: tuple[Translation, ...]
