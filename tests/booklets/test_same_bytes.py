"""The same content gives the same bytes, wherever and whenever it is built."""

from pathlib import Path

import pytest

from diglot.project import Project
from tests.booklets.conftest import copy_project, run_build

pytestmark = pytest.mark.booklets


def artifacts(project: Project) -> dict[str, bytes]:
    return {
        file.relative_to(project.output).as_posix(): file.read_bytes()
        for file in sorted(project.output.rglob("*"))
        if file.is_file()
    }


def test_another_directory_time_zone_locale_and_hash_seed_change_nothing(
    library: Project, tmp_path: Path
) -> None:
    elsewhere = copy_project(tmp_path / "另一个 folder")
    done = run_build(elsewhere, "--jobs", "1", TZ="Asia/Shanghai", LC_ALL="C", PYTHONHASHSEED="7")
    assert (done.returncode, done.stderr) == (0, "")
    assert artifacts(elsewhere) == artifacts(library)


def test_building_and_checking_write_nothing_that_people_wrote(
    library: Project, tmp_path: Path
) -> None:
    fresh = copy_project(tmp_path)
    for file in fresh.content.rglob("*"):
        if file.is_file():
            written = library.content / file.relative_to(fresh.content)
            assert written.read_bytes() == file.read_bytes(), file
