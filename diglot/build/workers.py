"""Where jobs run: in this process, in others of this machine, on a cluster."""

from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

_IDLE = 10  # seconds after which a worker without work leaves


class Here(Executor):
    """Runs each call at once, in this process."""

    def submit(self, call: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Run a call; the future has its result or what it raised."""
        done: Future[T] = Future()
        try:
            done.set_result(call(*args, **kwargs))
        except Exception as error:
            done.set_exception(error)
        return done


@dataclass(frozen=True, slots=True)
class Pool:
    """What runs calls, and how many of them at a time."""

    executor: Executor
    size: int


@contextmanager
def workers(processes: int) -> Iterator[Pool]:
    """Give so many processes of this machine; an interrupted build leaves none behind.

    Workers of a killed build find nothing more to do and soon leave.
    """
    if processes == 1:
        yield Pool(Here(), 1)
        return
    from loky import ProcessPoolExecutor

    pool = ProcessPoolExecutor(processes, timeout=_IDLE)
    try:
        for _ in range(processes):
            pool.submit(_warm)
        yield Pool(pool, processes)
    finally:
        pool.shutdown(kill_workers=True)


def _warm() -> None:
    """Load what takes a second while the first work is still being read."""
    with suppress(Exception):  # whatever is missing is told when it is called for
        import weasyprint  # noqa: F401

        from diglot.build import make  # noqa: F401
