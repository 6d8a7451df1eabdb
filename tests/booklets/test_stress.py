"""Sixty pages of what is hard to set, in every layout: nothing ragged, split, lone or beyond."""

import re
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest

from diglot.compose.compose import compose
from diglot.config import Edition, Layout
from diglot.publish.fonts import find_typefaces
from diglot.publish.pdf import make_pdf
from tests.booklets.test_print import TYPE_AREA
from tests.booklets.text import missing, pdf_pages, sentences, squeeze
from tests.builder import TinyProject
from tests.typeset import stress
from tests.typeset.measure import Line, Report, measure

pytestmark = pytest.mark.booklets

PAIRS = 180
LOW = 0.8 * TYPE_AREA.bottom
ENDS = re.compile(r"[。！？…”’]$")


@pytest.fixture(scope="module", params=list(Layout))
def stressed(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Layout, Path, list[str], Report]:
    layout = request.param
    project = TinyProject(tmp_path_factory.mktemp("stress"))
    project.write("content/w/text.md", stress.work(PAIRS))
    work = project.work()
    booklet = compose(work, Edition(name="x", layout=layout))
    typefaces = find_typefaces(booklet.script, work.info.fonts, work.folder)
    file = project.root / "x.pdf"
    file.write_bytes(make_pdf(booklet, project.project.templates(), typefaces, (), "0"))
    justified = () if layout is Layout.INTERLINEAR else ("P",)
    report = measure(file, area=TYPE_AREA, justified=justified)
    return layout, file, [s for s in sentences(booklet) if s], report


Stressed = tuple[Layout, Path, list[str], Report]


def test_lines_are_flush_and_nothing_is_split_outside_or_overlaid(stressed: Stressed) -> None:
    layout, _, _, report = stressed
    assert [str(fault) for fault in report.faults] == []
    assert layout is Layout.INTERLINEAR or report.justified > 80


def test_it_has_sixty_pages_and_none_is_blank_that_is_not_meant(stressed: Stressed) -> None:
    layout, file, _, _ = stressed
    pages = pdf_pages(file)
    # A page with nothing but the number of a pair is blank, too.
    blank = [n for n, page in enumerate(pages, 1) if not re.sub(r"\d", "", squeeze(page))]
    # The contents begin on a right page before facing ones, the text on a left one.
    assert len(blank) <= (2 if layout is Layout.FACING else 0)
    assert len(pages) >= (60 if layout is Layout.PARALLEL else 40)


def test_no_heading_stands_at_a_page_s_foot(stressed: Stressed) -> None:
    pages: dict[int, list[Line]] = {}
    for line in stressed[3].lines:
        pages.setdefault(line.page, []).append(line)
    lowest = {number: max(lines, key=lambda line: line.bottom) for number, lines in pages.items()}
    assert [str(line) for line in lowest.values() if line.tag in ("H2", "H3")] == []


def test_no_line_of_a_paragraph_stands_alone(stressed: Stressed) -> None:
    verse = re.compile(r"国破山河在|城春草木深")
    body = [x for x in stressed[3].chinese if x.tag == "P" and not verse.match(x.text)]
    blocks: dict[tuple[int, int], list[Line]] = {}
    for line in body:
        blocks.setdefault((line.page, line.block), []).append(line)
    # What is mostly Latin letters does not count as Chinese, and may stand between two blocks.
    tops = {line.page: line.block for line in reversed(stressed[3].lines) if line.tag == "P"}
    for before, after in pairwise(blocks.values()):
        follows = (after[0].page - 1, after[0].block) == (before[0].page, tops[after[0].page])
        goes_on = follows and not ENDS.search(before[-1].text)
        if goes_on and before[-1].bottom > LOW:
            assert len(before) > 1, before
            assert len(after) > 1, after


def test_no_line_of_a_gloss_stands_alone(stressed: Stressed) -> None:
    # Only there glosses go on overleaf: rows of columns do not, and facing pages are planned.
    if stressed[0] not in (Layout.INTERLEAVED, Layout.INTERLINEAR):
        return
    pages: dict[int, dict[int, list[Line]]] = {}
    for line in stressed[3].lines:
        if line.tag == "P" and not line.chinese:
            pages.setdefault(line.page, {}).setdefault(line.block, []).append(line)
    tops = {line.page: line for line in reversed(stressed[3].lines) if line.tag == "P"}
    for number, blocks in pages.items():
        before = max(blocks.values(), key=lambda block: block[-1].bottom)
        first = tops.get(number + 1)
        is_gloss = before[-1].size > 9  # words in lists are smaller
        if first is None or first.chinese or not is_gloss or before[-1].bottom < LOW:
            continue
        if not re.search(r"[.!?”’]$", before[-1].text):
            assert len(before) > 1, before
            assert len(pages[number + 1][first.block]) > 1, first


def test_text_is_whole(stressed: Stressed) -> None:
    layout, file, texts, _ = stressed
    pages = [squeeze(page) for page in pdf_pages(file)]
    if layout is Layout.FACING:
        first = next(n for n, page in enumerate(pages) if squeeze(texts[0]) in page and n > 2)
        assert missing(iter(texts[::2]), "".join(pages[first::2])) == []
        return
    assert missing(iter(texts), "".join(pages)) == []


def test_each_page_is_drawn(stressed: Stressed) -> None:
    with pypdfium2.PdfDocument(stressed[1]) as document:
        sizes = {tuple(map(round, page.get_size())) for page in document}
    assert sizes == {(420, 595)}
