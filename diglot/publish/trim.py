"""What a printing house asks of a PDF: bleed, crop marks, and as many pages as its sheets hold."""

from collections.abc import Iterable, Iterator
from io import BytesIO

from pikepdf import Array, Page, Pdf

from diglot.config import Edition, Front

MM = 72 / 25.4  # points
_LENGTH = 5 * MM  # of a crop mark
_OFFSET = 3 * MM  # from the trimmed edge at least, that no mark is seen after trimming


def trim(data: bytes, edition: Edition) -> bytes:
    """Finish the pages of a booklet for print; where nothing is asked for, they stay as they are.

    With full front matter, blank pages stand at the end until the pages fill the last signature
    (or, if the edition names none, the last sheet of four pages). Crop marks stand outside the
    bleed; page boxes are those of ISO 32000-1, 14.11.2. The same pages give the same bytes.
    """
    fills = (edition.signature or 4) if edition.front is Front.FULL else 1
    if fills == 1 and not (edition.bleed or edition.marks):
        return data
    with Pdf.open(BytesIO(data)) as pdf:
        missing = -len(pdf.pages) % fills
        if not (missing or edition.bleed or edition.marks):
            return data
        for _ in range(missing):
            box = pdf.pages[0].mediabox
            blank = pdf.add_blank_page(page_size=(float(box[2] - box[0]), float(box[3] - box[1])))
            blank.mediabox = box
        for page in pdf.pages:
            set_boxes(pdf, page, edition.bleed, marks=edition.marks)
        written = BytesIO()
        pdf.save(written, min_version=pdf.pdf_version, deterministic_id=True)
    return written.getvalue()


def set_boxes(
    pdf: Pdf, page: Page, bleed: float, *, marks: bool, folds: Iterable[float] = ()
) -> None:
    """Say where a page, as large as it is with its bleed (millimetres), is trimmed, and mark it.

    ``folds`` are where it is folded, in millimetres from the left edge of the trimmed page; among
    the marks they are dashed lines.
    """
    left, bottom, right, top = (float(edge) for edge in page.mediabox)
    page.bleedbox = Array([left, bottom, right, top])
    margin = bleed * MM
    trimmed = (left + margin, bottom + margin, right - margin, top - margin)
    page.trimbox = Array(map(_rounded, trimmed))
    if not marks:
        return
    offset = max(margin, _OFFSET)
    places = (trimmed[0] + fold * MM for fold in folds)
    dashed = _fold_marks(places, trimmed[1], trimmed[3], offset)
    content = "\n".join([*_marks(*trimmed, offset), "[2 1.5] 0 d", *dashed])
    # An artifact (14.8.2.2): to readers of tagged text it is not there.
    page.contents_add(
        pdf.make_stream(f"/Artifact <</Type /Page>> BDC q .25 w 0 G\n{content}\nQ EMC\n".encode())
    )
    room = offset + _LENGTH
    around = (trimmed[0] - room, trimmed[1] - room, trimmed[2] + room, trimmed[3] + room)
    page.mediabox = page.cropbox = Array(map(_rounded, around))


def _marks(left: float, bottom: float, right: float, top: float, offset: float) -> list[str]:
    """Draw two lines at each corner, that lead to where the sheet is cut."""
    lines = []
    for x, out in ((left, -1), (right, 1)):
        for y, up in ((bottom, -1), (top, 1)):
            start, end = x + out * offset, x + out * (offset + _LENGTH)
            lines.append(f"{start:.3f} {y:.3f} m {end:.3f} {y:.3f} l S")
            start, end = y + up * offset, y + up * (offset + _LENGTH)
            lines.append(f"{x:.3f} {start:.3f} m {x:.3f} {end:.3f} l S")
    return lines


def _fold_marks(places: Iterable[float], bottom: float, top: float, offset: float) -> Iterator[str]:
    """Draw a line above and one below each place."""
    for x in places:
        for y, up in ((bottom, -1), (top, 1)):
            start, end = y + up * offset, y + up * (offset + _LENGTH)
            yield f"{x:.3f} {start:.3f} m {x:.3f} {end:.3f} l S"


def _rounded(length: float) -> float:
    return round(length, 3)
