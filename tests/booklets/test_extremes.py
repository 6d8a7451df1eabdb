"""What no one should write, set well all the same: endless words, hundreds of notes."""

import re
from pathlib import Path

import pytest

from diglot.compose.compose import compose
from diglot.config import Edition, GlossesAt, Layout, Paper
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


def make(
    project: TinyProject,
    text: str,
    layout: Layout,
    paper: Paper = Paper.A5,
    glosses_at: GlossesAt = GlossesAt.BACK,
) -> Path:
    project.write("content/w/text.md", text)
    work = project.work()
    booklet = compose(work, Edition(name="x", layout=layout, paper=paper, glosses_at=glosses_at))
    typefaces = find_typefaces(booklet.script, work.info.fonts, work.folder)
    file = project.root / "x.pdf"
    file.write_bytes(make_pdf(booklet, project.project.templates(), typefaces, (), "0"))
    return file


def measured(file: Path, layout: Layout) -> Report:
    return measure(file, area=TYPE_AREA, justified=() if layout is Layout.INTERLINEAR else ("P",))


def empty(pages: list[str], layout: Layout) -> list[int]:
    """The pages with nothing, or nothing but numbers, that are not meant to be so."""
    # The contents begin on a right page before facing ones, the text on a left one.
    meant = 2 if layout is Layout.FACING else 0
    return [n for n, page in enumerate(pages, 1) if not re.sub(r"\d", "", page)][meant:]


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
    pages = [squeeze(page) for page in pdf_pages(file)]
    assert empty(pages, layout) == []
    whole = "".join(pages)
    assert whole.count("冀") == 61
    assert whole.count("x") >= 300
    assert whole.count("y") >= 300


@pytest.mark.parametrize("layout", list(Layout))
def test_a_paragraph_of_twenty_pages(project: TinyProject, layout: Layout) -> None:
    count = 800 if layout is Layout.FACING else 500
    zh = "\n".join(f"> {SENTENCE}" for _ in range(count))
    en = "\n".join([GLOSS] * count)
    file = make(project, f"> # 山中 ^0\n\nHills\n\n{zh} ^1\n\n{en}\n", layout)
    assert [str(fault) for fault in measured(file, layout).faults] == []
    pages = [squeeze(page) for page in pdf_pages(file)]
    assert len(pages) > 20
    assert empty(pages, layout) == []
    assert "".join(pages).count("冀") == count


@pytest.mark.parametrize("layout", list(Layout))
def test_five_hundred_notes_in_a_pair(project: TinyProject, layout: Layout) -> None:
    marks = " ".join(f"word[^n{n}]" for n in range(500))
    notes = "\n".join(f"[^n{n}]: Note {n}.\n" for n in range(500))
    text = f"> # 山中 ^0\n\nHills\n\n> {SENTENCE} ^1\n\n{marks}\n\n{notes}"
    file = make(project, text, layout)
    assert [str(fault) for fault in measured(file, layout).faults] == []
    pages = [squeeze(page) for page in pdf_pages(file)]
    assert empty(pages, layout) == []
    assert all(f"Note{n}." in "".join(pages) for n in range(500))


@pytest.mark.parametrize("layout", [Layout.PARALLEL, Layout.INTERLEAVED])
def test_five_hundred_glosses_at_the_foot_of_a_sentence(
    project: TinyProject, layout: Layout
) -> None:
    # A word is two hanzi, which no other word has.
    words = [f"{chr(0x4E00 + n)}{chr(0x5E00 + n)}" for n in range(500)]
    rows = "\n".join(f"{word},shān,word number {n},,,{word}" for n, word in enumerate(words))
    project.write("content/w/glossary.csv", f"term,pinyin,english,pos,note,hant\n{rows}\n")
    zh = f"> {SENTENCE} ^1\n\nHills.\n\n> {'在'.join(words)}。 ^2"
    text = f"> # 山中 ^0\n\nHills\n\n{zh}\n\nAll.\n"
    file = make(project, text, layout, glosses_at=GlossesAt.FOOT)
    assert [str(fault) for fault in measured(file, layout).faults] == []
    pages = [squeeze(page) for page in pdf_pages(file)]
    glossary = next(n for n, page in enumerate(pages) if n > 2 and page.startswith("词汇表"))
    body = "".join(pages[:glossary])
    # A gloss may go on overleaf, where the other column comes first.
    assert sum(f"wordnumber{n}" not in body for n in range(500)) < glossary


@pytest.mark.parametrize("layout", [Layout.FACING, Layout.INTERLINEAR])
def test_the_smallest_paper(project: TinyProject, layout: Layout) -> None:
    text = f"> # 山中 ^0\n\nHills\n\n> {SENTENCE * 20} ^1\n\n{GLOSS * 20}\n"
    file = make(project, text, layout, Paper.A6)
    report = measure(file, justified=() if layout is Layout.INTERLINEAR else ("P",))
    assert [str(fault) for fault in report.faults] == []
