"""What sync does, case by case: a folder each in ``cases``.

``source.txt`` and ``text.md`` are the work, ``new.txt`` is the new source, ``after.md`` what the
text becomes, ``says.txt`` what the command says.
"""

from pathlib import Path

import pytest

from tests.builder import WORK, TinyProject

CASES = sorted((Path(__file__).parent / "cases").iterdir())


@pytest.fixture(params=CASES, ids=lambda case: str(case.name))
def case(request: pytest.FixtureRequest, project: TinyProject) -> Path:
    folder: Path = request.param
    script = "hant" if "the-other-script" in folder.name else "hans"
    project.write("content/w/work.toml", WORK.replace("hans", script))
    for name in ("source.txt", "text.md"):
        project.write(f"content/w/{name}", (folder / name).read_bytes())
    return folder


def now(project: TinyProject, name: str = "text.md") -> bytes:
    return project.content()[f"content/w/{name}"]


def test_a_new_source_gives_the_text_expected(case: Path, project: TinyProject) -> None:
    result = project.run("sync", "w", str(case / "new.txt"))
    assert now(project).decode() == (case / "after.md").read_bytes().decode()
    assert now(project, "source.txt") == (case / "new.txt").read_bytes()
    assert result.stdout + result.stderr == (case / "says.txt").read_text("utf-8")
    assert result.exit_code == 0


def test_a_dry_run_says_the_same_and_writes_nothing(case: Path, project: TinyProject) -> None:
    before = project.content()
    result = project.run("sync", "--dry-run", "w", str(case / "new.txt"))
    assert result.stdout + result.stderr == (case / "says.txt").read_text("utf-8")
    assert project.content() == before


def test_doing_it_again_changes_nothing(case: Path, project: TinyProject) -> None:
    project.write("content/w/text.md", (case / "after.md").read_bytes())
    project.write("content/w/source.txt", (case / "new.txt").read_bytes())
    project.run("sync", "w", str(case / "new.txt"))
    assert now(project).decode() == (case / "after.md").read_bytes().decode()
    assert now(project, "source.txt") == (case / "new.txt").read_bytes()
