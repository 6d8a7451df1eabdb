"""A character that no font has is named, with its line, and never printed as a box."""

from pathlib import Path

import pdfplumber
import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

from tests.builder import WORK, TinyProject

PRIVATE = "\ue123"  # in no font
PDF = ("--format", "pdf")


def font(file: Path, *codes: int) -> None:
    """Make a font with these characters, each a square."""
    names = [".notdef", *(f"u{code:X}" for code in codes)]
    pen = TTGlyphPen(None)
    pen.moveTo((100, 0))
    for point in ((100, 800), (900, 800), (900, 0)):
        pen.lineTo(point)
    pen.closePath()
    square = pen.glyph()
    builder = FontBuilder(1000)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap(dict(zip(codes, names[1:], strict=True)))
    builder.setupGlyf(dict.fromkeys(names, square))
    builder.setupHorizontalMetrics(dict.fromkeys(names, (1000, 100)))
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable({"familyName": "Squares", "styleName": "Regular"})
    builder.setupOS2(sTypoAscender=880, sTypoDescender=-120, usWinAscent=880, usWinDescent=120)
    builder.setupPost()
    builder.save(file)


@pytest.mark.parametrize(
    ("before", "after", "place"),
    [
        ("山高", f"山{PRIVATE}", "content/w/text.md:5"),
        ("水长", f"水{PRIVATE}", "content/w/text.md:6"),
        ("rivers", f"rivers{PRIVATE}", "content/w/text.md:9"),
        ("mountains are", f"mountains[^n] are{PRIVATE}", "content/w/text.md:8"),
        ("# 山中", f"# 山{PRIVATE}", "content/w/work.toml"),
    ],
)
def test_its_place_is_named(project: TinyProject, before: str, after: str, place: str) -> None:
    text = (project.root / "content/w/text.md").read_text("utf-8")
    project.write("content/w/text.md", text.replace(before, after) + "\n[^n]: A note.\n")
    done = project.build(*PDF)
    assert done.exit_code == 1
    assert (
        f"{place}: error f-005: no font has “{PRIVATE}” (U+E123): "
        "Noto Serif CJK SC, Gentium Book Plus\n"
        "  Hint: Write another character, or name a font that has it in work.toml: "
        "[fonts] rare = …"
    ) in done.output


def test_notes_and_glossaries_are_looked_at(project: TinyProject) -> None:
    text = (project.root / "content/w/text.md").read_text("utf-8")
    noted = text.replace("long.", "long.[^n]") + f"\n[^n]: A note{PRIVATE}.\n"
    project.write("content/w/text.md", noted)
    assert "content/w/text.md:11: error f-005" in project.build(*PDF).output
    project.write("content/w/text.md", text)
    project.add("content/w/glossary.csv", f"水,shuǐ,water{PRIVATE},noun,,\n")
    assert "content/w/glossary.csv:3: error f-005" in project.build(*PDF).output


def test_a_font_that_is_named_for_it_prints_it(project: TinyProject) -> None:
    text = (project.root / "content/w/text.md").read_text("utf-8")
    project.write("content/w/text.md", text.replace("山高", f"山{PRIVATE}"))
    project.write("content/w/work.toml", f'{WORK}\n[fonts]\nrare = "squares.ttf"\n')
    font(project.root / "content/w/squares.ttf", ord(PRIVATE))
    done = project.build(*PDF)
    assert done.exit_code == 0
    with pdfplumber.open(project.root / "output/w/w-study.pdf") as pdf:
        fonts = {c["fontname"] for page in pdf.pages for c in page.chars if c["text"] == PRIVATE}
    assert [name.partition("+")[2] for name in fonts] == ["Rare"]


def test_a_font_without_chinese_is_named(project: TinyProject) -> None:
    project.write("content/w/work.toml", f'{WORK}\n[fonts]\nhans = "Gentium Book Plus"\n')
    done = project.build(*PDF)
    assert done.exit_code == 1
    assert done.output == (
        "content/w/work.toml: error f-006: the font Gentium Book Plus has no Chinese characters\n"
        "  Hint: Name another one in work.toml, in [fonts], or leave the line out.\n"
    )


def test_spaces_and_what_chooses_a_form_need_no_glyph(project: TinyProject) -> None:
    text = (project.root / "content/w/text.md").read_text("utf-8")
    project.write("content/w/text.md", text.replace("山高", "山\ufe00高\u2060"))
    assert "f-005" not in project.build(*PDF).output
