"""What to print again after an edit: the pages, or the sheets of a booklet, that look otherwise."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import zip_longest

from pikepdf import PasswordError, Pdf, PdfError

from diglot.errors import DiglotError, Place, Problem

_SCALE = 100 / 72  # pictures of 100 dots an inch show a comma's change


@dataclass(frozen=True, slots=True)
class Reprint:
    """What of a new PDF must be printed: numbers from 1 of its sheets, or if it is none, pages.

    A sheet of a ``booklet`` has two pages of the PDF. ``gone`` is how many at the end of the old
    one have no place in the new one.
    """

    booklet: bool
    numbers: tuple[int, ...]
    count: int
    gone: int


def reprint(old: bytes, new: bytes, names: tuple[str, str] = ("old", "new")) -> Reprint:
    """Compare two PDFs page by page, by what is seen of them.

    Fonts cut down to other characters or other links make no page another one.

    Raises:
        DiglotError: ``w-020``, a file is no PDF; ``names`` are what messages call them.
    """
    booklet = _is_booklet(_opened(new, names[1]))
    if booklet != _is_booklet(_opened(old, names[0])):
        message = f"{names[0]} and {names[1]} cannot be compared: only one of them is a booklet"
        hint = "Compare two files whose names end in -booklet.pdf, or two that do not."
        raise DiglotError(Problem("w-021", message, hint))
    step = 2 if booklet else 1
    changed: set[int] = set()
    counts = [0, 0]
    for number, (before, after) in enumerate(zip_longest(_seen(old), _seen(new))):
        counts = [counts[0] + (before is not None), counts[1] + (after is not None)]
        if after is not None and before != after:
            changed.add(number // step + 1)
    gone = max(0, counts[0] - counts[1]) // step
    return Reprint(booklet, tuple(sorted(changed)), counts[1] // step, gone)


def only(booklet: bytes, sheets: Iterable[int]) -> bytes:
    """Keep some sheets of a booklet, to be printed as it is; the same ones give the same bytes."""
    kept = {2 * sheet - side for sheet in sheets for side in (1, 2)}
    with Pdf.open(BytesIO(booklet)) as pdf:
        for number in reversed(range(len(pdf.pages))):
            if number not in kept:
                del pdf.pages[number]
        pdf.remove_unreferenced_resources()
        written = BytesIO()
        pdf.save(written, min_version=pdf.pdf_version, deterministic_id=True)
    return written.getvalue()


def _opened(data: bytes, name: str) -> Pdf:
    try:
        return Pdf.open(BytesIO(data))
    except (PdfError, PasswordError) as error:
        hint = "Name a PDF that diglot build made, and an earlier one of the same edition."
        problem = Problem("w-020", f"this is no PDF that can be read: {error}", hint, Place(name))
        raise DiglotError(problem) from None


def _is_booklet(pdf: Pdf) -> bool:
    """Whether a PDF asks to be printed as `diglot.publish.impose` has it."""
    with pdf:
        wishes = pdf.Root.get("/ViewerPreferences")
        return wishes is not None and str(wishes.get("/Duplex")) == "/DuplexFlipShortEdge"


def _seen(data: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Give a picture of each page, in grey."""
    import pypdfium2

    with pypdfium2.PdfDocument(data) as document:
        for page in document:
            bitmap = page.render(scale=_SCALE, grayscale=True)
            yield bitmap.width, bitmap.height, bytes(bitmap.buffer)
            bitmap.close()
            page.close()
