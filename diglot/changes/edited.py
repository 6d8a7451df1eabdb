"""Sources that were edited while their glosses stayed, and who said that these still fit.

A gloss is approved by deleting the comment that sync wrote above its pair. That leaves no trace in
the text, but git and ``source.txt`` remember that the comment was there.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise, takewhile

from diglot.changes.compare import Change, outdated
from diglot.changes.history import Moment, moments, text_at
from diglot.errors import DiglotError
from diglot.model import Pair
from diglot.project import Project, Work
from diglot.source.read import read_source
from diglot.sync.forms import content, of_pair


def edited(project: Project, work: Work, revision: str) -> tuple[Change, ...]:
    """List the pairs that say something else than at a revision of git, while nobody looked.

    Not those that are marked as stale, which says it; nor those that were and are no more.

    Raises:
        DiglotError: as `text_at`.
    """
    before = text_at(project, work.name, revision)
    unmarked = [
        change
        for change in (outdated(before, work.text) if before else ())
        if change.after and change.after.pair.former is None
    ]
    if not unmarked:
        return ()
    source = work.folder / "source.txt"
    now = Moment(work.text, project.read(source) if source.exists() else b"")
    steps = tuple(_steps((*moments(project, work.name, revision), now), work))
    return tuple(c for c in unmarked if c.after and not _is_approved(c.after.pair, steps))


_Step = tuple[dict[str, Pair], str]  # the pairs by their ids, what the source says


def _steps(history: Iterable[Moment], work: Work) -> Iterator[_Step]:
    rules = work.info.normalize
    read: dict[bytes, str] = {}
    for moment in history:
        data = moment.source
        if data not in read:
            try:
                source = read_source(data, "source.txt", off=rules.off, residue=rules.residue)
                read[data] = content(source.normalized.text)
            except DiglotError:
                read[data] = ""
        yield {pair.id: pair for pair in moment.text.pairs}, read[data]


def _is_approved(pair: Pair, steps: Sequence[_Step]) -> bool:
    """Whether a pair with this wording was marked as stale, since the wording came.

    It was if a commit says so, or if the step that brought the wording brought it in the source,
    too: then it came by sync, which marks what it changes.
    """
    wording = of_pair(pair).content

    def has_it(step: _Step) -> bool:
        return pair.id in step[0] and of_pair(step[0][pair.id]).content == wording

    latest = list(takewhile(has_it, reversed(steps)))
    if any(pairs[pair.id].former is not None for pairs, _ in latest):
        return True
    arrivals = list(pairwise(steps[len(steps) - len(latest) - 1 :]))[:1]
    return any(wording in after and wording not in before for (_, before), (_, after) in arrivals)
