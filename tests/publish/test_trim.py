"""What a printing house asks of a PDF: bleed, crop marks, whole signatures."""

from io import BytesIO

import pytest
from pikepdf import Pdf

from diglot.config import Edition, Front, Sheet
from diglot.publish.impose import MM, impose
from diglot.publish.trim import trim
from tests.publish.test_impose import book, numbers, placed, shown


def boxes(data: bytes, name: str) -> list[list[float]]:
    """A box of each page, in millimetres."""
    with Pdf.open(BytesIO(data)) as pdf:
        return [[round(float(edge) / MM, 2) for edge in getattr(page, name)] for page in pdf.pages]


def test_a_booklet_that_asks_for_nothing_stays_as_it_is() -> None:
    data = book(5)
    assert trim(data, Edition(name="a")) is data


@pytest.mark.parametrize(
    ("pages", "signature", "expected"), [(5, 0, 8), (8, 0, 8), (9, 16, 16), (17, 16, 32)]
)
def test_with_full_front_matter_blank_pages_fill_the_last_signature(
    pages: int, signature: int, expected: int
) -> None:
    finished = trim(book(pages), Edition(name="a", front=Front.FULL, signature=signature))
    assert shown(finished) == [[str(n + 1)] if n < pages else [] for n in range(expected)]


def test_the_trimmed_page_stands_inside_its_bleed() -> None:
    finished = trim(book(2, (154, 216)), Edition(name="a", bleed=3))
    assert boxes(finished, "trimbox") == [[3, 3, 151, 213]] * 2
    assert boxes(finished, "bleedbox") == boxes(finished, "mediabox") == [[0, 0, 154, 216]] * 2


@pytest.mark.parametrize(("bleed", "offset"), [(0, 3), (3, 3), (5, 5)])
def test_crop_marks_lead_to_the_corners_and_stand_outside_the_bleed(
    bleed: int, offset: int
) -> None:
    size = (148 + 2 * bleed, 210 + 2 * bleed)
    finished = trim(book(1, size), Edition(name="a", bleed=bleed, marks=True))
    room = offset + 5
    (media,) = boxes(finished, "mediabox")
    assert media == [bleed - room, bleed - room, 148 + bleed + room, 210 + bleed + room]
    with Pdf.open(BytesIO(finished)) as pdf:
        lines = zip(numbers(pdf.pages[0], "m"), numbers(pdf.pages[0], "l"), strict=True)
        marks = {
            tuple(round(end / MM - bleed, 1) for end in (*start, *end)) for start, end in lines
        }
    assert marks == {
        *((-offset, y, -room, y) for y in (0, 210)),
        *((148 + offset, y, 148 + room, y) for y in (0, 210)),
        *((x, -offset, x, -room) for x in (0, 148)),
        *((x, 210 + offset, x, 210 + room) for x in (0, 148)),
    }


def test_marks_are_no_text_to_readers_of_tagged_pdf() -> None:
    with Pdf.open(BytesIO(trim(book(1), Edition(name="a", marks=True)))) as pdf:
        drawn = b"".join(content.read_bytes() for content in pdf.pages[0].Contents)
    assert b"/Artifact <</Type /Page>> BDC q .25 w" in drawn


def test_an_imposed_booklet_has_the_trimmed_pages_without_marks() -> None:
    finished = trim(book(4, (154, 216)), Edition(name="a", bleed=3, marks=True))
    with Pdf.open(BytesIO(impose(finished, Sheet.A4))) as pdf:
        assert placed(pdf.pages[0]) == [(1, -2.75, -3), (1, 145.75, -3)]


def test_the_same_pages_give_the_same_bytes() -> None:
    edition = Edition(name="a", front=Front.FULL, bleed=3, marks=True)
    assert trim(book(5), edition) == trim(book(5), edition)
