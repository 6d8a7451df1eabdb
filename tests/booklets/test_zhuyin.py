"""Both works with zhuyin beside every hanzi, or the unknown ones: in every layout and script."""

import re
from pathlib import Path

import pytest

from diglot.compose.booklet import Booklet
from diglot.config import Edition, Layout, Spelling, Words
from diglot.model import Script
from tests.booklets.test_print import TYPE_AREA
from tests.booklets.text import pdf_pages, print_work, squeeze
from tests.typeset.measure import measure
from tests.typeset.measure_zhuyin import measure_zhuyin

pytestmark = pytest.mark.booklets

EDITIONS = [
    ("jingjinji-article", Layout.PARALLEL, Script.HANS, Words.ALL),
    ("jingjinji-quotations", Layout.INTERLEAVED, Script.HANT, Words.ALL),
    ("jingjinji-article", Layout.FACING, Script.HANT_TW, Words.ALL),
    ("jingjinji-quotations", Layout.INTERLINEAR, Script.HANT_HK, Words.UNKNOWN),
]
Made = tuple[Booklet, Path]


@pytest.fixture(scope="module", params=EDITIONS, ids=lambda edition: "-".join(edition))
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Made:
    name, layout, script, words = request.param
    edition = Edition(
        name="zhuyin",
        layout=layout,
        script=script,
        pinyin=words,
        known=("hsk:1-4",),
        spelling=Spelling.ZHUYIN,
    )
    file = tmp_path_factory.mktemp("zhuyin") / "zhuyin.pdf"
    return print_work(name, edition, file), file


def test_every_hanzi_has_its_zhuyin_beside_it_and_nothing_touches(made: Made) -> None:
    booklet, file = made
    rows = (row for section in booklet.sections for block in section.blocks for row in block.rows)
    wanted = [
        (row.zh[place], syllable)
        for row in rows
        for reading in row.readings
        for place, syllable in enumerate(reading.zhuyin, reading.start)
        if syllable
    ]
    found = measure_zhuyin(file)
    assert len(found) > 500
    assert [(each.hanzi, each.syllable) for each in found] == wanted
    assert [fault for each in found for fault in each.faults] == []


def test_lines_are_flush_and_prohibitions_hold(made: Made) -> None:
    booklet, file = made
    justified = () if booklet.edition.layout is Layout.INTERLINEAR else ("P",)
    facing = booklet.edition.layout is Layout.FACING
    report = measure(file, area=None if facing else TYPE_AREA, justified=justified)
    assert [str(fault) for fault in report.faults] == []
    assert report.justified > 60 or not justified


def test_copied_text_has_hanzi_only(made: Made) -> None:
    booklet, file = made
    text = squeeze("".join(pdf_pages(file)))
    rows = [row for section in booklet.sections for block in section.all for row in block.rows]
    clauses = [squeeze(clause) for row in rows for clause in re.split("[，。；：、]", row.zh)]
    lacking = [clause for clause in clauses if clause not in text]
    # What goes over a page has a pair number in it, which is positioned, or English.
    assert len(lacking) < 0.02 * len(clauses)
