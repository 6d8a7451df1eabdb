"""What the templates, pictures and pandoc can be refused for."""

from collections.abc import Mapping
from pathlib import Path

import pypandoc
import pytest

from diglot.compose.booklet import Booklet
from diglot.compose.compose import compose
from diglot.config import Edition
from diglot.errors import DiglotError, Exit
from diglot.publish import assets
from diglot.publish.assets import Picture, read_pictures
from diglot.publish.epub import make_epub
from diglot.publish.fonts import Face, Typefaces
from diglot.publish.render import render
from tests.builder import TinyProject

FACE = Face("A", "regular", Path("/a.ttf"), "1")
TYPEFACES = Typefaces((FACE,), (FACE,))


@pytest.fixture
def booklet(project: TinyProject) -> Booklet:
    return compose(project.work(), Edition(name="study"))


@pytest.mark.parametrize(
    ("templates", "message"),
    [
        (
            {},
            "templates/: error r-001: the template cannot be read: a/b.j2\n"
            "  Hint: Mend it, or restore it from the project's history.",
        ),
        (
            {"a/b.j2": "\n{% if %}"},
            "templates/a/b.j2:2: error r-001: the template cannot be read: "
            "Expected an expression, got 'end of statement block'\n"
            "  Hint: Mend it, or restore it from the project's history.",
        ),
        (
            {"a/b.j2": "\n{{ bookelt }}"},
            "templates/a/b.j2:2: error r-002: 'bookelt' is undefined\n"
            "  Hint: docs/architecture.md lists what templates see.",
        ),
        (
            {"a/b.j2": '{% include "a/c.j2" %}', "a/c.j2": "\n\n{{ booklet.titel }}"},
            "templates/a/c.j2:3: error r-002: "
            "'diglot.compose.booklet.Booklet object' has no attribute 'titel'\n"
            "  Hint: docs/architecture.md lists what templates see.",
        ),
        (
            {"a/b.j2": "\n{% for a, b in ['cde'] %}{% endfor %}"},
            "templates/a/b.j2:2: error r-010: the template does what cannot be done: "
            "too many values to unpack (expected 2)\n"
            "  Hint: Mend it, or restore it from the project's history.",
        ),
        (
            {"a/b.j2": "{{ 1 / 0 }}"},
            "templates/a/b.j2:1: error r-010: the template does what cannot be done: "
            "division by zero\n"
            "  Hint: Mend it, or restore it from the project's history.",
        ),
    ],
    ids=[
        "missing",
        "malformed",
        "unknown name",
        "unknown field of an included template",
        "wrong number of values",
        "wrong arithmetic",
    ],
)
def test_a_template_is_told_with_its_line(
    templates: Mapping[str, str], message: str, booklet: Booklet
) -> None:
    with pytest.raises(DiglotError) as caught:
        render("a/b.j2", booklet, templates, TYPEFACES, "1")
    assert str(caught.value) == message


def test_r_005_a_picture_is_not_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assets, "MAX_BYTES", 1000)
    (tmp_path / "w").mkdir()
    (tmp_path / "w" / "a.png").write_bytes(bytes(1001))
    with pytest.raises(DiglotError) as caught:
        read_pictures(["a.png"], tmp_path / "w")
    assert str(caught.value) == (
        "w: error r-005: “a.png” has more than 1,000 bytes\n  Hint: Scale it down."
    )


@pytest.mark.parametrize(
    ("raised", "message", "exit_code"),
    [
        (
            OSError("No pandoc was found"),
            "error n-003: pandoc cannot be run: No pandoc was found\n"
            "  Hint: Run make: it installs it.",
            Exit.ENVIRONMENT,
        ),
        (
            RuntimeError("Pandoc died"),
            "error r-008: pandoc refuses the text: Pandoc died\n"
            "  Hint: Mend the template or the pair that it names.",
            Exit.PROBLEMS,
        ),
    ],
    ids=["n-003", "r-008"],
)
def test_pandoc_fails(
    raised: Exception,
    message: str,
    exit_code: Exit,
    booklet: Booklet,
    project: TinyProject,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def convert_text(*arguments: object, **choices: object) -> str:
        raise raised

    monkeypatch.setattr(pypandoc, "convert_text", convert_text)
    cover = Picture("cover.png", b"", "image/png", 1, 1)
    with pytest.raises(DiglotError) as caught:
        make_epub(booklet, project.project.templates(), TYPEFACES, (), cover, "1")
    assert (str(caught.value), caught.value.exit_code) == (message, exit_code)
