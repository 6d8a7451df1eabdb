"""The pages of a trial work in every layout and script look as they were approved.

When one of these fails, look at the pictures that it names. If they are as they should be,
``make approve`` approves them.
"""

import subprocess
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from pikepdf import Array, Dictionary, Pdf
from PIL import Image

from diglot.compose.booklet import Booklet, Row
from tests.approved.compare import compare
from tests.approved.pages import CHOSEN, DPI, Chosen, booklet_of, draw, set_pages

MM = 25.4 / DPI  # a pixel
_READ = "parallel-hans"
chosen_of = {chosen.file.stem: chosen for chosen in CHOSEN}


@cache
def set_once(chosen: Chosen) -> bytes:
    return set_pages(chosen, booklet_of(chosen.edition))


@pytest.mark.parametrize("chosen", CHOSEN, ids=list(chosen_of))
def test_pages_look_as_approved(chosen: Chosen, tmp_path: Path) -> None:
    pdf = set_once(chosen)
    assert strangers(pdf) == set(), "run python -m tests.approved.cut_fonts"
    drawn = draw(chosen, pdf)
    found = compare(Image.open(chosen.file), drawn)
    if found.count:
        drawn.save(tmp_path / f"{chosen.file.stem}-new.png")
        found.picture.save(tmp_path / f"{chosen.file.stem}-difference.png")
        pytest.fail(
            f"{chosen.file.stem} is not as approved: {found.count} pixels, the topmost "
            f"{found.left * MM:.0f} mm from the left and {found.top * MM:.0f} mm from the top.\n"
            f"Compare {chosen.file} with what is in {tmp_path}.\n"
            "If the new pages are as they should be: make approve"
        )


def strangers(pdf: bytes) -> set[str]:
    """The faces of a PDF that do not come with the tests: theirs lack a character."""
    with Pdf.open(BytesIO(pdf)) as opened:
        objects = (each for each in opened.objects if isinstance(each, Dictionary))
        names = {str(each.BaseFont).rpartition("+")[2] for each in objects if "/BaseFont" in each}
    return {name for name in names if not name.startswith(("Own-Chinese", "Latin"))}


def test_every_approved_picture_is_compared() -> None:
    folder = next(iter(CHOSEN)).file.parent
    assert set(folder.iterdir()) == {chosen.file for chosen in CHOSEN}


def test_the_pictures_are_small() -> None:
    assert sum(chosen.file.stat().st_size for chosen in CHOSEN) < 600_000


def differs(booklet: Callable[[Booklet], Booklet], style: str = "", name: str = _READ) -> int:
    """How many pixels of an edition are not as approved after a change of it."""
    chosen = chosen_of[name]
    drawn = draw(chosen, set_pages(chosen, booklet(booklet_of(chosen.edition)), style))
    return compare(Image.open(chosen.file), drawn).count


def same(booklet: Booklet) -> Booklet:
    return booklet


def with_rows(change: Callable[[Row], Row]) -> Callable[[Booklet], Booklet]:
    """Change every row of a booklet."""

    def changed(booklet: Booklet) -> Booklet:
        sections = tuple(
            replace(
                section,
                blocks=tuple(
                    replace(block, rows=tuple(map(change, block.rows))) for block in section.blocks
                ),
            )
            for section in booklet.sections
        )
        return replace(booklet, sections=sections)

    return changed


def without_a_reading(row: Row) -> Row:
    return replace(row, readings=tuple(each for each in row.readings if each.text != "lìshǐ"))


def written(old: str, new: str) -> Callable[[Row], Row]:
    return lambda row: replace(row, zh=row.zh.replace(old, new))


# The comparison can fail: each of these is what it is there for.


@pytest.mark.parametrize(
    "name", ["parallel-hans", "interleaved-hant", "facing-hans", "interlinear-hant-hk"]
)
def test_a_line_that_is_moved_by_a_millimetre_is_seen(name: str) -> None:
    assert differs(same, "p.en { position: relative; top: 1mm }", name) > 20


def test_a_reading_that_lacks_is_seen() -> None:
    assert differs(with_rows(without_a_reading)) > 5


@pytest.mark.parametrize(
    ("old", "new"), [("人们", "大们"), ("山高", "水高"), ("历史上，", "历史上、")]
)
def test_another_character_is_seen(old: str, new: str) -> None:
    assert differs(with_rows(written(old, new))) > 0


# It does not fail for what nobody sees.


def test_a_page_that_is_moved_by_a_twentieth_of_a_millimetre_is_the_same() -> None:
    chosen = chosen_of[_READ]
    with Pdf.open(BytesIO(set_once(chosen))) as pdf:
        for page in pdf.pages:
            page.mediabox = Array([float(edge) + 0.05 / 25.4 * 72 for edge in page.mediabox])
        moved = BytesIO()
        pdf.save(moved)
    assert compare(Image.open(chosen.file), draw(chosen, moved.getvalue())).count == 0


def test_another_rasterizer_draws_the_same() -> None:
    chosen = chosen_of[_READ]
    drawn = subprocess.run(
        ["pdftoppm", "-gray", "-r", str(4 * DPI), "-f", "3", "-l", "3"],
        input=set_once(chosen),
        capture_output=True,
        check=True,
    )
    page = Image.open(BytesIO(drawn.stdout)).reduce(4)
    assert compare(Image.open(chosen.file), page).count == 0


def test_pictures_of_other_sizes_differ() -> None:
    page = Image.new("L", (40, 50), 255)
    assert compare(page, Image.new("L", (40, 51), 255)).count == 40
    assert compare(page, page).count == 0
