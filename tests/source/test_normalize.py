"""The whole chain: the two real texts, and what holds for any text."""

from collections import Counter
from pathlib import Path

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from diglot.model import Script
from diglot.source.decode import decode
from diglot.source.normalize import RULE_NAMES, Edit, Normalized, normalize, rules

CONTENT = Path(__file__).parents[2] / "content"


def _source(work: str) -> str:
    return decode((CONTENT / work / "source.txt").read_bytes(), "source.txt").text


def _hanzi(text: str) -> str:
    return "".join(regex.findall(r"\p{Han}", text))


def _replay(text: str, edits: tuple[Edit, ...]) -> str:
    lines = text.split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    for edit in reversed(edits):
        at = starts[edit.line - 1] + edit.column - 1
        assert text[at : at + len(edit.before)] == edit.before
        text = text[:at] + edit.after + text[at + len(edit.before) :]
    return text


@pytest.fixture(scope="module")
def quotations() -> tuple[str, Normalized]:
    text = _source("jingjinji-quotations")
    return text, normalize(text)


def test_the_quotations_lose_their_107_residues(quotations: tuple[str, Normalized]) -> None:
    text, result = quotations
    residues = Counter(
        text.split("\n")[edit.line - 1][edit.column - 2] + edit.before
        for edit in result.edits
        if edit.rule == "residue"
    )
    assert residues == {
        "發(fā)": 36,
        "協(xié)": 20,
        "創(chuàng)": 14,
        "區(qū)": 10,
        "業(yè)": 6,
        "優(yōu)": 6,
        "態(tài)": 4,
        "續(xù)": 4,
        "戰(zhàn)": 3,
        "醫(yī)": 2,
        "統(tǒng)": 1,
        "養(yǎng)": 1,
    }
    assert (len(text), len(result.text)) == (2431, 1907)
    assert (len(_hanzi(text)), len(_hanzi(result.text))) == (1660, 1660)


def test_the_quotations_get_their_commas_and_six_characters(
    quotations: tuple[str, Normalized],
) -> None:
    text, result = quotations
    others = Counter((e.rule, e.before, e.after) for e in result.edits if e.rule != "residue")
    assert others == {
        ("punctuation", ",", "，"): 76,
        ("under-converted", "范", "範"): 3,
        ("under-converted", "于", "於"): 2,
        ("under-converted", "制", "製"): 1,
    }
    assert "21.6萬" in result.text
    assert result.text.count("布局") == 2
    assert "了解" in result.text
    assert (result.review, result.script) == ((), Script.HANT)
    assert _replay(text, result.edits) == result.text


def test_an_edit_says_where_and_what(quotations: tuple[str, Normalized]) -> None:
    assert quotations[1].edits[0] == Edit(1, 24, "(xié)", "", "residue")


def test_the_article_needs_no_edit() -> None:
    text = _source("jingjinji-article")
    assert normalize(text) == Normalized(text, (), (), Script.HANS)


def test_every_rule_has_a_name_and_a_reason_of_one_line() -> None:
    assert {name for name, _ in rules()} == RULE_NAMES
    assert all(reason.endswith((".", "。")) and "\n" not in reason for _, reason in rules())


@pytest.mark.parametrize("rule", sorted({"residue", "punctuation", "under-converted"}))
def test_a_rule_can_be_switched_off(rule: str, quotations: tuple[str, Normalized]) -> None:
    text, result = quotations
    assert {edit.rule for edit in normalize(text, off=frozenset({rule})).edits} == {
        edit.rule for edit in result.edits
    } - {rule}


@pytest.mark.parametrize("text", ["", "\n", "   ", "abc", "𠮷〇", "。", "　"])
def test_hardly_any_text_is_fine(text: str) -> None:
    assert normalize(normalize(text).text).edits == ()


# Letters that the rules look at, so that chance finds what they do together.
MATERIAL = (
    "京協發范于国國⻓说第页共。，、；：！？“”‘’（）《》…—　 \n\t"
    ",.;:!?()\"'-1239aZéāū\u0301\u200b\ufe0f\ue000"
)
PIECES = (
    *("發(fā)", "協(xié)", "展", "，", ",", "示范", "- 1 -", "第3页", "12", "——", "--", '"'),
    *("京津冀协同发展，是国家战略", "……", "...", "。", "(一)", "P(guān)", " ", "\n", "\n\n"),
)
TEXTS = st.one_of(
    st.text(max_size=60),
    st.text(MATERIAL, max_size=80),
    st.lists(st.sampled_from(PIECES), max_size=40).map("".join),
)


@given(TEXTS)
def test_a_normalized_text_stays_as_it_is(text: str) -> None:
    once = normalize(text).text
    assert normalize(once).text == once


@given(TEXTS)
def test_the_edits_replay_to_the_output(text: str) -> None:
    result = normalize(text)
    assert _replay(text, result.edits) == result.text
    places = [(edit.line, edit.column) for edit in result.edits]
    assert places == sorted(places)


@given(TEXTS)
def test_no_hanzi_is_lost_or_moved_but_with_a_page_number(text: str) -> None:
    one_for_one = RULE_NAMES - {"page-debris"}
    off = RULE_NAMES - one_for_one
    result = normalize(text, off=off)
    assert len(_hanzi(result.text)) == len(_hanzi(text))
    form_changing = frozenset({"radicals", "compose", "under-converted"})
    assert _hanzi(normalize(text, off=off | form_changing).text) == _hanzi(text)


@given(TEXTS)
def test_a_review_points_at_what_it_names(text: str) -> None:
    lines = text.split("\n")
    for review in normalize(text).review:
        assert 1 <= review.line <= len(lines)
        assert 1 <= review.column <= len(lines[review.line - 1]) + 1
