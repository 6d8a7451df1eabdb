"""How a line is filled; widths are thousandths of an em, every character is one em wide."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diglot.typeset.line import EM, HAN_LATIN, Blank, Line, Text, whole

OPENING, CLOSING = "（“《", "，。、）”》"


def text_of(text: str) -> Text:
    blanks = {i: Blank(left=500) for i, c in enumerate(text) if c in OPENING}
    blanks |= {i: Blank(right=500) for i, c in enumerate(text) if c in CLOSING}
    return Text(text, [EM] * len(text), blanks, range(len(text)))


def lines(text: str, room: int, *, justified: bool = True) -> list[Line]:
    measured, filled = text_of(text), list[Line]()
    resume: int | None = 0
    while resume is not None:
        filled.append(measured.fill(resume, room, justified=justified, anywhere=True))
        resume = filled[-1].resume
    return filled


def shown(text: str, room: int, *, justified: bool = True) -> list[str]:
    found, start = [], 0
    for line in lines(text, room, justified=justified):
        found.append(text[start : line.end])
        start = line.resume or 0
    return found


@pytest.mark.parametrize(
    ("rule", "text", "em", "expected"),
    [
        ("hanzi break anywhere", "一二三四五六", 4, ["一二三四", "五六"]),
        ("a line-final mark may lose its blank half", "一二三，四", 3.5, ["一二三，", "四"]),
        ("adjacent marks share a blank", "一。”二三", 3, ["一。”", "二三"]),
        (
            "a mark is pulled in by squeezing others",
            "，，一、二、三四，五",
            6.5,
            ["，，一、二、三", "四，五"],
        ),
        ("otherwise its character goes down with it", "一二三四，五", 4, ["一二三", "四，五"]),
        ("spaces at a line's end take no room", "一二 三四", 2, ["一二", "三四"]),
        ("a preserved newline ends a line", "一二\n三", 9, ["一二", "三"]),
        ("what cannot break is cut rather than overflow", "一……………", 3, ["一……", "………"]),
        ("even then not before closing punctuation", "abcd，，", 4, ["abc", "d，，"]),
    ],
)
def test_lines(rule: str, text: str, em: float, expected: list[str]) -> None:
    assert shown(text, int(em * EM)) == expected, rule


def test_ragged_text_is_not_squeezed_within_the_line() -> None:
    text = "一，二，三，四五六，七八"
    assert shown(text, 9 * EM, justified=True)[0] == "一，二，三，四五六，"
    assert shown(text, 9 * EM, justified=False)[0] == "一，二，三，四五"


def test_squeezing_takes_a_quarter_em_at_most_and_fills_the_line_exactly() -> None:
    first = lines("一，二，三，四，五六七", 8500)[0]
    assert first.width == 8500
    squeezed = [extra for index, extra in first.spacing.items() if index < 7]
    assert all(-EM // 4 <= extra <= 0 for extra in squeezed)


@pytest.mark.parametrize(
    ("text", "last"),
    [("一二三四五六七八九十甲", "十甲"), ("一二三四五六七八九十甲。”", "十甲。”")],
)
def test_no_character_stands_alone_on_the_last_line(text: str, last: str) -> None:
    assert shown(text, 10 * EM)[-1] == last
    assert shown(text, 10 * EM, justified=False)[-1] == last[1:]


def test_two_lines_share_what_would_open_the_last_but_one() -> None:
    text = "一二三四五六七八九十甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳。"
    first, second, last = shown(text, 13 * EM)
    assert (len(first), len(second), last) == (12, 12, "辰巳。")
    assert shown(text, 13 * EM, justified=False)[0] == text[:13]


def test_a_line_keeps_what_the_last_but_one_does_not_need() -> None:
    assert shown("一二三四五六七八九十" * 2 + "甲乙", 10 * EM)[0] == "一二三四五六七八九十"


def test_a_comma_hangs_only_where_asked_and_only_if_it_does_not_fit() -> None:
    text = text_of("一二三四，五六")
    hung = text.fill(0, 4000, justified=True, hang=True)
    assert (hung.end, hung.width, hung.spacing) == (5, 4000, {4: -1000})
    assert text.fill(0, 4000, justified=True).end == 3
    assert text.fill(0, 5000, justified=True, hang=True).spacing == {}


def test_no_comma_hangs_that_follows_another_mark() -> None:
    """See clreq: “In the case of a succession of punctuation marks, … should not be applied”."""
    text = text_of("一二三”，五六")
    assert text.fill(0, 3600, hang=True).end == 2


def test_hanzi_and_latin_are_spaced_within_a_line_but_not_at_its_end() -> None:
    one, other = lines("一二A三", 3000 + HAN_LATIN)
    assert (one.width, one.spacing) == (3000 + HAN_LATIN, {1: HAN_LATIN})
    assert (other.width, other.spacing) == (1000, {})


def test_a_latin_word_is_divided_only_where_the_line_would_open_much() -> None:
    text = "一二三四abcdef五"
    measured = Text(text, [EM] * 11, {}, [1, 2, 3, 4, 10], hyphens=[7], hyphen=300)
    divided = measured.fill(0, 8000, justified=True)
    assert (divided.end, divided.width, divided.hyphenated) == (7, 7300 + HAN_LATIN, True)
    assert not measured.fill(0, 4500, justified=True).hyphenated
    assert not measured.fill(0, 8000).hyphenated


def test_what_fits_nowhere_overflows_unless_it_may_be_cut() -> None:
    whole_word = Text("abc一", [EM] * 4, {}, [3])
    assert whole_word.fill(0, 2000, justified=True, anywhere=False).end == 3
    assert whole_word.fill(0, 2000, justified=True, anywhere=True).end == 2


# WeasyPrint itself takes away the spaces at the end of a paragraph.
TEXTS = st.text(alphabet="一二三，。“”（）—…a1 ").map(str.rstrip).filter(bool)


@given(TEXTS, st.integers(1, 12))
def test_lines_hold_the_whole_text_in_order_and_fit(text: str, em: int) -> None:
    filled = lines(text, em * EM)
    starts = [0, *(line.resume for line in filled if line.resume is not None)]
    kept = [text[a : line.end] for a, line in zip(starts, filled, strict=True)]
    assert "".join(kept).replace(" ", "") == text.replace(" ", "")
    assert all(line.width <= em * EM for line in filled)


@given(TEXTS, TEXTS, st.integers(1, 12))
def test_a_line_does_not_depend_on_what_stands_before_it(before: str, text: str, em: int) -> None:
    alone = text_of(text).fill(0, em * EM, justified=True, anywhere=True)
    within = text_of(before + text).fill(len(before), em * EM, justified=True, anywhere=True)
    past = len(before)
    resume = None if alone.resume is None else alone.resume + past
    assert within == replace(alone, end=alone.end + past, resume=resume)


@given(st.lists(st.floats(-1000, 1000)))
def test_rounding_does_not_add_up(amounts: list[float]) -> None:
    assert abs(sum(whole(amounts)) - sum(amounts)) <= 0.5 + 1e-6
