"""What stands behind facing pages: exercises, changes since a release, the key."""

import re
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
import pytest
from click.testing import CliRunner

from diglot.cli import main
from diglot.compose.booklet import Booklet
from diglot.compose.compose import compose
from diglot.config import Edition, Layout
from diglot.model import Script
from diglot.project import Project
from diglot.publish.fonts import find_typefaces
from diglot.publish.pdf import make_pdf
from tests.booklets.conftest import copy_project
from tests.booklets.text import pdf_pages, squeeze
from tests.typeset.measure import Area, measure

pytestmark = pytest.mark.booklets

WORK = "jingjinji-article"
MM = 72 / 25.4
TYPE_AREA = Area(left=4 * MM, top=16.5 * MM, right=134.2 * MM, bottom=192 * MM + 1)
PLAIN = Edition(name="facing", layout=Layout.FACING, script=Script.HANT_TW)
FULL = Edition(
    name="facing", layout=Layout.FACING, script=Script.HANT_TW, exercises=True, changes="2019"
)
PARTS = ("Exercises", "Glossary", "Notes", "Changes", "Key to the exercises", "Colophon")
OLD, NEW = "为先头", "为核心"


@dataclass(frozen=True)
class Made:
    """An edition: what it shows, its PDF, and that PDF's pages."""

    booklet: Booklet
    file: Path
    pages: list[str]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Made]:
    """The article, which was released with two other words, without and with all of it."""
    folder = tmp_path_factory.mktemp("behind")
    project = copy_project(folder)
    text = folder / "content" / WORK / "text.md"
    now = text.read_text("utf-8")
    text.write_text(now.replace(NEW, OLD, 1), "utf-8")
    ran = CliRunner().invoke(main, ["-C", str(folder), "release", "2019", WORK])
    assert ran.exit_code == 0, ran.output
    text.write_text(now, "utf-8")
    return {"plain": print_out(project, PLAIN), "full": print_out(project, FULL)}


def print_out(project: Project, edition: Edition) -> Made:
    work = project.work(WORK)
    booklet = compose(work, edition)
    typefaces = find_typefaces(booklet.script, work.info.fonts, work.folder)
    file = project.root / f"{len(booklet.lessons)}.pdf"
    file.write_bytes(make_pdf(booklet, project.templates(), typefaces, (), "0"))
    return Made(booklet, file, pdf_pages(file))


def begins(file: Path) -> dict[str, int]:
    """The page on which each part of a PDF begins, by its bookmarks, from 1."""
    with pypdfium2.PdfDocument(file) as pdf:
        marks = [mark for mark in pdf.get_toc() if mark.level == 0]
        return {
            re.sub(r"^[^A-Z]+", "", mark.get_title()): dest.get_index() + 1
            for mark in marks
            if (dest := mark.get_dest())
        }


def test_the_text_stands_on_its_spreads_as_without_them(made: dict[str, Made]) -> None:
    plain, full = made["plain"], made["full"]
    end = begins(full.file)["Exercises"]
    assert begins(plain.file)["Glossary"] == end
    assert full.pages[3 : end - 1] == plain.pages[3 : end - 1]


def test_they_stand_behind_it_in_order_where_the_contents_say(made: dict[str, Made]) -> None:
    full = made["full"]
    starts = begins(full.file)
    assert [name for name in starts if name in PARTS] == list(PARTS)
    assert sorted(starts.values()) == list(starts.values())
    contents = squeeze(full.pages[2])
    for name in PARTS:
        assert re.search(rf"{squeeze(name)}\.*{starts[name]}(?!\d)", contents), name


def test_every_exercise_and_every_answer_is_printed(made: dict[str, Made]) -> None:
    full = made["full"]
    starts = begins(full.file)
    asked = squeeze("".join(full.pages[starts["Exercises"] - 1 : starts["Glossary"] - 1]))
    key = squeeze("".join(full.pages[starts["Key to the exercises"] - 1 :]))
    assert len(full.booklet.lessons) == 4
    for lesson in full.booklet.lessons:
        assert lesson.matching
        assert all(squeeze(term) in asked for term in lesson.matching.terms)
        for number, gap in enumerate(lesson.gaps, 1):
            assert squeeze(f"{gap.before}＿＿＿＿{gap.after}") in asked
            assert f"{number}{gap.word}" in key
        assert all(squeeze(each.zh) in key for each in lesson.translations)


def test_what_changed_is_told_in_the_edition_s_script(made: dict[str, Made]) -> None:
    full = made["full"]
    starts = begins(full.file)
    told = squeeze("".join(full.pages[starts["Changes"] - 1 : starts["Key to the exercises"] - 1]))
    assert "Since2019" in told
    assert "先頭" in told
    assert "核心" in told


def test_no_line_of_them_is_set_against_the_rules(made: dict[str, Made]) -> None:
    # Exercises are ragged, and indented by their numbers.
    faults = measure(made["full"].file, area=TYPE_AREA).faults
    assert [str(fault) for fault in faults if fault.kind not in ("ragged", "outside")] == []
