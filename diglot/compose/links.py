"""From the words of a text to their entries, and the entries that each section needs for it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import accumulate
from operator import attrgetter

from diglot.compose.backmatter import identity
from diglot.compose.booklet import Block, Entry, Link, Row, Section, row_id
from diglot.compose.terms import Occurrence


def linked(
    sections: Iterable[Section], occurrences: Iterable[Occurrence], explained: Iterable[Entry]
) -> tuple[Section, ...]:
    """Link the words of sections that are ``explained`` to their entries.

    A section also gets the entries of words that occur in it but were explained before: what a
    link leads to stands in the same section.
    """
    explained = tuple(explained)
    links = _links(occurrences, explained)
    return tuple(_section(section, links, explained) for section in sections)


def _section(
    section: Section, links: Mapping[str, tuple[Link, ...]], explained: tuple[Entry, ...]
) -> Section:
    blocks = tuple(replace(block, rows=_rows(block, links)) for block in section.blocks)
    new = {entry.key for group in section.vocabulary for entry in group}
    used = {link.key for block in blocks for row in block.rows for link in row.links}
    met = tuple(entry for entry in explained if entry.key in used - new)
    return replace(section, blocks=blocks, met=met)


def _rows(block: Block, links: Mapping[str, tuple[Link, ...]]) -> tuple[Row, ...]:
    """Give rows their links, which count from the start of the pair, as each row counts."""
    starts = accumulate((len(row.zh) for row in block.rows), initial=0)
    return tuple(
        replace(
            row,
            links=tuple(
                Link(link.start - start, link.end - start, link.key)
                for link in links.get(row_id(block.id, n), ())
            ),
        )
        for n, (row, start) in enumerate(zip(block.rows, starts, strict=False))
    )


def _links(
    occurrences: Iterable[Occurrence], explained: Iterable[Entry]
) -> Mapping[str, tuple[Link, ...]]:
    """Give the links of each row, in the characters of its pair and the order of the text."""
    keys = {(entry.headword, entry.pinyin, entry.english): entry.key for entry in explained}
    found: dict[str, list[Link]] = defaultdict(list)
    for occurrence in occurrences:
        start, end = (occurrence.before + each for each in (occurrence.start, occurrence.end))
        found[occurrence.row].append(Link(start, end, keys[identity(occurrence.term)]))
    return {row: tuple(sorted(links, key=attrgetter("start"))) for row, links in found.items()}
