"""Imposition: fold the printed sheets, and the pages are in order."""

from io import BytesIO

import pdfplumber
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pikepdf import Dictionary, Name, Page, Pdf, parse_content_stream

from diglot.config import Sheet
from diglot.publish.impose import MM, Side, impose, sides

A5 = (148.0, 210.0)


def book(count: int, paper: tuple[float, float] = A5) -> bytes:
    """A PDF on this paper (millimetres) whose n-th page says n."""
    size = (paper[0] * MM, paper[1] * MM)
    with Pdf.new() as pdf:
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        for number in range(1, count + 1):
            page = pdf.add_blank_page(page_size=size)
            page.obj.Resources = Dictionary(Font=Dictionary(F=font))
            page.obj.Contents = pdf.make_stream(f"BT /F 20 Tf 100 100 Td ({number}) Tj ET".encode())
        pdf.Root.Lang = "zh-Hans"
        pdf.docinfo["/Title"] = "In the Mountains"
        out = BytesIO()
        pdf.save(out, deterministic_id=True)
    return out.getvalue()


def shown(data: bytes) -> list[list[str]]:
    """The numbers on each side of the sheets, from left to right."""
    with pypdfium2.PdfDocument(data) as pdf:
        return [page.get_textpage().get_text_range().split() for page in pdf]


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


def numbers(side: Page, operator: str) -> list[list[float]]:
    """What an operator is called with on a side."""
    calls = [call for call in parse_content_stream(side) if str(call.operator) == operator]
    return [[float(number) for number in call.operands] for call in calls]


def placed(side: Page) -> list[tuple[float, ...]]:
    """How each page on a side is scaled, and where its lower left corner stands in millimetres."""
    matrices = numbers(side, "cm")
    assert all(across == up and slant == lean == 0 for across, slant, lean, up, *_ in matrices)
    return [(round(up, 4), round(x / MM, 2), round(y / MM, 2)) for *_, up, x, y in matrices]


@pytest.mark.parametrize(
    ("paper", "sheet", "expected"),
    [
        ((105, 148), Sheet.A5, [(1, 0, 0), (1, 105, 0)]),
        ((148, 210), Sheet.A4, [(1, 0.25, 0), (1, 148.75, 0)]),
        ((176, 250), Sheet.B4, [(1, 0.25, 0), (1, 176.75, 0)]),
        ((210, 297), Sheet.A3, [(1, 0, 0), (1, 210, 0)]),
        ((139.7, 215.9), Sheet.LETTER, [(1, 0, 0), (1, 139.7, 0)]),
        ((215.9, 279.4), Sheet.TABLOID, [(1, 0, 0), (1, 215.9, 0)]),
        ((148, 210), Sheet.A3, [(1, 31, 43.5), (1, 241, 43.5)]),
        ((148, 210), Sheet.LETTER, [(0.9439, 0, 8.84), (0.9439, 139.7, 8.84)]),
        ((176, 250), Sheet.A4, [(0.84, 0.33, 0), (0.84, 148.83, 0)]),
    ],
)
def test_a_page_stands_at_its_size_in_the_middle_of_its_half_scaled_down_if_need_be(
    paper: tuple[float, float], sheet: Sheet, expected: list[tuple[float, ...]]
) -> None:
    with Pdf.open(BytesIO(impose(book(4, paper), sheet))) as pdf:
        for side in pdf.pages:
            short, long = sheet.size
            assert [float(n) / MM for n in side.mediabox] == pytest.approx([0, 0, long, short])
            assert side.get("/Rotate", 0) == 0
            assert placed(side) == expected


def test_each_sheet_s_pages_stand_nearer_to_the_fold_than_those_around_it() -> None:
    with Pdf.open(BytesIO(impose(book(16), Sheet.A4, signature=12, creep=0.5))) as pdf:
        lefts = [placed(side)[0][1] for side in pdf.pages]
        rights = [placed(side)[1][1] for side in pdf.pages]
    assert lefts == [0.25, 0.25, 0.75, 0.75, 1.25, 1.25, 0.25, 0.25]
    assert rights == [148.75, 148.75, 148.25, 148.25, 147.75, 147.75, 148.75, 148.75]


def test_no_page_reaches_over_the_fold() -> None:
    with Pdf.open(BytesIO(impose(book(8), Sheet.A4, creep=1))) as pdf:
        clips = [
            [round(n / MM, 2) for n in clip] for side in pdf.pages for clip in numbers(side, "re")
        ]
    assert clips == [[0, 0, 148.5, 210], [148.5, 0, 148.5, 210]] * 4


def test_the_fold_is_marked_on_the_outside_of_each_signature_in_the_margins_only() -> None:
    marks = []
    with pdfplumber.open(BytesIO(impose(book(16), Sheet.A4, signature=8))) as pdf:
        for number, side in enumerate(pdf.pages):
            marks += [
                (number, *(round(line[edge] / MM, 1) for edge in ("x0", "x1", "top", "bottom")))
                for line in side.lines
            ]
    assert marks == [
        *((0, 148.5, 148.5, 203, 210), (0, 148.5, 148.5, 0, 7)),
        *((4, 148.5, 148.5, 203, 210), (4, 148.5, 148.5, 0, 7)),
    ]


@pytest.mark.parametrize(("count", "signature"), [(1, 0), (7, 0), (8, 4), (21, 8), (40, 16)])
def test_the_text_of_the_sides_is_that_of_their_pages(count: int, signature: int) -> None:
    expected = [
        [str(number + 1) for number in (side.left, side.right) if number is not None]
        for side in sides(count, signature)
    ]
    assert shown(impose(book(count), Sheet.A4, signature=signature)) == expected


def test_the_sheets_ask_to_be_printed_as_a_booklet_and_keep_title_and_language() -> None:
    with Pdf.open(BytesIO(impose(book(4), Sheet.A4))) as pdf:
        wishes = pdf.Root.ViewerPreferences
        assert str(wishes.Duplex) == "/DuplexFlipShortEdge"
        assert str(wishes.PrintScaling) == "/None"
        assert pdf.docinfo["/Title"] == "In the Mountains"
        assert str(pdf.Root.Lang) == "zh-Hans"


def test_the_same_pages_give_the_same_bytes() -> None:
    assert impose(book(13), Sheet.A4) == impose(book(13), Sheet.A4)
