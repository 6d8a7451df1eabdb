"""A sheet to print first: does the printer flip on the short edge, and print at 100 %?"""

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

from pikepdf import Pdf

from diglot.config import Fonts, Sheet
from diglot.model import Script
from diglot.publish.fonts import find_typefaces
from diglot.publish.impose import for_duplex
from diglot.publish.render import fill
from diglot.publish.setting import write_pdf


def make_print_test(sheet: Sheet, templates: Mapping[str, str]) -> bytes:
    """Set both sides of the sheet by ``print/test.html.j2``; they ask to be printed as booklets do.

    The template sees ``sheet``, its ``width`` and ``height`` as it lies (millimetres) and
    ``typefaces``.

    Raises:
        DiglotError: as `find_typefaces`, `fill` and `write_pdf` do.
    """
    height, width = sheet.size
    typefaces = find_typefaces(Script.HANS, Fonts(), Path())
    page = fill(
        "print/test.html.j2",
        templates,
        sheet=sheet.value,
        width=width,
        height=height,
        typefaces=typefaces,
    )
    with Pdf.open(BytesIO(write_pdf(page, (), typefaces.files))) as pdf:
        return for_duplex(pdf)
