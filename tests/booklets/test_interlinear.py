"""Both works word by word: sentences whole, nothing beyond the type area."""

from pathlib import Path

import pytest

from diglot.compose.booklet import Booklet
from diglot.config import Edition, Layout, Words
from diglot.model import Script
from tests.booklets.test_print import TYPE_AREA
from tests.booklets.text import missing, pdf_pages, print_work, sentences, squeeze
from tests.typeset.measure import measure

pytestmark = pytest.mark.booklets

EDITIONS = [
    ("jingjinji-article", Edition(name="a", layout=Layout.INTERLINEAR, script=Script.HANS)),
    (
        "jingjinji-quotations",
        Edition(
            name="b",
            layout=Layout.INTERLINEAR,
            script=Script.HANT_TW,
            pinyin=Words.UNKNOWN,
            known=("hsk:1-4",),
        ),
    ),
]


@pytest.fixture(scope="module", params=EDITIONS, ids=lambda edition: edition[0])
def interlinear(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Booklet, Path]:
    name, edition = request.param
    file = tmp_path_factory.mktemp("interlinear") / "interlinear.pdf"
    return print_work(name, edition, file), file


def test_every_sentence_is_copied_whole_and_its_gloss_after_it(
    interlinear: tuple[Booklet, Path],
) -> None:
    booklet, file = interlinear
    assert missing(sentences(booklet), squeeze("".join(pdf_pages(file)))) == []


def test_nothing_stands_outside_the_type_area_or_on_something_else(
    interlinear: tuple[Booklet, Path],
) -> None:
    report = measure(interlinear[1], area=TYPE_AREA, justified=())
    assert [str(fault) for fault in report.faults] == []


def test_words_have_senses_and_the_dictionary_is_named(interlinear: tuple[Booklet, Path]) -> None:
    booklet, _ = interlinear
    rows = [row for section in booklet.sections for block in section.blocks for row in block.rows]
    readings = [reading for row in rows for reading in row.readings]
    assert len(readings) > 100
    assert sum(bool(reading.sense) for reading in readings) > 0.8 * len(readings)
    assert any("CC-CEDICT" in credit.text[0].text for credit in booklet.credits)
