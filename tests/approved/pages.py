"""The pages that are compared with approved ones: of which editions, how set, how drawn."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

import pypdfium2
from pikepdf import NameTree, Pdf
from pikepdf import Page as PdfPage
from PIL import Image

from diglot.compose.booklet import Booklet
from diglot.compose.compose import compose
from diglot.config import Binding, Edition, Front, GlossesAt, Layout, Paper, Spelling, Starts, Words
from diglot.model import Script
from diglot.project import Project
from diglot.publish.fonts import Face, Typefaces
from diglot.publish.jacket import make_jacket
from diglot.publish.pdf import make_pdf

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
DPI = 100
# PDFium puts each letter on whole pixels: fine ones, which are then averaged.
_FINER = 4
_GUTTER = 6  # pixels between two pages
FACES = {
    Script.HANS: "hans",
    Script.HANT: "hant",
    Script.HANT_TW: "hant",
    Script.HANT_HK: "hant-hk",
}
_LATIN = {"regular": "latin", "italic": "latin-italic"}


@dataclass(frozen=True)
class Chosen:
    """Pages of an edition: so many from the one on which something named begins, or from a number.

    A ``cover`` is drawn in place of its pages.
    """

    edition: Edition
    start: str | int
    count: int = 1
    name: str = ""
    cover: bool = field(default=False, kw_only=True)

    @property
    def file(self) -> Path:
        """The approved picture."""
        return HERE / "pages" / f"{self.name or self.edition.name}.png"


def _editions() -> Iterator[Edition]:
    """Every layout in every script, with as many helps in turn as it can show."""
    for layout in Layout:
        columns = layout in (Layout.PARALLEL, Layout.INTERLEAVED)
        for script in (Script.HANS, Script.HANT, Script.HANT_TW, Script.HANT_HK):
            yield Edition(
                name=f"{layout}-{script}",
                layout=layout,
                script=script,
                paper=Paper.B6 if script is Script.HANT_HK else Paper.A6,
                starts=Starts.RUN,
                pinyin=Words.ALL if script in (Script.HANS, Script.HANT_TW) else Words.NONE,
                glosses_at=GlossesAt.FOOT
                if columns and script is Script.HANT_TW
                else GlossesAt.BACK,
            )


_BOOK = Edition(
    name="book",
    layout=Layout.INTERLEAVED,
    paper=Paper.A6,
    front=Front.FULL,
    starts=Starts.RECTO,
    exercises=True,
    index=True,
    bleed=3,
    marks=True,
    binding=Binding.GLUED,
    thickness=1,
)
_MARGIN = Edition(
    name="margin",
    layout=Layout.INTERLEAVED,
    paper=Paper.B6,
    starts=Starts.RUN,
    glosses_at=GlossesAt.MARGIN,
)
_ZHUYIN = Edition(
    name="zhuyin",
    layout=Layout.PARALLEL,
    script=Script.HANT_TW,
    paper=Paper.B6,
    starts=Starts.RUN,
    pinyin=Words.ALL,
    spelling=Spelling.ZHUYIN,
    sandhi=True,
)
CHOSEN = (
    *(
        Chosen(edition, "row-1-0", 2 if edition.layout is Layout.FACING else 1)
        for edition in _editions()
    ),
    Chosen(_MARGIN, "row-1-0", 2),
    Chosen(_ZHUYIN, "row-1-0", 2),
    Chosen(_BOOK, 1, 6, "book-front"),
    Chosen(_BOOK, "exercises", 4, "book-back"),
    Chosen(_BOOK, 1, 1, "book-cover", cover=True),
)


def booklet_of(edition: Edition) -> Booklet:
    """Compose the trial work."""
    return compose(Project(HERE).work("trial"), edition)


def typefaces(script: Script) -> Typefaces:
    """Return the faces that come with the tests."""

    def face(family: str, style: str, file: str) -> Face:
        return Face(family, style, HERE / "fonts" / f"{file}.otf", "1", own=True)

    return Typefaces(
        (face("Trial Chinese", "regular", FACES[script]),),
        tuple(face("Trial Latin", style, file) for style, file in _LATIN.items()),
    )


def templates() -> dict[str, str]:
    """Return the project's templates."""
    return dict(Project(ROOT).templates())


def set_pages(chosen: Chosen, booklet: Booklet, style: str = "") -> bytes:
    """Set an edition; ``style`` is a style sheet behind all others."""
    faces = typefaces(booklet.script)
    sheets = templates()
    sheets["print/glosses.css"] += style
    pdf = make_pdf(booklet, sheets, faces, (), "1")
    return make_jacket(booklet, pdf, sheets, faces, "1") if chosen.cover else pdf


def draw(chosen: Chosen, pdf: bytes) -> Image.Image:
    """Draw the chosen pages beside each other, in grey."""
    with pypdfium2.PdfDocument(pdf) as document:
        first = _first(chosen, pdf)
        pictures = []
        for number in range(first, min(first + chosen.count, len(document))):
            page = document[number]
            bitmap = page.render(scale=_FINER * DPI / 72, grayscale=True)
            pictures.append(bitmap.to_pil().convert("L").reduce(_FINER))
            bitmap.close()
            page.close()
    return beside(pictures)


def beside(pictures: list[Image.Image]) -> Image.Image:
    """Put pictures beside each other."""
    width = sum(picture.width + _GUTTER for picture in pictures) - _GUTTER
    sheet = Image.new("L", (width, max(picture.height for picture in pictures)), 128)
    left = 0
    for picture in pictures:
        sheet.paste(picture, (left, 0))
        left += picture.width + _GUTTER
    return sheet


def _first(chosen: Chosen, pdf: bytes) -> int:
    """Return the index of the first of the chosen pages."""
    if isinstance(chosen.start, int):
        return chosen.start - 1
    with Pdf.open(BytesIO(pdf)) as opened:
        place = NameTree(opened.Root.Names.Dests)[chosen.start][0]
        numbers = {page.objgen: number for number, page in enumerate(opened.pages)}
        return numbers[PdfPage(place).objgen]
