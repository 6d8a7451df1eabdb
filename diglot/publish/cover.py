"""The cover of an EPUB: the title in good type, set by WeasyPrint and drawn by PDFium."""

import io
from pathlib import Path

from diglot.publish.assets import Picture
from diglot.publish.pdf import write_pdf

WIDTH = 900  # pixels


def draw_cover(page: str, fonts: frozenset[Path]) -> Picture:
    """Draw a page of HTML as a PNG image.

    Raises:
        DiglotError: as `write_pdf` does.
    """
    import pypdfium2

    document = pypdfium2.PdfDocument(write_pdf(page, (), fonts))
    sheet = document[0]
    image = sheet.render(scale=WIDTH / sheet.get_width()).to_pil().convert("RGB")
    document.close()
    out = io.BytesIO()
    image.quantize(32).save(out, "PNG", compress_level=4)
    return Picture("cover.png", out.getvalue(), "image/png", *image.size)
