"""Composing an edition: pairs into sections, terms into vocabularies, notes into endnotes."""

import uuid
from collections.abc import Iterable
from dataclasses import replace
from operator import attrgetter

import regex

from diglot.changes.release import Past, released
from diglot.compose.backmatter import alphabetical, by_zhuyin, endnotes, entries, grouped
from diglot.compose.booklet import (
    Block,
    Booklet,
    Credit,
    Endnote,
    Entry,
    Row,
    Section,
    Span,
    Titles,
    joined,
)
from diglot.compose.errata import errata
from diglot.compose.exercises import lessons
from diglot.compose.glossed import glossed
from diglot.compose.helps import Helps
from diglot.compose.index import make_index
from diglot.compose.links import linked
from diglot.compose.once import by_booklet, by_section, first_only
from diglot.compose.rows import run_on
from diglot.compose.scripts import Converter
from diglot.compose.terms import occurrences
from diglot.config import Creator, Edition, GlossesAt, Once, Source, Spelling, Stale, Words
from diglot.errors import DiglotError, Problem
from diglot.model import Kind, Pair, Script, Sentence
from diglot.pairs.inline import plain, read_inline
from diglot.project import Work

_OPENING = (1, 2)  # levels of the headings that open a section


def compose(work: Work, edition: Edition, past: Past | None = None) -> Booklet:
    """Make the booklet of an edition.

    Args:
        work: The work.
        edition: The edition.
        past: A state of the work to tell the changes since; else the release that the edition
            names.

    Raises:
        DiglotError: as `describe`; ``e-002``, a stale or missing gloss where the edition says
            ``stale = "fail"``; ``e-005`` and ``h-003`` as `released` does.
    """
    described = describe(work, edition)
    if edition.stale is Stale.FAIL:
        _refuse_unfinished(work.text.pairs, edition)
    converter = _converter(work, edition)
    found = occurrences(work.text.pairs, work.terms, converter.source)
    helps = Helps(work, edition)
    # A title in the source is set on the title page, so the body goes on without it.
    body = work.text.pairs[1:] if described.titles.pair else work.text.pairs
    glossary = entries(found, converter, edition.spelling)
    of_terms = edition.glosses is Words.TERMS
    occurring = found if of_terms else tuple(helps.occurrences(work.text.pairs))
    explained = glossary if of_terms else entries(occurring, converter, edition.spelling)
    omits = edition.stale is Stale.OMIT
    shown = (pair for pair in work.text.pairs if not (omits and pair.former is not None))
    notes = endnotes(shown, work.text.notes, converter)
    title = described.titles.pair
    order = by_zhuyin if edition.spelling is Spelling.ZHUYIN else alphabetical
    booklet = replace(
        described,
        sections=linked(
            _sections(body, title, edition, converter, helps, explained, notes),
            occurring,
            explained,
        ),
        glossary=grouped(sorted(glossary, key=order), attrgetter("initial")),
        notes=notes,
        credits=(*described.credits, *_credits(helps.sources(), converter)),
        index=make_index(glossary) if edition.index else (),
        errata=errata(work, past or released(work, edition.changes), converter),
    )
    if edition.exercises:
        booklet = replace(booklet, lessons=lessons(booklet))
    if edition.glosses_at is not GlossesAt.BACK:
        booklet = glossed(booklet, occurring, explained)
    return _once(booklet)


def describe(work: Work, edition: Edition) -> Booklet:
    """Say of an edition what a catalogue says: its booklet without a text.

    Raises:
        DiglotError: ``e-001``, the work has no title; ``e-003``, the work has no pairs.
    """
    if not work.text.pairs:
        hint = "Write pairs into its text.md, or make the work anew with diglot new."
        raise DiglotError(Problem("e-003", f"the work {work.name} has no pairs", hint))
    converter = _converter(work, edition)
    return Booklet(
        work=work.name,
        work_identifier=work.info.identifier,
        edition=edition,
        script=converter.to,
        identifier=_identifier(work.info.identifier, edition.name),
        titles=_titles(work, edition, converter),
        creators=tuple(
            Creator(zh=converter.text(c.zh), en=c.en, role=c.role) for c in work.info.creator
        ),
        sections=(),
        glossary=(),
        notes=(),
        credits=_credits(work.info.source, converter),
        rights=converter.inline(read_inline(work.info.rights)),
        date=work.info.date,
        revised=work.info.revised or work.info.date,
        digest=work.digest,
    )


def _converter(work: Work, edition: Edition) -> Converter:
    source = work.info.script.script
    to = source if edition.script is Script.SOURCE else edition.script
    return Converter(source, to, {term.term: term.hant for term in work.terms if term.hant})


def _credits(sources: Iterable[Source], converter: Converter) -> tuple[Credit, ...]:
    return tuple(
        Credit(converter.inline(read_inline(source.text)), source.licence, source.url)
        for source in sources
    )


def _once(booklet: Booklet) -> Booklet:
    """Leave words their helps where they first stand; on spreads only a typesetter can."""
    match booklet.edition.once:
        case Once.NEVER:
            return first_only(booklet, by_booklet, readings=False)
        case Once.SECTION:
            return first_only(booklet, by_section)
        case Once.BOOKLET:
            return first_only(booklet, by_booklet)
        case Once.SPREAD:
            return booklet


def _refuse_unfinished(pairs: Iterable[Pair], edition: Edition) -> None:
    problems = [
        Problem(
            "e-002",
            f"the pair ^{pair.id} has {'an outdated' if pair.gloss else 'no'} gloss",
            f"Write it, or let the edition {edition.name} mark or omit it (stale = …).",
            pair.place,
        )
        for pair in pairs
        if pair.former is not None or not pair.gloss
    ]
    if problems:
        raise DiglotError(*problems)


def _identifier(work: str, edition: str) -> str:
    """Derive the edition's identifier, the same in every regeneration."""
    return uuid.uuid5(uuid.UUID(work), edition).urn


def _titles(work: Work, edition: Edition, converter: Converter) -> Titles:
    """Find the title: the pair that is the title, or else what ``work.toml`` says."""
    given = work.info.title
    pair = work.text.pairs[0] if work.text.pairs[0].kind is Kind.TITLE else None
    if pair:
        block = _block(pair, edition, converter)
        zh, en = block.zh, block.en
    elif given:
        zh, en = converter.text(given.zh), read_inline(given.en)
    else:
        hint = "Give it one in work.toml: [title] with zh = …, en = … and editorial = true."
        raise DiglotError(Problem("e-001", f"the work {work.name} has no title", hint))
    return Titles(
        zh,
        en,
        converter.text(given.short_zh) if given and given.short_zh else zh,
        given.short_en if given and given.short_en else plain(en),
        pair.id if pair else "",
        block.mark if pair else "",
        bool(given and given.editorial and not pair),
    )


def _sections(
    pairs: Iterable[Pair],
    title: str,
    edition: Edition,
    converter: Converter,
    helps: Helps,
    explained: tuple[Entry, ...],
    notes: tuple[Endnote, ...],
) -> Iterable[Section]:
    """Part the body at its headings of level 1 and 2; deeper ones stay inside their section.

    The terms and notes of the title, a pair of its own, go with the first section's.
    """
    groups: list[list[Pair]] = [[]]
    for pair in pairs:
        if pair.level in _OPENING and groups[-1]:
            groups.append([])
        groups[-1].append(pair)
    for number, group in enumerate((group for group in groups if group), 1):
        ids = {pair.id for pair in group} | ({title} if number == 1 else set())
        blocks = tuple(_block(pair, edition, converter, helps) for pair in group)
        opens = group[0].level in _OPENING
        yield Section(
            f"section-{number}",
            blocks[0] if opens else None,
            blocks[1:] if opens else blocks,
            grouped((entry for entry in explained if entry.first in ids), attrgetter("first")),
            tuple(note for note in notes if note.pairs[0] in ids),
        )


def _block(pair: Pair, edition: Edition, converter: Converter, helps: Helps | None = None) -> Block:
    mark = "missing" if not pair.gloss else "stale" if pair.former is not None else ""
    zh = [converter.sentence(sentence) for sentence in pair.source]
    en = [converter.inline(read_inline(gloss.text)) for gloss in pair.gloss]
    if mark and edition.stale is Stale.OMIT:
        mark, en = "", []
    # Headings go into tables of contents and outlines: they are set without readings.
    readers = helps if pair.kind is not Kind.HEADING else None
    readings = [readers.readings(sentence) if readers else () for sentence in pair.source]
    rows = tuple(
        Row(text, (), reads, emphasis=_emphasis(sentence))
        for sentence, text, reads in zip(pair.source, zh, readings, strict=True)
    )
    if len(en) == len(zh):
        rows = tuple(replace(row, en=gloss) for row, gloss in zip(rows, en, strict=True))
    elif pair.kind is Kind.VERSE:
        rows = (*rows[:-1], replace(rows[-1], en=joined(en)))
    else:
        rows = (replace(run_on(rows), en=joined(en)),)
    return Block(pair.id, pair.kind, rows, mark, pair.level)


def _emphasis(sentence: Sentence) -> tuple[Span, ...]:
    """Find the hanzi that marks emphasize: punctuation gets no dots (GB/T 15834, 4.12)."""
    hanzi = regex.compile(r"\p{Han}+")
    return tuple(
        match.span()
        for mark in sentence.marks
        if mark.emphasis
        for match in hanzi.finditer(sentence.text, mark.start, mark.end)
    )
