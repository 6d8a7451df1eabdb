"""The sense of a word in as many letters as there is room for below it."""

import pytest

from diglot.compose.brief import brief


@pytest.mark.parametrize(
    ("english", "shown"),
    [
        ("city", "city"),
        ("relocate; relocation", "relocate"),
        ("drive; keep (something going)", "drive"),
        ("study (conditions on the spot)", "study"),
        ("meet (needs)", "meet (needs)"),
        ("outstanding, conspicuous, notable", "outstanding"),
        ("fees, quality, and speed of it", "fees, quality…"),
        ("functions nonessential to the capital", "functions…"),
        ("(past tense)", "past tense"),
        ("(done; finished) already", "already"),
        ("(done; over)", "done; over"),
        ("(marks what modifies the following)", ""),
        ("internationalizationally", "internationalizationa…"),
        ("", ""),
    ],
)
def test_the_first_sense_is_shortened(english: str, shown: str) -> None:
    assert brief(english, 22) == shown
    assert len(shown) <= 22
