"""A booklet for a page on which the reader chooses: in several scripts, with all its words."""

from collections.abc import Iterable
from dataclasses import replace

import msgspec

from diglot.compose.booklet import Block, Booklet, Credit, Lookup, Row
from diglot.compose.compose import compose
from diglot.compose.helps import DICTIONARY, Helps
from diglot.config import Edition
from diglot.model import Pair, Script
from diglot.pairs.inline import read_inline
from diglot.project import Work


def compose_web(work: Work, edition: Edition, editions: Iterable[Edition]) -> Booklet:
    """Make the booklet of an edition, with the same in other scripts and what its words mean.

    The reader can choose between Simplified and each form of Traditional that the work's
    ``editions`` are made in, or Traditional if they are in none.

    Raises:
        DiglotError: as `compose`.
    """
    own = _credited(compose(work, edition))
    others = (
        _credited(compose(work, msgspec.structs.replace(edition, script=script)))
        for script in _scripts(own.script, work.info.script.script, editions)[1:]
    )
    with_words = _with_words(own, work, Helps(work, edition))
    return replace(with_words, others=tuple(_like(own, other) for other in others))


def _scripts(own: Script, source: Script, editions: Iterable[Edition]) -> tuple[Script, ...]:
    named = (source if each.script is Script.SOURCE else each.script for each in editions)
    traditional = [script for script in (own, source, *named) if script is not Script.HANS]
    return tuple(dict.fromkeys((own, Script.HANS, *(traditional or [Script.HANT]))))


def _like(own: Booklet, other: Booklet) -> Booklet:
    """Leave only what differs by its characters.

    The glossary is sorted otherwise where words are read alike; what was changed may be no change
    in another script.
    """
    entries = {entry.key: entry for group in other.glossary for entry in group}
    glossary = tuple(tuple(entries[entry.key] for entry in group) for group in own.glossary)
    return replace(other, glossary=glossary, errata=own.errata)


def _with_words(booklet: Booklet, work: Work, helps: Helps) -> Booklet:
    entries = {(e.headword, e.english): e.key for group in booklet.glossary for e in group}
    pairs = {pair.id: pair for pair in work.text.pairs}

    def lookups(pair: Pair) -> tuple[Lookup, ...]:
        return tuple(helps.lookups(pair.source, entries))

    def block(shown: Block) -> Block:
        rows: list[Row] = []
        words = lookups(pairs[shown.id])
        start = 0
        for row in shown.rows:
            rows.append(replace(row, words=_cut(words, start, start + len(row.zh))))
            start += len(row.zh)
        return replace(shown, rows=tuple(rows))

    sections = tuple(
        replace(
            section,
            heading=section.heading and block(section.heading),
            blocks=tuple(map(block, section.blocks)),
        )
        for section in booklet.sections
    )
    titles = booklet.titles
    if titles.pair:
        titles = replace(titles, words=lookups(pairs[titles.pair]))
    return replace(booklet, titles=titles, sections=sections)


def _cut(words: Iterable[Lookup], start: int, end: int) -> tuple[Lookup, ...]:
    """Take the words of one row, and count from its first character."""
    return tuple(
        replace(word, start=word.start - start)
        for word in words
        if start <= word.start and word.end <= end
    )


def _credited(booklet: Booklet) -> Booklet:
    """Name the dictionary, too, whose senses a page shows whatever its vocabulary lists."""
    credit = Credit(read_inline(DICTIONARY.text), DICTIONARY.licence, DICTIONARY.url)
    others = tuple(each for each in booklet.credits if each != credit)
    return replace(booklet, credits=(*others, credit))
