"""Page numbers of what stands before, as a glossary has them."""

from collections.abc import Iterator

import pytest
import weasyprint

from diglot import typeset
from diglot.numbers import ranges

STYLE = "@page { size: A6 } section { break-before: page } p { break-inside: avoid }"


@pytest.fixture(autouse=True)
def _installed() -> Iterator[None]:
    with typeset.installed():
        yield


@pytest.mark.parametrize(
    ("pages", "expected"),
    [
        ([], ""),
        ([4], "4"),
        ([9, 4, 9], "4, 9"),
        ([1, 2], "1, 2"),
        ([7, 5, 6], "5–7"),
        ([1, 3, 4, 5, 8, 9, 11, 12, 13, 14], "1, 3–5, 8, 9, 11–14"),
    ],
)
def test_pages_are_listed_once_in_order_and_three_in_a_row_as_a_range(
    pages: list[int], expected: str
) -> None:
    assert ranges(pages) == expected


def texts(body: str, style: str = "") -> list[str]:
    """The lines of the last page."""
    page = f'<html lang="en"><title>t</title><style>{STYLE}{style}</style>{body}</html>'
    document = weasyprint.HTML(string=page).render()
    boxes = document.pages[-1]._page_box.descendants()
    return [box.text for box in boxes if isinstance(box, weasyprint.layout.boxes.TextBox)]


BODY = """
<nav><a href="#end">End</a></nav>
<section id="a">A</section>
<section><p id="b">B</p></section>
<section><p id="end" data-pages="{}"><b>Term</b> where: </p></section>
"""


def test_an_entry_ends_with_the_pages_of_what_it_names() -> None:
    assert texts(BODY.format("b a")) == ["Term", " where: 2, 3"]


def test_what_stands_nowhere_has_no_page() -> None:
    assert texts(BODY.format("c a")) == ["Term", " where: 2"]


def test_pages_that_are_set_again_have_their_numbers_once() -> None:
    # A number in the contents makes WeasyPrint set pages again.
    style = "nav a::after { content: target-counter(attr(href), page) } nav { font-size: 3cm }"
    assert texts(BODY.format("a b"), style) == ["Term", " where: 2, 3"]


def test_pages_are_counted_as_the_book_counts_them() -> None:
    style = "@page { counter-increment: page 1 } @page :first { counter-reset: page 100 }"
    assert texts(BODY.format("a b"), style) == ["Term", " where: 102, 103"]
