"""Which pages or sheets to print again after an edit."""

from io import BytesIO

import pypdfium2
import pytest
from click.testing import CliRunner
from pikepdf import Dictionary, Name, Pdf

from diglot.cli import main
from diglot.config import Sheet
from diglot.errors import DiglotError
from diglot.publish.impose import impose
from diglot.publish.reprint import Reprint, only, reprint
from tests.builder import TinyProject


def book(*pages: str, producer: str = "") -> bytes:
    """A PDF with a text on each page."""
    with Pdf.new() as pdf:
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        for text in pages:
            page = pdf.add_blank_page(page_size=(420, 595))
            page.obj.Resources = Dictionary(Font=Dictionary(F=font))
            page.obj.Contents = pdf.make_stream(f"BT /F 11 Tf 50 400 Td ({text}) Tj ET".encode())
        pdf.docinfo["/Producer"] = producer
        out = BytesIO()
        pdf.save(out, deterministic_id=True)
    return out.getvalue()


def booklet(*pages: str) -> bytes:
    return impose(book(*pages), Sheet.A4)


def test_pages_that_look_the_same_are_not_printed_again() -> None:
    old, new = book("a", "b", producer="one"), book("a", "b", producer="another")
    assert old != new
    assert reprint(old, new) == Reprint(booklet=False, numbers=(), count=2, gone=0)


def test_a_changed_comma_is_seen() -> None:
    assert reprint(book("a", "one two", "c"), book("a", "one, two", "c")).numbers == (2,)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("abc", "abcd", Reprint(booklet=False, numbers=(4,), count=4, gone=0)),
        ("abcd", "ab", Reprint(booklet=False, numbers=(), count=2, gone=2)),
        ("abcd", "axbc", Reprint(booklet=False, numbers=(2, 3, 4), count=4, gone=0)),
    ],
)
def test_pages_are_compared_at_their_place(old: str, new: str, expected: Reprint) -> None:
    assert reprint(book(*old), book(*new)) == expected


def test_of_a_booklet_the_sheets_are_named_on_whichever_side_the_change_is() -> None:
    # The first sheet has pages 1, 2, 11 and 12; the second 3, 4, 9 and 10.
    old = booklet(*"abcdefghijkl")
    assert reprint(old, booklet(*"abcdefghijkX")).numbers == (1,)
    assert reprint(old, booklet(*"abcXefghijkl")).numbers == (2,)
    assert reprint(old, booklet(*"abcdefXhijkl")).numbers == (3,)


def test_changed_sheets_are_written_ready_to_print() -> None:
    new = booklet(*"abcdefghijkX")
    sheets = only(new, [1, 3])
    with pypdfium2.PdfDocument(sheets) as pdf:
        shown = [page.get_textpage().get_text_range().split() for page in pdf]
    assert shown == [["X", "a"], ["b", "k"], ["h", "e"], ["f", "g"]]
    with Pdf.open(BytesIO(sheets)) as pdf:
        assert str(pdf.Root.ViewerPreferences.Duplex) == "/DuplexFlipShortEdge"
    assert only(new, [1, 3]) == sheets


def test_w_020_what_is_no_pdf() -> None:
    with pytest.raises(DiglotError) as caught:
        reprint(b"no", book("a"), ("old.pdf", "new.pdf"))
    said = str(caught.value)
    assert said.startswith("old.pdf: error w-020: this is no PDF that can be read: ")
    assert said.endswith(
        "\n  Hint: Name a PDF that diglot build made, and an earlier one of the same edition."
    )


def test_w_021_pages_are_not_compared_with_sheets() -> None:
    with pytest.raises(DiglotError) as caught:
        reprint(book("a"), booklet("a"), ("old.pdf", "new.pdf"))
    assert str(caught.value) == (
        "error w-021: old.pdf and new.pdf cannot be compared: only one of them is a booklet\n"
        "  Hint: Compare two files whose names end in -booklet.pdf, or two that do not."
    )


def test_the_command_names_the_sheets_and_writes_them(project: TinyProject) -> None:
    project.write("old-booklet.pdf", booklet(*"abcdefghijkl"))
    project.write("new-booklet.pdf", booklet(*"abcdefXhijkl"))
    files = [str(project.root / f"{name}-booklet.pdf") for name in ("old", "new")]
    target = project.root / "again.pdf"
    done = CliRunner().invoke(main, ["reprint", *files, "--write", str(target)])
    assert done.exit_code == 0
    assert done.output == (
        "sheets to print again: 3 (of 3)\n"
        f"{target}: print it on both sides, flipped on the short edge, at 100 %\n"
    )
    assert len(pypdfium2.PdfDocument(target)) == 2


def test_the_command_names_pages(project: TinyProject) -> None:
    project.write("old.pdf", book(*"abcdef"))
    project.write("new.pdf", book(*"aXXXe"))
    files = [str(project.root / f"{name}.pdf") for name in ("old", "new")]
    assert CliRunner().invoke(main, ["reprint", *files]).output == (
        "pages to print again: 2–4 (of 5)\npages of the earlier one to take out at its end: 1\n"
    )
