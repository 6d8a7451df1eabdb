"""Facing pages of both works in every script: the same pairs on a spread, filled to the foot."""

from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from statistics import mean

import pypdfium2
import pytest

from diglot.compose.booklet import Block, Booklet, Row
from diglot.config import Edition, Layout
from diglot.model import Script
from tests.booklets.text import pdf_pages, print_work, shown, squeeze
from tests.typeset.measure import Area, measure

pytestmark = pytest.mark.booklets

MM = 72 / 25.4
TOP, FOOT = 17 * MM, 192 * MM
TYPE_AREA = Area(left=4 * MM, top=16.5 * MM, right=134.2 * MM, bottom=FOOT + 1)
SCRIPTS = (Script.HANS, Script.HANT, Script.HANT_TW, Script.HANT_HK)
EDITIONS = [
    (work, script) for work in ("jingjinji-article", "jingjinji-quotations") for script in SCRIPTS
]
GLOSSARIES = ("词汇表Gl", "詞彙表Gl", "詞匯表Gl")


@dataclass(frozen=True)
class Facing:
    """An edition on facing pages: its PDF, the first page of its text, and that text."""

    booklet: Booklet
    file: Path
    first: int
    pages: list[str]
    blank: list[int]

    @property
    def blocks(self) -> list[Block]:
        return [block for section in self.booklet.sections for block in section.all]

    def en(self, row: Row) -> str:
        return shown(row.en, {note.key: note.number for note in self.booklet.notes})


@pytest.fixture(scope="module", params=EDITIONS, ids=lambda edition: "-".join(edition))
def facing(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Facing:
    name, script = request.param
    file = tmp_path_factory.mktemp("facing") / "facing.pdf"
    edition = Edition(name="facing", layout=Layout.FACING, script=script)
    booklet = print_work(name, edition, file)
    pages = [squeeze(page) for page in pdf_pages(file)]
    opening = squeeze(booklet.sections[0].all[0].rows[0].zh)[:12]
    first = next(n for n, page in enumerate(pages) if opening in page and n > 2)
    end = next(n for n, page in enumerate(pages) if n > first and page[:5] in GLOSSARIES)
    blank = [n for n, page in enumerate(pages, 1) if not page]
    return Facing(booklet, file, first + 1, pages[first:end], blank)


def test_every_pair_begins_on_the_same_spread_in_both_languages(
    facing: Facing,
) -> None:
    assert facing.first % 2 == 0
    assert len(facing.pages) % 2 == 0
    left, right = Run(facing.pages[::2]), Run(facing.pages[1::2])
    for block in facing.blocks:
        row = block.rows[0]
        zh, en = left.page_of(row.zh), right.page_of(facing.en(row))
        assert zh == en, block.id


class Run:
    """Pages of one language, in which texts follow each other."""

    def __init__(self, pages: list[str]) -> None:
        self._text = "".join(pages)
        self._ends = list(accumulate(map(len, pages)))
        self._at = 0

    def page_of(self, text: str) -> int:
        """Return the page on which the next such text begins, from 0."""
        place = self._text.index(squeeze(text), self._at)
        self._at = place + 1
        return bisect_right(self._ends, place)


def test_each_language_reads_on_from_page_to_page(facing: Facing) -> None:
    left, right = Run(facing.pages[::2]), Run(facing.pages[1::2])
    for block in facing.blocks:
        for row in block.rows:
            left.page_of(row.zh)
            right.page_of(facing.en(row))


def test_the_fuller_page_of_a_spread_is_filled(facing: Facing) -> None:
    with pypdfium2.PdfDocument(facing.file) as pdf:
        start = facing.first - 1
        feet = [foot(pdf[n]) for n in range(start, start + len(facing.pages))]
    fills = [(max(pair) - TOP) / (FOOT - TOP) for pair in zip(feet[::2], feet[1::2], strict=True)]
    assert max(fills) <= 1.01
    assert mean(fills[:-1]) >= 0.85


def foot(page: pypdfium2.PdfPage) -> float:
    """How far below the upper edge the lowest line of the type area ends, in points."""
    text = page.get_textpage()
    ends = [float(page.get_height() - text.get_rect(n)[1]) for n in range(text.count_rects())]
    return max(end for end in ends if end < FOOT + 3)


@pytest.mark.parametrize("facing", [EDITIONS[0], EDITIONS[5]], indirect=True)
def test_lines_are_flush_and_nothing_stands_outside_the_type_area(facing: Facing) -> None:
    report = measure(facing.file, area=TYPE_AREA)
    assert [str(fault) for fault in report.faults] == []
    assert report.justified > 40


def test_no_page_is_blank_that_is_not_meant(facing: Facing) -> None:
    # Only so that the contents begin on a right page and the text on a left one.
    assert set(facing.blank) <= {2, facing.first - 1}
