"""A build makes what is stale, says why, and never takes something stale for current."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from diglot.build import environment, inputs
from diglot.build.make import Outcome
from tests.builder import EDITIONS, GLOSSARY, TEXT, WORK, TinyProject

TWO = EDITIONS + '\n[[edition]]\nname = "hant"\nscript = "hant"\nformats = ["pdf", "epub"]\n'
ALL = ["w/w-hant.epub", "w/w-hant.pdf", "w/w-study.pdf"]


@pytest.fixture(autouse=True)
def _unset(unset: None) -> None:
    """Typesetting has tests of its own."""


@pytest.fixture
def library(project: TinyProject) -> TinyProject:
    """Two works in two editions, built."""
    project.write("content/editions.toml", TWO)
    identifier = "urn:uuid:1c0f9a52-5d0e-4d0b-9b1c-2f3f6f0c7a12"
    project.write("content/v/work.toml", f'script = "hans"\nidentifier = "{identifier}"\n')
    project.write("content/v/text.md", TEXT)
    assert project.build().exit_code == 0
    return project


def explained(project: TinyProject, *arguments: str) -> dict[str, str]:
    """What a build says of each artifact."""
    result = project.build("--explain", *arguments)
    assert (result.exit_code, result.stderr) == (0, "")
    lines = (line.partition("  ") for line in result.stdout.splitlines())
    return {path.removeprefix("output/"): said for path, _, said in lines}


def snapshot(project: TinyProject) -> dict[str, bytes]:
    return dict(project.artifacts())


def clean_build(project: TinyProject) -> dict[str, bytes]:
    """What a build from nothing makes of the same content."""
    assert project.run("clean").exit_code == 0
    assert snapshot(project) == {}
    assert project.build().exit_code == 0
    return snapshot(project)


def test_a_second_build_makes_nothing(library: TinyProject) -> None:
    files = {file: file.stat() for file in library.project.output.rglob("*.pdf")}
    result = library.build()
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")
    assert {file: file.stat() for file in files} == files
    assert set(explained(library).values()) == {"current"}


EDITS: dict[str, tuple[Callable[[TinyProject], object], str, list[str]]] = {
    "a sentence": (
        lambda p: p.write("content/w/text.md", TEXT.replace("rivers", "waters")),
        "content/w/text.md changed",
        ALL,
    ),
    "a term of the work": (
        lambda p: p.write("content/w/glossary.csv", GLOSSARY.replace("mountain", "hill")),
        "content/w/glossary.csv changed",
        ALL,
    ),
    "the glossary of all works": (
        lambda p: p.write("content/glossary.csv", "term,pinyin,english\n水,shuǐ,water\n"),
        "content/glossary.csv is new",
        [*(path.replace("w", "v") for path in ALL), *ALL],
    ),
    "a date": (
        lambda p: p.write("content/w/work.toml", WORK.replace("2019", "2020")),
        "content/w/work.toml changed",
        ALL,
    ),
    "a style sheet of print": (
        lambda p: p.add("templates/print/booklet.css", "p.zh { color: #222; }\n"),
        "templates/print/booklet.css changed",
        ["v/v-hant.pdf", "v/v-study.pdf", "w/w-hant.pdf", "w/w-study.pdf"],
    ),
}


@pytest.mark.parametrize("edit", EDITS)
def test_an_edit_makes_what_it_shows_in_and_says_why(library: TinyProject, edit: str) -> None:
    change, reason, stale = EDITS[edit]
    change(library)
    said = explained(library)
    made = {path: text for path, text in said.items() if " kB: " in text}
    assert sorted(made) == sorted(stale)
    assert {text.partition(" kB: ")[2] for text in made.values()} == {reason}
    assert snapshot(library) == clean_build(library)


def test_a_comment_in_a_template_typesets_nothing(
    library: TinyProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = snapshot(library)
    for name in ("print/booklet.html.j2", "macros.html.j2", "epub/book.md.j2"):
        template = (library.root / "templates" / name).read_text("utf-8")
        library.write(f"templates/{name}", "{# Nothing that shows. #}\n" + template)
    monkeypatch.setattr("diglot.pipeline.run", None)
    said = explained(library)
    assert set(said.values()) == {
        "as it was, though templates/epub/book.md.j2 changed, templates/macros.html.j2 changed, "
        "templates/print/booklet.html.j2 changed"
    }
    assert set(explained(library).values()) == {"current"}
    assert snapshot(library) == before


def test_taking_an_edit_back_is_an_edit_too(library: TinyProject) -> None:
    before = snapshot(library)
    library.write("content/w/text.md", TEXT.replace("rivers", "waters"))
    library.build()
    assert snapshot(library) != before
    library.write("content/w/text.md", TEXT)
    library.build()
    assert snapshot(library) == before


def test_a_new_edition_is_built_beside_the_others(library: TinyProject) -> None:
    library.add("content/editions.toml", '[[edition]]\nname = "more"\nformats = ["pdf"]\n')
    said = explained(library)
    assert said["w/w-more.pdf"].endswith(" kB: it was never built")
    assert said["w/w-hant.pdf"] == "as it was, though content/editions.toml changed"


def test_another_format_of_an_edition_leaves_the_first_as_it_is(library: TinyProject) -> None:
    library.write("content/editions.toml", TWO.replace('["pdf"]', '["pdf", "epub"]'))
    said = explained(library)
    assert said["w/w-study.epub"].endswith(" kB: it was never built")
    assert said["w/w-study.pdf"] == "as it was, though content/editions.toml changed"


@pytest.mark.parametrize(
    ("harm", "reason"),
    [
        (Path.unlink, "it is gone from the output folder"),
        (lambda file: file.write_bytes(b"torn"), "it was changed in the output folder"),
    ],
)
def test_what_is_harmed_in_the_output_folder_is_made_again(
    library: TinyProject, harm: Callable[[Path], object], reason: str
) -> None:
    before = snapshot(library)
    harm(library.project.output / "w/w-study.pdf")
    said = explained(library)
    assert said.pop("w/w-study.pdf").endswith(f" kB: {reason}")
    assert set(said.values()) == {"current"}
    assert snapshot(library) == before


def test_output_that_was_copied_elsewhere_and_back_is_believed_by_its_content(
    library: TinyProject,
) -> None:
    file = library.project.output / "w/w-study.pdf"
    data = file.read_bytes()
    file.unlink()
    file.write_bytes(data)
    assert explained(library)["w/w-study.pdf"] == "current"


def test_without_records_all_is_built_again(library: TinyProject) -> None:
    for record in (library.root / ".cache/build").iterdir():
        record.write_text("{")
    assert all(said.endswith("it was never built") for said in explained(library).values())


@pytest.mark.parametrize("part", sorted(environment.outline()))
def test_a_change_of_any_part_of_the_environment_is_seen(
    library: TinyProject, part: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    changed = {**environment.outline(), part: "another"}
    monkeypatch.setattr(environment, "outline", lambda: changed)
    said = explained(library)
    assert set(said.values()) == {f"as it was, though {part} changed"}


def test_another_environment_makes_all_anew(
    library: TinyProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    changed = {**environment.outline(), "fonts": "another"}
    monkeypatch.setattr(environment, "outline", lambda: changed)
    monkeypatch.setattr("diglot.build.build.identity", lambda: "another")
    assert all(said.endswith(" kB: fonts changed") for said in explained(library).values())


def test_a_picture_is_an_input(library: TinyProject) -> None:
    library.write("content/w/pictures/new.png", b"whatever")
    said = explained(library)
    assert said["w/w-study.pdf"] == "as it was, though content/w/pictures/new.png is new"
    assert said["v/v-study.pdf"] == "current"


def test_a_part_of_the_library_may_be_built(library: TinyProject) -> None:
    library.write("content/w/text.md", TEXT.replace("rivers", "waters"))
    assert set(explained(library, "--format", "epub", "w")) == {"w/w-hant.epub"}
    said = explained(library)
    assert said["w/w-hant.epub"] == "current"
    assert said["w/w-hant.pdf"].endswith("content/w/text.md changed")


def test_a_work_with_errors_keeps_no_other_from_being_built(library: TinyProject) -> None:
    before = snapshot(library)
    library.write("content/w/text.md", TEXT.replace("rivers", "waters"))
    library.write("content/v/text.md", TEXT + "\n> 水。 ^1\n")
    result = library.build()
    assert result.exit_code == 1
    assert "content/v/text.md:11: error p-003" in result.stderr
    after = snapshot(library)
    assert {path for path in after if after[path] != before[path]} == set(ALL)


def test_an_edition_with_errors_keeps_no_other_from_being_built(library: TinyProject) -> None:
    before = snapshot(library)
    library.write("content/editions.toml", TWO + 'stale = "fail"\n')
    library.write("content/w/text.md", TEXT.replace("> 山高。", "<!-- was: 山。 -->\n> 山高。"))
    result = library.build()
    assert result.exit_code == 1
    assert result.stderr.count("error e-002: the pair ^1 has an outdated gloss") == 1
    after = snapshot(library)
    assert {path for path in after if after[path] != before[path]} == {"w/w-study.pdf"}


class TestOrphans:
    """Artifacts of editions that are gone are told of, and removed only by `clean --orphans`."""

    @pytest.fixture
    def fewer(self, library: TinyProject) -> TinyProject:
        """The library without its second edition, built."""
        library.write("content/editions.toml", EDITIONS)
        return library

    def test_they_stay_and_are_told_of(self, fewer: TinyProject) -> None:
        for _ in range(2):
            result = fewer.build()
            assert result.exit_code == 0
            assert result.stderr.splitlines() == [
                f"output/{path} belongs to no edition any more: diglot clean --orphans removes it"
                for path in ("v/v-hant.epub", "v/v-hant.pdf", "w/w-hant.epub", "w/w-hant.pdf")
            ]
        assert set(snapshot(fewer)) >= set(ALL)

    def test_they_are_removed_if_one_asks(self, fewer: TinyProject) -> None:
        fewer.build()
        assert fewer.run("clean", "--orphans").exit_code == 0
        assert sorted(snapshot(fewer)) == ["v/v-study.pdf", "w/w-study.pdf"]
        result = fewer.build()
        assert (result.stdout, result.stderr) == ("", "")

    def test_so_are_those_of_works_that_are_gone(self, library: TinyProject) -> None:
        for file in (library.root / "content/v").iterdir():
            file.unlink()
        library.run("clean", "--orphans")
        assert sorted(snapshot(library)) == ALL
        assert not (library.project.output / "v").exists()


def test_clean_removes_what_builds_made_and_nothing_else(library: TinyProject) -> None:
    library.write("output/notes.txt", "mine")
    library.write("output/w/.diglot-999999999-w-study.pdf", "half")
    result = library.run("clean")
    assert result.exit_code == 0
    assert "output/w/w-study.pdf removed\n" in result.stdout
    assert snapshot(library) == {"notes.txt": b"mine"}
    assert not (library.root / ".cache").exists()


def test_a_crash_of_a_worker_costs_only_a_second_try(
    library: TinyProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    from concurrent.futures.process import BrokenProcessPool

    from diglot.build import build, make

    crashes = iter([True, False, True])

    def crash(*arguments: object) -> tuple[list[Outcome], bytes]:
        if next(crashes, False):
            raise BrokenProcessPool
        return make.make(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(build, "make", crash)
    library.write("content/w/text.md", TEXT.replace("rivers", "waters"))
    assert library.build().exit_code == 0
    assert snapshot(library) == clean_build(library)


def test_n_025_workers_that_crash_again_and_again_end_the_build(
    library: TinyProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    from concurrent.futures.process import BrokenProcessPool

    def crash(*arguments: object) -> tuple[list[Outcome], bytes]:
        raise BrokenProcessPool

    monkeypatch.setattr("diglot.build.build.make", crash)
    library.write("content/w/text.md", TEXT.replace("rivers", "waters"))
    result = library.build()
    assert result.exit_code == 3
    assert "error n-025: a worker process ended without a word, 3 times in a row" in result.stderr


class TestInputs:
    """Listings of what artifacts are made from."""

    def test_every_file_of_a_folder_counts(self, tmp_path: Path) -> None:
        (tmp_path / "a/.b").mkdir(parents=True)
        (tmp_path / "a/.b/c").write_bytes(b"1")
        (tmp_path / "a/d").write_bytes(b"")
        listed = inputs.of_folder(tmp_path / "a", "x")
        assert list(listed) == ["x/.b/c", "x/d"]
        assert len(set(listed.values())) == 2

    def test_but_what_is_unfinished(self, tmp_path: Path) -> None:
        (tmp_path / f".diglot-{os.getpid()}-text.md").touch()
        assert inputs.of_folder(tmp_path, "x") == {}

    def test_a_link_leads_to_its_content_and_never_round(self, tmp_path: Path) -> None:
        (tmp_path / "a/b").mkdir(parents=True)
        (tmp_path / "a/b/round").symlink_to(tmp_path / "a")
        (tmp_path / "a/e").symlink_to(tmp_path / "real")
        (tmp_path / "real").write_bytes(b"1")
        before = inputs.of_folder(tmp_path / "a", "x")
        assert list(before) == ["x/e"]
        (tmp_path / "real").write_bytes(b"2")
        assert inputs.of_folder(tmp_path / "a", "x") != before

    def test_a_file_that_cannot_be_read_is_an_input_too(self, tmp_path: Path) -> None:
        (tmp_path / "a").symlink_to(tmp_path / "nowhere")
        assert inputs.of_folder(tmp_path, "x") == {"x/a": "-"}
