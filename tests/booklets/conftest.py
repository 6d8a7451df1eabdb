"""Both works, built once for all the tests of this folder, away from the project's own output."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from diglot.pipeline import Job, plan
from diglot.project import Project

ROOT = Path(__file__).parents[2]
NOTES = pytest.StashKey[list[str]]()  # what could not be tested here, and what was instead


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    notes: list[str] = config.stash.get(NOTES, [])
    for note in dict.fromkeys(notes):
        terminalreporter.write_line(f"NOT TESTED: {note}", yellow=True, bold=True)


def copy_project(folder: Path) -> Project:
    """Copy what people wrote into a folder."""
    for name in ("content", "templates"):
        shutil.copytree(ROOT / name, folder / name)
    return Project(folder)


def run_build(
    project: Project, *arguments: str, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Build a project by the command, as a user does."""
    return subprocess.run(
        [sys.executable, "-m", "diglot", "-C", str(project.root), "build", *arguments],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The two works, built."""
    project = copy_project(tmp_path_factory.mktemp("library"))
    done = run_build(project)
    assert (done.returncode, done.stderr) == (0, "")
    return project


@pytest.fixture(scope="session")
def jobs(library: Project) -> Mapping[str, Job]:
    """What each artifact was made of, by its path below output/."""
    return {job.path: job for job in plan(library)}
