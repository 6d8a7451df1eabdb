"""Readings only the first time: in a booklet, a section, or a unit that a format knows of."""

from collections import defaultdict
from collections.abc import Callable, Hashable
from dataclasses import replace

from diglot.compose.booklet import Block, Booklet, Row, Section

Unit = Callable[[Section, Block, int], Hashable]
"""What a row, the n-th of its block, belongs to, wherein a word has its reading once."""


def first_only(booklet: Booklet, unit: Unit) -> Booklet:
    """Leave a word its reading only where the word first stands in its unit."""
    seen: dict[Hashable, set[Hashable]] = defaultdict(set)

    def within(section: Section, block: Block) -> Block:
        rows = (unread(row, seen[unit(section, block, n)]) for n, row in enumerate(block.rows))
        return replace(block, rows=tuple(rows))

    sections = (
        replace(section, blocks=tuple(within(section, block) for block in section.blocks))
        for section in booklet.sections
    )
    return replace(booklet, sections=tuple(sections))


def unread(row: Row, seen: set[Hashable]) -> Row:
    """Take from a row the readings that were ``seen``, and note the others there."""
    readings = []
    for reading in row.readings:
        key = row.zh[reading.start : reading.end], reading.text
        if key not in seen:
            readings.append(reading)
        seen.add(key)
    return replace(row, readings=tuple(readings))


def by_section(section: Section, _block: Block, _row: int) -> Hashable:
    """Give a word its reading once a section."""
    return section.key


def by_booklet(_section: Section, _block: Block, _row: int) -> Hashable:
    """Give a word its reading once a booklet."""
    return None
