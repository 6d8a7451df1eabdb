"""A work as it was last saved: for the screen at once, for paper as jobs."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import chain

import msgspec

from diglot import pipeline
from diglot.compose.booklet import Block, Booklet
from diglot.config import Format
from diglot.errors import DiglotError
from diglot.pipeline import Job
from diglot.project import Project, Work
from diglot.publish.web import make_web

_AROUND = 2  # pairs before and after the one that was edited


@dataclass(frozen=True, slots=True)
class Draft:
    """An edition of a work that has no errors, and which of its pairs changed last."""

    work: Work
    paper: Job
    screen: str  # HTML
    pair: str


def make_draft(project: Project, name: str, edition: str, former: Draft | None) -> Draft:
    """Read, compose and render a work.

    Args:
        project: Where it stands.
        name: The work's name.
        edition: The edition's name; the first one's if empty.
        former: What was shown before; the pair that differs is the one to show now.

    Raises:
        DiglotError: whatever is wrong; ``e-004``, there is no such edition.
    """
    work = project.work(name)
    editions = work.info.edition or project.editions()
    chosen = [each for each in editions if edition in ("", each.name)]
    if not chosen:
        raise DiglotError(pipeline.nothing_asked(edition, (), (each.name for each in editions)))
    wanted = msgspec.structs.replace(chosen[0], formats=(Format.PDF,))
    (paper,) = pipeline.jobs_of(work, [wanted], project.templates(), lambda *_: True)
    # To look up every word and compose every script takes several times as long.
    screen = make_web(paper.booklet, paper.templates, paper.pictures, paper.version).decode()
    pair = (changed(former.paper.booklet, paper.booklet) or former.pair) if former else ""
    return Draft(work, paper, screen, pair)


def changed(before: Booklet, now: Booklet) -> str:
    """Give the first pair that reads differently, or whose note or term does; empty if none."""
    if (before.titles.zh, before.titles.en) != (now.titles.zh, now.titles.en):
        return now.titles.pair
    known = {block.id: block for block in _blocks(before)}
    blocks = (block.id for block in _blocks(now) if block != known.get(block.id))
    texts = {note.text for note in before.notes}
    notes = (note.pairs[0] for note in now.notes if note.text not in texts)
    entries = {(entry.term, entry.english) for group in before.glossary for entry in group}
    terms = (
        entry.first
        for group in now.glossary
        for entry in group
        if (entry.term, entry.english) not in entries
    )
    return next(chain(blocks, notes, terms), "")


def excerpt(booklet: Booklet, pair: str) -> Booklet:
    """Take a pair with what stands around it alone, to be set in a fraction of the time."""
    holds = (s for s in booklet.sections if any(block.id == pair for block in s.all))
    section = next(holds, booklet.sections[0])
    at = next((n for n, block in enumerate(section.blocks) if block.id == pair), 0)
    around = section.blocks[max(0, at - _AROUND) : at + _AROUND + 1]
    shown = {block.id for block in around}
    notes = tuple(note for note in booklet.notes if shown.intersection(note.pairs))
    alone = replace(section, blocks=around, vocabulary=(), notes=())
    return replace(booklet, sections=(alone,), glossary=(), index=(), notes=notes)


def _blocks(booklet: Booklet) -> Iterable[Block]:
    return (block for section in booklet.sections for block in section.all)
