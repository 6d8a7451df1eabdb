"""A build may be killed at any moment: every artifact is whole, and the next build finishes it."""

import json
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from resource import RLIM_INFINITY, RLIMIT_FSIZE, setrlimit

import pytest

from benchmarks.kill import stress
from benchmarks.library import build_command
from tests.booklets.conftest import NOTES, ROOT, run_build
from tests.booklets.test_same_bytes import artifacts
from tests.builder import GLOSSARY, TinyProject

pytestmark = pytest.mark.booklets


def test_a_build_after_killed_ones_equals_a_clean_one_and_leaves_no_other_file(
    tmp_path: Path,
) -> None:
    # `python -m benchmarks.kill` does it a hundred times.
    ran, _ = stress(tmp_path, kills=5, seed=20261122)
    assert ran >= 3


# By a user of their own, who is root in there; or by root.
NAMESPACES = (["unshare", "--map-root-user", "--mount"], ["unshare", "--mount"])


@pytest.fixture
def disk(tmp_path: Path, pytestconfig: pytest.Config) -> list[str] | None:
    """The command that lets a program mount a disk that nobody else sees; None, and loudly so."""
    mount = ["mount", "-t", "tmpfs", "-o", "size=4096", "tmpfs", str(tmp_path)]
    for namespace in NAMESPACES:
        with suppress(OSError):
            if not subprocess.run(
                [*namespace, *mount], capture_output=True, check=False
            ).returncode:
                return namespace
    pytestconfig.stash.setdefault(NOTES, []).append(
        "No small disk can be mounted here (unshare --mount, mount -t tmpfs): of a full disk was "
        "tested only how builds fare when files cannot grow (RLIMIT_FSIZE)."
    )
    return None


def test_w_008_a_full_disk_leaves_the_earlier_edition(
    disk: list[str] | None, tmp_path: Path
) -> None:
    if disk is None:
        return  # the next test is what remains; the end of the report says so
    program = [sys.executable, "-m", "tests.booklets.full_disk", str(tmp_path)]
    done = subprocess.run([*disk, *program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    whole, *full, room = json.loads(done.stdout)
    assert (whole, room) == ([0, ""], [0, ""])
    said = "error w-008: this file cannot be written: No space left on device"
    assert all(code == 3 and said in told and "Traceback" not in told for code, told in full)
    # It was the record that did not fit, or an artifact.
    assert {told.split("/")[1] for _, told in full} == {".cache", "output"}


def test_w_008_so_do_files_that_cannot_grow(project: TinyProject) -> None:
    project.write("content/editions.toml", '[[edition]]\nname = "study"\nformats = ["csv"]\n')
    assert run_build(project.project).returncode == 0
    before = artifacts(project.project)
    project.write("content/w/glossary.csv", GLOSSARY.replace("mountain", "hill"))
    done = subprocess.run(
        build_command(project.root),
        preexec_fn=lambda: setrlimit(RLIMIT_FSIZE, (1, RLIM_INFINITY)),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 3
    assert "error w-008: this file cannot be written: File too large" in done.stderr
    assert "Traceback" not in done.stderr
    assert artifacts(project.project) == before
    assert run_build(project.project).returncode == 0
    assert artifacts(project.project) != before


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
