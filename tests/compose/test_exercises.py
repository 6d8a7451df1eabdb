"""Exercises: one answer each, the same in every edition, and nothing asked that tells itself."""

import pytest

from diglot.compose.booklet import Booklet
from diglot.compose.compose import compose
from diglot.compose.lesson import Lesson
from diglot.pairs.inline import plain
from tests.builder import TinyProject

TEXT = """> # 城市 ^0

The City

> 我们要加快推进这座城市的建设。
> 他们每天学习经验，解决困难的问题。
> 老师提高质量，也保护环境。 ^1

We must build up this city faster.
Every day they learn from experience and solve difficult problems.
The teacher raises quality and protects the environment as well.[^n]

> 历史很长，大家都在创造未来的生活方式。
> 山高。 ^2

History is long, and all of us create the way of life of the future.
The hills are high.

[^n]: A note.
"""
GLOSSARY = """term,pinyin,english,pos
加快,jiākuài,speed up; accelerate,verb
建设,jiànshè,construction,noun
经验,jīngyàn,experience,noun
解决,jiějué,solve,verb
提高,tígāo,raise,verb
质量,zhìliàng,quality,noun
环境,huánjìng,environment,noun
历史,lìshǐ,history,noun
创造,chuàngzào,create,verb
未来,wèilái,future,noun
"""


def composed(project: TinyProject, script: str = "hans", glossary: str = GLOSSARY) -> Booklet:
    project.write("content/w/text.md", TEXT)
    project.write("content/w/glossary.csv", glossary)
    settings = f'[[edition]]\nname = "study"\nscript = "{script}"\nexercises = true\n'
    project.write("content/editions.toml", settings)
    (edition,) = project.project.editions()
    return compose(project.work(), edition)


@pytest.fixture
def lesson(project: TinyProject) -> Lesson:
    (lesson,) = composed(project).lessons
    return lesson


def test_each_word_matches_its_sense_and_senses_stand_in_the_order_of_the_alphabet(
    lesson: Lesson,
) -> None:
    asked = lesson.matching
    assert asked
    rows = (line.split(",") for line in GLOSSARY.splitlines()[1:])
    senses = {row[0]: row[2].partition(";")[0] for row in rows}
    letters = dict(zip("abcdefgh", asked.senses, strict=False))
    assert [letters[letter] for letter in asked.key] == [senses[term] for term in asked.terms]
    assert list(asked.senses) == sorted(asked.senses)
    assert len(asked.terms) == len(set(asked.key)) == 8


def test_words_that_mean_something_alike_are_not_matched_together(project: TinyProject) -> None:
    glossary = GLOSSARY.replace("raise", "accelerating growth").replace("quality", "experienced")
    (lesson,) = composed(project, glossary=glossary).lessons
    assert lesson.matching
    assert not {"加快", "提高"} <= set(lesson.matching.terms)
    assert not {"经验", "质量"} <= set(lesson.matching.terms)


def test_a_gap_is_a_passage_of_the_text_without_its_word(lesson: Lesson) -> None:
    text = TEXT.replace("\n> ", "").replace("\n", "")
    assert 3 <= len(lesson.gaps) <= 6
    for gap in lesson.gaps:
        whole = f"{gap.before}{gap.word}{gap.after}"
        assert whole.removeprefix("……").removesuffix("……") in text
        assert gap.word not in gap.before + gap.after
    assert sorted(lesson.bank) == sorted(gap.word for gap in lesson.gaps)


def test_no_word_of_the_bank_stands_in_another_s_passage(lesson: Lesson) -> None:
    for gap in lesson.gaps:
        assert [word for word in lesson.bank if word in gap.before + gap.after] == []


def test_words_between_the_same_characters_are_not_asked_together(project: TinyProject) -> None:
    project.write("content/w/text.md", TEXT)
    (lesson,) = composed(project).lessons
    before = [gap.before[-1:] for gap in lesson.gaps if gap.before[-1:] not in "，、"]
    after = [gap.after[:1] for gap in lesson.gaps if gap.after[:1] not in "，。"]
    assert len(before) == len(set(before))
    assert len(after) == len(set(after))


def test_whole_sentences_are_put_back_into_chinese_without_their_notes(lesson: Lesson) -> None:
    pairs = {(plain(each.en), each.zh) for each in lesson.translations}
    glosses = [line.removesuffix("[^n]") for line in TEXT.splitlines()]
    assert all(en in glosses for en, _ in pairs)
    asked = {gap.pair for gap in lesson.gaps}
    assert not asked & {each.pair for each in lesson.translations}
    assert ("The hills are high.", "山高。") not in pairs  # too short to be worth it


def test_editions_in_all_scripts_ask_the_same(project: TinyProject) -> None:
    (hans,), (hant,) = (composed(project, script).lessons for script in ("hans", "hant"))
    assert hans.matching
    assert hant.matching
    assert hans.matching.key == hant.matching.key
    assert [gap.pair for gap in hans.gaps] == [gap.pair for gap in hant.gaps]
    assert "質量" in (*hant.matching.terms, *hant.bank)


def test_a_section_with_too_few_words_asks_nothing(project: TinyProject) -> None:
    few = "\n".join(GLOSSARY.splitlines()[:3]) + "\n"
    lessons = composed(project, glossary=few).lessons
    assert [(lesson.matching, lesson.gaps) for lesson in lessons] == [(None, ())]


def test_only_an_edition_that_asks_for_them_has_exercises(project: TinyProject) -> None:
    composed(project)
    project.write("content/editions.toml", '[[edition]]\nname = "study"\n')
    (edition,) = project.project.editions()
    assert compose(project.work(), edition).lessons == ()
