"""The cover of a printed book: as wide as its pages are many."""

from io import BytesIO

import pdfplumber
import pikepdf
import pytest
from pikepdf import Pdf

from diglot.config import Binding, Edition, Paper
from diglot.publish.impose import MM
from diglot.publish.jacket import Jacket, jacket_of
from tests.builder import TinyProject


@pytest.mark.parametrize(
    ("pages", "thickness", "spine"),
    [(1, 0.1, 0.1), (99, 0.1, 5.0), (100, 0.1, 5.0), (250, 0.08, 10)],
)
def test_a_spine_is_as_wide_as_the_leaves_are_thick(
    pages: int, thickness: float, spine: float
) -> None:
    edition = Edition(name="a", binding=Binding.GLUED, thickness=thickness)
    assert jacket_of(edition, pages) == Jacket(148, 210, spine)


def test_stapled_booklets_have_no_spine() -> None:
    assert jacket_of(Edition(name="a", paper=Paper.A6), 40) == Jacket(105, 148, 0)


def test_the_cover_of_an_edition_has_its_title_on_the_front_and_its_marks(
    project: TinyProject,
) -> None:
    project.write(
        "content/editions.toml",
        '[[edition]]\nname = "study"\nformats = ["cover"]\nbinding = "glued"\nthickness = 1\n'
        "bleed = 3\nmarks = true\n",
    )
    assert project.build().exit_code == 0
    made = (project.root / "output/w/w-study-cover.pdf").read_bytes()
    with Pdf.open(BytesIO(made)) as pdf:
        (page,) = pdf.pages
        left, bottom, right, top = (round(float(edge) / MM, 1) for edge in page.trimbox)
    spine = right - left - 2 * 148
    assert top - bottom == 210
    assert spine > 0
    with pdfplumber.open(BytesIO(made)) as pdf:
        title = [char for char in pdf.pages[0].chars if char["text"] in "山中"]
    front = [char for char in title if char["x0"] / MM > 148 + spine]
    assert [char["text"] for char in front] == ["山", "中"]


@pytest.mark.parametrize(("binding", "folds"), [("glued", 2), ("stapled", 1)])
def test_marks_say_where_a_cover_is_folded(binding: str, folds: int, project: TinyProject) -> None:
    project.write(
        "content/editions.toml",
        f'[[edition]]\nname = "study"\nformats = ["cover"]\nbinding = "{binding}"\n'
        "thickness = 1\nmarks = true\n",
    )
    assert project.build().exit_code == 0
    made = (project.root / "output/w/w-study-cover.pdf").read_bytes()
    with Pdf.open(BytesIO(made)) as pdf:
        (page,) = pdf.pages
        left, bottom, right, top = map(float, page.trimbox)
        drawn = list(pikepdf.parse_content_stream(page))
    points = [
        [float(str(value)) for value in each.operands]
        for each in drawn
        if str(each.operator) in ("m", "l")
    ]
    lines = zip(points[::2], points[1::2], strict=True)
    upright = [(x, start, end) for (x, start), (other, end) in lines if x == other]
    places = {round((x - left) / MM, 1) for x, _, _ in upright}
    width = round((right - left) / MM, 1)
    assert places == {0.0, 148.0, round(width - 148, 1), width}
    assert len(places) == 2 + folds
    assert all(max(y) < bottom or min(y) > top for _, *y in upright)
