"""When the environment is made, mended or left alone; pip and npm are stubs that note calls."""

import os
import subprocess
import sys
import venv
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from shutil import copytree

import pytest

SOURCE = Path(__file__).parents[2] / "setup"
PYTHON = """#!/bin/sh
case $* in
*" install "*) echo "$*" >>"$0".calls; sleep 0.1; [ ! -e "$0".fails ] ;;
esac
"""


# It is called in the folder of the packages.
NPM = """#!/bin/sh
echo "npm $* ${PWD##*/}" >>"${PWD%/tests/*}/.venv/bin/python.calls"
"""


class Project:
    def __init__(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.root = root
        self.made = 0
        copytree(SOURCE, root / "setup")
        for name in ("pyproject.toml", "requirements.lock", "requirements-test.lock"):
            (root / name).write_text(name)
        (root / "tests/browser/readers").mkdir(parents=True)
        (root / "tests/browser/readers/package-lock.json").write_text("{}")
        (root / "bin").mkdir()
        (root / "bin/npm").write_text(NPM)
        (root / "bin/npm").chmod(0o755)
        monkeypatch.setenv("PATH", f"{root / 'bin'}:{os.environ['PATH']}")
        spec = spec_from_file_location("environment", root / "setup/environment.py")
        assert spec
        assert spec.loader
        self._module = module_from_spec(spec)
        spec.loader.exec_module(self._module)
        monkeypatch.setattr(venv, "create", self._create)

    def _create(self, home: Path, *, symlinks: bool, with_pip: bool) -> None:
        self.made += 1
        (home / "bin").mkdir()
        (home / "bin/python").write_text(PYTHON)
        (home / "bin/python").chmod(0o755)
        (home / "bin/pip").write_text(f"#!{home}/bin/python\n")

    def sets_up(self, kind: str) -> None:
        self._module.set_up(self.root, kind)

    def changes(self, file: str) -> None:
        with (self.root / file).open("a") as stream:
            stream.write("\n# changed\n")

    def takes_installs(self) -> list[str]:
        """What pip and npm were asked to install since the last question, in its last word."""
        log = self.root / ".venv/bin/python.calls"
        lines = log.read_text().splitlines() if log.exists() else []
        log.unlink(missing_ok=True)
        return [Path(line.split()[-1]).name for line in lines]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    return Project(tmp_path / "project", monkeypatch)


LOCK, TEST_LOCK, ITSELF = "requirements.lock", "requirements-test.lock", "project"
READERS = "readers"


def test_the_lock_is_installed_then_the_project(project: Project) -> None:
    project.sets_up("build")
    assert project.takes_installs() == [LOCK, ITSELF]


@pytest.mark.parametrize("kind", ["build", "test"])
def test_a_second_time_does_nothing(project: Project, kind: str) -> None:
    project.sets_up(kind)
    project.takes_installs()
    project.sets_up(kind)
    assert (project.takes_installs(), project.made) == ([], 1)


def test_an_environment_for_tests_is_one_for_builds(project: Project) -> None:
    project.sets_up("test")
    assert project.takes_installs() == [TEST_LOCK, ITSELF, READERS]
    project.sets_up("build")
    assert project.takes_installs() == []


def test_one_for_builds_becomes_one_for_tests(project: Project) -> None:
    project.sets_up("build")
    project.takes_installs()
    project.sets_up("test")
    assert (project.takes_installs(), project.made) == ([TEST_LOCK, READERS], 1)


@pytest.mark.parametrize(
    ("file", "for_build", "for_test"),
    [
        ("requirements.lock", [LOCK, ITSELF], [TEST_LOCK, READERS]),
        ("requirements-test.lock", [], [TEST_LOCK, READERS]),
        ("tests/browser/readers/package-lock.json", [], [TEST_LOCK, READERS]),
        ("pyproject.toml", [LOCK, ITSELF], [TEST_LOCK, READERS]),
        ("setup/system.sh", [LOCK, ITSELF], [TEST_LOCK, READERS]),
        ("setup/environment.py", [LOCK, ITSELF], [TEST_LOCK, READERS]),
    ],
)
def test_what_changed_decides_what_is_installed_again(
    project: Project, file: str, for_build: list[str], for_test: list[str]
) -> None:
    project.sets_up("test")
    project.takes_installs()
    project.changes(file)
    project.sets_up("build")
    assert project.takes_installs() == for_build
    project.sets_up("test")
    assert (project.takes_installs(), project.made) == (for_test, 1)


def test_a_deleted_environment_is_made_again(project: Project) -> None:
    project.sets_up("build")
    subprocess.run(["rm", "-r", project.root / ".venv"], check=True)
    project.sets_up("build")
    assert (project.takes_installs(), project.made) == ([LOCK, ITSELF], 2)


def test_a_failure_leaves_nothing_that_counts_as_made(project: Project) -> None:
    project.sets_up("build")
    project.changes("requirements.lock")
    (project.root / ".venv/bin/python.fails").touch()
    with pytest.raises(subprocess.CalledProcessError):
        project.sets_up("build")
    assert (project.root / ".venv/unfinished").exists()
    project.sets_up("build")
    assert (project.takes_installs(), project.made) == ([LOCK, ITSELF], 2)
    assert not (project.root / ".venv/unfinished").exists()


def test_an_environment_that_was_moved_is_made_again(project: Project) -> None:
    project.sets_up("build")
    project.root = project.root.rename(project.root.parent / "moved")
    project.sets_up("build")
    assert (project.takes_installs(), project.made) == ([LOCK, "moved"], 2)


def test_one_without_its_python_is_made_again(project: Project) -> None:
    project.sets_up("build")
    (project.root / ".venv/bin/python").unlink()
    project.sets_up("build")
    assert project.made == 2


def test_two_at_once_install_once(project: Project) -> None:
    project.sets_up("build")
    project.takes_installs()
    project.changes("requirements.lock")
    command = [sys.executable, str(project.root / "setup/environment.py"), "build"]
    both = [subprocess.Popen(command, stderr=subprocess.DEVNULL) for _ in range(2)]
    assert [process.wait() for process in both] == [0, 0]
    assert project.takes_installs() == [LOCK, ITSELF]
