"""The same jobs on a Dask cluster give the same bytes, also when a worker is lost."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.library import build_command, files, generate
from diglot.build.cluster import make_there
from diglot.errors import DiglotError
from tests.builder import ROOT, TinyProject

EDITIONS = """
[[edition]]
name = "study"
formats = ["pdf", "booklet", "csv"]
"""


@pytest.fixture(scope="module")
def running() -> Iterator[tuple[str, list[int]]]:
    """A scheduler's address, and the numbers of its two workers' processes."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.build.local_cluster"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        cwd=ROOT,
    ) as process:
        assert process.stdout
        assert process.stdin
        address, *workers = process.stdout.readline().split()
        yield address, [int(worker) for worker in workers]
        process.stdin.close()


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A few works, one with a font of its own, built on this machine."""
    root = tmp_path_factory.mktemp("library")
    generate(root, works=4, pairs=2, editions=EDITIONS)
    listed = subprocess.run(
        ["fc-match", "--format", "%{file}", "Gentium Book Plus"],
        capture_output=True,
        text=True,
        check=True,
    )
    work = root / "content/work-00000"
    shutil.copy(listed.stdout, work / "own.ttf")
    with (work / "work.toml").open("a") as settings:
        settings.write('[fonts]\nlatin = "own.ttf"\n')
    subprocess.run(build_command(root), check=True, capture_output=True)
    return root


def built_on(address: str, library: Path, to: Path) -> subprocess.Popen[str]:
    """Begin to build a copy of the library on a cluster."""
    for name in ("content", "templates"):
        shutil.copytree(library / name, to / name)
    return subprocess.Popen(
        build_command(to, "--cluster", address),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.booklets
def test_a_cluster_gives_the_same_bytes(
    running: tuple[str, list[int]], library: Path, tmp_path: Path
) -> None:
    with built_on(running[0], library, tmp_path) as build:
        assert build.communicate()[1] == ""
    assert build.returncode == 0
    assert files(tmp_path / "output") == files(library / "output")


@pytest.mark.booklets
def test_so_does_one_that_loses_a_worker_in_the_middle(
    running: tuple[str, list[int]], library: Path, tmp_path: Path
) -> None:
    with built_on(running[0], library, tmp_path) as build:
        assert build.stdout
        assert build.stdout.readline().startswith("output/")
        os.kill(running[1][0], signal.SIGKILL)
        build.communicate()
    assert build.returncode == 0
    assert files(tmp_path / "output") == files(library / "output")


def test_n_027_dask_is_not_installed(project: TinyProject, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    result = project.run("build", "--cluster", "tcp://127.0.0.1:9")
    assert result.exit_code == 3
    assert "error n-027: builds on a cluster need Dask, which is not installed" in result.stderr


def test_n_028_there_is_no_scheduler(project: TinyProject, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("diglot.build.cluster._TIMEOUT", 0.2)
    result = project.run("build", "--cluster", "tcp://127.0.0.1:9")
    assert result.exit_code == 3
    assert "error n-028: the cluster at tcp://127.0.0.1:9 does not answer" in result.stderr


def test_n_029_a_worker_with_other_libraries_is_refused() -> None:
    with pytest.raises(DiglotError) as caught:
        make_there([], "another", b"", ())
    assert caught.value.problems[0].code == "n-029"


def test_a_cluster_is_not_called_for_nothing(project: TinyProject, unset: None) -> None:
    assert project.build().exit_code == 0
    assert project.run("build", "--cluster", "tcp://127.0.0.1:9").exit_code == 0
