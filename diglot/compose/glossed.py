"""Words explained on their page, at its foot or in its margin: each row gets its own."""

from collections.abc import Iterable
from dataclasses import replace

from diglot.compose.backmatter import identity
from diglot.compose.booklet import Block, Booklet, Entry, row_id
from diglot.compose.terms import Occurrence


def glossed(booklet: Booklet, found: Iterable[Occurrence], explained: Iterable[Entry]) -> Booklet:
    """Give every row the words that are explained, in the order in which they stand in it.

    Args:
        booklet: The booklet, its rows without glosses.
        found: Where words stand, in the order of the text.
        explained: Their entries. A title and headings have no rows: words that stand in them are
            explained where they stand in the text, too.
    """
    by_identity = {(entry.headword, entry.pinyin, entry.english): entry for entry in explained}
    of_row: dict[str, dict[str, Entry]] = {}
    for occurrence in found:
        entry = by_identity[identity(occurrence.term)]
        of_row.setdefault(occurrence.row, {}).setdefault(entry.key, entry)

    def with_glosses(block: Block) -> Block:
        rows = (
            replace(row, glosses=tuple(of_row.get(row_id(block.id, n), {}).values()))
            for n, row in enumerate(block.rows)
        )
        return replace(block, rows=tuple(rows))

    sections = (
        replace(section, blocks=tuple(map(with_glosses, section.blocks)))
        for section in booklet.sections
    )
    return replace(booklet, sections=tuple(sections))
