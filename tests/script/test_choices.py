import pytest

from diglot.model import Mark, Script
from diglot.script import Choice, ambiguous

HANS, TW, HK = Script.HANS, Script.HANT_TW, Script.HANT_HK


def test_each_choice_says_where_and_what_else_could_have_been() -> None:
    assert ambiguous("头发和发", HANS, TW) == (
        Choice(1, "发", "髮", ("發",), backed=True, doubtful=False),
        Choice(3, "发", "發", ("髮",), backed=False, doubtful=True),
    )


def test_the_forms_are_those_of_the_region() -> None:
    [choice] = ambiguous("心里", HANS, HK)
    assert (choice.chosen, choice.others) == ("裏", ("里",))


def test_what_only_stands_in_listed_words_is_not_doubtful_alone() -> None:
    [choice] = ambiguous("家", HANS, TW)
    assert (choice.chosen, choice.others, choice.backed, choice.doubtful) == (
        "家",
        ("傢",),
        False,
        False,
    )


def test_forms_that_a_region_prints_alike_are_no_choice() -> None:
    assert ambiguous("吃才", HANS, TW) == ()


def test_what_an_override_settles_is_not_listed() -> None:
    assert ambiguous("老钟", HANS, TW, words={"老钟": "老鐘"}) == ()
    assert ambiguous("老钟", HANS, TW, marks=[Mark(1, 2, hant="鐘")]) == ()


@pytest.mark.parametrize(
    ("source", "to"), [(HANS, HANS), (TW, HANS), (HANS, Script.SOURCE), (Script.SOURCE, TW)]
)
def test_only_simplified_to_traditional_has_choices(source: Script, to: Script) -> None:
    assert ambiguous("头发后面", source, to) == ()
