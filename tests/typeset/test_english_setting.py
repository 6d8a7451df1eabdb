"""Where lines of English end: divided words, names joined by dashes, numbers of notes."""

from collections.abc import Iterator

import pytest
import weasyprint
from weasyprint.formatting_structure.boxes import LineBox, TextBox

from diglot import typeset

STYLE = """
@page { size: 200mm 100mm; margin: 0 }
p { font: 10pt "Gentium Book Plus", serif; margin: 0; hyphens: auto; text-align: justify;
    hyphenate-limit-chars: 6 3 3; hyphenate-character: "-"; overflow-wrap: anywhere }
"""


@pytest.fixture(autouse=True)
def _installed() -> Iterator[None]:
    with typeset.installed():
        yield


def pages(body: str, width: float, style: str = "") -> list[list[str]]:
    page = f'<html lang="en"><style>{STYLE} p {{ width: {width}em; {style} }}</style><p>{body}</p>'
    document = weasyprint.HTML(string=page).render()
    return [
        [
            "".join(box.text for box in line.descendants() if isinstance(box, TextBox)).strip()
            for line in made._page_box.descendants()
            if isinstance(line, LineBox)
        ]
        for made in document.pages
    ]


def lines(body: str, width: float, style: str = "") -> list[str]:
    return pages(body, width, style)[0]


def test_words_are_divided_as_americans_divide_them() -> None:
    found = [line for width in range(7, 12) for line in lines("an important thing, " * 9, width)]
    assert any(line.endswith("impor-") for line in found)
    assert not any(line.endswith("import-") for line in found)


@pytest.mark.parametrize("width", [10, 11, 12, 13, 14, 15, 16])
def test_the_number_of_a_note_follows_its_mark(width: int) -> None:
    body = 'It is done item by item,<a href="#n">18</a> and then it is well.'
    assert not any(line[0].isdigit() for line in lines(body, width))


def test_the_last_line_is_no_part_of_a_word() -> None:
    text = "We must build a corps of competent, professional officials."
    assert lines(text, 24)[-1] == "officials."


def test_a_last_word_is_divided_where_its_line_would_open_much() -> None:
    text = "We must build the new area to the standards of responsible authorities."
    assert lines(text, 15)[-2:] == ["standards of responsible authori-", "ties."]


@pytest.mark.parametrize("width", range(10, 24))
def test_names_are_not_divided(width: int) -> None:
    found = lines(
        "the work in Beijing, Tianjin, and Hebei, the Beijing–Tianjin–Hebei region", width
    )
    assert not any(line.endswith("-") for line in found)


def test_no_line_begins_with_a_dash() -> None:
    text = "All the way—from morning to night—the train went very far."
    found = [lines(text, width) for width in range(10, 24)]
    assert not any(line.startswith("—") for each in found for line in each)
    assert any(line.endswith("—") for each in found for line in each)


@pytest.mark.parametrize("width", [14, 16, 18, 20, 22, 24])
def test_headings_keep_names_together_that_dashes_join(width: int) -> None:
    text = "The Coordinated Development of the Beijing–Tianjin–Hebei Region"
    style = "hyphens: none; text-align: left"
    assert not any(line.endswith("–") for line in lines(text, width, style))


def test_what_is_justified_is_parted_at_a_dash_rather_than_torn_open() -> None:
    text = "on the coordinated development of the Beijing–Tianjin–Hebei region"
    found = [lines(text, width, "hyphens: none") for width in range(14, 25)]
    assert any(line.endswith("–") for each in found for line in each[:-1])


@pytest.mark.parametrize("width", [each / 10 for each in range(140, 180)])
def test_a_text_that_fits_but_for_its_last_space_is_not_parted(width: float) -> None:
    text = "<i>Xí Jìnpíng Xīn Shídài Zhōngguó Tèsè </i>(noun) Socialism"
    first, *_ = lines(text, width, "hyphens: manual; text-align: left")
    assert first.endswith(("Zhōngguó", "Tèsè", "(noun)"))


def test_a_name_wider_than_its_line_is_parted_at_a_dash() -> None:
    found = lines("Beijing–Tianjin–Hebei", 6, "hyphens: none; text-align: left")
    assert found[0] == "Beijing–"


@pytest.mark.parametrize("shift", range(12))
def test_no_word_goes_over_a_page(shift: int) -> None:
    text = "so " * shift + "all is as it was in an important year, and so it is. " * 20
    first, *more = pages(text, 15, "line-height: 9mm; orphans: 2; widows: 2")
    assert more
    assert not first[-1].endswith("-")
    assert len(first) >= 10


def test_a_page_is_full_where_every_line_divides_a_word() -> None:
    text = "so " * 9 + "an important responsibility of all administrations, " * 30
    first, *_ = pages(text, 15, "line-height: 9mm; orphans: 2; widows: 2")
    assert len(first) >= 10
