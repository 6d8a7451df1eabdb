"""A build may be killed at any moment: every artifact is whole, and the next build finishes it."""

import io
import random
import subprocess
import sys
import time
import zipfile

import pytest

from tests.booklets.conftest import run_build
from tests.booklets.test_same_bytes import artifacts
from tests.builder import TinyProject

pytestmark = pytest.mark.booklets


def is_whole(data: bytes) -> bool:
    """Whether a PDF has its end, or an EPUB all its files."""
    if data.startswith(b"%PDF"):
        return data.rstrip().endswith(b"%%EOF")
    return zipfile.ZipFile(io.BytesIO(data)).testzip() is None


def test_a_killed_build_leaves_whole_artifacts_and_the_next_one_leaves_no_other_file(
    project: TinyProject,
) -> None:
    project.write("content/editions.toml", '[[edition]]\nname = "study"\n')
    command = [sys.executable, "-m", "diglot", "-C", str(project.root), "build"]
    assert run_build(project.project).returncode == 0
    clean = artifacts(project.project)
    moments = random.Random(20261122)  # noqa: S311 (moments, not secrets)
    for _ in range(6):
        with subprocess.Popen(command, stdout=subprocess.DEVNULL) as build:
            time.sleep(moments.uniform(0.2, 4))
            build.kill()
        left = {
            path: data
            for path, data in artifacts(project.project).items()
            if ".diglot-" not in path
        }
        assert left.keys() == clean.keys()
        assert all(map(is_whole, left.values()))
    assert run_build(project.project).returncode == 0
    assert artifacts(project.project) == clean


def test_a_part_of_a_process_that_is_gone_is_swept_away(project: TinyProject) -> None:
    assert run_build(project.project).returncode == 0
    clean = artifacts(project.project)
    with subprocess.Popen([sys.executable, "-c", ""]) as gone:
        gone.wait()
    part = project.project.output / "w" / f".diglot-{gone.pid}-w-study.pdf"
    part.write_bytes(b"half")
    assert run_build(project.project).returncode == 0
    assert artifacts(project.project) == clean


def test_two_builds_at_once_both_succeed_and_agree(project: TinyProject) -> None:
    command = [sys.executable, "-m", "diglot", "-C", str(project.root), "build"]
    builds = [subprocess.Popen(command, stdout=subprocess.DEVNULL) for _ in range(2)]
    assert [build.wait() for build in builds] == [0, 0]
    together = artifacts(project.project)
    assert run_build(project.project).returncode == 0
    assert artifacts(project.project) == together
