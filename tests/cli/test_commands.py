"""The command as people use it: what it prints, where, and with which exit code."""

import json
import re
from importlib.metadata import version

import pytest

from diglot.pipeline import plan
from tests.builder import EDITIONS, TEXT, TinyProject

TWO_EDITIONS = (
    EDITIONS + '\n[[edition]]\nname = "hant"\nscript = "hant"\nformats = ["pdf", "epub"]\n'
)


def built(project: TinyProject) -> list[str]:
    """The artifacts that stand in the output folder."""
    return sorted(project.artifacts())


class TestBuild:
    """``diglot build`` makes every edition in every format, or those named."""

    @pytest.fixture(autouse=True)
    def _unset(self, unset: None) -> None:
        """Typesetting has tests of its own."""

    @pytest.mark.parametrize(
        ("arguments", "expected"),
        [
            ([], ["w/w-hant.epub", "w/w-hant.pdf", "w/w-study.pdf"]),
            (["w"], ["w/w-hant.epub", "w/w-hant.pdf", "w/w-study.pdf"]),
            (["--edition", "study"], ["w/w-study.pdf"]),
            (["--format", "epub"], ["w/w-hant.epub"]),
            (["--edition", "hant", "--format", "pdf"], ["w/w-hant.pdf"]),
            (
                ["--format", "pdf", "--format", "epub"],
                ["w/w-hant.epub", "w/w-hant.pdf", "w/w-study.pdf"],
            ),
        ],
    )
    def test_what_is_named_is_built_and_listed(
        self, arguments: list[str], expected: list[str], project: TinyProject
    ) -> None:
        project.write("content/editions.toml", TWO_EDITIONS)
        result = project.build(*arguments)
        assert (result.exit_code, result.stderr) == (0, "")
        assert built(project) == expected
        lines = sorted(result.stdout.splitlines())
        assert [re.sub(r"  \d+ kB$", "", line) for line in lines] == [
            f"output/{path}" for path in expected
        ]

    def test_a_work_s_own_editions_stand_in_place_of_the_shared_ones(
        self, project: TinyProject
    ) -> None:
        project.add("content/w/work.toml", '[[edition]]\nname = "own"\nformats = ["pdf"]\n')
        assert project.build().exit_code == 0
        assert built(project) == ["w/w-own.pdf"]

    def test_building_checking_and_normalizing_change_nothing_that_people_wrote(
        self, project: TinyProject
    ) -> None:
        project.write("content/w/source.txt", "山中\r\n山高。水长。")
        project.write("content/w/text.md", "\ufeff" + TEXT.replace("\n", "\r\n") + "\r\n\r\n")
        before = project.content()
        assert project.build().exit_code == 0
        assert project.run("check").exit_code == 0
        assert project.run("normalize", str(project.root / "content/w/source.txt")).exit_code == 0
        assert project.content() == before

    def test_an_edit_shows_in_the_next_build(self, project: TinyProject) -> None:
        page = project.project.output / "w/w-study.pdf"
        assert project.build().exit_code == 0
        assert project.run("check").stderr == "errors: 0, warnings: 0\n"
        assert "The rivers are long." in page.read_text(encoding="utf-8")

        project.write("content/w/text.md", TEXT.replace("rivers are long", "waters run far"))
        assert project.build().exit_code == 0
        again = page.read_text(encoding="utf-8")
        assert "The waters run far." in again
        assert "The rivers are long." not in again

    def test_an_error_leaves_what_was_built_before(self, project: TinyProject) -> None:
        assert project.build().exit_code == 0
        page = project.project.output / "w/w-study.pdf"
        before = page.read_bytes()
        project.add("content/w/text.md", "\n> 水。 ^1\n")
        assert project.build().exit_code == 1
        assert page.read_bytes() == before

    def test_what_a_killed_build_left_is_swept(self, project: TinyProject) -> None:
        project.write("output/w/.diglot-999999999-w-study.pdf", "half")
        assert project.build().exit_code == 0
        assert built(project) == ["w/w-study.pdf"]

    def test_raw_html_appears_as_text(self, project: TinyProject) -> None:
        project.write("content/editions.toml", TWO_EDITIONS)
        project.write(
            "content/w/text.md",
            "> # <b>山</b> ^0\n\n<script>alert(1)</script>\n\n> 水。 ^1\n\n<img src=x>[^n]\n\n"
            "[^n]: <iframe>\n",
        )
        project.write("content/w/glossary.csv", "term,pinyin,english,note\n山,shān,<i>x</i>,<u>\n")
        assert project.build().exit_code == 0
        page = (project.project.output / "w/w-study.pdf").read_text(encoding="utf-8")
        for tag in ("b", "script", "img src=x", "iframe", "i", "u"):
            assert f"&lt;{tag}&gt;" in page
            assert f"<{tag}>" not in page

    def test_jobs_are_planned_in_the_order_of_works_and_editions(
        self, project: TinyProject
    ) -> None:
        project.write("content/editions.toml", TWO_EDITIONS)
        assert [job.path for job in plan(project.project)] == [
            *("w/w-study.pdf", "w/w-hant.pdf", "w/w-hant.epub")
        ]


class TestCheck:
    """``diglot check`` lists problems; only errors make it fail."""

    def test_a_clean_work(self, project: TinyProject) -> None:
        result = project.run("check")
        assert (result.exit_code, result.stdout, result.stderr) == (
            0,
            "",
            "errors: 0, warnings: 0\n",
        )

    def test_warnings_alone_do_not_fail(self, project: TinyProject) -> None:
        project.add("content/w/text.md", "\n> 水。 ^2\n")
        result = project.run("check", "w")
        assert (result.exit_code, result.stderr) == (0, "errors: 0, warnings: 1\n")
        assert result.stdout == (
            "content/w/text.md:11: warning p-101: the pair ^2 has no gloss\n"
            "  Hint: Write one below its source.\n"
        )

    def test_errors_fail(self, project: TinyProject) -> None:
        project.add("content/w/glossary.csv", "水,shuǐ,,,,\n")
        result = project.run("check")
        assert (result.exit_code, result.stderr) == (1, "errors: 1, warnings: 0\n")
        assert result.stdout.startswith("content/w/glossary.csv:3: error g-005: ")


class TestNormalize:
    """``diglot normalize`` shows a text as ``diglot new`` would take it, and writes nothing."""

    RAW = "京津冀協(xié)同發(fā)展,是一個很重要的問題。\n"

    def test_the_text(self, project: TinyProject) -> None:
        file = project.write("raw.txt", self.RAW)
        result = project.run("normalize", str(file), "--off", "residue")
        assert (result.exit_code, result.stderr) == (0, "")
        assert result.stdout == "京津冀協(xié)同發(fā)展，是一個很重要的問題。\n"
        assert file.read_text(encoding="utf-8") == self.RAW

    def test_the_report(self, project: TinyProject) -> None:
        file = project.write("raw.txt", self.RAW)
        report = json.loads(project.run("normalize", "--report", "json", str(file)).stdout)
        assert report["encoding"] == "utf-8"
        assert report["edits"] == [
            {"line": 1, "column": 17, "before": ",", "after": "，", "rule": "punctuation"}
        ]
        assert {review["text"] for review in report["review"]} == {"協(xié)", "發(fā)"}


class TestNew:
    """``diglot new`` makes a work and says what to do next."""

    RAW = "在中国的历史上，人们一直在说山和水的事情。\n"

    def test_the_work_is_named_for_its_file(self, project: TinyProject) -> None:
        file = project.write("mountains.txt", self.RAW)
        result = project.run("new", str(file))
        assert (result.exit_code, result.stderr) == (0, "")
        assert result.stdout == (
            "content/mountains: fill in work.toml, then write the glosses in text.md\n"
        )
        assert project.project.names() == ("mountains", "w")

    def test_or_as_one_likes(self, project: TinyProject) -> None:
        file = project.write("山.txt", self.RAW)
        assert project.run("new", str(file), "--name", "shan").exit_code == 0
        assert project.project.names() == ("shan", "w")

    @pytest.mark.usefixtures("unset")
    def test_what_it_makes_can_be_checked_and_built_at_once(self, project: TinyProject) -> None:
        project.run("new", str(project.write("hills.txt", self.RAW)))
        assert project.run("check", "hills").stderr == "errors: 0, warnings: 1\n"
        assert project.build("hills").exit_code == 0
        assert built(project) == ["hills/hills-study.pdf"]


def test_the_command_works_from_inside_the_project(
    project: TinyProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project.root / "content" / "w")
    assert project.run("-C", ".", "check").stderr == "errors: 0, warnings: 0\n"


def test_the_version_is_the_package_s(project: TinyProject) -> None:
    assert project.run("--version").stdout == f"diglot, version {version('diglot')}\n"


def test_help_names_every_command(project: TinyProject) -> None:
    shown = project.run("--help").stdout
    assert re.findall(r"^  ([\w-]+) ", shown.partition("Commands:")[2], re.M) == [
        *("accept", "build", "changes", "check", "clean", "convert", "new", "normalize"),
        *("print-test", "release", "reprint", "review", "serve", "sync", "watch", "words"),
    ]
