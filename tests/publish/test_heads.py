"""What stands at the head of a page and behind a word: short enough for its place."""

import pytest

from diglot.compose.booklet import Entry
from diglot.compose.compose import compose
from diglot.config import Edition
from diglot.publish.render import fill, short
from tests.builder import ROOT, TinyProject

LONG = (
    "京津冀作为引领全国高质量发展的三大重要动力源之一，要在实现高水平科技自立自强中发挥示范带动作用"
)


@pytest.mark.parametrize(
    ("most", "expected"),
    [
        (60, LONG),
        (44, "京津冀作为引领全国高质量发展的三大重要动力源之一……"),
        (12, "京津冀作为引领全国高……"),
    ],
)
def test_a_long_heading_is_cut_after_a_clause(most: int, expected: str) -> None:
    assert short(LONG, most) == expected
    assert len(short(LONG, most)) <= most


@pytest.mark.parametrize(
    ("level", "shown"), [(0, ""), (3, "\xa0·\xa0HSK\xa03"), (7, "\xa0·\xa0HSK\xa07+")]
)
def test_a_word_s_level_does_not_look_like_a_note(
    level: int, shown: str, project: TinyProject
) -> None:
    entry = Entry("a", "山", "山", "shān", "hill", "", (), ("1",), 0, level=level)
    source = '{% import "macros.html.j2" as set with context %}{{ set.grade(entry) }}'
    macros = (ROOT / "templates/macros.html.j2").read_text("utf-8")
    booklet = compose(project.work(), Edition(name="study"))
    templates = {"print/x.j2": source, "macros.html.j2": macros}
    page = fill("print/x.j2", templates, booklet=booklet, entry=entry)
    assert page.replace("&nbsp;", "\xa0") == shown
