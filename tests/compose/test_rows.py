"""Rows as running text, and rows cut in two."""

from diglot.compose.booklet import Reading, Row
from diglot.compose.rows import pieces, run_on, shown
from diglot.pairs.inline import plain, read_inline

NUMBERS = {"a": 12}


def row(zh: str, en: str, *readings: Reading) -> Row:
    return Row(zh, read_inline(en), readings)


def test_sentences_follow_each_other_without_a_space_and_glosses_with_one() -> None:
    joined = run_on([row("山高。", "High."), row("水长。", "Long.", Reading(1, ("cháng",)))])
    assert joined.zh == "山高。水长。"
    assert plain(joined.en) == "High. Long."
    assert joined.readings == (Reading(4, ("cháng",)),)


def test_emphasis_stays_with_its_characters() -> None:
    whole = run_on([Row("山高。", (), emphasis=((0, 2),)), Row("水长。", (), emphasis=((1, 2),))])
    assert whole.emphasis == ((0, 2), (4, 5))
    first, second = pieces(whole, [(1, 0)], {})
    assert (first.emphasis, second.emphasis) == (((0, 1),), ((0, 1), (3, 4)))
    assert whole.parts(1, 5) == (("高", True), ("。水", False), ("长", True))
    assert whole.parts(2, 4) == (("。水", False),)


def test_a_gloss_is_shown_with_the_numbers_of_its_notes() -> None:
    assert shown(read_inline("High *hills*[^a], ![x](y.png)long."), NUMBERS) == (
        "High hills12, long."
    )


def test_a_row_is_cut_in_pieces_that_together_are_the_row() -> None:
    whole = row("山高。水长。天大。", "High *hills run.[^a] Long* rivers. Wide sky.")
    parts = pieces(whole, [(3, 17), (6, 30)], NUMBERS)
    assert [part.zh for part in parts] == ["山高。", "水长。", "天大。"]
    assert [shown(part.en, NUMBERS).strip() for part in parts] == [
        "High hills run.12",
        "Long rivers.",
        "Wide sky.",
    ]
    assert [part.en[0].kind for part in parts] == ["text", "em", "text"]


def test_a_word_that_is_cut_has_its_reading_on_either_side() -> None:
    parts = pieces(row("协同发展", "", Reading(1, ("tóng", "fā"))), [(2, 0)], {})
    assert [part.readings for part in parts] == [
        (Reading(1, ("tóng",)),),
        (Reading(0, ("fā",)),),
    ]


def test_a_row_that_is_not_cut_stays_as_it_is() -> None:
    whole = row("山高。", "High.", Reading(0, ("shān",)))
    assert pieces(whole, [], {}) == (whole,)
