"""Fonts in an EPUB: what of each face is put in, and what is refused."""

import io
from dataclasses import replace
from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from lxml import etree

from diglot.config import Fonts
from diglot.errors import DiglotError
from diglot.model import Script
from diglot.publish.embed import Embedded, embed
from diglot.publish.fonts import Face, Typefaces, find_typefaces

PAGE = """<html xmlns="http://www.w3.org/1999/xhtml" lang="zh-Hans"><head><title>题</title></head>
<body><h1>山</h1><h1 lang="en">Hill</h1><p id="pair-7">水“1+N”。</p>
<p><ruby>西安<rt lang="zh-Latn-pinyin">Xī'ān</rt></ruby></p>
<p lang="en">River, <em>née</em> <strong>big</strong> <span lang="zh-Hans">河</span></p>
%s</body></html>"""


@pytest.fixture(scope="module")
def typefaces() -> Typefaces:
    return find_typefaces(Script.HANS, Fonts(), Path())


def embedded(typefaces: Typefaces, more: str = "") -> dict[str, Embedded]:
    return {font.name: font for font in embed([etree.fromstring(PAGE % more)], typefaces)}


def characters(font: Embedded) -> str:
    return "".join(map(chr, sorted(TTFont(io.BytesIO(font.data)).getBestCmap())))


def test_each_face_has_the_characters_that_it_sets_and_no_other(typefaces: Typefaces) -> None:
    fonts = embedded(typefaces)
    assert {name: characters(font) for name, font in fonts.items() if "regular" not in name} == {
        "chinese-bold.otf": "山",
        "latin-bold.ttf": "bgi",
        "latin-italic.ttf": "'Xenéāī",
    }
    assert characters(fonts["chinese-regular.otf"]) == "“”。安水河西"
    ascii_ = "".join(map(chr, range(0x20, 0x7F)))
    assert characters(fonts["latin-regular.ttf"]) == ascii_ + "\u2010\u2022"


def test_a_face_is_cut_the_same_every_time_and_small(typefaces: Typefaces) -> None:
    first, second = embedded(typefaces), embedded(typefaces)
    assert first == second
    assert sum(len(font.data) for font in first.values()) < 60_000


def test_a_cut_font_has_no_reserved_name_and_keeps_its_licence(typefaces: Typefaces) -> None:
    for font in embedded(typefaces).values():
        names = TTFont(io.BytesIO(font.data))["name"]
        assert names.getDebugName(1) == font.family
        assert font.family in ("Diglot Chinese", "Diglot Latin")
        assert names.getDebugName(6).startswith(font.family.replace(" ", ""))
        assert "Open Font License" in names.getDebugName(13)
        assert names.getDebugName(0)


def test_f_003_a_missing_character_is_named_with_its_pair(typefaces: Typefaces) -> None:
    with pytest.raises(DiglotError) as caught:
        embedded(typefaces, '<p id="pair-8"><span lang="en">a \U0001f5ff</span></p>')
    latin, chinese = typefaces.latin[0].family, typefaces.chinese[0].family
    assert str(caught.value) == (
        f"error f-003: no font has “\U0001f5ff” (U+1F5FF), in the pair ^8: {latin}, {chinese}\n"
        "  Hint: Write another character, or name a font that has it in work.toml: "
        "[fonts] rare = …"
    )


def test_what_the_usual_faces_lack_comes_from_that_for_rare_characters(
    typefaces: Typefaces, tmp_path: Path
) -> None:
    box = made(tmp_path / "box.ttf")
    with_rare = replace(typefaces, rare=(box,))
    fonts = embedded(with_rare, '<p id="pair-8">\u20f5</p>')
    assert characters(fonts["rare-regular.ttf"]) == "\u20f5"
    assert fonts["rare-regular.ttf"].family == "Diglot Rare"


def made(file: Path, permission: int = 0, heaviest: int = 0) -> Face:
    """Make a font whose letters are boxes; if it is variable, its weight is their width."""
    pen, wide = TTGlyphPen(None), TTGlyphPen(None)
    for each, width in ((pen, 100), (wide, 800)):
        each.moveTo((0, 0))
        each.lineTo((0, 700))
        each.lineTo((width, 700))
        each.closePath()
    builder = FontBuilder(1000)
    builder.setupGlyphOrder([".notdef", "box"])
    builder.setupCharacterMap(dict.fromkeys(range(0x20, 0x2100), "box"))
    builder.setupGlyf({".notdef": TTGlyphPen(None).glyph(), "box": pen.glyph()})
    builder.setupHorizontalMetrics({".notdef": (500, 0), "box": (500, 0)})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Box", "styleName": "Regular"})
    builder.setupOS2(fsType=permission)
    builder.setupPost()
    if heaviest:
        builder.setupFvar([("wght", 100, 100, heaviest, "Weight")], [])
        shift = [(0, 0), (0, 0), (heaviest - 100, 0), *[(0, 0)] * 4]
        builder.setupGvar({"box": [_variation(shift)], ".notdef": []})
    builder.save(file)
    return Face("Box", "regular", file, "1.000", own=True)


def _variation(shift: list[tuple[int, int]]) -> object:
    from fontTools.ttLib.tables.TupleVariation import TupleVariation

    return TupleVariation({"wght": (0, 1, 1)}, shift)


@pytest.mark.parametrize("permission", [2, 4, 8, 0x100, 0x200])
def test_f_004_a_font_that_may_not_be_embedded_is_refused(
    permission: int, typefaces: Typefaces, tmp_path: Path
) -> None:
    face = made(tmp_path / "box.ttf", permission)
    with pytest.raises(DiglotError) as caught:
        embedded(Typefaces(typefaces.chinese, (face,)))
    assert str(caught.value) == (
        "error f-004: the maker of Box does not permit to embed it\n"
        "  Hint: Name a free font in work.toml, under [fonts], or say embed = false in the edition."
    )


def test_a_variable_font_is_put_in_at_its_regular_weight(
    typefaces: Typefaces, tmp_path: Path
) -> None:
    face = made(tmp_path / "box.ttf", heaviest=900)
    font = TTFont(
        io.BytesIO(embedded(Typefaces(typefaces.chinese, (face,)))["latin-regular.ttf"].data)
    )
    assert "fvar" not in font
    assert font["glyf"][font.getBestCmap()[0x41]].xMax == 400
