"""Imposition: fold the printed sheets, and the pages are in order."""

from io import BytesIO

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pikepdf import Dictionary, Name, Pdf

from diglot.config import Sheet
from diglot.publish.impose import MM, Side, impose, sides

A5 = (148 * MM, 210 * MM)


def book(count: int, size: tuple[float, float] = A5) -> bytes:
    """A PDF whose n-th page says n, 100 points from its left and lower edge."""
    with Pdf.new() as pdf:
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        for number in range(1, count + 1):
            page = pdf.add_blank_page(page_size=size)
            page.obj.Resources = Dictionary(Font=Dictionary(F=font))
            page.obj.Contents = pdf.make_stream(f"BT /F 20 Tf 100 100 Td ({number}) Tj ET".encode())
        pdf.docinfo["/Title"] = "In the Mountains"
        out = BytesIO()
        pdf.save(out, deterministic_id=True)
    return out.getvalue()


def shown(data: bytes) -> list[list[tuple[str, float]]]:
    """The numbers on each side of the sheets, with the left edge of each, from left to right."""
    found = []
    with pypdfium2.PdfDocument(data) as pdf:
        for page in pdf:
            text = page.get_textpage()
            rects = [text.get_rect(n) for n in range(text.count_rects())]
            words = [(text.get_text_bounded(*rect).strip(), rect[0]) for rect in rects]
            found.append(sorted(words, key=lambda word: word[1]))
    return found


def folded(printed: list[Side], signature: int) -> list[int | None]:
    """Fold sheets as a person does, signature by signature, and leaf through them."""
    order: list[int | None] = []
    sheets = [(printed[n], printed[n + 1]) for n in range(0, len(printed), 2)]
    size = signature // 4 or len(sheets)
    for start in range(0, len(sheets), size):
        nested = sheets[start : start + size]
        for front, back in nested:  # down into the middle: right halves
            order += [front.right, back.left]
        for front, back in reversed(nested):  # and up again: left halves
            order += [back.right, front.left]
    return order


@pytest.mark.parametrize(
    ("count", "signature", "expected"),
    [
        (1, 0, [(None, 0), (None, None)]),
        (4, 0, [(3, 0), (1, 2)]),
        (6, 0, [(None, 0), (1, None), (5, 2), (3, 4)]),
        (8, 0, [(7, 0), (1, 6), (5, 2), (3, 4)]),
        (8, 4, [(3, 0), (1, 2), (7, 4), (5, 6)]),
        (10, 8, [(7, 0), (1, 6), (5, 2), (3, 4), (None, 8), (9, None)]),
    ],
)
def test_what_stands_on_each_side(
    count: int, signature: int, expected: list[tuple[int | None, int | None]]
) -> None:
    assert [(side.left, side.right) for side in sides(count, signature)] == expected


@given(st.integers(1, 200), st.sampled_from([0, 4, 8, 12, 16, 32]))
def test_folded_sheets_have_every_page_once_in_order_and_blanks_at_the_end(
    count: int, signature: int
) -> None:
    leafed = folded(list(sides(count, signature)), signature)
    assert leafed == [*range(count), *[None] * (-count % 4)]


def test_pages_keep_their_size_in_the_middle_of_their_half_and_creep_to_the_fold() -> None:
    fronts = shown(impose(book(8), Sheet.A4, creep=1))[::2]
    half = 297 / 2 * MM
    margin = (half - A5[0]) / 2
    assert [[word for word, _ in side] for side in fronts] == [["8", "1"], ["6", "3"]]
    for depth, side in enumerate(fronts):
        (_, left), (_, right) = side
        assert left == pytest.approx(margin + 100 + depth * MM, abs=2.5)
        assert right == pytest.approx(half + margin + 100 - depth * MM, abs=2.5)


def test_a_page_too_large_for_its_half_is_scaled_down_and_none_is_enlarged() -> None:
    for sheet, scale in ((Sheet.A3, 1.0), (Sheet.LETTER, 0.941)):
        ((_, (word, left)), _) = shown(impose(book(4), sheet))
        height, width = (side * MM for side in sheet.size)
        margin = (width / 2 - A5[0] * scale) / 2
        assert word == "1"
        assert left == pytest.approx(width / 2 + margin + 100 * scale, abs=3)
        assert height < width


def test_the_sheets_ask_to_be_printed_as_a_booklet_and_keep_the_title() -> None:
    with Pdf.open(BytesIO(impose(book(4), Sheet.A4))) as pdf:
        wishes = pdf.Root.ViewerPreferences
        assert str(wishes.Duplex) == "/DuplexFlipShortEdge"
        assert str(wishes.PrintScaling) == "/None"
        assert pdf.docinfo["/Title"] == "In the Mountains"
        assert [float(n) for n in pdf.pages[0].mediabox] == pytest.approx(
            [0, 0, 297 * MM, 210 * MM], abs=0.01
        )


def test_the_same_pages_give_the_same_bytes() -> None:
    assert impose(book(13), Sheet.A4) == impose(book(13), Sheet.A4)
