"""Where Chinese may break and be spaced (clreq; GB/T 15834-2011)."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diglot.typeset import chinese


def everywhere(text: str) -> range:
    return range(len(text) + 1)


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("你好，世界。", "你|好，|世|界。"),
        ("他说：“要唱好。”再说", "他|说：|“要|唱|好。”|再|说"),
        ("一个“是”字", "一|个|“是”|字"),
        ("《书》（好）「名」", "《书》|（好）|「名」"),
        ("去——来……好", "去——|来……|好"),
        ("‘是’与‘非’", "‘是’|与|‘非’"),
        ("“AI”时代", "“A|I”|时|代"),  # letters are UAX #14's affair
        ("有21.6万人", "有|2|1.|6万|人"),
        ("伯特兰·罗素", "伯|特|兰·|罗|素"),
        ("占50%多", "占|5|0%|多"),
    ],
)
def test_no_line_begins_with_closing_or_ends_with_opening_punctuation(
    text: str, pieces: str
) -> None:
    cuts = [0, *chinese.breaks(text, everywhere(text)), len(text)]
    assert "|".join(text[a:b] for a, b in pairwise(cuts)) == pieces


def test_a_web_address_may_break_within_but_a_word_may_not() -> None:
    assert chinese.breaks("见http://a.cn/b的", []) == [2, 3, 4, 6, 7, 8, 10, 11, 12, 13]
    assert chinese.breaks("见Coordinated的", [1, 12]) == [1, 12]
    assert chinese.breaks("www.a/2015-06", [11]) == [1, 2, 4, 5, 6, 10]
    assert len(chinese.breaks("a" * 300, [])) == 299


def test_quotes_may_be_parted_from_the_hanzi_outside_them_though_uax_14_forbids_it() -> None:
    text = "说“要”的"
    assert chinese.breaks(text, []) == [1, 4]


@pytest.mark.parametrize(
    ("text", "spaced"),
    [
        ("你好", "你_好"),
        ("好，我", "好，_我"),
        ("说：“要”", "说：_“要”"),
        ("（好）的", "（好）_的"),
        ("用PM2.5测", "用_PM2.5_测"),
        ("去——来", "去_——_来"),
        ("啊……好", "啊_……_好"),
        ("in the city", "in the city"),
        ("“好”", "“_好_”"),  # nothing else is left
        ("——", "——"),
    ],
)
def test_justification_spaces_hanzi_but_not_words_numbers_or_punctuation(
    text: str, spaced: str
) -> None:
    gaps = chinese.gaps(text)
    assert "".join(c + "_" * (i in gaps) for i, c in enumerate(text)) == spaced


def test_a_desperate_line_opens_around_punctuation_too() -> None:
    text = "好：internal——"
    assert chinese.gaps(text) == [1, 9]
    assert chinese.gaps(text, desperate=True) == [0, 1, 9]


@pytest.mark.parametrize(
    ("text", "spaced"),
    [
        ("2014年2月26日", "2014_年_2_月_26_日"),
        ("PM2.5平均", "PM2.5_平均"),
        ("占50%的", "占_50%_的"),
        ("（2015）", "（2015）"),
        ("用 Python 写", "用 Python 写"),
        ("《1984》，好", "《1984》，好"),
        ("读Ḁà语", "读_Ḁà_语"),
    ],
)
def test_hanzi_and_latin_are_spaced_where_they_touch(text: str, spaced: str) -> None:
    places = chinese.han_latin(text)
    assert "".join(c + "_" * (i in places) for i, c in enumerate(text)) == spaced


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("。”", [0]),
        ("，“", [0]),
        ("》（", [0]),
        ("（《", [0]),
        ("）的", []),
        ("的（", []),
        ("？！", [0]),
    ],
)
def test_adjacent_punctuation_shares_its_blank(text: str, places: list[int]) -> None:
    assert chinese.adjacent(text) == places


@pytest.mark.parametrize(
    ("tag", "chinese_text"),
    [
        ("zh", True),
        ("zh-Hans", True),
        ("ZH-hant-TW", True),
        ("zh-Latn-pinyin", False),
        ("zhx", False),
        ("en", False),
        ("", False),
        (None, False),
    ],
)
def test_only_chinese_in_hanzi_is_set_as_chinese(tag: str | None, chinese_text: bool) -> None:
    assert chinese.is_chinese(tag) is chinese_text


@given(st.text(alphabet="你好，。“”（）—…·a1. 万《》"))
def test_breaks_never_offend_whatever_the_text(text: str) -> None:
    for place in chinese.breaks(text, everywhere(text)):
        assert text[place] not in "，。”）》—…·."
        assert text[place - 1] not in "“（《"
