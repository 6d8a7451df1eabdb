import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diglot.errors import DiglotError, Place
from diglot.model import Mark, Script, Term
from diglot.words import Annotator, Word, to_json

HERE = Place("content/work/text.md", 7)


def texts(words: tuple[Word, ...]) -> list[str]:
    return [word.text for word in words]


SEGMENTED = [
    ("银行的行长", "银行 的 行长"),
    ("他跑得快", "他 跑 得 快"),
    ("大家都会来", "大家 都 会 来"),
    ("三十岁", "三十 岁"),
    ("二〇二三年五月十二日", "二〇二三 年 五月 十二 日"),
    ("中国队来了", "中国 队 来 了"),
    ("600多个中心", "600 多 个 中心"),
    ("新一轮开发一定要成功", "新 一 轮 开发 一定 要 成功"),
    ("他长得帅", "他 长得 帅"),
    ("PM2.5比21.6低48%，1+N", "PM2.5 比 21.6 低 48% ， 1+N"),
    ("价格是3.", "价格 是 3 ."),
]


@pytest.mark.parametrize(("text", "words"), SEGMENTED)
def test_words_are_those_of_the_dictionary(annotator: Annotator, text: str, words: str) -> None:
    assert texts(annotator.annotate(text)) == words.split()


# Any Unicode, with enough Chinese, digits and signs among it to meet every branch.
ANY = st.text(
    st.one_of(
        st.characters(codec="utf-8"),
        st.sampled_from("的得地了着过一二三十百不为以银行长重𠮷〇儿AZ09.%+-，。“”\u3000\U000e0100"),
    )
)


@settings(deadline=None)
@given(ANY)
def test_words_together_are_the_text_and_their_offsets_say_where(text: str) -> None:
    words = SHARED.annotate(text)
    assert "".join(texts(words)) == text
    assert all(text[word.start : word.end] == word.text for word in words)
    assert all(len(word.pinyin) == len(word.text) for word in words)


SHARED = Annotator()


@pytest.fixture(autouse=True, scope="module")
def _share(annotator: Annotator) -> None:
    """Hypothesis calls a test many times: the annotator that it uses is the session's."""
    SHARED.__dict__.update(annotator.__dict__)


@pytest.mark.parametrize("text", ["", " ", "Hello, world.", "，。！", "123", "\n", "\u200b"])
def test_text_without_hanzi_has_no_readings(annotator: Annotator, text: str) -> None:
    words = annotator.annotate(text)
    assert "".join(texts(words)) == text
    assert not any(any(word.pinyin) for word in words)
    assert all(word.sure and not word.english for word in words)


@pytest.mark.parametrize(
    ("text", "pinyin"),
    [("𠮷野家", ["jí", "yě", "jiā"]), ("〇", ["líng"]), ("葛\U000e0100城", ["gě", None, "chéng"])],
)
def test_rare_characters_and_variation_selectors_are_read(
    annotator: Annotator, text: str, pinyin: list[str | None]
) -> None:
    assert [s for word in annotator.annotate(text) for s in word.pinyin] == pinyin


def test_a_megabyte_in_one_line_is_annotated(annotator: Annotator) -> None:
    text = "他们都在银行工作，" * 37_000  # 1 MB of UTF-8
    words = annotator.annotate(text)
    assert words[-1].end == len(text)
    assert {w.pinyin for w in words if w.text == "银行"} == {("yín", "háng")}


def test_the_glossary_wins_over_the_dictionary(annotator: Annotator) -> None:
    terms = [
        Term("协同发展", "xiétóng fāzhǎn", "coordinated development", HERE, "noun"),
        Term("京津冀", "Jīng-Jīn-Jì", "Beijing–Tianjin–Hebei", HERE, "place"),
    ]
    words = annotator.annotate("京津冀协同发展", terms=terms)
    assert texts(words) == ["京津冀", "协同发展"]
    assert [w.reading for w in words] == ["Jīng-Jīn-Jì", "xiétóng fāzhǎn"]
    assert [w.english for w in words] == ["Beijing–Tianjin–Hebei", "coordinated development"]
    assert words[0].pinyin == ("jīng", "jīn", "jì")


def test_of_several_terms_the_longest_wins(annotator: Annotator) -> None:
    terms = [Term(t, "", t.upper(), HERE) for t in ("发展", "协同发展", "同发")]
    assert texts(annotator.annotate("协同发展", terms=terms)) == ["协同发展"]


def test_a_mark_beats_the_glossary_and_takes_from_it_what_it_does_not_say(
    annotator: Annotator,
) -> None:
    terms = [Term("行长", "hángzhǎng", "bank president", HERE, "noun")]
    words = annotator.annotate(
        "行长和行长", terms=terms, marks=[Mark(0, 2, pinyin="xíng cháng")], place=HERE
    )
    assert [w.pinyin for w in words] == [("xíng", "cháng"), ("hé",), ("háng", "zhǎng")]
    assert words[0].english == "bank president"
    assert words[0].confidence == 1.0


def test_a_mark_of_script_form_alone_cuts_no_word(annotator: Annotator) -> None:
    assert texts(annotator.annotate("饼干", marks=[Mark(1, 2, hant="乾")])) == ["饼干"]


def test_a_mark_makes_one_word_of_what_it_covers(annotator: Annotator) -> None:
    words = annotator.annotate("双城记", marks=[Mark(0, 3, english="Tale of Two Cities")])
    assert [(w.text, w.english) for w in words] == [("双城记", "Tale of Two Cities")]


def test_latin_letters_in_a_term_need_no_syllable(annotator: Annotator) -> None:
    (word,) = annotator.annotate("T恤", terms=[Term("T恤", "T xù", "T-shirt", HERE)])
    assert word.pinyin == (None, "xù")


PROBLEMS = [
    (
        {"marks": [Mark(0, 2, pinyin="zhòngyàoxìng")]},
        "content/work/text.md:7: error a-001: “zhòngyàoxìng” does not read “重要”: "
        "2 syllables are needed.\n"
        '  Hint: Write one syllable for each character, such as py="zhòngyào".',
    ),
    (
        {"terms": [Term("重要", "zhòng", "", Place("content/glossary.csv", 3))]},
        "content/glossary.csv:3: error a-001: “zhòng” does not read “重要”: "
        "2 syllables are needed.\n"
        '  Hint: Write one syllable for each character, such as py="zhòngyào".',
    ),
    (
        {"marks": [Mark(0, 2, english="a"), Mark(1, 2, english="b")]},
        "content/work/text.md:7: error a-002: A mark stands at 1–2 of 2 characters.\n"
        "  Hint: Marks stand side by side inside the sentence: [词]{py=…}.",
    ),
]


@pytest.mark.parametrize(("given_by_people", "message"), PROBLEMS)
def test_a_wrong_override_is_said_at_its_place(
    annotator: Annotator, given_by_people: dict[str, list[Mark]], message: str
) -> None:
    with pytest.raises(DiglotError) as caught:
        annotator.annotate("重要", place=HERE, **given_by_people)  # type: ignore[arg-type]  # marks or terms
    assert str(caught.value) == message


def test_json_has_one_pinyin_item_a_character(annotator: Annotator) -> None:
    line = json.loads(to_json(1, annotator.annotate("银行，")))
    assert line == {
        "line": 1,
        "words": [
            {"text": "银行", "pinyin": ["yín", "háng"], "english": "bank", "hsk": 2, "sure": True},
            {"text": "，", "pinyin": [None], "english": "", "hsk": None, "sure": True},
        ],
    }


def test_traditional_text_keeps_its_form_and_offsets(annotator: Annotator) -> None:
    words = annotator.annotate("他看著銀行。", source=Script.HANT_TW)
    assert texts(words) == ["他", "看", "著", "銀行", "。"]
    assert [w.headword for w in words] == ["他", "看", "着", "银行", "。"]
    assert words[2].pinyin == ("zhe",)
    assert words[3].english == "bank"
