"""What no one should write, set well all the same: endless words, hundreds of notes."""

from pathlib import Path

import pytest

from diglot.compose.compose import compose
from diglot.config import Edition, Layout, Paper
from diglot.publish.fonts import find_typefaces
from diglot.publish.pdf import make_pdf
from tests.booklets.test_print import TYPE_AREA
from tests.booklets.text import pdf_pages, squeeze
from tests.builder import TinyProject
from tests.typeset.measure import Report, measure

pytestmark = pytest.mark.booklets

SENTENCE = "山高水长，京津冀协同发展，是重大国家战略。"
ENDLESS = SENTENCE.replace("。", "，") * 60 + SENTENCE
GLOSS = "The mountains are high and the rivers are long, and so on and so forth. "


def make(project: TinyProject, text: str, layout: Layout, paper: Paper = Paper.A5) -> Path:
    project.write("content/w/text.md", text)
    work = project.work()
    booklet = compose(work, Edition(name="x", layout=layout, paper=paper))
    typefaces = find_typefaces(booklet.script, work.info.fonts, work.folder)
    file = project.root / "x.pdf"
    file.write_bytes(make_pdf(booklet, project.project.templates(), typefaces, (), "0"))
    return file


def measured(file: Path, layout: Layout) -> Report:
    return measure(file, area=TYPE_AREA, justified=() if layout is Layout.INTERLINEAR else ("P",))


@pytest.mark.parametrize("layout", list(Layout))
def test_a_sentence_of_pages_and_a_word_without_a_break(
    project: TinyProject, layout: Layout
) -> None:
    text = (
        f"> # 山中 ^0\n\nHills\n\n> {ENDLESS} ^1\n\n{GLOSS * 60}\n\n"
        f"> 见{'x' * 300}等。 ^2\n\nSee {'y' * 300} etc.\n"
    )
    file = make(project, text, layout)
    assert [str(fault) for fault in measured(file, layout).faults] == []
    pages = "".join(squeeze(page) for page in pdf_pages(file))
    assert pages.count("冀") == 61
    assert pages.count("x") >= 300
    assert pages.count("y") >= 300


def test_five_hundred_notes_in_a_pair(project: TinyProject) -> None:
    marks = " ".join(f"word[^n{n}]" for n in range(500))
    notes = "\n".join(f"[^n{n}]: Note {n}.\n" for n in range(500))
    text = f"> # 山中 ^0\n\nHills\n\n> {SENTENCE} ^1\n\n{marks}\n\n{notes}"
    file = make(project, text, Layout.FACING)
    assert [str(fault) for fault in measured(file, Layout.FACING).faults] == []
    shown = "".join(squeeze(page) for page in pdf_pages(file))
    assert all(f"Note{n}." in shown for n in range(500))


@pytest.mark.parametrize("layout", [Layout.FACING, Layout.INTERLINEAR])
def test_the_smallest_paper(project: TinyProject, layout: Layout) -> None:
    text = f"> # 山中 ^0\n\nHills\n\n> {SENTENCE * 20} ^1\n\n{GLOSS * 20}\n"
    file = make(project, text, layout, Paper.A6)
    report = measure(file, justified=() if layout is Layout.INTERLINEAR else ("P",))
    assert [str(fault) for fault in report.faults] == []
