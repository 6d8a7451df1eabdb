"""Where jobs run: in this process, in others of this machine, on a cluster."""

import gc
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from multiprocessing import active_children, get_context
from pathlib import Path
from threading import Thread
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

_GLANCE = 1  # second, between two looks at whether the build is still there


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
def workers(processes: int, *, typeset: bool = True) -> Iterator[Pool]:
    """Give so many processes of this machine; none outlives the build, however it ends.

    ``typeset`` says that they will have pages to set.
    """
    if processes == 1:
        yield Pool(Here(), 1)
        return
    with (_forked if _may_fork() else _spawned)(processes, typeset=typeset) as pool:
        yield Pool(pool, processes)


def _may_fork() -> bool:
    """Whether a copy of this process is whole: on Linux, as long as it has one thread.

    The frameworks of macOS do not survive it.
    """
    return sys.platform == "linux" and len(list(Path("/proc/self/task").iterdir())) == 1


@contextmanager
def _forked(processes: int, *, typeset: bool) -> Iterator[Executor]:
    """Copies of this process: what takes a second to load is loaded once, for all of them."""
    from concurrent.futures import ProcessPoolExecutor

    _load(typeset=typeset)
    gc.freeze()  # what the copies share is never garbage: looking at it would make them own it
    others = set(active_children())
    context = get_context("fork")
    start = partial(_start, os.getpid(), typeset=typeset)
    pool = ProcessPoolExecutor(processes, context, initializer=start)
    try:
        pool.submit(os.getpid)  # all start at the first call: now, while there is no other thread
        yield pool
    except BaseException:
        for worker in set(active_children()) - others:
            worker.kill()
        raise
    finally:
        pool.shutdown(cancel_futures=True)


@contextmanager
def _spawned(processes: int, *, typeset: bool) -> Iterator[Executor]:
    """New processes, which load what they need while the first work is still being read."""
    from loky import ProcessPoolExecutor

    pool = ProcessPoolExecutor(processes, initializer=_follow, initargs=(os.getpid(),))
    try:
        for _ in range(processes):
            pool.submit(_load, typeset=typeset)
        yield pool
    finally:
        pool.shutdown(kill_workers=True)


def _load(*, typeset: bool) -> None:
    with suppress(Exception):  # whatever is missing is told when it is called for
        from diglot.build import make  # noqa: F401

        if typeset:
            from diglot.typeset import load

            load()


def _start(parent: int, *, typeset: bool) -> None:
    """Load the rest while the first page is being composed."""
    _follow(parent)
    with suppress(Exception):
        if typeset:
            import diglot.publish.pdf
            import diglot.typeset.hooks  # noqa: F401


def _follow(parent: int) -> None:
    """End this process with the build, be it killed while this process waits or works."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who interrupts the build is told so once

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(_GLANCE)
        os._exit(1)

    Thread(target=watch, daemon=True).start()
