"""A booklet: everything a template needs to set an edition, already in its script and order."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256

from diglot.compose.lesson import Lesson
from diglot.config import Creator, Edition
from diglot.model import Kind, Script
from diglot.pairs.inline import Inline, walk

_ANCHOR = re.compile(r"[A-Za-z0-9._-]+")
_SENSES = re.compile(r";(?![^()]*\))")


@dataclass(frozen=True, slots=True)
class Reading:
    """What stands above a word from the character ``start`` on: a piece for each character.

    With a ``sense``, be it empty, both stand below the word. With ``zhuyin``, a syllable for each
    character or none, this stands beside the characters instead.
    """

    start: int
    pieces: tuple[str, ...]
    sense: str | None = None
    zhuyin: tuple[str, ...] = ()

    @property
    def end(self) -> int:
        """The offset after the word."""
        return self.start + len(self.pieces)

    @property
    def text(self) -> str:
        """The reading of the whole word."""
        return "".join(self.pieces)

    def within(self, start: int, end: int) -> "Reading":
        """Return the part above the characters from ``start`` to ``end``, counted from there."""
        part = slice(max(start - self.start, 0), max(end - self.start, 0))
        first = max(self.start - start, 0)
        return Reading(first, self.pieces[part], self.sense, self.zhuyin[part])


@dataclass(frozen=True, slots=True)
class Lookup:
    """What a reader learns who looks up the word from the character ``start`` on.

    ``pieces`` is its reading, a piece for each character; ``hsk`` is its level in HSK 3.0 (7 stands
    for 7 to 9), ``known`` whether the edition's reader knows it, ``entry`` the key of its entry in
    the glossary, if it has one.
    """

    start: int
    pieces: tuple[str, ...]
    english: str
    pos: str
    hsk: int | None
    known: bool
    entry: str

    @property
    def end(self) -> int:
        """The offset after the word."""
        return self.start + len(self.pieces)

    @property
    def reading(self) -> str:
        """The reading of the whole word."""
        return "".join(self.pieces)

    @property
    def parts(self) -> tuple[int, ...]:
        """The offsets in the word at which its reading is written apart, with both ends."""
        apart = (place for place, piece in enumerate(self.pieces) if place and piece[:1] == " ")
        return (0, *apart, len(self.pieces))


@dataclass(frozen=True, slots=True)
class Entry:
    """A term as vocabulary lists and the glossary show it.

    ``headword`` is the term in Simplified, the same in every edition; ``pairs`` are the ids it
    occurs in; ``offset`` says where it stands in the first of them, in characters of its source;
    ``rows`` are those of the very rows. ``level`` is that of HSK 3.0 (GF 0025-2021), whose levels 7
    to 9 are one list, here 7; 0: in none. ``zhuyin`` is there if the edition spells words so.
    """

    key: str
    headword: str
    term: str
    pinyin: str
    english: str
    pos: str
    note: tuple[Inline, ...]
    pairs: tuple[str, ...]
    offset: int
    rows: tuple[str, ...] = ()
    level: int = 0
    zhuyin: str = ""

    @property
    def first(self) -> str:
        """The pair in which it first occurs."""
        return self.pairs[0]

    @property
    def initial(self) -> str:
        """The letter under which a dictionary has it; # where its reading has none."""
        if self.zhuyin:
            return self.zhuyin.lstrip("˙")[0]
        spelt = unicodedata.normalize("NFD", self.pinyin)
        return next((character.upper() for character in spelt if character.isalpha()), "#")


@dataclass(frozen=True, slots=True)
class Link:
    """From a word, the characters from ``start`` to ``end``, to the entry with a key."""

    start: int
    end: int
    key: str


Span = tuple[int, int]
"""Where a part of a text begins and ends, in characters."""


@dataclass(frozen=True, slots=True)
class Row:
    """What stands side by side: a sentence and its gloss, or where the counts differ all of both.

    Verse keeps its lines even then; the gloss stands with the last. ``en`` is empty where the
    gloss is missing or left out; ``readings``, ``words`` and ``links`` are in the order of the text
    and count in ``zh``; only a page for the web has ``words``; ``glosses`` are the words explained
    on the page, if the edition explains them there. ``emphasis`` are the runs of hanzi that are
    emphasized: where each begins and ends.
    """

    zh: str
    en: tuple[Inline, ...]
    readings: tuple[Reading, ...] = ()
    words: tuple[Lookup, ...] = ()
    glosses: tuple[Entry, ...] = ()
    links: tuple[Link, ...] = ()
    emphasis: tuple[Span, ...] = ()

    @property
    def runs(self) -> tuple[tuple[str, str], ...]:
        """The Chinese in runs, each with its reading or none; zhuyin has a run a character."""
        return tuple((self.zh[a:b], reading) for a, b, reading in self._runs(0, len(self.zh)))

    def parts(self, start: int, end: int) -> tuple[tuple[str, bool], ...]:
        """Part some of the Chinese where emphasis begins and ends; each part says if it has it."""
        return emphasized(self.zh, self.emphasis, start, end)

    @property
    def pieces(self) -> tuple[tuple[str, tuple[tuple[int, int, str], ...]], ...]:
        """The Chinese in pieces, each with the key of its entry or none, and each in runs.

        A run is where it begins and ends, and its reading or none. A link that would part a word
        from its reading is left out.
        """
        inside = {n for reading in self.readings for n in range(reading.start + 1, reading.end)}
        pieces = []
        end = 0
        for link in self.links:
            if link.start not in inside and link.end not in inside:
                pieces.append(("", self._runs(end, link.start)))
                pieces.append((link.key, self._runs(link.start, link.end)))
                end = link.end
        return tuple(piece for piece in (*pieces, ("", self._runs(end, len(self.zh)))) if piece[1])

    def _runs(self, start: int, end: int) -> tuple[tuple[int, int, str], ...]:
        runs = []
        for reading in self.readings:
            if start <= reading.start and reading.end <= end:
                runs.append((start, reading.start, ""))
                if reading.zhuyin:
                    beside = enumerate(reading.zhuyin, reading.start)
                    runs += [(place, place + 1, syllable) for place, syllable in beside]
                else:
                    runs.append((reading.start, reading.end, reading.text))
                start = reading.end
        return tuple(run for run in (*runs, (start, end, "")) if run[0] < run[1])


@dataclass(frozen=True, slots=True)
class Block:
    """A pair as it is set; ``mark`` says what is wrong with its gloss: "", "stale", "missing"."""

    id: str
    kind: Kind
    rows: tuple[Row, ...]
    mark: str = ""
    level: int = 0

    @property
    def zh(self) -> str:
        """The source as one text, for headings."""
        return "".join(row.zh for row in self.rows)

    @property
    def en(self) -> tuple[Inline, ...]:
        """The gloss as one text, for headings."""
        return joined(row.en for row in self.rows)


@dataclass(frozen=True, slots=True)
class Indexed:
    """A line of the index: a sense, the terms that have it, and the rows where they stand.

    ``initial`` is the letter under which it is found; # stands before the alphabet. ``entries`` are
    the keys of the terms' entries and the terms.
    """

    initial: str
    english: str
    terms: tuple[str, ...]
    rows: tuple[str, ...]
    entries: tuple[tuple[str, str], ...]

    @property
    def anchor(self) -> str:
        """Its name in addresses, which stays when other lines come before."""
        return f"index-{sha256(self.english.encode()).hexdigest()[:16]}"


@dataclass(frozen=True, slots=True)
class Endnote:
    """A note, numbered in the order of its first reference; ``pairs`` are the ids that refer."""

    number: int
    key: str
    text: tuple[Inline, ...]
    pairs: tuple[str, ...]

    @property
    def anchor(self) -> str:
        """Its name in addresses, which unlike its number stays when another note comes before."""
        return self.key if _ANCHOR.fullmatch(self.key) else self.key.encode().hex()


@dataclass(frozen=True, slots=True)
class Section:
    """A heading's blocks and the terms that first occur there; the first may have no heading.

    The vocabulary is in groups, one for each pair in which a term first occurs; ``met`` are entries
    of words that are linked here and stand in another section's vocabulary; the notes are those
    that are first referred to here.
    """

    key: str
    heading: Block | None
    blocks: tuple[Block, ...]
    vocabulary: tuple[tuple[Entry, ...], ...]
    notes: tuple[Endnote, ...]
    met: tuple[Entry, ...] = ()

    @property
    def anchor(self) -> str:
        """Its name in addresses, which unlike its key stays when another section comes before."""
        return self.all[0].id

    @property
    def all(self) -> tuple[Block, ...]:
        """The heading, if there is one, and the blocks."""
        return (self.heading, *self.blocks) if self.heading else self.blocks

    @property
    def places(self) -> Mapping[str, tuple[str, ...]]:
        """The pairs in it that have each word met before, by its entry's key."""
        here = {block.id for block in self.all}
        return {each.key: tuple(id_ for id_ in each.pairs if id_ in here) for each in self.met}


@dataclass(frozen=True, slots=True)
class Titles:
    """The title in both languages; ``pair`` is its id where the source itself has it."""

    zh: str
    en: tuple[Inline, ...]
    short_zh: str
    short_en: str
    pair: str = ""
    mark: str = ""
    editorial: bool = False
    words: tuple[Lookup, ...] = ()


@dataclass(frozen=True, slots=True)
class Credit:
    """Where a text or data came from, and under which licence."""

    text: tuple[Inline, ...]
    licence: str
    url: str


@dataclass(frozen=True, slots=True)
class Erratum:
    """What is not as it was in a pair; ``what`` are the names of `diglot.changes.compare.What`.

    Without ``id`` it is of the ``title``, the people (``creator``), the ``rights``, or of a term of
    the glossary (``term-added``, ``term-removed``, ``term-reworded``).

    Texts stand in runs: what stood there and what stands in its place. Empty ones did not change.
    """

    id: str
    what: tuple[str, ...]
    behind: str
    zh: tuple[tuple[str, str], ...]
    en: tuple[tuple[tuple[Inline, ...], tuple[Inline, ...]], ...]
    notes: tuple[tuple[tuple[Inline, ...], tuple[Inline, ...]], ...]


@dataclass(frozen=True, slots=True)
class Errata:
    """What changed since a release or a revision of git, by its name."""

    since: str
    changes: tuple[Erratum, ...]


@dataclass(frozen=True, slots=True, eq=False)  # to compare all that it says would take long
class Booklet:
    """An edition of a work, ready for the templates.

    ``identifier`` is the edition's own; ``work_identifier`` is that of all editions (a UUID).
    ``others`` is the same in other scripts, character by character, where a reader may choose.
    """

    work: str
    work_identifier: str
    edition: Edition
    script: Script
    identifier: str
    titles: Titles
    creators: tuple[Creator, ...]
    sections: tuple[Section, ...]
    glossary: tuple[tuple[Entry, ...], ...]  # a group a letter
    notes: tuple[Endnote, ...]
    credits: tuple[Credit, ...]
    rights: tuple[Inline, ...]
    date: str
    revised: str
    digest: str
    index: tuple[tuple[Indexed, ...], ...] = ()  # a group a letter; empty if the edition has none
    lessons: tuple[Lesson, ...] = ()  # empty if the edition has none
    errata: Errata | None = None
    others: tuple["Booklet", ...] = ()

    @property
    def language(self) -> str:
        """The BCP 47 tag of its Chinese."""
        return self.script.language

    @property
    def modified(self) -> str:
        """The first instant of its last revision (RFC 3339).

        The earliest of the day, month or year that ``work.toml`` says; what is published from it
        says an instant of that day that stands for its content: `diglot.publish.package.instant`.
        """
        date = self.revised or "1970"
        return date + "-01-01"[3 * date.count("-") :] + "T00:00:00Z"

    @property
    def terms(self) -> frozenset[str]:
        """The keys of the glossary's entries."""
        return frozenset(entry.key for group in self.glossary for entry in group)

    @property
    def homes(self) -> Mapping[str, Section]:
        """The section in whose vocabulary a word stands, by its entry's key."""
        return {
            entry.key: section
            for section in self.sections
            for group in section.vocabulary
            for entry in group
        }

    @property
    def senses(self) -> Mapping[str, tuple[Indexed, ...]]:
        """The lines of the index for the senses of an entry, in its order, by its key."""
        lines = {line.english: line for group in self.index for line in group}
        return {
            entry.key: tuple(lines[sense] for sense in senses(entry.english))
            for group in self.glossary
            for entry in group
            if lines
        }

    @property
    def images(self) -> tuple[str, ...]:
        """The paths of the images that glosses and notes show, each once."""
        return tuple(dict.fromkeys(picture.target for picture in self.pictures))

    @property
    def pictures(self) -> tuple[Inline, ...]:
        """Each showing of an image in glosses and notes."""
        rows = (row.en for section in self.sections for block in section.all for row in block.rows)
        texts = [self.titles.en, *rows, *(note.text for note in self.notes)]
        texts += [entry.note for group in self.glossary for entry in group]
        return tuple(node for text in texts for node in walk(text) if node.kind == "image")

    @property
    def name(self) -> str:
        """The file's name without its suffix."""
        return f"{self.work}-{self.edition.name}"


def senses(english: str) -> tuple[str, ...]:
    """Part what an entry says at the semicolons that stand in no brackets; each sense once."""
    return tuple(dict.fromkeys(filter(None, map(str.strip, _SENSES.split(english)))))


def emphasized(
    text: str, emphasis: Iterable[Span], start: int, end: int
) -> tuple[tuple[str, bool], ...]:
    """Part some of a text where emphasis begins and ends; each part says whether it has it."""
    parts = []
    for first, last in emphasis:
        if start < last and first < end:
            first, last = max(first, start), min(last, end)
            parts += [(text[start:first], False), (text[first:last], True)]
            start = last
    return tuple(part for part in (*parts, (text[start:end], False)) if part[0])


def row_id(pair: str, row: int) -> str:
    """Name the n-th row of a pair on a page."""
    return f"row-{pair}-{row}"


def joined(lines: Iterable[tuple[Inline, ...]]) -> tuple[Inline, ...]:
    """Make one text of lines of English, with a space between them."""
    nodes: list[Inline] = []
    for line in lines:
        nodes.extend([*([Inline("text", " ")] if nodes and line else []), *line])
    return tuple(nodes)
