import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from diglot.model import Script
from diglot.script import regional_quotes

HANS, TW = Script.HANS, Script.HANT_TW


@pytest.mark.parametrize(
    ("hans", "hant"),
    [
        ("他说：“走吧。”", "他说：「走吧。」"),
        ("“甲‘乙’丙”", "「甲『乙』丙」"),
        ("“甲‘乙“丙”’”", "「甲『乙「丙」』」"),
        ("“一”和“二”", "「一」和「二」"),
        ("“没有关上", "「没有关上"),
        ("关上了’”", "关上了』」"),
        ("“it’s a dog’s life”", "「it’s a dog’s life」"),
        ("“‘OK’，他说”", "「『OK』，他说」"),
    ],
)
def test_quotation_marks_follow_the_script_and_back(hans: str, hant: str) -> None:
    assert regional_quotes(hans, TW) == hant
    assert regional_quotes(hant, HANS) == hans


@pytest.mark.parametrize(
    ("text", "hant"),
    [
        ("‘外“内”外’", "「外『内』外」"),
        ("“外“内”外”", "「外『内』外」"),
        ("「外「内」外」", "「外『内』外」"),
        ("“甲\n乙”", "「甲\n乙」"),
    ],
)
def test_the_outer_marks_are_the_outer_ones_of_the_script(text: str, hant: str) -> None:
    assert regional_quotes(text, TW) == hant


def test_the_source_keeps_its_marks() -> None:
    assert regional_quotes("“甲”「乙」", Script.SOURCE) == "“甲”「乙」"


@example("a』‘』", HANS)  # a mark that becomes an apostrophe
@given(st.text(alphabet="“”‘’「」『』a甲，\n"), st.sampled_from([HANS, TW]))
def test_quotation_marks_settle_at_once_and_change_nothing_else(text: str, script: Script) -> None:
    once = regional_quotes(text, script)
    assert regional_quotes(once, script) == once
    assert len(once) == len(text)
    assert all(a == b for a, b in zip(text, once, strict=True) if a not in "“”‘’「」『』")
