"""The cover of an EPUB: lines of type that stay on the page."""

import io
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from diglot.config import Fonts
from diglot.model import Script
from diglot.publish.assets import Picture
from diglot.publish.cover import draw_cover
from diglot.publish.faces import Style
from diglot.publish.fonts import Typefaces, find_typefaces
from diglot.publish.lettering import set_lines

PAGE = """<html lang="zh"><body data-paper="#f6f1e6" data-ink="#2a2320" data-band="#8c2f2b">
<h1 lang="zh" style="font-size: {size}pt">{zh}</h1><p lang="en" style="font-size: 14pt">{en}</p>
<p lang="zh" style="font-size: 10pt">简体</p></body></html>"""

CHINESE, ENGLISH = Style(bold=True), Style(chinese=False)


@pytest.fixture(scope="module")
def typefaces() -> Typefaces:
    return find_typefaces(Script.HANS, Fonts(), Path())


def drawn(typefaces: Typefaces, zh: str, en: str = "Title", size: float = 25) -> Picture:
    return draw_cover(PAGE.format(zh=zh, en=en, size=size), typefaces)


def lines(
    typefaces: Typefaces, *texts: str, style: Style, width: float, whole: bool = False
) -> list[str]:
    """Set texts in type of one pixel, and give what stands on each line."""
    made = set_lines([(text, style) for text in texts], 1, 1.5, width, typefaces, whole)
    text = "".join(texts)
    starts = [min(glyph.place for glyph in line) for line in made.lines]
    return [text[start:end] for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]


def inked(picture: Picture) -> tuple[int, int, int, int]:
    """Tell where there is ink, right of the band and above the rule."""
    image = Image.open(io.BytesIO(picture.data)).convert("L").crop((100, 0, 900, 1150))
    box = image.point(lambda value: 255 * (value < 100)).getbbox()
    assert box
    return box


def test_it_has_the_colours_and_the_size_that_are_asked_for(typefaces: Typefaces) -> None:
    picture = drawn(typefaces, "题")
    image = Image.open(io.BytesIO(picture.data))
    assert (image.format, image.size) == ("PNG", (900, 1350))
    assert (picture.width, picture.height) == image.size
    pixels = image.convert("RGB")
    assert pixels.getpixel((10, 10)) == (0x8C, 0x2F, 0x2B)
    assert pixels.getpixel((890, 10)) == (0xF6, 0xF1, 0xE6)
    assert (0x2A, 0x23, 0x20) in {color for _, color in pixels.getcolors() or ()}


def test_the_same_title_gives_the_same_bytes(typefaces: Typefaces) -> None:
    assert (
        drawn(typefaces, "题", "<i>A</i> title").data
        == drawn(typefaces, "题", "<i>A</i> title").data
    )


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        ("题" * 300, "A title " * 60),
        ("题", "W" * 400),
        ("题", ""),
        ("\u200f题\u200f", "a \u202eb\u202c"),
        ("《题》“题”", "&lt;script&gt; &amp; “quoted”"),
    ],
)
def test_a_title_stays_on_its_page_however_long_or_odd(
    typefaces: Typefaces, zh: str, en: str
) -> None:
    left, top, right, bottom = inked(drawn(typefaces, zh, en))
    assert left >= 60
    assert right <= 712
    assert top >= 225
    assert bottom <= 1140


def test_a_face_that_a_title_needs_beside_its_own_sets_its_characters(
    typefaces: Typefaces,
) -> None:
    (line,) = set_lines([("京A", CHINESE)], 1, 1, 9, typefaces).lines
    chinese, latin = (glyph.font for glyph in line)
    assert chinese is not latin
    assert chinese.get_nominal_glyph(ord("京")) == line[0].number
    assert latin.get_nominal_glyph(ord("A")) == line[1].number


@pytest.mark.parametrize(
    ("text", "broken"),
    [
        ("京津冀，协同", ["京津", "冀，协", "同"]),
        ("京津（冀）", ["京津", "（冀）"]),
        ("推动GDPR增长", ["推动", "GDPR", "增长"]),
    ],
)
def test_chinese_breaks_where_a_line_may_begin(
    typefaces: Typefaces, text: str, broken: list[str]
) -> None:
    assert lines(typefaces, text, style=CHINESE, width=3.01) == broken


def test_english_breaks_between_words_and_behind_dashes(typefaces: Typefaces) -> None:
    text = "the Beijing–Tianjin region"
    assert lines(typefaces, text, style=ENGLISH, width=6) == ["the Beijing–", "Tianjin region"]


def test_a_clause_is_kept_together_if_a_line_holds_it(typefaces: Typefaces) -> None:
    two = ("京津冀", "协同发展")
    assert lines(typefaces, *two, style=CHINESE, width=5.5, whole=True) == list(two)
    assert lines(typefaces, *two, style=CHINESE, width=5.5) == ["京津冀协同", "发展"]
    assert lines(typefaces, *two, style=CHINESE, width=3.5, whole=True) == [
        "京津冀",
        "协同发",
        "展",
    ]


def test_an_epub_needs_no_typesetter_of_pages() -> None:
    program = "import sys, diglot.publish.cover; print('weasyprint' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "False"
