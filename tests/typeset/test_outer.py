"""What stands in the outer margin, whichever side of the book that is."""

from typing import Any

import weasyprint

from diglot import typeset

STYLE = """
body, p { margin: 0 } p.note { margin-left: 52mm } section { break-after: page }
@page { size: 100mm; margin: 10mm }
@page :left { margin-left: 40mm }
@page :right { margin-right: 40mm }
"""
BODY = '<section><p>Text</p><p class="note" data-outer="">Note</p></section>' * 3


def lefts(style: str) -> list[list[float]]:
    """Where the texts of each page begin, in millimetres."""
    page = f'<html lang="en"><title>t</title><style>{STYLE}{style}</style>{BODY}</html>'
    with typeset.installed():
        pages: list[Any] = weasyprint.HTML(string=page).render().pages
    texts = [
        [
            box
            for box in page._page_box.descendants()
            if isinstance(box, weasyprint.layout.boxes.TextBox)
        ]
        for page in pages
    ]
    return [[round(box.position_x * 25.4 / 96, 1) for box in found] for found in texts]


def test_it_moves_to_the_left_of_a_verso_and_nothing_else_moves() -> None:
    assert lefts("html { --verso-shift: -80mm }") == [[10, 62], [40, 12], [10, 62]]


def test_without_the_property_it_stays_right() -> None:
    assert lefts("") == [[10, 62], [40, 92], [10, 62]]
