"""Emphasis in a source and in glosses: dots in every format, and the text as it was."""

import io
import re
import zipfile
from pathlib import Path

import pdfplumber
import pytest

from diglot.pipeline import plan, run
from tests.builder import TinyProject
from tests.typeset.test_emphasis import dots

TEXT = """> # 山中 ^0

In the Mountains

> [山]{em}很高，[今天水长！]{em}
> 银[行]{em}在山中。 ^1

The mountains *are 《很高》, yes*.[^n]
A *bank* 在山中.

[^n]: About *heights, 高度*.
"""
LAYOUTS = ("parallel", "interleaved", "facing", "interlinear")


def made(project: TinyProject, keys: str) -> bytes:
    project.write("content/w/text.md", TEXT)
    project.write("content/editions.toml", f'[[edition]]\nname = "study"\n{keys}\n')
    (job,) = plan(project.project)
    return run(job)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(
    ("script", "expected"), [("hans", "山今天水长行很高高度"), ("hant-tw", "山今天水長行很高高度")]
)
def test_print_has_a_dot_below_each_hanzi(
    project: TinyProject, tmp_path: Path, layout: str, script: str, expected: str
) -> None:
    file = tmp_path / "a.pdf"
    keys = f'formats = ["pdf"]\nlayout = "{layout}"\nscript = "{script}"'
    file.write_bytes(made(project, keys))
    found = dots(file)
    assert sorted(dot.char for dot in found) == sorted(expected)
    assert all(abs(dot.across) < 0.02 for dot in found)


def test_print_slants_no_hanzi(project: TinyProject, tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    file.write_bytes(made(project, 'formats = ["pdf"]'))
    with pdfplumber.open(file) as pdf:
        chars = [char for page in pdf.pages for char in page.chars]
    hanzi = [char for char in chars if "\u4e00" <= char["text"] <= "\u9fff"]
    assert {round(char["matrix"][2], 3) for char in hanzi} == {0}
    fonts = {char["fontname"] for char in chars}
    assert any("Italic" in font for font in fonts)
    assert not any("CJK" in font and ("Italic" in font or "Oblique" in font) for font in fonts)


def text_of(page: str) -> str:
    return re.sub(r"<rp>.*?</rp>|<rt.*?</rt>|<[^>]*>", "", page)


@pytest.mark.parametrize("writing", ["horizontal", "vertical"])
def test_an_epub_has_it_as_emphasis_with_dots(project: TinyProject, writing: str) -> None:
    keys = f'formats = ["epub"]\npinyin = "all"\nwriting = "{writing}"'
    with zipfile.ZipFile(io.BytesIO(made(project, keys))) as book:
        files = {name: book.read(name).decode() for name in book.namelist() if "text" in name}
        style = book.read("EPUB/styles/stylesheet1.css").decode()
    page = next(text for text in files.values() if 'id="pair-1"' in text)
    assert "<ruby>银<em>行</em><rp>(</rp><rt" in page
    assert "山很高，今天水长！" in text_of(page)
    assert "<em>水</em>" in page
    assert "！</em>" not in page
    for name in ("text-emphasis", "-webkit-text-emphasis", "-epub-text-emphasis-style"):
        assert f" {name}: filled dot;" in style


def test_the_web_has_it_as_emphasis_with_dots(project: TinyProject) -> None:
    page = made(project, 'formats = ["web"]').decode()
    assert "银<em>行</em></span>" in page
    assert "text-emphasis: filled dot" in page
    assert "山很高，今天水长！" in text_of(page)
