"""Jobs on a Dask cluster: the same jobs, other machines, no file system in common."""

import tempfile
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError, Executor, Future
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from diglot.build.environment import identity
from diglot.build.inputs import digest
from diglot.build.make import Outcome, make
from diglot.build.workers import Pool
from diglot.errors import DiglotError, Exit, Problem
from diglot.pipeline import Job
from diglot.publish.fonts import Face
from diglot.store import write_whole

_TIMEOUT = 10  # seconds to reach a scheduler in

Fonts = tuple[tuple[str, bytes], ...]


@contextmanager
def cluster(address: str) -> Iterator[Pool]:
    """Give the workers of the cluster whose scheduler is at ``address``.

    Raises:
        DiglotError: ``n-027``, the extra is not installed; ``n-028``, there is no scheduler.
    """
    try:
        from distributed import Client
    except ImportError:
        message = "builds on a cluster need Dask, which is not installed"
        hint = "Install it with Diglot: pip install diglot[cluster]."
        raise _environment(Problem("n-027", message, hint)) from None
    try:
        client: Any = Client(address, timeout=_TIMEOUT)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        raise _environment(_unreachable(address, str(error))) from None
    with client:
        yield Pool(_Cluster(client, address), max(1, sum(client.nthreads().values())))


class _Cluster(Executor):
    """Runs `make` on workers; one that is lost costs the jobs that it had, done by another."""

    def __init__(self, client: Any, address: str) -> None:
        self._executor = client.get_executor(pure=False)
        self._address = address

    def submit(self, call: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Have a call of `make` run somewhere."""
        jobs, environment, memory = args
        fonts = tuple((face.file.name, face.file.read_bytes()) for face in _own(jobs))
        there: Future[Any] = self._executor.submit(make_there, jobs, environment, memory, fonts)
        here: Future[Any] = Future()

        def settle(done: Future[Any]) -> None:
            try:
                here.set_result(done.result())
            except DiglotError as error:
                here.set_exception(error)
            except (Exception, CancelledError) as error:
                here.set_exception(_environment(_unreachable(self._address, str(error))))

        there.add_done_callback(settle)
        return here


def make_there(
    jobs: Iterable[tuple[Job, str]], environment: str, memory: bytes, fonts: Fonts
) -> tuple[list[Outcome], bytes]:
    """Run jobs as `make` does, on a worker that has none of the project's files.

    Args:
        jobs: As for `make`.
        environment: What the build's own process makes artifacts with.
        memory: As for `make`.
        fonts: The works' own fonts that the jobs name, by their files' names.

    Raises:
        DiglotError: ``n-029``, this worker makes artifacts with something else, so that its bytes
            would not be those of other workers; as `make`.
    """
    if identity() != environment:
        message = "a worker of the cluster has another Diglot, other libraries or other fonts"
        hint = "Start all workers from one image, the same that this command runs in."
        raise _environment(Problem("n-029", message, hint))
    placed = {name: _placed(name, data) for name, data in fonts}
    there = [(_with_fonts(job, placed), former) for job, former in jobs]
    return make(there, environment, memory)


def _own(jobs: Iterable[tuple[Job, str]]) -> set[Face]:
    return {
        face
        for job, _ in jobs
        for face in (*job.typefaces.chinese, *job.typefaces.latin)
        if face.own
    }


def _placed(name: str, data: bytes) -> Path:
    """Write a font where it always is on this machine: what a page says of it stays the same."""
    file = Path(tempfile.gettempdir()) / "diglot-fonts" / digest(data) / name
    if not file.exists():
        write_whole(file, data)
    return file


def _with_fonts(job: Job, placed: dict[str, Path]) -> Job:
    def moved(faces: tuple[Face, ...]) -> tuple[Face, ...]:
        return tuple(replace(f, file=placed[f.file.name]) if f.own else f for f in faces)

    faces = job.typefaces
    typefaces = replace(faces, chinese=moved(faces.chinese), latin=moved(faces.latin))
    return replace(job, typefaces=typefaces)


def _unreachable(address: str, why: str) -> Problem:
    message = f"the cluster at {address} does not answer: {why}"
    return Problem("n-028", message, "Start its scheduler and workers, then build again.")


def _environment(problem: Problem) -> DiglotError:
    return DiglotError(problem, exit_code=Exit.ENVIRONMENT)
