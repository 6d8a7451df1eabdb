"""A watched work over time: what is shown, what is being set, what is wrong with it."""

import asyncio
from collections.abc import AsyncIterator, Iterable, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass, replace

from diglot.check import check_work
from diglot.errors import DiglotError, Problem
from diglot.pipeline import Job
from diglot.project import Project
from diglot.watch.draft import Draft, make_draft
from diglot.watch.paper import Paper, set_proof, set_whole


@dataclass(frozen=True, slots=True)
class Shown:
    """What a browser shows: the last good edition, and the problems of the files as they are.

    ``broken`` says that the files cannot be built now; ``proof`` that the paper is no more than
    the surroundings of the pair that was edited. The numbers tell one screen or paper from others.
    """

    draft: Draft | None = None
    screen: int = 0
    paper: Paper | None = None
    sheet: int = 0
    proof: bool = False
    broken: bool = False
    problems: tuple[Problem, ...] = ()


class Session:
    """Keeps what is shown in step with what is saved."""

    def __init__(self, project: Project, work: str, edition: str, pool: Executor) -> None:
        self.shown = Shown()
        self._project = project
        self._work = work
        self._edition = edition
        self._pool = pool
        self._changed = asyncio.Condition()
        self._saved = 0  # how often something was saved
        self._ended = False
        self._whole: asyncio.Task[None] | None = None
        self._parts: Mapping[str, bytes] = {}  # of the last paper

    async def saved(self) -> None:
        """Show what the files say now: the screen at once, a proof, problems, then all pages."""
        self._saved += 1
        saved = self._saved
        try:
            draft = await asyncio.to_thread(
                make_draft, self._project, self._work, self._edition, self.shown.draft
            )
        except DiglotError as error:
            await self._show(broken=True, problems=error.problems)
            return
        await self._show(draft=draft, screen=saved, broken=False)
        proof = self._prove(draft, saved) if draft.pair else _nothing()
        await asyncio.gather(proof, self._check(draft, saved))
        if self._whole is None or self._whole.done():
            self._whole = asyncio.create_task(self._set_all(draft.paper, saved))

    async def changes(self) -> AsyncIterator[Shown]:
        """Give what is shown, and again whenever that changes, until the session ends."""
        seen = None
        while True:
            async with self._changed:
                await self._changed.wait_for(lambda: self._ended or self.shown is not seen)  # noqa: B023
                if self._ended:
                    return
                seen = self.shown
            yield seen

    async def end(self) -> None:
        """Let those that wait for changes go."""
        async with self._changed:
            self._ended = True
            self._changed.notify_all()

    async def _prove(self, draft: Draft, saved: int) -> None:
        await self._set(saved, True, set_proof, draft.paper, draft.pair)

    async def _set_all(self, job: Job, saved: int) -> None:
        """Set the whole booklet, and again if something was saved in the meantime."""
        while True:
            await self._set(saved, False, set_whole, job, self._parts)
            if self.shown.draft is None or self.shown.screen == saved:
                return
            job, saved = self.shown.draft.paper, self.shown.screen

    async def _set(self, saved: int, proof: bool, call: object, *arguments: object) -> None:
        assert callable(call)  # noqa: S101
        try:
            paper = await asyncio.wrap_future(self._pool.submit(call, *arguments))
        except DiglotError as error:
            await self._show(broken=True, problems=error.problems)
            return
        self._parts = paper.parts or self._parts
        # A proof of what has been edited again since is not worth a look; neither is one that
        # comes after the whole.
        if saved == self.shown.screen and not (proof and self.shown.sheet == 2 * saved + 1):
            await self._show(paper=paper, proof=proof, sheet=2 * saved + (not proof))

    async def _check(self, draft: Draft, saved: int) -> None:
        problems = await asyncio.to_thread(check_work, draft.work)
        if saved == self._saved:
            await self._show(problems=problems)

    async def _show(self, **changes: object) -> None:
        async with self._changed:
            self.shown = replace(self.shown, **changes)  # type: ignore[arg-type]
            self._changed.notify_all()


async def _nothing() -> None:
    """Wait for nothing."""


def first_of(problems: Iterable[Problem]) -> list[dict[str, object]]:
    """Write problems as a page lists them."""
    return [
        {
            "code": problem.code,
            "severity": problem.severity.value,
            "place": str(problem.place) if problem.place else "",
            "message": problem.message,
            "hint": problem.hint,
        }
        for problem in problems
    ]
