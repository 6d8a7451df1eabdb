"""The two works in ``content/``: complete, canonical, and faithful to the texts as delivered."""

from pathlib import Path

import pytest

from diglot.check import check_work
from diglot.project import Project
from diglot.source.read import read_source
from diglot.source.structure import structure

PROJECT = Project(Path(__file__).parents[1])
WORKS = ("jingjinji-article", "jingjinji-quotations")


def test_these_are_the_works() -> None:
    assert PROJECT.names() == WORKS


@pytest.mark.parametrize("name", WORKS)
def test_the_quotes_are_the_normalized_source_segment_by_segment(name: str) -> None:
    work = PROJECT.work(name)
    source = read_source((work.folder / "source.txt").read_bytes(), "source.txt").normalized
    assert source.script is work.info.script.script
    assert [(p.kind, p.level, tuple(s.text for s in p.source)) for p in work.text.pairs] == [
        (s.kind, s.level, s.sentences) for s in structure(source.text)
    ]


@pytest.mark.parametrize("name", WORKS)
def test_every_pair_is_glossed_sentence_by_sentence(name: str) -> None:
    pairs = PROJECT.work(name).text.pairs
    assert [pair.id for pair in pairs if not (pair.gloss and pair.aligned)] == []


@pytest.mark.parametrize("name", WORKS)
def test_nothing_is_left_to_look_at(name: str) -> None:
    assert [str(problem) for problem in check_work(PROJECT.work(name))] == []


def test_the_glossaries_have_at_least_150_terms() -> None:
    terms = {term.term for name in WORKS for term in PROJECT.work(name).terms}
    assert len(terms) >= 150


def test_what_a_learner_cannot_guess_has_a_note() -> None:
    noted = {t.term for name in WORKS for t in PROJECT.work(name).terms if t.note}
    assert {"四梁八柱", "牛鼻子", "大城市病", "新瓶装旧酒", "雄关漫道真如铁"} <= noted


def test_one_chinese_term_has_one_english_term_in_both_works() -> None:
    article, quotations = (
        {term.term: (term.pinyin, term.english) for term in PROJECT.work(name).terms}
        for name in WORKS
    )
    both = article.keys() & quotations.keys()
    assert {t: article[t] for t in both} == {t: quotations[t] for t in both}
