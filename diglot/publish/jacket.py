"""The cover of a printed book, one sheet: back, spine and front, from left to right."""

from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from math import ceil

from pikepdf import Pdf

from diglot.compose.booklet import Booklet
from diglot.config import Binding, Edition
from diglot.publish.fonts import Typefaces
from diglot.publish.render import render
from diglot.publish.setting import write_pdf
from diglot.publish.trim import set_boxes


@dataclass(frozen=True, slots=True)
class Jacket:
    """The sizes of a cover in millimetres: of each of its sides, and of its spine."""

    width: float
    height: float
    spine: float


def jacket_of(edition: Edition, pages: int) -> Jacket:
    """Measure the cover of so many pages. Stapled booklets are folded, and have no spine."""
    width, height = edition.paper.size
    leaves = ceil(pages / 2)
    glued = edition.binding is Binding.GLUED
    return Jacket(width, height, round(leaves * edition.thickness, 1) if glued else 0.0)


def make_jacket(
    booklet: Booklet, pdf: bytes, templates: Mapping[str, str], typefaces: Typefaces, version: str
) -> bytes:
    """Set the cover of a printed booklet, whose pages are in ``pdf``.

    Raises:
        DiglotError: as `render` and `write_pdf` do.
    """
    edition = booklet.edition
    with Pdf.open(BytesIO(pdf)) as pages:
        jacket = jacket_of(edition, len(pages.pages))
    page = render("print/jacket.html.j2", booklet, templates, typefaces, version, jacket=jacket)
    made = write_pdf(page, (), typefaces.files)
    with Pdf.open(BytesIO(made)) as cover:
        folds = sorted({jacket.width, jacket.width + jacket.spine})
        set_boxes(cover, cover.pages[0], edition.bleed, marks=edition.marks, folds=folds)
        written = BytesIO()
        cover.save(written, min_version=cover.pdf_version, deterministic_id=True)
    return written.getvalue()
