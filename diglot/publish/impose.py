"""Imposition: a PDF's pages side by side on sheets that are printed on both sides and folded."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from pikepdf import Dictionary, Name, Object, Page, Pdf, Rectangle

from diglot.config import Sheet

MM = 72 / 25.4  # points
_TICK = 7 * MM  # ends outside the type area, and begins where printers do not print


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a sheet: the pages on it, from 0, or None for a blank one.

    ``depth`` is how many sheets are folded around this one.
    """

    left: int | None
    right: int | None
    depth: int
    front: bool


def impose(data: bytes, sheet: Sheet, *, signature: int = 0, creep: float = 0.1) -> bytes:
    """Place the pages of a PDF on sheets, to be printed on both sides, flipped on the short edge.

    Each page stands at its own size in the middle of its half, scaled down only if it does not
    fit. The same PDF gives the same bytes. What only a screen shows is left behind: links, the
    outline, tags.

    Args:
        data: The PDF, its pages in reading order.
        sheet: What it is printed on, lying.
        signature: How many pages are folded together, a multiple of 4; 0 for all of them.
        creep: How far each sheet pushes the one inside it outwards, in millimetres: its thickness
            (0.1 for paper of 80 g). Inner pages stand nearer to the fold by as much, so that the
            margins are even when the booklet is trimmed.
    """
    height, width = (side * MM for side in sheet.size)
    with Pdf.open(BytesIO(data)) as source, Pdf.new() as sheets:
        forms = [sheets.copy_foreign(page.as_form_xobject()) for page in source.pages]
        for side in sides(len(forms), signature):
            page = sheets.add_blank_page(page_size=(width, height))
            shift = side.depth * creep * MM
            content = [
                _place(page, forms, side.left, (0, width / 2, height), shift),
                _place(page, forms, side.right, (width / 2, width, height), -shift),
            ]
            if side.front and side.depth == 0:
                content.append(_fold(width / 2, height))
            page.obj.Contents = sheets.make_stream(b"".join(content))
        for key, value in source.docinfo.items():
            sheets.docinfo[key] = value
        if "/Lang" in source.Root:
            sheets.Root.Lang = source.Root.Lang
        return for_duplex(sheets)


def sides(pages: int, signature: int = 0) -> Iterator[Side]:
    """Say what stands on each side, in the order of printing: a sheet's front, then its back.

    The last signature is as small as its pages allow; what lacks to a multiple of 4 is blank.
    """
    whole = pages + -pages % 4

    def shown(number: int) -> int | None:
        return number if number < pages else None

    for start in range(0, whole, signature or whole):
        end = min(start + (signature or whole), whole)
        for depth in range((end - start) // 4):
            first, last = start + 2 * depth, end - 1 - 2 * depth
            yield Side(shown(last), shown(first), depth, front=True)
            yield Side(shown(first + 1), shown(last - 1), depth, front=False)


def for_duplex(pdf: Pdf) -> bytes:
    """Write a PDF that asks for its own way of printing: both sides, short edge, no scaling.

    Printing dialogues that heed it (ISO 32000-1, 12.2) need no further setting.
    """
    pdf.Root.ViewerPreferences = Dictionary(
        Duplex=Name.DuplexFlipShortEdge,
        PrintScaling=Name("/None"),
        PickTrayByPDFSize=True,
        DisplayDocTitle=True,
    )
    written = BytesIO()
    pdf.save(written, min_version="1.7", deterministic_id=True)
    return written.getvalue()


def _place(
    page: Page,
    forms: list[Object],
    number: int | None,
    half: tuple[float, float, float],
    shift: float,
) -> bytes:
    """Draw a page in the middle of its half (left, right, height), moved but cut at the fold."""
    if number is None:
        return b""
    left, right, height = half
    name = page.add_resource(forms[number], Name.XObject, Name(f"/Page{number + 1}"))
    box = Rectangle(left + shift, 0, right + shift, height)
    drawn = page.calc_form_xobject_placement(
        forms[number], name, box, invert_transformations=True, allow_shrink=True, allow_expand=False
    )
    clip = f"q {left:.3f} 0 {right - left:.3f} {height:.3f} re W n\n"
    return clip.encode() + drawn + b"Q\n"


def _fold(middle: float, height: float) -> bytes:
    """Draw a hairline at both ends of the fold."""
    top = height - _TICK
    return (
        f"q .25 w .5 G {middle:.3f} 0 m {middle:.3f} {_TICK:.3f} l "
        f"{middle:.3f} {top:.3f} m {middle:.3f} {height:.3f} l S Q\n"
    ).encode()
