import pytest

from diglot.words import Annotator

SENSES = [
    ("我在银行工作。", "银行", "bank"),
    ("北京是首都。", "北京", "Beijing"),
    ("他还没来。", "还", "still; also"),
    ("他长高了。", "长", "to grow; head; elder"),
    ("这条路很长。", "长", "long; length"),
    ("李先生姓解。", "解", "Xiè (surname)"),
    ("他在上高中。", "高中", "senior high school"),  # an abbreviation of a word in the dictionary
    ("推动发展", "推动", "to push; to promote; to give impetus to"),
    ("今年五月", "年", None),
    ("二十年", "年", "year"),
    ("要推动资源同河北共享", "要", "must; to want; will"),
    ("要推动资源同河北共享", "同", "with; same"),
]


@pytest.mark.parametrize(("sentence", "word", "english"), SENSES)
def test_the_sense_is_that_of_the_reading_and_the_part_of_speech(
    annotator: Annotator, sentence: str, word: str, english: str | None
) -> None:
    found = {w.text: w.english for w in annotator.annotate(sentence)}
    assert found.get(word) == english


@pytest.mark.parametrize("word", ["王", "李", "张", "周", "高", "白", "黄", "马", "常", "方", "金"])
def test_a_surname_is_not_the_first_sense(annotator: Annotator, word: str) -> None:
    (found,) = annotator.annotate(word)
    assert found.english
    assert "surname" not in found.english


@pytest.mark.parametrize("text", ["看看书", "他们也想去。", "重要讲话精神", "他笑了。"])
def test_no_gloss_prints_the_dictionarys_own_notation(annotator: Annotator, text: str) -> None:
    for word in annotator.annotate(text):
        assert not any(mark in word.english for mark in ("[", "|", "CL:", "variant of", "lit."))
