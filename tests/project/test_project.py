"""A project's folders: where works are found, and how a work's own files are read."""

from pathlib import Path

import pytest

from diglot import project as project_module
from diglot.errors import DiglotError
from diglot.project import Project, find_project
from tests.builder import GLOSSARY, TEXT, TinyProject


def refused(project: TinyProject, name: str = "w") -> str:
    with pytest.raises(DiglotError) as caught:
        project.work(name)
    return str(caught.value)


def test_a_project_is_found_from_any_folder_inside(project: TinyProject) -> None:
    assert find_project(project.root / "content" / "w") == Project(project.root.resolve())


def test_w_005_outside_there_is_none(tmp_path: Path) -> None:
    with pytest.raises(DiglotError) as caught:
        find_project(tmp_path)
    assert str(caught.value) == (
        f"error w-005: there is no project in {tmp_path.resolve()} or above it\n"
        "  Hint: Call diglot inside a project: a folder with content/editions.toml and templates/."
    )


def test_works_are_the_folders_with_a_work_toml_but_hidden_ones(project: TinyProject) -> None:
    for folder in ("b", "a", ".diglot-1-c"):
        project.write(f"content/{folder}/work.toml", "")
    project.write("content/notes/text.md", "")
    assert project.project.names() == ("a", "b", "w")


class TestWork:
    """A work is its ``work.toml``, its text in one file or several, and two glossaries."""

    def test_a_work_is_read_from_its_folder(self, project: TinyProject) -> None:
        work = project.work()
        assert (work.name, work.folder) == ("w", project.project.content / "w")
        assert [pair.id for pair in work.text.pairs] == ["0", "1"]
        assert [term.term for term in work.terms] == ["山"]
        assert (work.info.date, work.problems) == ("2019", ())

    def test_a_long_text_is_several_files_in_the_order_of_their_names(
        self, project: TinyProject
    ) -> None:
        (project.root / "content/w/text.md").unlink()
        project.write("content/w/text/02.md", "> 水。 ^2\n")
        project.write("content/w/text/01.md", "> 山。 ^1\n")
        assert [pair.id for pair in project.work().text.pairs] == ["1", "2"]

    def test_the_work_s_own_glossary_goes_before_the_shared_one(self, project: TinyProject) -> None:
        project.write("content/glossary.csv", "term,pinyin,english\n山,shān,hill\n水,shuǐ,water\n")
        assert [(term.term, term.english) for term in project.work().terms] == [
            ("山", "mountain"),
            ("水", "water"),
        ]

    def test_both_glossaries_may_be_missing(self, project: TinyProject) -> None:
        (project.root / "content/w/glossary.csv").unlink()
        assert project.work().terms == ()

    def test_what_is_wrong_with_single_pairs_and_terms_is_told_together(
        self, project: TinyProject
    ) -> None:
        project.add("content/w/text.md", "\n> 山。 ^1\n")
        project.add("content/w/glossary.csv", "水,,water,,,\n")
        project.write("content/glossary.csv", "term,pinyin,english\n木,mùtou,tree\n")
        assert [(problem.code, str(problem.place)) for problem in project.work().problems] == [
            ("p-003", "content/w/text.md:11"),
            ("g-005", "content/w/glossary.csv:3"),
            ("g-006", "content/glossary.csv:2"),
        ]

    def test_w_001_there_is_no_such_work(self, project: TinyProject) -> None:
        project.write("content/mountains/work.toml", "")
        assert refused(project, "mountain") == (
            "error w-001: there is no work “mountain”\n  Hint: Did you mean “mountains”?"
        )
        assert refused(project, "../w") == (
            "error w-001: there is no work “../w”\n  Hint: Works here: mountains, w."
        )

    def test_w_004_a_text_is_one_file_or_several(self, project: TinyProject) -> None:
        project.write("content/w/text/01.md", "")
        assert refused(project) == (
            "content/w: error w-004: there is a text.md and a folder text/ as well\n"
            "  Hint: Keep one of them."
        )

    def test_w_006_a_text_is_utf_8(self, project: TinyProject) -> None:
        project.write("content/w/text.md", TEXT.encode() + "山高水长".encode("gb18030"))
        assert refused(project) == (
            "content/w/text.md:10: error w-006: this is not UTF-8\n"
            "  Hint: Save the file as UTF-8; diglot new reads other encodings."
        )

    def test_w_006_a_text_has_no_control_characters(self, project: TinyProject) -> None:
        project.add("content/w/text.md", "\x0b")
        assert refused(project) == (
            "content/w/text.md:10: error w-006: the control character U+000B cannot be printed\n"
            "  Hint: Delete it."
        )

    def test_w_006_holds_for_templates_too(self, project: TinyProject) -> None:
        project.write("templates/print/x.css", b"\xff")
        with pytest.raises(DiglotError) as caught:
            project.project.templates()
        assert str(caught.value) == (
            "templates/print/x.css:1: error w-006: this is not UTF-8\n"
            "  Hint: Save the file as UTF-8; diglot new reads other encodings."
        )


def test_templates_are_the_style_sheets_and_pages_by_their_paths(tmp_path: Path) -> None:
    project = Project(tmp_path)
    for path in ("a.j2", "print/b.css", "print/.c.css.swp", "print/d.png", ".e.j2"):
        file = tmp_path / "templates" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(path, encoding="utf-8")
    assert project.templates() == {"a.j2": "a.j2", "print/b.css": "print/b.css"}


class TestReading:
    """Only plain files inside the project are read, and no endless ones."""

    LEADS_OUT = "Make it, or restore it; a link that leads out of the project is not followed."

    def test_w_002_a_file_is_there(self, project: TinyProject) -> None:
        (project.root / "content/w/text.md").unlink()
        assert refused(project) == (
            f"content/w/text.md: error w-002: this file is not there\n  Hint: {self.LEADS_OUT}"
        )

    @pytest.mark.parametrize("path", ["text.md", "glossary.csv", "source.txt", "work.toml"])
    def test_w_002_a_link_does_not_lead_out(
        self, path: str, project: TinyProject, tmp_path_factory: pytest.TempPathFactory
    ) -> None:
        outside = tmp_path_factory.mktemp("outside") / "secret"
        outside.write_text(GLOSSARY, encoding="utf-8")
        project.link(f"content/w/{path}", outside)
        assert refused(project) == (
            f"content/w/{path}: error w-002: this is not a plain file\n  Hint: {self.LEADS_OUT}"
        )

    def test_w_002_a_link_to_itself_leads_nowhere(self, project: TinyProject) -> None:
        project.link("content/w/text.md", project.root / "content/w/text.md")
        assert "error w-002: this file is not there" in refused(project)

    def test_a_link_inside_the_project_is_followed(self, project: TinyProject) -> None:
        project.write("content/shared.csv", GLOSSARY)
        project.link("content/w/glossary.csv", project.root / "content/shared.csv")
        assert [term.term for term in project.work().terms] == ["山"]

    def test_w_002_a_file_that_may_not_be_opened(
        self, project: TinyProject, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(file: Path) -> bytes:
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(Path, "read_bytes", refuse)
        assert refused(project) == (
            "content/w/work.toml: error w-002: this file cannot be read: Permission denied\n"
            "  Hint: Mend its permissions."
        )

    def test_w_003_a_file_is_not_too_large(
        self, project: TinyProject, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(project_module, "MAX_BYTES", 200)
        project.write("content/w/text.md", b"x" * 1201)
        assert refused(project) == (
            "content/w/text.md: error w-003: this file has 1,201 bytes; 200 is the most\n"
            "  Hint: Part the work into several."
        )
