"""The index: the terms by their English."""

import pytest

from diglot.compose.booklet import Entry
from diglot.compose.index import make_index, sort_key


def entry(term: str, english: str, *rows: str) -> Entry:
    return Entry("k", term, term, "x", english, "", (), ("1",), 0, rows or ("row-1-0",))


def test_every_sense_has_a_line_with_its_terms_and_where_they_stand() -> None:
    terms = (
        entry("研判", "assess; assessment", "row-1-0"),
        entry("评估", "assess", "row-2-1"),
        entry("十三五", "the 13th Five-Year Plan", "row-2-0"),
    )
    lines = [
        (line.initial, line.english, line.terms, line.rows)
        for group in make_index(terms)
        for line in group
    ]
    assert lines == [
        ("#", "the 13th Five-Year Plan", ("十三五",), ("row-2-0",)),
        ("A", "assess", ("研判", "评估"), ("row-1-0", "row-2-1")),
        ("A", "assessment", ("研判",), ("row-1-0",)),
    ]


def test_a_group_begins_with_every_letter() -> None:
    terms = [entry("词", english) for english in ("bold", "a bank", "(to) agree", "Élan")]
    assert [[line.english for line in group] for group in make_index(terms)] == [
        ["(to) agree"],
        ["a bank", "bold"],
        ["Élan"],
    ]


def test_a_semicolon_in_brackets_parts_no_senses() -> None:
    ((line,),) = make_index([entry("词", "word (spoken; written)")])
    assert line.english == "word (spoken; written)"


@pytest.mark.parametrize(
    ("english", "key"),
    [
        ("New York", "newyork"),
        ("the whole", "whole"),
        ("to", "to"),
        ("deliver (a speech)", "deliver"),
        ("(Beijing)", "beijing"),
        ("Xi’an", "xian"),
    ],
)
def test_headings_are_sorted_letter_by_letter(english: str, key: str) -> None:
    assert sort_key(english) == key
