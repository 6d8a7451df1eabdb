"""Readings and glosses only the first time: in a booklet, a section, or what a format knows of."""

from collections import defaultdict
from collections.abc import Callable, Hashable
from dataclasses import replace

from diglot.compose.booklet import Block, Booklet, Reading, Row, Section

Unit = Callable[[Section, Block, int], Hashable]
"""What a row, the n-th of its block, belongs to, wherein a word has its help once."""


def first_only(booklet: Booklet, unit: Unit, *, readings: bool = True) -> Booklet:
    """Leave a word its reading and its gloss only where the word first stands in its unit.

    All readings stay if ``readings`` is false.
    """
    seen: dict[Hashable, set[Hashable]] = defaultdict(set)

    def within(section: Section, block: Block) -> Block:
        rows = (
            unread(row, seen[unit(section, block, n)], readings=readings)
            for n, row in enumerate(block.rows)
        )
        return replace(block, rows=tuple(rows))

    sections = (
        replace(section, blocks=tuple(within(section, block) for block in section.blocks))
        for section in booklet.sections
    )
    return replace(booklet, sections=tuple(sections))


def unread(row: Row, seen: set[Hashable], *, readings: bool = True) -> Row:
    """Take from a row the readings and glosses that were ``seen``, and note the others there."""

    def new(key: Hashable) -> bool:
        known = key in seen
        seen.add(key)
        return not known

    def word(reading: Reading) -> Hashable:
        return row.zh[reading.start : reading.end], reading.text

    left = tuple(each for each in row.readings if not readings or new(word(each)))
    return replace(row, readings=left, glosses=tuple(g for g in row.glosses if new(g.key)))


def by_section(section: Section, _block: Block, _row: int) -> Hashable:
    """Give a word its help once a section."""
    return section.key


def by_booklet(_section: Section, _block: Block, _row: int) -> Hashable:
    """Give a word its help once a booklet."""
    return None
