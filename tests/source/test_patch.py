"""Changes compose: whatever the rules do, the edits are in terms of the first text."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from diglot.source.patch import Change, Hunk, Lines, Origins, compose, splice


@st.composite
def _changes(draw: st.DrawFn, text: str) -> list[Change]:
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)))
    pairs = list(zip(cuts[::2], cuts[1::2], strict=False))
    return [Change(a, b, draw(st.text("XYZ", max_size=3))) for a, b in pairs]


@given(st.text("abc\n", max_size=20), st.data())
def test_the_hunks_of_several_rules_turn_the_first_text_into_the_last(
    first: str, data: st.DataObject
) -> None:
    text = first
    hunks: list[Hunk] = []
    for rule in "123":
        changes = data.draw(_changes(text))
        hunks = compose(first, hunks, text, changes, rule)
        text = splice(text, changes)
        assert splice(first, [Change(h.start, h.end, h.after) for h in hunks]) == text
        assert all(a.end <= b.start for a, b in pairwise(hunks))
        origins = [Origins(hunks)[at] for at in range(len(text))]
        assert origins == sorted(origins)


def test_rules_that_work_on_the_same_characters_share_a_hunk() -> None:
    hunks = compose("a--b", [], "a--b", [Change(1, 3, "—")], "one")
    hunks = compose("a--b", hunks, "a—b", [Change(1, 2, "——")], "two")
    assert hunks == [Hunk(1, 3, "——", ("one", "two"))]


def test_what_one_rule_does_and_another_undoes_is_no_change() -> None:
    hunks = compose("ab", [], "ab", [Change(0, 1, "x")], "one")
    assert compose("ab", hunks, "xb", [Change(0, 1, "a")], "two") == []


def test_lines_and_columns_count_from_one() -> None:
    lines = Lines("ab\n\ncd")
    assert [lines.place(at) for at in (0, 2, 3, 4, 6)] == [(1, 1), (1, 3), (2, 1), (3, 1), (3, 3)]
