"""The data that flows through the stages: plain, frozen values, each with its place.

Offsets and lengths are in characters (Unicode code points) throughout.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from diglot.errors import Place


class Script(StrEnum):
    """A script, and where it matters a region's form of it."""

    SOURCE = "source"
    HANS = "hans"
    HANT = "hant"
    HANT_TW = "hant-tw"
    HANT_HK = "hant-hk"

    @property
    def language(self) -> str:
        """The BCP 47 tag of Chinese in this script, as used in ``lang`` attributes."""
        tags = {"hans": "zh-Hans", "hant": "zh-Hant", "hant-tw": "zh-Hant-TW"}
        return tags.get(self.value, "zh-Hant-HK" if self is Script.HANT_HK else "zh")


class Kind(StrEnum):
    """What a block of the source is."""

    TITLE = "title"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    QUOTATION = "quotation"  # a paragraph whose attribution follows
    ATTRIBUTION = "attribution"
    VERSE = "verse"


@dataclass(frozen=True, slots=True)
class Segment:
    """A block of normalized source: its sentences (verse: its lines) and its line in the source."""

    kind: Kind
    sentences: tuple[str, ...]
    line: int
    level: int = 0  # 1 for a title, 2 … 6 for headings, 0 otherwise


@dataclass(frozen=True, slots=True)
class Mark:
    """What an editor says of one occurrence: ``[词]{em py="…" en="…" hant="…"}``."""

    start: int
    end: int
    pinyin: str | None = None
    english: str | None = None
    hant: str | None = None
    emphasis: bool = False


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the source as it stands in ``text.md``, its marks taken out of the text."""

    text: str
    place: Place
    marks: tuple[Mark, ...] = ()

    @property
    def overrides(self) -> tuple[Mark, ...]:
        """The marks that say something of words, and not only that they are emphasized."""
        return tuple(
            mark
            for mark in self.marks
            if not mark.emphasis
            or any(each is not None for each in (mark.pinyin, mark.english))
            or mark.hant is not None
        )


@dataclass(frozen=True, slots=True)
class Gloss:
    """One line of the English side: inline Markdown."""

    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Pair:
    """A block of source and its gloss, under an id that never changes."""

    id: str
    kind: Kind
    source: tuple[Sentence, ...]
    gloss: tuple[Gloss, ...]
    place: Place
    level: int = 0
    former: str | None = None  # the source before it changed: the pair is stale

    @property
    def aligned(self) -> bool:
        """Whether both sides have as many sentences, and so stand side by side one by one."""
        return len(self.source) == len(self.gloss)


@dataclass(frozen=True, slots=True)
class Note:
    """A note for the reader, named by ``[^key]`` in glosses: inline Markdown."""

    key: str
    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Term:
    """A row of a glossary; ``term`` is written in Simplified characters."""

    term: str
    pinyin: str
    english: str
    place: Place
    pos: str = ""
    note: str = ""
    hant: str = ""


@dataclass(frozen=True, slots=True)
class PairedText:
    """What ``text.md`` says; obsolete pairs are kept, and printed nowhere."""

    pairs: tuple[Pair, ...]
    notes: tuple[Note, ...] = field(default=())
    obsolete: tuple[Pair, ...] = field(default=())
