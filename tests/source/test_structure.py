"""Segments and sentences."""

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diglot.model import Kind, Segment
from diglot.source.decode import decode
from diglot.source.normalize import normalize
from diglot.source.sentences import split_sentences
from diglot.source.structure import structure

CONTENT = Path(__file__).parents[2] / "content"


def _segments(work: str) -> tuple[Segment, ...]:
    source = decode((CONTENT / work / "source.txt").read_bytes(), "source.txt")
    return structure(normalize(source.text).text)


def test_the_quotations_are_a_lead_three_headings_and_nine_quotations() -> None:
    segments = _segments("jingjinji-quotations")
    assert [(s.kind.value, s.line) for s in segments if s.kind is Kind.HEADING] == [
        ("heading", 2),
        ("heading", 9),
        ("heading", 16),
    ]
    assert Counter(s.kind.value for s in segments) == {
        "paragraph": 1,
        "heading": 3,
        "quotation": 9,
        "attribution": 9,
    }
    assert segments[0].kind is Kind.PARAGRAPH


def test_the_article_is_a_title_three_headings_and_twenty_paragraphs() -> None:
    segments = _segments("jingjinji-article")
    assert Counter(s.kind.value for s in segments) == {"title": 1, "heading": 3, "paragraph": 20}
    assert sum(len(s.sentences) for s in segments if s.kind is Kind.PARAGRAPH) == 69
    assert segments[0] == Segment(
        Kind.TITLE,
        ("深入学习贯彻习近平总书记重要讲话和指示精神 推动京津冀协同发展不断取得新的更大成效",),
        line=2,
        level=1,
    )


P, Q, A, V = "paragraph", "quotation", "attribution", "verse"
DOCUMENTS = {
    "a title, a byline, a heading": (
        "论协同\n\n李四\n2023年5月\n前言\n这是正文。\n小结\n完了。",
        ["title1", P, P, "heading2", P, "heading2", P],
    ),
    "a single line is no title": ("你好", [P]),
    "a list is no row of headings": ("苹果\n香蕉\n梨", [P, P, P]),
    "short lines before the prose are no headings from three on": (
        "开头。\n苹果\n香蕉\n梨\n正文。",
        [P, P, P, P, P],
    ),
    "a heading and its subheading": ("开头。\n大\n小\n正文。", [P, "heading2", "heading2", P]),
    "numbers show levels": (
        "第一章 总则\n第一节 目的\n依法制定。\n"
        "一、范围\n（一）人\n人就是人。\n（二）物\n物也是。\n二、附则\n完了。",
        ["heading2", "heading3", P, "heading4", "heading5", P, "heading5", P, "heading4", P],
    ),
    "arabic numbers too": (
        "开头。\n1. 目的\n正文。\n1.1 范围\n正文。\n2. 结果\n正文。",
        [P, "heading2", P, "heading3", P, "heading2", P],
    ),
    "numbered items are a list": ("买：\n1. 苹果\n2. 香蕉\n3. 梨\n完了。", [P] * 5),
    "a decimal is no number of a heading": ("共有\n1.6亿吨水泥\n完了。", ["title1", "heading2", P]),
    "a paragraph before an attribution is a quotation": (
        "甲。\n乙。\n——丙",
        [P, Q, A],
    ),
    "a quotation may lack its full stop": ("甲。\n知识就是力量\n——培根", [P, Q, A]),
    "a subtitle stands below the title": ("论协同\n——在会上的讲话\n正文。", ["title1", A, P]),
    "a poem": (
        "静夜思\n李白\n床前明月光，疑是地上霜。\n举头望明月，低头思故乡。",
        ["title1", P, V],
    ),
    "a poem without stops, in two stanzas": (
        "床前明月光\n疑是地上霜\n\n举头望明月\n低头思故乡",
        [V, V],
    ),
    "one couplet in a line is prose": ("雄关漫道真如铁，而今迈步从头越。\n完了。", [P, P]),
    "four-character phrases without stops are a list": (
        "甲乙丙丁\n戊己庚辛\n子丑寅卯\n辰巳午未",
        [P] * 4,
    ),
    "indents and blank lines go": ("\n　　甲。\n\n\n　　乙。  \n", [P, P]),
    "nothing": ("\n \n", []),
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_kinds_and_levels(name: str) -> None:
    text, kinds = DOCUMENTS[name]
    assert [s.kind.value + (str(s.level) if s.level else "") for s in structure(text)] == kinds


def test_verse_keeps_its_lines_and_prose_its_sentences() -> None:
    (verse,) = structure("床前明月光，疑是地上霜。\n举头望明月，低头思故乡。")
    assert verse.sentences == ("床前明月光，疑是地上霜。", "举头望明月，低头思故乡。")
    (prose,) = structure("　　他来了。 我走了！")
    assert prose.sentences == ("他来了。", "我走了！")


SENTENCES = [
    ["他来了。", "我走了！", "真的吗？！", "没有"],
    ["他说：“好。”", "然后走了。"],
    ["他说：“好。”，然后走了。"],
    ["“好！”和“坏！”", "都对。"],
    ["“为什么？”的问题。", "完了。"],
    ["他说：“一。", "二。”", "三。"],
    ["“你去哪儿？”他问。", "我没说话。"],
    ["“好。”老人笑道，“你来了。”", "我坐下。"],
    ["「你去哪裡？」媽媽問，聲音很低。", "沒有人。"],
    ["“要下大功夫。”他强调。", "大家鼓掌。"],
    ["他说：“一。”", "她又说：“二。”"],
    ["“要下大功夫！”", "会议强调，要改革。"],
    ["“好！”", "大家都知道。"],
    ["“好！”", "我不想。"],
    ["《你是谁？》是书（真的？真的。）吗？", "是。"],
    ["他……", "走了。"],
    ["有苹果、梨……等等。"],
    ["……作出重要指示。", "完了。"],
    ["他走了。）”！ ", "真的。"],
    ["第21.6条。", "PM2.5高。"],
    ["？！"],
    [],
]


@pytest.mark.parametrize("sentences", SENTENCES, ids="".join)
def test_where_sentences_end(sentences: list[str]) -> None:
    assert list(split_sentences("".join(sentences))) == sentences


@given(st.one_of(st.text(), st.text("京津a1。！？…，”“’（）《》 \n.", max_size=60)))
def test_sentences_join_back_to_the_paragraph(text: str) -> None:
    pieces = split_sentences(text)
    assert "".join(pieces) == text
    assert all(pieces)


@given(st.text("京津a1。！？…，”“（）《》 \n　—一、1.", max_size=80))
def test_structure_keeps_every_character_but_white_space(text: str) -> None:
    kept = "".join(sentence for segment in structure(text) for sentence in segment.sentences)
    assert "".join(kept.split()) == "".join(text.split())
