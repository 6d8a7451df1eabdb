"""Both works as books with helps on the page: what editions can ask for beyond the usual."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from pikepdf import NameTree, Page, Pdf

from diglot.compose.booklet import Entry, Row, row_id
from diglot.config import Layout
from diglot.pipeline import Job, plan
from diglot.project import Project
from diglot.publish.page import page_of
from tests.booklets.conftest import copy_project, run_build
from tests.booklets.text import squeeze, whole_pages
from tests.typeset.measure import Area, measure

pytestmark = pytest.mark.booklets

MM = 72 / 25.4
EDITIONS = """
[[edition]]
name = "foot"
script = "hans"
formats = ["pdf"]
glosses_at = "foot"
front = "full"
starts = "recto"
bleed = 3
marks = true
index = true
exercises = true

[[edition]]
name = "margin"
script = "hant"
layout = "interleaved"
paper = "B5"
formats = ["pdf"]
glosses_at = "margin"
glosses = "unknown"
known = ["hsk:1-4"]
once = "section"

[[edition]]
name = "spread"
script = "hant"
formats = ["pdf"]
glosses_at = "foot"
glosses = "unknown"
pinyin = "unknown"
known = ["hsk:1-4"]
once = "spread"
"""
WORKS = ("jingjinji-article", "jingjinji-quotations")


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = copy_project(tmp_path_factory.mktemp("books"))
    (project.content / "editions.toml").write_text(EDITIONS, encoding="utf-8")
    done = run_build(project)
    assert (done.returncode, done.stderr) == (0, "")
    return project


@pytest.fixture(scope="module")
def made(books: Project) -> Mapping[str, Job]:
    return {job.path: job for job in plan(books)}


def named(work: str, edition: str) -> str:
    return f"{work}/{work}-{edition}.pdf"


def starts(file: Path) -> Mapping[str, int]:
    """The page, from 0, on which each row begins."""
    with Pdf.open(file) as pdf:
        numbers = {page.objgen: number for number, page in enumerate(pdf.pages)}
        places = NameTree(pdf.Root.Names.Dests).items()
        return {str(name): numbers[Page(place[0]).objgen] for name, place in places}


def explained(job: Job) -> Iterator[tuple[str, Row, Entry]]:
    """Every word that a row explains, with the row and its id."""
    for section in job.booklet.sections:
        for block in section.blocks:
            for number, row in enumerate(block.rows):
                for gloss in row.glosses:
                    yield row_id(block.id, number), row, gloss


@pytest.mark.parametrize("edition", ["foot", "margin"])
@pytest.mark.parametrize("work", WORKS)
def test_every_word_is_explained_on_its_page(
    work: str, edition: str, books: Project, made: Mapping[str, Job]
) -> None:
    file = books.output / named(work, edition)
    pages, texts = starts(file), whole_pages(file)
    words = list(explained(made[named(work, edition)]))
    assert len(words) > 100
    # The margin of a sentence with dozens of words may go on overleaf.
    more = 1 if edition == "margin" else 0
    missing = [
        gloss.term
        for row, _, gloss in words
        if squeeze(f"{gloss.term}{gloss.pinyin}")
        not in squeeze("".join(texts[pages[row] : pages[row] + more + 1]))
    ]
    assert missing == []


@pytest.mark.parametrize("work", WORKS)
def test_every_word_is_explained_on_its_spread(
    work: str, books: Project, made: Mapping[str, Job]
) -> None:
    file, job = books.output / named(work, "spread"), made[named(work, "spread")]
    pages, texts = starts(file), whole_pages(file)
    words = list(explained(job))
    assert len(words) > 300
    missing = []
    for name, row, gloss in words:
        left = (pages[name] + 1) // 2 * 2 - 1  # pages are counted from 0, and the first is a recto
        # A sentence that no page holds goes on overleaf, and its glosses stand below it.
        more = 0 if page_of(job.booklet.edition).holds(row, Layout.PARALLEL) else 1
        shown = squeeze("".join(texts[max(left, 0) : left + 2 + more]))
        if squeeze(gloss.pinyin) not in shown:  # readings above words are not copied
            missing.append(gloss.term)
    assert missing == []


@pytest.mark.parametrize("work", WORKS)
def test_nothing_in_the_margin_overlaps_or_leaves_the_page(work: str, books: Project) -> None:
    area = Area(left=5 * MM, top=10 * MM, right=171 * MM, bottom=240 * MM)
    report = measure(books.output / named(work, "margin"), area=area)
    assert [str(fault) for fault in report.faults] == []


@pytest.mark.parametrize("work", WORKS)
def test_a_book_s_sections_begin_on_rectos_and_its_pages_fill_its_sheets(
    work: str, books: Project, made: Mapping[str, Job]
) -> None:
    file = books.output / named(work, "foot")
    pages = starts(file)
    booklet = made[named(work, "foot")].booklet
    assert [pages[section.key] % 2 for section in booklet.sections] == [0] * len(booklet.sections)
    with Pdf.open(file) as pdf:
        assert len(pdf.pages) % 4 == 0
        trims = {tuple(round(float(n) / MM, 1) for n in page.trimbox) for page in pdf.pages}
    assert trims == {(0, 0, 148, 210)}
