"""The page of an edition: its margins, its measure and the width of its Chinese column.

Style sheets are written for A5 in hanzi of 10.5 points. Other papers are laid out in the same
units and then drawn smaller or larger as a whole, so that all sizes keep their proportions.
"""

from dataclasses import dataclass

from diglot.config import Edition, Paper

HANZI = 10.5 * 25.4 / 72  # millimetres
_COLUMN = 0.41  # of the measure: English takes more room than Chinese
_SHAPES = {  # how it is drawn, and its margins: inner, outer, top, bottom
    Paper.A6: (0.9, 14, 12, 14, 15),
    Paper.B6: (0.95, 15, 13, 15, 16),
    Paper.A5: (1, 16, 14, 17, 18),
    Paper.HALF_LETTER: (1, 16, 14, 17, 18),
    Paper.B5: (1.05, 18, 16, 19, 20),
    Paper.A4: (1.12, 21, 19, 22, 23),
    Paper.LETTER: (1.12, 21, 19, 21, 22),
}


@dataclass(frozen=True, slots=True)
class Page:
    """Lengths are in millimetres as style sheets count them; ``zoom`` makes them those on paper.

    The Chinese measure and its column in two are whole numbers of hanzi (clreq, 2.4.2: the type
    area is a multiple of the character size): so full lines need no stretching.
    """

    width: float
    height: float
    inner: float
    outer: float
    top: float
    bottom: float
    zoom: float

    @property
    def measure(self) -> int:
        """The hanzi that fill a line."""
        return int((self.width - self.inner - self.outer) / HANZI)

    @property
    def column(self) -> int:
        """The hanzi that fill a line of the Chinese column beside an English one."""
        return round(self.measure * _COLUMN)


def page_of(edition: Edition) -> Page:
    """Lay out the page of an edition."""
    zoom, inner, outer, top, bottom = _SHAPES[edition.paper]
    width, height = edition.paper.size
    return Page(round(width / zoom, 3), round(height / zoom, 3), inner, outer, top, bottom, zoom)
