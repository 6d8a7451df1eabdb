"""The sheet to print first: both sides, as a user compares and measures them."""

from io import BytesIO

import pdfplumber
import pytest
from pikepdf import Pdf

from diglot.config import Sheet
from diglot.project import Project
from diglot.publish.impose import MM
from diglot.publish.print_test import make_print_test
from tests.builder import ROOT, TinyProject

EDGE = 6.5 * MM  # where printers do not print
TEMPLATES = Project(ROOT).templates()


@pytest.mark.parametrize("sheet", Sheet)
def test_flipped_on_the_short_edge_each_corner_has_its_number_on_both_sides(sheet: Sheet) -> None:
    height, width = (side * MM for side in sheet.size)
    corners = []
    with pdfplumber.open(BytesIO(make_print_test(sheet, TEMPLATES))) as pdf:
        for page in pdf.pages:
            assert (page.width, page.height) == pytest.approx((width, height))
            digits = [char for char in page.chars if char["size"] > 20]
            corners.append(
                {(c["x0"] > width / 2, c["top"] > height / 2): c["text"] for c in digits}
            )
    front, back = corners
    assert set(front.values()) == set("1234")
    assert back == {(not right, low): number for (right, low), number in front.items()}


@pytest.mark.parametrize("sheet", Sheet)
def test_both_sides_have_two_rulers_of_100_mm_and_nothing_is_cut_off(sheet: Sheet) -> None:
    with pdfplumber.open(BytesIO(make_print_test(sheet, TEMPLATES))) as pdf:
        for page in pdf.pages:
            lengths = [(round(o["width"] / MM, 1), round(o["height"] / MM, 1)) for o in page.lines]
            assert (100, 0) in lengths
            assert (0, 100) in lengths
            for thing in (*page.lines, *page.chars):
                assert thing["x0"] > EDGE
                assert thing["x1"] < page.width - EDGE
                assert thing["top"] > EDGE
                assert thing["bottom"] < page.height - EDGE


def test_it_asks_to_be_printed_as_booklets_do() -> None:
    with Pdf.open(BytesIO(make_print_test(Sheet.A4, TEMPLATES))) as pdf:
        assert str(pdf.Root.ViewerPreferences.Duplex) == "/DuplexFlipShortEdge"
        assert str(pdf.Root.ViewerPreferences.PrintScaling) == "/None"


def test_it_is_the_same_on_every_run() -> None:
    assert make_print_test(Sheet.A4, TEMPLATES) == make_print_test(Sheet.A4, TEMPLATES)


def test_the_command_writes_it_to_the_output_folder(project: TinyProject) -> None:
    result = project.run("print-test", "--sheet", "letter")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == (
        "output/print-test-letter.pdf: "
        "print it on both sides, flipped on the short edge, at 100 %\n"
    )
    written = project.project.output / "print-test-letter.pdf"
    assert written.read_bytes() == make_print_test(Sheet.LETTER, TEMPLATES)
