"""Processes that make artifacts: they start quickly and end with their build, however it ends."""

import gc
import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import AbstractContextManager
from multiprocessing import active_children
from pathlib import Path
from typing import Any
from weakref import ReferenceType, ref

import pytest

from benchmarks.library import build_command, files, generate
from diglot import pipeline
from diglot.build import workers
from diglot.build.workers import Pool
from tests.builder import EDITIONS, TinyProject

linux = pytest.mark.skipif(sys.platform != "linux", reason="forked workers are Linux's")

CARDS = '[[edition]]\nname = "study"\nformats = ["csv", "anki"]\n'

# Two processes, each with a result that fits in no pipe; the build is killed before they have it.
KILLED = """
import os, signal, sys, time
from diglot import pipeline
from diglot.build import workers
workers._may_fork = lambda: sys.argv[1] == "forked"
def result():
    time.sleep(1)
    return bytes(1_000_000)
if __name__ == "__main__":
    with workers.workers(2, typeset=False) as pool:
        made = [pool.executor.submit(os.getpid) for _ in range(9)]
        print(*{number.result() for number in made}, flush=True)
        for _ in range(4):
            pool.executor.submit(result)
        time.sleep(0.5)
        if sys.argv[2] == "killed":
            os.kill(os.getpid(), signal.SIGKILL)
        raise KeyboardInterrupt
"""
WAYS = [pytest.param("forked", marks=linux), "spawned"]


def is_there(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("end", ["killed", "interrupted"])
def test_workers_do_not_outlive_their_build(tmp_path: Path, way: str, end: str) -> None:
    program = tmp_path / "killed.py"
    program.write_text(KILLED)
    with subprocess.Popen(
        [sys.executable, str(program), way, end],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as build:
        assert build.stdout
        numbers = [int(number) for number in build.stdout.readline().split()]
        assert build.wait() == (-signal.SIGKILL if end == "killed" else -signal.SIGINT)
    assert numbers
    began = time.monotonic()
    while left := list(filter(is_there, numbers)):
        if time.monotonic() > began + 15:
            for number in left:
                os.kill(number, signal.SIGKILL)
            pytest.fail("workers are still there")
        time.sleep(0.1)


@pytest.mark.parametrize("way", WAYS)
def test_workers_leave_it_to_the_build_to_be_interrupted(
    monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    monkeypatch.setattr(workers, "_may_fork", lambda: way == "forked")
    with workers.workers(2, typeset=False) as pool:
        for _ in range(4):
            number = pool.executor.submit(os.getpid).result()
            os.kill(number, signal.SIGINT)
        assert pool.executor.submit(os.getpid).result() != os.getpid()


@pytest.mark.parametrize("way", WAYS)
def test_however_workers_start_they_give_the_same_bytes(tmp_path: Path, way: str) -> None:
    generate(tmp_path, works=2, pairs=1, editions=CARDS)
    subprocess.run(build_command(tmp_path, "--jobs", "1"), check=True, capture_output=True)
    alone = files(tmp_path / "output")
    shutil.rmtree(tmp_path / "output")
    begin = (
        "from diglot.build import workers; from diglot.cli import main\n"
        f"workers._may_fork = lambda: {way == 'forked'}\n"
        f"main(['-C', {str(tmp_path)!r}, 'build', '--jobs', '2'])"
    )
    done = subprocess.run(
        [sys.executable, "-c", begin], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert files(tmp_path / "output") == alone


def test_a_process_with_several_threads_is_not_copied(monkeypatch: pytest.MonkeyPatch) -> None:
    from threading import Event, Thread

    end = Event()
    thread = Thread(target=end.wait)
    thread.start()
    assert not workers._may_fork()
    end.set()
    thread.join()
    monkeypatch.setattr("sys.platform", "darwin")
    assert not workers._may_fork()


@linux
def test_copies_are_made_before_there_are_other_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "_may_fork", lambda: True)
    before = set(active_children())
    with workers.workers(2, typeset=False) as pool:
        copies = {child.pid for child in set(active_children()) - before}
        assert len(copies) == 2
        assert {pool.executor.submit(os.getpid).result() for _ in range(8)} <= copies


@pytest.mark.parametrize(
    ("formats", "called"),
    [
        ('["pdf", "booklet"]', (1, True)),
        ('["csv", "anki"]', (2, False)),
        ('["pdf", "booklet", "csv", "anki"]', (3, True)),
    ],
)
def test_there_are_no_more_workers_than_pages_and_only_typesetters_load_what_sets_them(
    project: TinyProject,
    unset: None,
    monkeypatch: pytest.MonkeyPatch,
    formats: str,
    called: tuple[int, bool],
) -> None:
    calls: list[tuple[int, bool]] = []

    def call(processes: int, *, typeset: bool) -> AbstractContextManager[Pool]:
        calls.append((processes, typeset))
        return workers.workers(1)

    monkeypatch.setattr("diglot.build.build.workers", call)
    monkeypatch.setattr("os.cpu_count", lambda: 8)
    project.write("content/editions.toml", EDITIONS.replace('["pdf"]', formats))
    assert project.run("build").exit_code == 0
    assert calls == [called]


def test_what_a_page_leaves_behind_is_not_kept(
    project: TinyProject, unset: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Box:
        """Part of a page, which its parts refer to."""

    left: list[ReferenceType[Box]] = []
    run = pipeline.run

    def leave(*arguments: Any, **named: Any) -> Any:
        box = Box()
        box.self = box  # type: ignore[attr-defined]
        left.append(ref(box))
        return run(*arguments, **named)

    monkeypatch.setattr(pipeline, "run", leave)
    gc.disable()
    try:
        assert project.build().exit_code == 0
        kept = [box() for box in left]
    finally:
        gc.enable()
    assert kept == [None]
