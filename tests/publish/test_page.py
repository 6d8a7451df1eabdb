"""The page of an edition: margins, and columns that hold whole numbers of hanzi."""

import pytest

from diglot.config import Edition, GlossesAt, Layout, Paper, Spelling, Words
from diglot.errors import DiglotError
from diglot.publish.page import GAP, HANG, HANZI, page_of


@pytest.mark.parametrize("paper", Paper)
def test_a_page_is_as_large_as_its_paper(paper: Paper) -> None:
    page = page_of(Edition(name="a", paper=paper))
    drawn = (page.width * page.zoom, page.height * page.zoom)
    assert drawn == pytest.approx(paper.size, abs=0.01)


@pytest.mark.parametrize(
    ("paper", "measure", "column"),
    [
        (Paper.A6, 24, 10),
        (Paper.B6, 27, 11),
        (Paper.A5, 31, 13),
        (Paper.HALF_LETTER, 29, 12),
        (Paper.B5, 36, 15),
        (Paper.A4, 39, 16),
        (Paper.LETTER, 41, 17),
    ],
)
def test_lines_hold_whole_hanzi_and_most_of_the_measure(
    paper: Paper, measure: int, column: int
) -> None:
    page = page_of(Edition(name="a", paper=paper))
    assert (page.measure, page.column) == (measure, column)
    assert 0 <= page.width - page.inner - page.outer - page.measure * HANZI < HANZI


@pytest.mark.parametrize(
    ("paper", "layout", "measure"),
    [
        (Paper.A5, Layout.PARALLEL, 22),
        (Paper.A5, Layout.INTERLEAVED, 22),
        (Paper.A6, Layout.INTERLEAVED, 16),
        (Paper.A4, Layout.PARALLEL, 29),
    ],
)
def test_glosses_in_the_margin_take_their_room_from_the_text(
    paper: Paper, layout: Layout, measure: int
) -> None:
    page = page_of(Edition(name="a", paper=paper, layout=layout, glosses_at=GlossesAt.MARGIN))
    assert page.measure == measure
    assert page.outer > page.margin + HANG + GAP


def test_e_006_no_room_for_glosses_in_the_margin() -> None:
    with pytest.raises(DiglotError) as caught:
        page_of(Edition(name="small", paper=Paper.A6, glosses_at=GlossesAt.MARGIN))
    assert str(caught.value) == (
        "error e-006: the edition small has no room for glosses in the margin: parallel on A6\n"
        '  Hint: Choose a larger paper, layout = "interleaved" or glosses_at = "foot".'
    )


@pytest.mark.parametrize("paper", Paper)
def test_the_inner_margin_is_the_wider_one_and_numbers_have_room_in_both(paper: Paper) -> None:
    page = page_of(Edition(name="a", paper=paper))
    assert page.inner > page.outer > 10


@pytest.mark.parametrize("paper", Paper)
def test_with_zhuyin_hanzi_are_larger_and_lines_hold_whole_ones_with_it(paper: Paper) -> None:
    edition = Edition(name="a", paper=paper, spelling=Spelling.ZHUYIN, pinyin=Words.ALL)
    page = page_of(edition)
    assert (page.hanzi, page.frame) == (12, 18)
    assert page.line == page.measure * 18
    assert 0 <= page.text / 25.4 * 72 - page.line < 18
    assert 0.5 <= page.column / page.measure < 0.6


def test_zhuyin_changes_no_page_that_shows_none() -> None:
    assert page_of(Edition(name="a", spelling=Spelling.ZHUYIN)) == page_of(Edition(name="a"))


def test_with_zhuyin_glosses_in_the_margin_need_more_room() -> None:
    edition = Edition(
        name="a", spelling=Spelling.ZHUYIN, pinyin=Words.ALL, glosses_at=GlossesAt.MARGIN
    )
    with pytest.raises(DiglotError, match="e-006"):
        page_of(edition)
