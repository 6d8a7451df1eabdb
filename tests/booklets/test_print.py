"""What a PDF must be beyond its text: a well set, tagged book with outline, metadata, languages."""

import re
from collections.abc import Mapping
from pathlib import Path

import pdfplumber
import pypdfium2
import pytest
from pikepdf import NameTree, Page, Pdf

from diglot.numbers import ranges
from diglot.pairs.inline import plain
from diglot.pipeline import Job
from diglot.project import Project
from tests.booklets.test_text_is_whole import ARTIFACTS
from tests.booklets.text import pdf_pages, squeeze
from tests.typeset.measure import Area, measure

pytestmark = pytest.mark.booklets

MM = 72 / 25.4
PDFS = [path for path in ARTIFACTS if path.endswith(".pdf")]
# A5 with 14 mm and 16 mm at the sides, whichever is outer; pair numbers hang 10 mm to the left.
TYPE_AREA = Area(left=4 * MM, top=16.5 * MM, right=134.2 * MM, bottom=193 * MM)


@pytest.mark.parametrize("path", PDFS)
def test_chinese_lines_are_flush_and_nothing_stands_outside_the_type_area(
    path: str, library: Project
) -> None:
    report = measure(library.output / path, area=TYPE_AREA)
    assert [str(fault) for fault in report.faults] == []
    assert report.justified > 30


@pytest.mark.parametrize("path", PDFS)
def test_the_outline_leads_to_every_section(
    path: str, library: Project, jobs: Mapping[str, Job]
) -> None:
    booklet = jobs[path].booklet
    with pypdfium2.PdfDocument(library.output / path) as document:
        outline = {mark.get_title(): mark.get_dest().get_index() for mark in document.get_toc()}
        pages = [page.get_textpage().get_text_range() for page in document]
    headings = [section.heading for section in booklet.sections if section.heading]
    assert len(outline) == len(headings) + 3
    for heading in headings:
        title = f"{heading.zh} {plain(heading.en)}"
        assert heading.zh[:8] in pages[outline[title]].replace("\r\n", "")


@pytest.mark.parametrize("path", PDFS)
def test_contents_name_the_pages_on_which_sections_begin(path: str, library: Project) -> None:
    with pypdfium2.PdfDocument(library.output / path) as document:
        starts = [mark.get_dest().get_index() + 1 for mark in document.get_toc()]
        contents = document[1].get_textpage().get_text_range()
    named = [int(line.rpartition(".")[2]) for line in contents.splitlines() if " . " in line]
    assert named == starts


@pytest.mark.parametrize("path", PDFS)
def test_the_glossary_names_the_pages_on_which_a_term_stands(
    path: str, library: Project, jobs: Mapping[str, Job]
) -> None:
    with Pdf.open(library.output / path) as pdf:
        numbers = {page.objgen: number for number, page in enumerate(pdf.pages, 1)}
        names = NameTree(pdf.Root.Names.Dests)
        pages = {name: numbers[Page(place[0]).objgen] for name, place in names.items()}
    text = squeeze("".join(pdf_pages(library.output / path)))
    for entry in (entry for group in jobs[path].booklet.glossary for entry in group):
        listed = ranges(pages[row] for row in entry.rows)
        entered = re.escape(squeeze(f"{entry.term}{entry.pinyin}"))
        assert re.search(rf"{entered}[^→]*→{re.escape(squeeze(listed))}(?![\d,–])", text), (
            entry.term
        )


@pytest.mark.parametrize("path", PDFS)
def test_metadata_name_the_work_in_both_languages(
    path: str, library: Project, jobs: Mapping[str, Job]
) -> None:
    titles = jobs[path].booklet.titles
    with pypdfium2.PdfDocument(library.output / path) as document:
        metadata = document.get_metadata_dict()
    assert titles.zh in metadata["Title"]
    assert "Beijing–Tianjin–Hebei" in metadata["Title"]
    assert "the Diglot contributors" in metadata["Author"]
    assert metadata["CreationDate"] == ""


@pytest.mark.parametrize("path", PDFS)
def test_languages_are_declared_for_the_book_and_its_runs(path: str, library: Project) -> None:
    with pdfplumber.open(library.output / path) as pdf:
        assert (
            pdf.doc.catalog["Lang"].decode().startswith("zh-Hant" if "hant" in path else "zh-Hans")
        )
        assert pdf.doc.catalog["MarkInfo"]["Marked"]
        languages = set(_languages(pdf.structure_tree))
    assert {"en", "zh-Latn-pinyin"} <= languages


def _languages(elements: list[dict[str, object]]) -> list[str]:
    found = []
    for element in elements:
        found += [str(element["lang"])] if "lang" in element else []
        found += _languages(element.get("children", []))  # type: ignore[arg-type]  # a tree
    return found


@pytest.mark.parametrize("path", PDFS)
def test_only_the_declared_faces_are_embedded(path: str, library: Project) -> None:
    with pdfplumber.open(library.output / path) as pdf:
        fonts = {char["fontname"].partition("+")[2] for page in pdf.pages for char in page.chars}
    region = "TC" if "hant" in path else "SC"
    assert {font for font in fonts if "CJK" in font} <= {
        f"Noto-Serif-CJK-{region}",
        f"Noto-Serif-CJK-{region}-Bold",
    }
    assert {font.partition("-")[0] for font in fonts if "CJK" not in font} <= {"Latin"}


def test_a_page_that_names_what_was_not_declared_is_refused(tmp_path: Path) -> None:
    from diglot.errors import DiglotError
    from diglot.publish.setting import write_pdf

    secret = tmp_path / "secret.png"
    secret.write_bytes(b"secret")
    for address in (secret.as_uri(), "http://127.0.0.1:9/x.png", "asset:../../etc/passwd"):
        page = f'<html lang="en"><title>t</title><img alt="a" src="{address}">'
        with pytest.raises(DiglotError) as caught:
            write_pdf(page, (), frozenset())
        assert [problem.code for problem in caught.value.problems] == ["r-007"]
