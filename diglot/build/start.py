"""Where a build starts: what is current is told at once; only what is stale calls the stages."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from diglot.build import events
from diglot.build.environment import identity
from diglot.build.events import Event
from diglot.build.record import FOLDER
from diglot.build.survey import Found, Selection, survey
from diglot.errors import DiglotError
from diglot.root import names
from diglot.shelf.write import update
from diglot.store import sweep


def start(root: Path, asked: Selection, processes: int = 0, cluster: str = "") -> Iterator[Event]:
    """Build what is asked for in the project at ``root``; 0 processes: as many as cores.

    With the address of a Dask cluster's scheduler its workers do it. What killed builds left
    unfinished is removed; the shelf is brought up to what is built, also when a work failed.

    Raises:
        DiglotError: as `diglot.build.build.build` and `diglot.shelf.write.update`.
    """
    try:
        yield from _start(root, asked, processes, cluster)
    except DiglotError:
        with suppress(DiglotError):
            update(root, identity)
        raise
    update(root, identity)


def _start(root: Path, asked: Selection, processes: int, cluster: str) -> Iterator[Event]:
    found = survey(root, asked.works or names(root))
    for folder in (
        root / FOLDER.parent,
        *(each.output / each.work for each in found if each.stray),
    ):
        sweep(folder)
    if paths := _all_current(asked, found):
        yield events.Planned(len(paths), 0)
        yield from map(events.Current, paths)
        for each in found:
            yield from map(events.Orphan, each.record.orphans)
        return
    from diglot.build.build import build
    from diglot.project import Project

    yield from build(Project(root), asked, found, processes, cluster)


def _all_current(asked: Selection, found: Iterable[Found]) -> tuple[str, ...]:
    """List everything that is asked for, if all of it is current."""
    paths: list[str] = []
    for each in found:
        chosen = [planned.path for planned in each.plan() or () if asked.chooses(planned)]
        if each.plan() is None or not all(map(each.is_current, chosen)):
            return ()
        paths.extend(chosen)
    return tuple(paths)
