"""What is stale in a work, composed page by page: that of an edition in a format and its kin."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from diglot import pipeline
from diglot.build.environment import identity
from diglot.build.survey import Found, Selection
from diglot.config import Edition
from diglot.errors import DiglotError, Exit, Problem
from diglot.memory import Memo, pack, read_memory, remembering, unpack, write_memory
from diglot.pipeline import Job
from diglot.project import Project

_TEXTS = "texts"  # what is remembered of their words and scripts


@dataclass(frozen=True, slots=True)
class Page:
    """Jobs of a work that are set from the same page."""

    found: Found
    jobs: tuple[Job, ...]

    @property
    def name(self) -> tuple[str, str]:
        """What it is remembered as: its work and its booklet with its format."""
        first = self.jobs[0]
        return first.booklet.work, f"{first.booklet.name}.{first.format.base}"


@dataclass(slots=True)
class Build:
    """What a build knows from its beginning, and what went wrong since."""

    project: Project
    asked: Selection
    templates: Mapping[str, str]
    shared: tuple[Edition, ...]
    problems: list[Problem] = field(default_factory=list)
    exit_code: Exit = Exit.PROBLEMS

    def fail(self, error: DiglotError) -> None:
        """Go on; it is raised at the end."""
        self.problems.extend(error.problems)
        self.exit_code = max(self.exit_code, error.exit_code)


def pages_of(this: Build, found: Found, stale: Collection[str], *, whole: bool) -> Iterator[Page]:
    """Read a work, if anything of it is stale, and compose its pages one by one.

    An edition that cannot be composed does not keep the others from being built. What was worked
    out about the work's texts is kept; if the ``whole`` of it is stale, no more than that.
    """
    if not stale:
        return
    try:
        work = this.project.work(found.work)
        pages = pipeline.pages_of(
            work,
            work.info.edition or this.shared,
            this.templates,
            lambda edition, kind: pipeline.artifact(work.name, edition.name, kind) in stale,
        )
    except DiglotError as error:
        this.fail(error)
        return
    former = unpack(read_memory(this.project.root, found.work, _TEXTS), identity())
    memo = Memo(former)
    for page in pages:
        try:
            with remembering(memo):
                jobs = page()
        except DiglotError as error:
            this.fail(error)
        else:
            yield Page(found, jobs)
    known = memo.kept if whole else {**former, **memo.kept}
    if known != former:
        write_memory(this.project.root, found.work, _TEXTS, pack(identity(), known))
