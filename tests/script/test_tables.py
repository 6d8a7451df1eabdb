from pathlib import Path

import pytest

from diglot.errors import DiglotError
from diglot.script import engine, tables


def test_a_pattern_stands_for_each_of_its_words() -> None:
    hant = tables.phrases("hant")
    assert hant["姓于"] == "姓于"
    assert hant["钟先生"] == "鍾先生"
    assert hant["衣服已经干了"] == "衣服已經乾了"


def test_the_traditional_side_of_a_phrase_is_a_form_of_the_simplified_one() -> None:
    wrong = {
        simplified: traditional
        for simplified, traditional in tables.phrases("hant").items()
        if engine.convert("tw2s", traditional) != engine.convert("tw2s", simplified)
    }
    assert wrong == {}


def test_every_form_of_an_ambiguous_character_becomes_it_in_simplified() -> None:
    # 鍊 alone is taken for 炼.
    odd = {
        (character, form)
        for character, entry in tables.ambiguities().items()
        for form in entry.forms
        if engine.convert("tw2s", form) not in (character, form)
    }
    assert odd == {("链", "鍊")}


def test_the_default_form_is_what_opencc_makes_of_the_character_alone() -> None:
    for character, entry in tables.ambiguities().items():
        assert engine.convert("s2t", character) == entry.forms[0]


@pytest.mark.parametrize(
    ("table", "line", "what"),
    [
        ("from,to\n范,范\n", 1, "its columns are not from, to, stages, why"),
        ("from,to,stages,why\n范,范,hant\n", 2, "this row has too few or too many cells"),
        ("from,to,stages,why\n范,范,hant,a,b\n", 2, "this row has too few or too many cells"),
        ("from,to,stages,why\n范,范围,hant,\n", 2, "范 and 范围 differ in length"),
        ("from,to,stages,why\n姓[于余],姓[于],hant,\n", 2, "姓[于余] and 姓[于] differ in length"),
    ],
)
def test_a_broken_table_is_named_with_its_line(
    table: str, line: int, what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "script_phrases.csv").write_text(table, encoding="utf-8")
    monkeypatch.setattr(tables, "files", lambda _: tmp_path)
    with pytest.raises(DiglotError) as caught:
        tables.phrases.__wrapped__("hant")
    assert str(caught.value) == (
        f"diglot/data/script_phrases.csv:{line}: error x-002: "
        f"a table of script conversion is broken: {what}\n"
        "  Hint: Mend this line, or install Diglot afresh."
    )


def test_opencc_without_its_dictionaries_is_a_problem_of_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "files", lambda _: tmp_path)
    with pytest.raises(DiglotError) as caught:
        engine._own.__wrapped__(("s2tw",))
    path = tmp_path / "clib" / "share" / "opencc" / "s2tw.json"
    assert str(caught.value) == (
        "error x-003: OpenCC cannot be loaded: "
        f"[Errno 2] No such file or directory: '{path}'\n"
        "  Hint: Install the package opencc, 1.4.2 or later, from its wheel."
    )
    assert caught.value.exit_code == 3


def test_a_change_of_length_falls_back_to_single_characters() -> None:
    def lengthens(text: str) -> str:
        return {"数组": "陣列組", "数": "數", "组": "組合"}.get(text, text)

    assert engine._even(lengthens, "数组") == "數组"
