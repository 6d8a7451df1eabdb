"""Helps once a spread: the two pages that a reader has open at a time."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

from diglot.compose.booklet import Block, Booklet, Row, Section, row_id
from diglot.compose.once import first_only

_FREE = 4  # rounds; both works in content/ need at most four on any paper
_GROWING = 4


def once_a_spread(booklet: Booklet, starts: Callable[[Booklet], Mapping[str, int]]) -> Booklet:
    """Leave a word its help where it first stands on a spread.

    Without its second reading a word is narrower, without its second gloss a row needs less room,
    and rows may move to another page: so the pages are looked at again, until every word has its
    help where it first stands. Rows may go to and fro for ever by that. So after some rounds helps
    are only added, and after some more all of them are shown: a word may then have its help twice
    on a spread, but none is ever without.

    Args:
        booklet: The booklet with all readings and glosses.
        starts: Gives the page, counted from 1, on which each row begins.
    """
    shown = booklet
    for turn in range(_FREE + _GROWING):
        spreads = {name: page // 2 for name, page in starts(shown).items()}
        wanted = first_only(booklet, partial(_spread, spreads))
        if turn >= _FREE:
            wanted = _with_both(booklet, shown, wanted)
        if wanted.sections == shown.sections:
            return shown
        shown = wanted
    return booklet


def _spread(spreads: Mapping[str, int], _section: Section, block: Block, row: int) -> int | None:
    return spreads.get(row_id(block.id, row))


def _with_both(booklet: Booklet, one: Booklet, other: Booklet) -> Booklet:
    """Return a booklet with those of its helps that at least one of two others has."""

    def section(whole: Section, *parts: Section) -> Section:
        blocks = zip(whole.blocks, *(part.blocks for part in parts), strict=True)
        return replace(whole, blocks=tuple(block(*each) for each in blocks))

    def block(whole: Block, *parts: Block) -> Block:
        rows = zip(whole.rows, *(part.rows for part in parts), strict=True)
        return replace(whole, rows=tuple(row(*each) for each in rows))

    def row(whole: Row, *parts: Row) -> Row:
        readings = {each for part in parts for each in part.readings}
        glosses = {each.key for part in parts for each in part.glosses}
        return replace(
            whole,
            readings=tuple(each for each in whole.readings if each in readings),
            glosses=tuple(each for each in whole.glosses if each.key in glosses),
        )

    sections = zip(booklet.sections, one.sections, other.sections, strict=True)
    return replace(booklet, sections=tuple(section(*each) for each in sections))
