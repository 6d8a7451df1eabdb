"""Setting comes to an end, whatever fits on no page."""

import pytest

from diglot.compose.compose import compose
from diglot.config import Edition, GlossesAt, Layout
from diglot.errors import DiglotError
from diglot.publish.fonts import find_typefaces
from diglot.publish.page import Page
from diglot.publish.pdf import make_pdf
from tests.builder import TinyProject

SENTENCE = "山高水长，"
GLOSS = "Hills, rivers. "


def make(project: TinyProject, layout: Layout, sentences: int, words: int) -> bytes:
    """Set a sentence so long, and a gloss at its foot of so many words."""
    project.write(
        "content/w/text.md",
        f"> # 山中 ^0\n\nHills\n\n> {SENTENCE * sentences}山。 ^1\n\n{GLOSS * sentences}\n",
    )
    gloss = "hill " * words
    project.write(
        "content/w/glossary.csv", f"term,pinyin,english,pos,note,hant\n山,shān,{gloss},,,\n"
    )
    work = project.work()
    booklet = compose(work, Edition(name="x", layout=layout, glosses_at=GlossesAt.FOOT))
    typefaces = find_typefaces(booklet.script, work.info.fonts, work.folder)
    return make_pdf(booklet, project.project.templates(), typefaces, (), "0")


@pytest.mark.parametrize(
    ("layout", "sentences", "words", "page"),
    [(Layout.PARALLEL, 57, 330, 8), (Layout.INTERLEAVED, 130, 330, 4)],
)
def test_a_sentence_and_notes_that_no_page_holds_are_refused(
    layout: Layout,
    sentences: int,
    words: int,
    page: int,
    project: TinyProject,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # As if it were underestimated how much room they need.
    monkeypatch.setattr(Page, "holds", lambda *_: True)
    with pytest.raises(DiglotError) as caught:
        make(project, layout, sentences, words)
    assert str(caught.value) == (
        f"error r-025: what begins on page {page} or a page before it fits on no page with its "
        "notes\n  Hint: Choose larger paper, or another place for the glosses: "
        'glosses_at = "back".'
    )


@pytest.mark.parametrize("layout", [Layout.PARALLEL, Layout.INTERLEAVED])
def test_what_is_too_long_for_notes_is_set_with_its_glosses_below(
    layout: Layout, project: TinyProject
) -> None:
    assert make(project, layout, 130, 330).startswith(b"%PDF")
