import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diglot.model import Script
from diglot.script import Stray, convert, detect, half_converted, region

HANS, HANT, TW, HK = Script.HANS, Script.HANT, Script.HANT_TW, Script.HANT_HK


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("汉语学习", HANS),
        ("漢語學習", HANT),
        ("他在裏面", HANT),
        ("后面的门", HANS),
        ("漢語學習的门", HANT),
        ("", None),
        ("abc 123", None),
        ("人生不怕", None),
        ("皇后和台北", None),  # shared characters tell nothing
        ("慰藉與乾隆", HANT),
        ("慰藉与乾隆", HANS),
    ],
)
def test_the_script_is_told_by_characters_that_only_one_has(
    text: str, script: Script | None
) -> None:
    assert detect(text) is script


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("看着裏面的衞生", HK),
        ("看著裡面的衛生", HANT),
        ("台灣與香港", HANT),
        ("說户口在裡面，這裡", HANT),
        ("", HANT),
    ],
)
def test_hong_kong_is_told_by_the_forms_that_taiwan_does_not_print(
    text: str, script: Script
) -> None:
    assert region(text) is script


@pytest.mark.parametrize(
    ("text", "script", "strays"),
    [
        ("发揮示范帶動作用", TW, [Stray(0, "发", "發"), Stray(3, "范", "範")]),
        ("關于先進制造", HANT, [Stray(1, "于", "於"), Stray(4, "制", "製")]),
        ("立足于推進", TW, [Stray(2, "于", "於")]),
        ("在那里等", TW, [Stray(2, "里", "裡")]),
        ("在那里等", HK, [Stray(2, "里", "裏")]),
        (
            "他的頭髮白了",
            HANS,
            [Stray(2, "頭", "头"), Stray(3, "髮", "发")],
        ),
    ],
)
def test_characters_of_the_other_script_are_listed(
    text: str, script: Script, strays: list[Stray]
) -> None:
    assert list(half_converted(text, script)) == strays


@pytest.mark.parametrize(
    "text",
    [
        "台灣的布局，我了解",
        "皇后與太后",
        "于先生和范小姐住在同里",
        "公里、故里、鄰里",
        "干涉若干國家",
        "面對面",
        "山谷裡的征途",
        "只有一家",
        "拮据",
        "床上、群山、高峰、吃飯、嘴唇、秘密",
        "又是只有你",
        "占卜與占星",
    ],
)
@pytest.mark.parametrize("script", [HANT, TW])
def test_shared_and_accepted_forms_are_not_strays(text: str, script: Script) -> None:
    assert half_converted(text, script) == ()


@pytest.mark.parametrize(
    "text", ["乾隆年间", "慰藉与狼藉", "著名的土著", "瞭望台", "宫商角徵羽", "毕昇", "麻黄加白术"]
)
def test_traditional_looking_simplified_is_not_stray(text: str) -> None:
    assert half_converted(text, HANS) == ()


@pytest.mark.parametrize("to", [TW, HK])
def test_a_whole_conversion_has_nothing_of_the_other_script(to: Script) -> None:
    text = "后来，他在里面干了三年，发现头发白了；于是准备制造钟表，复习历史，并成为范例。"
    assert half_converted(convert(text, to, HANS), to) == ()
    assert half_converted(text, HANS) == ()


def test_a_text_in_its_source_script_is_not_judged() -> None:
    assert half_converted("头髮", Script.SOURCE) == ()


@given(st.text() | st.text(alphabet="发髮后後里裡范範于於，\n\0"), st.sampled_from([HANS, TW, HK]))
@settings(deadline=None)
def test_each_stray_stands_where_it_says(text: str, script: Script) -> None:
    for stray in half_converted(text, script):
        assert text[stray.offset] == stray.character != stray.expected
