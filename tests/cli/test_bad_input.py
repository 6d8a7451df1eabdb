"""Bad input and a lacking environment: a message with a code and a hint, never a traceback.

1 is for content that a person must mend, 2 for a wrong call, 3 for what is not installed.
"""

import builtins
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from diglot.publish import fonts
from diglot.publish.fonts import Face
from tests.builder import TEXT, TinyProject

GB18030 = "在中国的历史上，人们一直在说山和水的事情。".encode("gb18030")


def said(project: TinyProject, *arguments: str) -> tuple[int, str]:
    """Call the command and give its exit code and what it says on stderr; stdout stays empty."""
    result = project.run(*arguments)
    assert result.stdout == ""
    return result.exit_code, result.stderr


class TestSourceTexts:
    """``new`` and ``normalize`` refuse what is no Chinese text."""

    CASES = (
        (
            b"",
            ": error s-001: The file is empty.\n  Hint: Give a file that holds Chinese text.\n",
        ),
        (
            b"\x89PNG\r\n\x1a\n\0\0\0",
            ": error s-002: This is a picture, not a plain text.\n"
            "  Hint: Export it as plain text (UTF-8) first.\n",
        ),
        (
            GB18030[:-1],
            ":1: error s-003: The file ends inside a character: "
            "byte 40 begins no GB18030 character.\n"
            "  Hint: Get the file again from where it came; a copy that was cut off loses text.\n",
        ),
        (
            b"No Chinese here.\n",
            ": error s-004: The file holds no Chinese character.\n"
            "  Hint: Give the Chinese text; a translation goes into text.md.\n",
        ),
    )
    IDS = ("empty", "not text", "truncated GB18030", "not Chinese")

    @pytest.mark.parametrize("command", ["new", "normalize"])
    @pytest.mark.parametrize(("data", "message"), CASES, ids=IDS)
    def test_what_is_no_chinese_text(
        self, command: str, data: bytes, message: str, project: TinyProject
    ) -> None:
        file = project.write("in.txt", data)
        code, shown = said(project, command, str(file))
        assert code == 1
        assert shown == f"{file}{message}"
        assert project.project.names() == ("w",)

    def test_a_folder_that_cannot_be_written(
        self, project: TinyProject, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(path: Path) -> None:
            raise PermissionError(13, "Permission denied")

        file = project.write("in.txt", GB18030)
        monkeypatch.setattr(Path, "mkdir", refuse)
        assert said(project, "new", str(file)) == (
            3,
            "content/in: error w-008: the work cannot be written: Permission denied\n"
            "  Hint: Free space or mend the permissions of the folder.\n",
        )


@pytest.mark.parametrize("command", ["build", "check"])
@pytest.mark.parametrize(
    ("path", "content", "message"),
    [
        ("editions.toml", "[[edition]\n", "1: error c-001: this is not well-formed TOML"),
        ("w/work.toml", "script = hans\n", "1: error c-001: this is not well-formed TOML"),
        ("w/work.toml", 'scripts = "hans"', "1: error c-002: the key “scripts” is not known here"),
        ("w/glossary.csv", 'term,pinyin,english\n山,"shān', "2: error g-002: this is not"),
        ("glossary.csv", "term\n", "1: error g-003: the header lacks pinyin, english"),
        ("w/text.md", b"> \xff ^1", "1: error w-006: this is not UTF-8"),
    ],
)
def test_a_file_that_cannot_be_read_stops_build_and_check(
    command: str, path: str, content: str | bytes, message: str, project: TinyProject
) -> None:
    project.write(f"content/{path}", content)
    code, shown = said(project, command)
    assert code == 1
    assert shown.startswith(f"content/{path}:{message}")
    assert "\n  Hint: " in shown


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            TEXT + "\n> 水。 ^1\n\nWater.\n",
            "content/w/text.md:11: error p-003: the id ^1 stands a second time; "
            "content/w/text.md:6 has it already\n"
            "  Hint: Give this pair an id of its own; keep the other, which may be cited.\n",
        ),
        (
            f"Hello.\n\n{TEXT}",
            "content/w/text.md:1: error p-001: this gloss has no source\n"
            "  Hint: Put the source above it, as a quote whose last line ends in ^ and an id.\n",
        ),
        (
            "",
            "error e-003: the work w has no pairs\n"
            "  Hint: Write pairs into its text.md, or make the work anew with diglot new.\n",
        ),
    ],
    ids=["an id twice", "a gloss without a source", "an empty text"],
)
def test_an_error_in_a_text_stops_the_build(text: str, message: str, project: TinyProject) -> None:
    project.write("content/w/text.md", text)
    assert said(project, "build") == (1, message)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["build", "v"], "error w-001: there is no work “v”\n  Hint: Works here: w.\n"),
        (["check", "v"], "error w-001: there is no work “v”\n  Hint: Works here: w.\n"),
        (
            ["build", "--edition", "studi"],
            "error e-004: there is no edition “studi”\n  Hint: Did you mean “study”?\n",
        ),
        (
            ["build", "--edition", "x"],
            "error e-004: there is no edition “x”\n  Hint: Editions here: study.\n",
        ),
        (
            ["build", "--format", "epub"],
            "error e-004: no edition is published as epub\n  Hint: Add the format to its formats "
            "in editions.toml, or make a work with diglot new.\n",
        ),
    ],
)
def test_what_is_not_there_is_told_with_what_is(
    arguments: list[str], message: str, project: TinyProject
) -> None:
    assert said(project, *arguments) == (1, message)


def test_outside_a_project(tmp_path: Path, project: TinyProject) -> None:
    (project.root / "content/editions.toml").unlink()
    code, shown = said(project, "build")
    assert (code, shown.partition(":")[0]) == (1, "error w-005")


@pytest.mark.parametrize(
    "arguments",
    [
        ["bild"],
        ["build", "--format", "mobi"],
        ["build", "--jobs", "0"],
        ["new"],
        ["new", "missing.txt"],
        ["normalize", "."],
    ],
)
def test_a_wrong_call_is_2_with_a_way_out(arguments: list[str], project: TinyProject) -> None:
    code, shown = said(project, *arguments)
    assert code == 2
    assert "Try 'diglot" in shown


def name_file(project: TinyProject, use: str, name: str) -> None:
    """Let the work name a file: as an image in a gloss, as its cover, or as a font."""
    match use:
        case "image":
            project.add("content/w/text.md", f"\n> 水。 ^2\n\n![a]({name})\n")
        case "cover":
            project.add("content/w/work.toml", f'cover = "{name}"\n')
        case "font":
            project.add("content/w/work.toml", f'fonts.hans = "{name}"\n')


class TestPaths:
    """Whatever content names is read from inside its work's folder only."""

    @pytest.mark.parametrize(
        ("use", "name"),
        [
            ("image", "../../etc/passwd"),
            ("image", "/etc/passwd"),
            ("image", "https://example.org/a.png"),
            ("cover", "../../etc/passwd"),
            ("cover", "/etc/passwd"),
            ("cover", "file:///etc/passwd"),
            ("font", "../../etc/passwd.ttf"),
            ("font", "/etc/passwd.otf"),
        ],
    )
    def test_r_003_a_path_that_leads_out(self, use: str, name: str, project: TinyProject) -> None:
        name_file(project, use, name)
        assert said(project, "build") == (
            1,
            f"w: error r-003: “{name}” leads out of the work's folder\n"
            "  Hint: Put a copy of the file into the folder and name it by a relative path.\n",
        )

    @pytest.mark.parametrize("use", ["image", "cover", "font"])
    def test_r_003_a_link_that_leads_out(
        self, use: str, project: TinyProject, tmp_path_factory: pytest.TempPathFactory
    ) -> None:
        outside = tmp_path_factory.mktemp("outside") / "secret"
        outside.touch()
        project.link("content/w/inside.ttf", outside)
        name_file(project, use, "inside.ttf")
        code, shown = said(project, "build")
        assert (code, shown.partition("\n")[0]) == (
            1,
            "w: error r-003: “inside.ttf” leads out of the work's folder",
        )

    @pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd"])
    def test_a_font_that_is_no_file_s_name_is_no_file(
        self, name: str, project: TinyProject
    ) -> None:
        name_file(project, "font", name)
        assert said(project, "build") == (
            3,
            f"error f-001: no Chinese font is installed: {name}\n  Hint: {fonts.INSTALL}\n",
        )

    def test_r_004_a_file_that_is_not_there(self, project: TinyProject) -> None:
        name_file(project, "image", "a.png")
        assert said(project, "build") == (
            1,
            "w: error r-004: there is no file “a.png”\n"
            "  Hint: Put the file there, or mend its name.\n",
        )

    @pytest.mark.parametrize("use", ["image", "cover"])
    def test_r_006_a_file_that_is_no_picture(self, use: str, project: TinyProject) -> None:
        project.write("content/w/a.png", "not a picture")
        name_file(project, use, "a.png")
        assert said(project, "build") == (
            1,
            "w: error r-006: “a.png” is not an image that can be shown\n"
            "  Hint: Use PNG, JPEG or GIF with at most 50,000,000 pixels.\n",
        )

    def test_f_002_a_file_that_is_no_font(self, project: TinyProject) -> None:
        project.write("content/w/a.ttf", b"\0\1\0\0" + bytes(8))  # a font without tables
        name_file(project, "font", "a.ttf")
        assert said(project, "build") == (
            1,
            "w/work.toml: error f-002: a.ttf is not a font\n  Hint: Name a .ttf or .otf file.\n",
        )


class TestEnvironment:
    """What is not installed is told with how to install it, and gives 3."""

    @pytest.mark.parametrize(
        ("installed", "message"),
        [
            (
                (),
                "no Chinese font is installed: "
                "Noto Serif CJK SC or Noto Serif SC or Source Han Serif SC",
            ),
            (
                (Face("Noto Serif CJK SC", "regular", Path("a.ttc"), "1"),),
                "no Latin font is installed: Gentium Book Plus or Gentium Plus or Gentium Book or "
                "Gentium or Noto Serif",
            ),
        ],
    )
    def test_f_001_a_missing_font(
        self,
        installed: tuple[Face, ...],
        message: str,
        project: TinyProject,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr(fonts, "installed", lambda: installed)
        assert said(project, "build") == (
            3,
            f"error f-001: {message}\n  Hint: {fonts.INSTALL}\n",
        )

    def test_n_002_fontconfig(
        self, project: TinyProject, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        fonts.installed.cache_clear()
        monkeypatch.setenv("PATH", str(tmp_path))
        code, shown = said(project, "build")
        assert code == 3
        assert shown == (
            "error n-002: fontconfig's fc-list cannot be run: "
            "[Errno 2] No such file or directory: 'fc-list'\n"
            f"  Hint: {fonts.INSTALL}\n"
        )

    def test_n_021_a_native_library_of_weasyprint(
        self, project: TinyProject, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        refuse_import(monkeypatch, "weasyprint", OSError("cannot load library 'libpango-1.0-0'"))
        assert said(project, "build", "--jobs", "1") == (
            3,
            "error n-021: WeasyPrint cannot be loaded: cannot load library 'libpango-1.0-0'\n"
            "  Hint: Install the packages named in the README (Pango, HarfBuzz and Fontconfig).\n",
        )


def refuse_import(monkeypatch: pytest.MonkeyPatch, name: str, error: Exception) -> None:
    """Let importing a module fail as it does where it is not installed whole."""
    ordinary: Callable[..., object] = builtins.__import__

    def importing(module: str, *arguments: object) -> object:
        if module == name:
            raise error
        return ordinary(module, *arguments)

    monkeypatch.delitem(sys.modules, name, raising=False)
    monkeypatch.setattr(builtins, "__import__", importing)
