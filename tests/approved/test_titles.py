"""A title page is as wide as its paper, whatever stands beside the text."""

from io import BytesIO

import pdfplumber

from diglot.config import Edition, Front, GlossesAt, Layout, Paper
from tests.approved.pages import Chosen, booklet_of, set_pages


def test_titles_stand_in_the_middle_of_pages_whose_margin_has_glosses() -> None:
    edition = Edition(
        name="titles",
        layout=Layout.INTERLEAVED,
        paper=Paper.A5,
        glosses_at=GlossesAt.MARGIN,
        front=Front.FULL,
    )
    pdf = set_pages(Chosen(edition, 1), booklet_of(edition))
    with pdfplumber.open(BytesIO(pdf)) as document:
        for page in (document.pages[0], document.pages[2]):
            left = min(char["x0"] for char in page.chars)
            right = max(char["x1"] for char in page.chars)
            assert abs(left + right - float(page.width)) < 4
