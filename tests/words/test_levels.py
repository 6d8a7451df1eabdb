from collections.abc import Callable
from pathlib import Path

import pytest

from diglot.errors import DiglotError, Place
from diglot.words import Annotator, Word, known, level

HERE = Place("content/editions.toml", 4)


@pytest.mark.parametrize(("standard", "expected"), [("hsk3.0", 2), ("hsk2.0", 3), ("hsk2025", 3)])
def test_the_standards_differ(standard: str, expected: int) -> None:
    assert level("银行", standard) == expected


def test_a_word_outside_the_lists_has_no_level() -> None:
    assert level("京津冀") is None


def words_known(annotator: Annotator, text: str, knows: Callable[[Word], bool]) -> list[str]:
    return [word.text for word in annotator.annotate(text) if knows(word)]


PROFILES = [
    (["hsk:1-2"], ["我", "在", "银行"]),
    (["hsk:1"], ["我", "在"]),
    (["hsk2.0:1-3"], ["我", "在", "银行"]),
    (["hsk:8-9"], ["砥砺"]),
    (["hsk:1", "words.csv"], ["我", "在", "砥砺"]),
    (["anki.txt"], ["银行"]),
    ([], []),
]


@pytest.mark.parametrize(("profile", "expected"), PROFILES)
def test_a_profile_says_which_words_are_known(
    annotator: Annotator, tmp_path: Path, profile: list[str], expected: list[str]
) -> None:
    (tmp_path / "words.csv").write_text("\ufeffword,note\n砥砺,hard\n", encoding="utf-8")
    (tmp_path / "anki.txt").write_text(
        "#separator:tab\n#html:true\n<b>银行</b>\tbank\n", encoding="utf-8"
    )
    knows = known(profile, tmp_path, HERE)
    found = words_known(annotator, "我在银行砥砺", knows)
    assert found == [w for w in found if w in expected]
    assert set(expected) - {"砥砺"} <= set(found)


PROBLEMS = [
    (
        "hsk:four",
        "content/editions.toml:4: error a-020: “hsk:four” is no range of levels.\n"
        "  Hint: Write hsk:1-4 (HSK 3.0), hsk2.0:1-4 or hsk2025:1-4, or the name of a file.",
    ),
    (
        "missing.csv",
        "content/editions.toml:4: error a-021: The word list “missing.csv” cannot be read: "
        "No such file or directory\n"
        "  Hint: Give the name of a UTF-8 text, CSV or Anki export beside the work's settings.",
    ),
    (
        "latin.csv",
        "content/editions.toml:4: error a-021: The word list “latin.csv” cannot be read: "
        "it is not UTF-8 text\n"
        "  Hint: Give the name of a UTF-8 text, CSV or Anki export beside the work's settings.",
    ),
]


@pytest.mark.parametrize(("item", "message"), PROBLEMS)
def test_a_profile_that_makes_no_sense_is_refused(tmp_path: Path, item: str, message: str) -> None:
    (tmp_path / "latin.csv").write_bytes(b"\xb2\xe2\xff")
    with pytest.raises(DiglotError) as caught:
        known([item], tmp_path, HERE)
    assert str(caught.value) == message
