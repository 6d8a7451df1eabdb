"""Where glossary terms occur in a text, in whichever script it is."""

import pytest

from diglot.compose.terms import occurrences
from diglot.errors import Place
from diglot.model import Kind, Mark, Pair, Script, Sentence, Term

HERE = Place("")


def terms(*names: str, **hant: str) -> list[Term]:
    return [Term(n, "py", f"<{n}>", HERE, hant=hant.get(n, "")) for n in (*names, *hant)]


def found(
    text: str, glossary: list[Term], *marks: Mark, script: Script = Script.HANS
) -> list[tuple[str, str, int]]:
    """Each occurrence as the term, its English and where it begins."""
    pair = Pair("1", Kind.PARAGRAPH, (Sentence(text, HERE, marks),), (), HERE)
    return [(o.term.term, o.term.english, o.start) for o in occurrences([pair], glossary, script)]


def test_every_occurrence_counts_in_the_order_of_the_text() -> None:
    assert found("水山水", terms("山", "水")) == [
        ("水", "<水>", 0),
        ("山", "<山>", 1),
        ("水", "<水>", 2),
    ]


def test_the_longest_term_wins_where_several_begin() -> None:
    assert found("京津冀协同发展", terms("京津冀", "京津冀协同发展", "协同发展", "京")) == [
        ("京津冀协同发展", "<京津冀协同发展>", 0)
    ]


def test_terms_do_not_overlap() -> None:
    assert found("发展中国家", terms("发展中", "中国")) == [("发展中", "<发展中>", 0)]


@pytest.mark.parametrize(
    ("mark", "english"),
    [
        (Mark(1, 2, english="go"), "go"),
        (Mark(1, 2, pinyin="xíng"), "<行>"),
        (Mark(1, 2), "<行>"),
    ],
)
def test_a_mark_overrides_what_the_glossary_says_of_its_word(mark: Mark, english: str) -> None:
    assert found("步行", terms("行"), mark) == [("行", english, 1)]


def test_a_marked_word_with_reading_and_sense_needs_no_glossary() -> None:
    assert found("步行", [], Mark(0, 2, "bùxíng", "walk")) == [("步行", "walk", 0)]


def test_a_marked_word_that_nobody_explains_is_no_term() -> None:
    assert found("步行", [], Mark(0, 2, english="walk")) == []


def test_a_mark_cuts_the_text_and_terms_are_found_beside_it() -> None:
    glossary = terms("京津冀", "京津冀协同发展", "发展", "协")
    assert found("京津冀协同发展", glossary, Mark(4, 5)) == [
        ("京津冀", "<京津冀>", 0),
        ("协", "<协>", 3),
        ("发展", "<发展>", 5),
    ]


def test_terms_are_sought_in_the_simplified_projection() -> None:
    glossary = terms("协同发展")
    assert found("京津冀協同發展", glossary, script=Script.HANT) == [("协同发展", "<协同发展>", 3)]


def test_the_glossary_s_own_traditional_form_is_found_too() -> None:
    glossary = terms(**{"乾干": "乾乾"})
    assert found("乾乾", glossary, script=Script.HANT) == [("乾干", "<乾干>", 0)]
