"""Helps once a spread: the two pages that a reader has open at a time."""

from collections.abc import Callable, Mapping
from functools import partial

from diglot.compose.booklet import Block, Booklet, Section, row_id
from diglot.compose.once import first_only

_ROUNDS = 4


def once_a_spread(booklet: Booklet, starts: Callable[[Booklet], Mapping[str, int]]) -> Booklet:
    """Leave a word its help where it first stands on a spread.

    Without its second reading a word is narrower, without its second gloss a row needs less room,
    and rows may move to another page: so the pages are looked at again, until every row stays where
    it was or four rounds are over.

    Args:
        booklet: The booklet with all readings and glosses.
        starts: Gives the page, counted from 1, on which each row begins.
    """
    shown = booklet
    known: dict[str, int] = {}
    for _ in range(_ROUNDS):
        spreads = {name: page // 2 for name, page in starts(shown).items()}
        if spreads == known:
            break
        known = spreads
        shown = first_only(booklet, partial(_spread, known))
    return shown


def _spread(spreads: Mapping[str, int], _section: Section, block: Block, row: int) -> int | None:
    return spreads.get(row_id(block.id, row))
