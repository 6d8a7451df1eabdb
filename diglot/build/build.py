"""A build: plans what is stale, has it made by workers, and puts each artifact in place."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Future, wait
from contextlib import AbstractContextManager
from functools import partial
from hashlib import sha256
from itertools import chain

import msgspec

from diglot import pipeline
from diglot.build import events
from diglot.build.environment import identity
from diglot.build.events import Event
from diglot.build.make import Outcome, make
from diglot.build.page import FOLDERS
from diglot.build.pages import Build, Page, pages_of
from diglot.build.record import Made, Planned, Record, read_record, stamp, write_record
from diglot.build.survey import Found, Selection
from diglot.build.workers import Pool, workers
from diglot.config import Format
from diglot.errors import DiglotError, Exit, Problem
from diglot.memory import (
    read_memory,
    remembered,
    write_memory,
)
from diglot.pipeline import Job
from diglot.project import Project
from diglot.publish.render import prepare
from diglot.store import write_whole

_CRASHES = 3  # of workers, after which a build gives up
_COMPILED = "templates"  # of each folder, and of none: what they are remembered as


def build(
    project: Project,
    asked: Selection,
    found: Iterable[Found],
    processes: int = 0,
    address: str = "",
) -> Iterator[Event]:
    """Make what is asked for and stale, in so many processes; 0: as many as there are cores.

    With the ``address`` of a cluster's scheduler all its workers make it.

    A work that cannot be built does not keep the others from it; what is wrong is raised when all
    else is done. What was built before stays.

    Raises:
        DiglotError: ``e-004``; whatever reading, composing and making raise; ``w-008``; ``n-025`` …
            ``n-029``.
    """
    this = Build(project, asked, project.templates(), project.editions())
    plans = {}
    for each in found:
        try:
            plans[each.work] = each, _plan(this, each)
        except DiglotError as error:
            this.fail(error)
    chosen = {
        work: [planned for planned in plan if asked.chooses(planned)]
        for work, (_, plan) in plans.items()
    }
    if not any(chosen.values()) and not this.problems:
        known = (planned.edition for _, plan in plans.values() for planned in plan)
        raise DiglotError(pipeline.nothing_asked(asked.edition, asked.formats, known))
    stale = {
        work: {p.path: p for p in chosen[work] if not each.is_current(p.path)}
        for work, (each, _) in plans.items()
    }
    yield events.Planned(sum(map(len, chosen.values())), sum(map(len, stale.values())))
    for work, (each, plan) in plans.items():
        for planned in chosen[work]:
            if planned.path not in stale[work]:
                yield events.Current(planned.path)
        yield from map(events.Orphan, _keep_plan(project, each, plan))
    pages = (
        page
        for work, (each, plan) in plans.items()
        for page in pages_of(this, each, stale[work], whole=len(stale[work]) == len(plan))
    )
    kinds = [
        kind
        for made in stale.values()
        for _, kind in {(p.edition, Format(p.format).base) for p in made.values()}
    ]
    _prepare(this, kinds)
    yield from _make_all(this, pages, _where(processes, kinds, address))
    if this.problems:
        raise DiglotError(*dict.fromkeys(this.problems), exit_code=this.exit_code)


def _where(
    processes: int, kinds: Sequence[Format], address: str
) -> Callable[[], AbstractContextManager[Pool]]:
    """Say who makes pages of these kinds; nobody is called for none."""
    if address and kinds:
        from diglot.build.cluster import cluster

        return partial(cluster, address)
    count = min(processes or os.cpu_count() or 1, len(kinds) or 1)
    return partial(workers, count, typeset=Format.PDF in kinds)


def _prepare(this: Build, kinds: Iterable[Format]) -> None:
    """Compile the templates of formats once, for all workers: they are copies of this process."""
    for folder in sorted({"", *(folder for kind in kinds for folder in FOLDERS[kind])}):
        with remembered(this.project.root, "", f"{_COMPILED}-{folder}", identity()):
            prepare(this.templates, folder)


def _plan(this: Build, found: Found) -> tuple[Planned, ...]:
    """List everything that a work's editions ask for."""
    editions = this.project.info(found.work).edition or this.shared
    return tuple(
        Planned(pipeline.artifact(found.work, edition.name, kind), edition.name, kind.value)
        for edition in editions
        for kind in Format
        if kind in edition.formats
    )


def _keep_plan(project: Project, found: Found, plan: tuple[Planned, ...]) -> tuple[str, ...]:
    """Record a work's plan, and give the artifacts that are in it no more."""
    record = read_record(project.root, found.work)
    if record.planned != found.inputs:
        record = msgspec.structs.replace(record, planned=found.inputs, plan=plan)
        write_record(project.root, found.work, record)
    return record.orphans


def _make_all(
    this: Build, pages: Iterator[Page], where: Callable[[], AbstractContextManager[Pool]]
) -> Iterator[Event]:
    """Have pages made; those that a crash of a worker took along are made again."""
    lost: list[Page] = []
    for _ in range(_CRASHES):
        waiting: dict[Future[tuple[list[Outcome], bytes]], Page] = {}
        try:
            with where() as pool:
                for page in chain(lost, pages):
                    yield from (_making(page, job) for job in page.jobs)
                    jobs = [(job, _former(page.found, job.path)) for job in page.jobs]
                    memory = read_memory(this.project.root, *page.name)
                    waiting[pool.executor.submit(make, jobs, identity(), memory)] = page
                    # The next page is composed while workers are busy, but not all of them are.
                    if len(waiting) >= 2 * pool.size:
                        yield from _collect(this, waiting)
                while waiting:
                    yield from _collect(this, waiting)
            return
        except BrokenExecutor:
            lost = list(waiting.values())
    message = f"a worker process ended without a word, {_CRASHES} times in a row"
    hint = "Usually memory ran out: build with fewer processes (--jobs 1)."
    raise DiglotError(Problem("n-025", message, hint), exit_code=Exit.ENVIRONMENT)


def _collect(
    this: Build, waiting: dict[Future[tuple[list[Outcome], bytes]], Page]
) -> Iterator[Event]:
    """Wait for the next page, or several, and put their artifacts in place."""
    for done in wait(waiting, return_when=FIRST_COMPLETED).done:
        try:
            outcomes, memory = done.result()
        except DiglotError as error:
            this.fail(error)
            del waiting[done]
            continue
        page = waiting.pop(done)
        for job, outcome in zip(page.jobs, outcomes, strict=True):
            yield _place(this.project, page.found, job, outcome)
        write_memory(this.project.root, *page.name, memory)


def _place(project: Project, found: Found, job: Job, outcome: Outcome) -> Event:
    """Put an artifact in place, and then record it."""
    path, reason = job.path, found.reason(job.path)
    former = found.intact(path)
    if outcome.data is None and former:
        made = msgspec.structs.replace(former, inputs=found.inputs, stamp=found.stamps[path])
        event: Event = events.Same(path, reason)
    else:
        data = outcome.data or b""
        status = write_whole(project.output / path, data)
        made = Made(found.inputs, outcome.page, sha256(data).hexdigest(), stamp(status))
        event = events.Built(path, reason, len(data), outcome.seconds)
    # Another build may have recorded something in the meantime.
    record = read_record(project.root, found.work)
    write_record(project.root, found.work, _with(record, path, made, found))
    return event


def _with(record: Record, path: str, made: Made, found: Found) -> Record:
    return msgspec.structs.replace(
        record,
        made={**record.made, path: made},
        listings={**record.listings, found.inputs: found.listing},
    )


def _making(page: Page, job: Job) -> Event:
    return events.Making(job.path, page.found.reason(job.path))


def _former(found: Found, path: str) -> str:
    made = found.intact(path)
    return made.page if made else ""
