from pathlib import Path

import pytest

from diglot.words import Annotator
from diglot.words.pinyin import numbered

LINES = (Path(__file__).parent / "readings.tsv").read_text(encoding="utf-8").splitlines()
CASES = [tuple(line.split("\t")) for line in LINES if not line.startswith("#")]


def read(annotator: Annotator, marked: str) -> list[str]:
    """The numbered syllables of what stands in brackets."""
    before, _, rest = marked.partition("[")
    target, _, after = rest.partition("]")
    words = annotator.annotate(before + target + after)
    found = [syllable for word in words for syllable in word.pinyin]
    return [numbered(s or "?") for s in found[len(before) : len(before) + len(target)]]


def test_at_least_98_percent_of_the_traps_are_read_as_the_standard_dictionary_reads_them(
    annotator: Annotator,
) -> None:
    assert len(CASES) >= 200
    wrong = [
        f"{trap}: {sentence}"
        for trap, sentence, pinyin in CASES
        if read(annotator, sentence) != list(map(numbered, pinyin.split()))
    ]
    assert len(wrong) <= len(CASES) * 0.02, "\n".join(wrong)


@pytest.mark.parametrize(
    ("sentence", "pinyin"),
    [
        ("习近平在座谈会[上]的讲话", "shang5"),
        ("在总结经验的基础[上]，我们提出", "shang5"),
        ("体现到共同富裕[上]。", "shang5"),
        ("桌子[上]有一本书。", "shang5"),
        ("他慢慢地走[上]了讲台。", "shang4"),
        ("天[上]下雨了。", "shang4"),  # what rules are not sure of keeps its tone
        ("要把握[好]三方面关系。", "hao3"),
        ("那笔钱他还没[还]。", "huan2"),
        ("他[还]没来。", "hai2"),
    ],
)
def test_what_ordinary_prose_showed(annotator: Annotator, sentence: str, pinyin: str) -> None:
    assert read(annotator, sentence) == pinyin.split()


def test_every_rule_names_a_reading_for_each_character() -> None:
    from diglot.words.tables import OPEN, rules

    for word, found in rules().items():
        for rule in found:
            given = [s for s in rule.pinyin if s != OPEN]
            complete = len(rule.pinyin) == len(word) and OPEN not in rule.pinyin
            assert complete or (OPEN in rule.pinyin and len(given) < len(word)), (word, rule)


@pytest.mark.parametrize(
    ("sentence", "sure"),
    [("我在银行工作。", True), ("我姓李。", True), ("㐂㐂㐂", False)],
)
def test_a_reading_that_nothing_is_known_of_is_not_sure(
    annotator: Annotator, sentence: str, sure: bool
) -> None:
    assert all(word.sure for word in annotator.annotate(sentence)) is sure


def test_the_order_of_sentences_does_not_matter(annotator: Annotator) -> None:
    first, second = "他得了奖，很高兴。", "银行的行长在西安。"
    assert len(first) < 24  # within the reach of a rule
    apart = [w.pinyin for text in (first, second) for w in annotator.annotate(text)]
    together = [w.pinyin for w in annotator.annotate(f"{first}\n{second}") if w.text != "\n"]
    assert together == apart
