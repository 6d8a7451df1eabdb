import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diglot.errors import DiglotError
from diglot.model import Mark, Script
from diglot.script import convert, project

HANS, HANT, TW, HK = Script.HANS, Script.HANT, Script.HANT_TW, Script.HANT_HK
SCRIPTS = (HANS, HANT, TW, HK)

# Any text, and text thick with what conversion changes.
THICK = "发髮後后里裡裏干乾幹只隻著着不准确一国历史了解如\0\n\ud800\ufdd0𠮷〇"
texts = st.text() | st.text(alphabet=THICK)


def test_at_least_98_of_100_sentences_are_what_a_copy_editor_would_print() -> None:
    path = Path(__file__).with_name("conversion.tsv")
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    wrong = []
    for row in rows:
        source, to = map(Script, row["direction"].split())
        if (converted := convert(row["input"], to, source)) != row["expected"]:
            wrong.append((converted, row["expected"]))
    assert len(rows) >= 120
    assert len(wrong) <= 0.02 * len(rows), wrong


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("本国历史", "本國歷史"),  # not 國曆, which cuts 历史
        ("飞机被发明以后", "飛機被發明以後"),  # not 被髮
        ("并成为主角", "並成為主角"),  # not 併成
        ("更复杂", "更複雜"),  # not 更復
        ("截至2023只有一家", "截至2023只有一家"),  # not 3隻
        ("共有3只，又有20只", "共有3隻，又有20隻"),
        ("这只只是睡着了", "這隻只是睡著了"),
    ],
)
def test_a_phrase_that_cuts_a_word_in_two_does_not_count(text: str, printed: str) -> None:
    assert convert(text, TW, HANS) == printed


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("他姓范，示范给人看", "他姓范，示範給人看"),
        ("于先生，关于先生的事", "于先生，關於先生的事"),
        ("不准入内，时间不准确，我算不准", "不准入內，時間不準確，我算不準"),
        ("了解布局", "了解布局"),
        ("公布、宣布独立", "公布、宣布獨立"),
        ("喂，你喂猫了吗", "喂，你餵貓了嗎"),
    ],
)
def test_the_projects_phrases_stand_beside_those_of_opencc(text: str, printed: str) -> None:
    assert convert(text, TW, HANS) == printed


@pytest.mark.parametrize("script", [*SCRIPTS, Script.SOURCE])
def test_the_same_script_and_source_leave_a_text_as_it_is(script: Script) -> None:
    mixed = "头髮裡面裏面着著"
    assert convert(mixed, script, script) == mixed
    assert convert(mixed, Script.SOURCE, script) == mixed


@pytest.mark.parametrize(
    ("text", "source", "to", "printed"),
    [
        ("看著臺灣裡面", TW, HK, "看着台灣裏面"),
        ("看着台灣裏面", HK, TW, "看著臺灣裡面"),
        ("著名的著作", TW, HK, "著名的著作"),
        ("看著裡面", HANT, TW, "看著裡面"),
        ("看著裡面", TW, HANT, "看著裡面"),
        ("説衞", HK, HANS, "说卫"),
        ("裏裡着著名", HANT, HANS, "里里着著名"),
    ],
)
def test_regional_forms(text: str, source: Script, to: Script, printed: str) -> None:
    assert convert(text, to, source) == printed


def test_plain_traditional_is_printed_as_in_taiwan() -> None:
    text = "群众里面着火为了"
    assert convert(text, HANT, HANS) == convert(text, TW, HANS) == "群眾裡面著火為了"


@given(texts, st.sampled_from(SCRIPTS), st.sampled_from(SCRIPTS))
@settings(deadline=None)
def test_every_conversion_has_as_many_characters_as_the_text(
    text: str, source: Script, to: Script
) -> None:
    assert len(convert(text, to, source)) == len(text)


@given(texts)
@settings(deadline=None)
def test_what_has_no_chinese_stays(text: str) -> None:
    kept = "".join(c for c in text if not "\u2e80" <= c <= "\ufaff" and c < "\U00020000")
    assert convert(kept, TW, HANS) == convert(kept, HANS, HK) == kept


@given(texts)
@settings(deadline=None)
def test_the_projection_of_a_conversion_is_the_projection(text: str) -> None:
    assert len(project(text, TW)) == len(text)
    assert project(project(text, TW), HANS) == project(text, TW)


def test_a_megabyte_in_one_line() -> None:
    text = "头发干了后面" * 60_000
    assert convert(text, TW, HANS) == "頭髮乾了後面" * 60_000


def test_overrides_win_the_longest_first_and_are_not_converted_further() -> None:
    words = {"里": "里", "台里": "台裡", "范干": "范干"}
    assert convert("台里的李里和范干事", TW, HANS, words=words) == "台裡的李里和范干事"
    assert convert("台里的范干", HK, HANS, words=words) == "台裡的范干"


def test_overrides_are_read_backwards_to_simplified() -> None:
    assert convert("魏徵乾", HANS, TW) == "魏徵干"
    words = {"魏征": "魏徵", "乾": "乾"}
    assert convert("魏徵乾", HANS, TW, words=words) == "魏征乾"


def test_overrides_hold_between_regions() -> None:
    assert convert("臺先生在臺灣", HK, TW, words={"台先生": "臺先生"}) == "臺先生在台灣"


def test_a_mark_settles_one_occurrence_and_beats_the_words() -> None:
    marks = (Mark(5, 6, hant="里"), Mark(0, 2, pinyin="lǐ lǐ"))
    words = {"李里": "李哩"}
    assert convert("李里来了李里", TW, HANS, words=words) == "李哩來了李哩"
    assert convert("李里来了李里", TW, HANS, words=words, marks=marks) == "李哩來了李里"


@pytest.mark.parametrize("to", SCRIPTS[1:])
def test_an_override_of_another_length_is_refused(to: Script) -> None:
    expected = (
        "error x-001: the Traditional form “范” has not as many characters as “范干”\n"
        "  Hint: Write one Traditional character for each Simplified one."
    )
    with pytest.raises(DiglotError) as caught:
        convert("范干", to, HANS, words={"范干": "范"})
    assert str(caught.value) == expected
    with pytest.raises(DiglotError) as caught:
        convert("范干", to, HANS, marks=[Mark(0, 2, hant="范")])
    assert str(caught.value) == expected
