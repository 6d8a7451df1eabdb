import pytest
from hypothesis import given
from hypothesis import strategies as st

from diglot.words.pinyin import Style, numbered, spelled, syllables

SPELLINGS = [
    ("zhong1", "zhōng", "ㄓㄨㄥ"),
    ("lü4", "lǜ", "ㄌㄩˋ"),
    ("lüe4", "lüè", "ㄌㄩㄝˋ"),
    ("xiong2", "xióng", "ㄒㄩㄥˊ"),
    ("jiu3", "jiǔ", "ㄐㄧㄡˇ"),
    ("gui4", "guì", "ㄍㄨㄟˋ"),
    ("yuan2", "yuán", "ㄩㄢˊ"),
    ("ying1", "yīng", "ㄧㄥ"),
    ("wen4", "wèn", "ㄨㄣˋ"),
    ("er2", "ér", "ㄦˊ"),
    ("shi4", "shì", "ㄕˋ"),
    ("de5", "de", "˙ㄉㄜ"),
    ("ng2", "ńg", "ㄫˊ"),
    ("r5", "r", "ㄦ"),
]


@pytest.mark.parametrize(("digits", "marks", "zhuyin"), SPELLINGS)
def test_a_syllable_has_three_spellings(digits: str, marks: str, zhuyin: str) -> None:
    assert spelled(digits) == marks
    assert spelled(digits, Style.NUMBERS) == digits
    assert spelled(digits, Style.ZHUYIN) == zhuyin
    assert numbered(marks) == digits


CUTS = [
    ("Běijīng", 2, ("bei3", "jing1")),
    ("Xī'ān", 2, ("xi1", "an1")),
    ("xian1", 1, ("xian1",)),
    ("bei3jing1", 2, ("bei3", "jing1")),
    ("zhòng yào", 2, ("zhong4", "yao4")),
    ("Jīng-Jīn-Jì", 3, ("jing1", "jin1", "ji4")),
    ("nǚ'ér", 2, ("nü3", "er2")),
    ("lu:4se4", 2, ("lü4", "se4")),
    ("huār", 2, ("hua1", "r5")),
    ("ānquángǎn", 3, ("an1", "quan2", "gan3")),  # not quáng ǎn: that has an apostrophe
    ("zérèn", 2, ("ze2", "ren4")),
    ("fāng'àn", 2, ("fang1", "an4")),
    ("ńg", 1, ("ng2",)),
]


@pytest.mark.parametrize(("pinyin", "count", "cut"), CUTS)
def test_joined_pinyin_is_cut_into_as_many_syllables_as_there_are_characters(
    pinyin: str, count: int, cut: tuple[str, ...]
) -> None:
    assert syllables(pinyin, count) == cut


@pytest.mark.parametrize(
    ("pinyin", "count"), [("zhòngyào", 3), ("xyz", 1), ("", 1), ("yín háng", 1), ("a" * 5000, 3)]
)
def test_what_cannot_be_cut_so_is_refused(pinyin: str, count: int) -> None:
    assert syllables(pinyin, count) is None


@given(st.lists(st.sampled_from([row[0] for row in SPELLINGS[:-1]]), min_size=1, max_size=6))
def test_a_reading_written_with_spaces_comes_back(pinyin: list[str]) -> None:
    written = " ".join(map(spelled, pinyin))
    assert syllables(written, len(pinyin)) == tuple(pinyin)
