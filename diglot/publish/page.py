"""The page of an edition: its margins, its measure and the width of its Chinese column.

Style sheets are written for A5 in hanzi of 10.5 points. Other papers are laid out in the same
units and then drawn smaller or larger as a whole, so that all sizes keep their proportions.
"""

from dataclasses import dataclass

from diglot.compose.booklet import Row
from diglot.config import Edition, GlossesAt, Layout, Paper
from diglot.errors import DiglotError, Problem
from diglot.pairs.inline import plain
from diglot.typeset.zhuyin import WIDTH

HANZI = 10.5 * 25.4 / 72  # millimetres
HANG = 10.0  # millimetres that pair numbers take, left of the text
GAP = 4.0  # between the text and what stands in the margin
_HEAD = 7.5  # points: a running head
_COLUMN = 0.41  # of the measure: English takes more room than Chinese
_COLUMN_BESIDE = 0.54  # with zhuyin beside the hanzi
_BESIDE = 12.0  # points: hanzi that have zhuyin are larger, so that it can be read
_READ = 23 / 17  # how high lines with readings are, measured by those without
_SMALL = 13 / 17  # lines of English
_NOTE = 0.6  # lines of notes, whose letters are smaller, too
_LETTER = 0.45  # of a hanzi: the mean width of a letter of English
_LEAST = {Layout.PARALLEL: 20}  # hanzi; of other layouts:
_LEAST_OF_ONE = 14
_MORE = 1.3  # with zhuyin
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
    area is a multiple of the character size): so full lines need no stretching. ``margin`` is the
    width of what stands in the outer margin, if anything does, and part of ``outer``. ``hanzi`` is
    the size of hanzi in points; ``zhuyin`` says that it stands beside them, and makes them wider.
    """

    width: float
    height: float
    inner: float
    outer: float
    top: float
    bottom: float
    zoom: float
    margin: float = 0
    hanzi: float = 10.5
    zhuyin: bool = False

    @property
    def shift(self) -> float:
        """How far what stands in the margin of a recto stands from where it does on a verso."""
        return self.margin + HANG + self.text + GAP

    @property
    def text(self) -> float:
        """The width of the text."""
        return self.width - self.inner - self.outer

    @property
    def frame(self) -> float:
        """How wide a hanzi is with what stands beside it, in points."""
        return self.hanzi * (1 + WIDTH) if self.zhuyin else self.hanzi

    @property
    def measure(self) -> int:
        """The hanzi that fill a line."""
        return int(self.text / 25.4 * 72 / self.frame)

    @property
    def line(self) -> float:
        """How long a line is, in points."""
        return self.measure * self.frame

    @property
    def head(self) -> int:
        """The hanzi that fit into a running head."""
        return int(self.text / HANZI * 10.5 / _HEAD)

    @property
    def column(self) -> int:
        """The hanzi that fill a line of the Chinese column beside an English one."""
        return round(self.measure * (_COLUMN_BESIDE if self.zhuyin else _COLUMN))

    def holds(self, row: Row, layout: Layout) -> bool:
        """Whether a row and its glosses at the foot fit on one page, as far as can be estimated.

        WeasyPrint finds no end where a line and its notes are too large for any page.
        """
        parallel = layout is Layout.PARALLEL
        width = self.text / HANZI  # everything is measured in hanzi and lines of plain text
        wide = self.frame / 10.5
        column = self.column * wide if parallel else width
        zh = len(row.zh) * wide / column * (_READ if row.readings else 1)
        en = _SMALL * len(plain(row.en)) * _LETTER / (width - column if parallel else width)
        written = (f"{gloss.pinyin} {gloss.english} · " for gloss in row.glosses)
        terms = sum(len(gloss.term) for gloss in row.glosses)
        notes = _NOTE * (terms + sum(map(len, written)) * _LETTER) / width
        lines = (self.height - self.top - self.bottom) / (17 * 25.4 / 72)
        return (max(zh, en) if parallel else zh + en) + notes < 0.88 * lines


def page_of(edition: Edition) -> Page:
    """Lay out the page of an edition.

    Raises:
        DiglotError: ``e-006``, glosses in the margin leave no room for the text.
    """
    zoom, inner, outer, top, bottom = _SHAPES[edition.paper]
    width, height = (round(side / zoom, 3) for side in edition.paper.size)
    size = _BESIDE if edition.zhuyin else 10.5
    if edition.glosses_at is not GlossesAt.MARGIN:
        return Page(width, height, inner, outer, top, bottom, zoom, 0, size, edition.zhuyin)
    margin = round(0.21 * width)
    sides = inner - 1, margin + HANG + 8
    page = Page(width, height, *sides, top, bottom, zoom, margin, size, edition.zhuyin)
    least = _LEAST.get(edition.layout, _LEAST_OF_ONE) * (_MORE if edition.zhuyin else 1)
    if page.text / HANZI < least:
        what = f"{edition.layout} on {edition.paper}"
        message = f"the edition {edition.name} has no room for glosses in the margin: {what}"
        hint = 'Choose a larger paper, layout = "interleaved" or glosses_at = "foot".'
        raise DiglotError(Problem("e-006", message, hint))
    return page
