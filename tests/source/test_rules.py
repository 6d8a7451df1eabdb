"""What each rule does, leaves alone, and leaves to a person."""

import pytest

from diglot.source.normalize import RULE_NAMES, normalize

# Texts that must come out as they are stand alone; others with what becomes of them.
CASES: dict[str, list[str | tuple[str, str]]] = {
    "invisible": [
        ("京\u200b津\ufeff冀\u00ad", "京津冀"),
        ("葛\U000e0100城", "葛城"),
        ("一\x08二", "一二"),
        "👨\u200d👩\u200d👧和❤️",
    ],
    "line-breaks": [("一\x0c二\u2028三", "一\n二\n三")],
    "radicals": [("⻓江⼈⺠", "长江人民"), "长江人民"],
    "compose": [("nu\u0308\u030c人\uf900", "nǚ人豈"), "①Ａ㎡，　！"],
    "wrapped-lines": [
        # A line is not broken for being short, nor a poem for being even.
        "推动京津冀协同发展不断取得成效\n京津冀协同发展，是国家战略。",
        "锦瑟无端五十弦，一弦一柱思华年。\n庄生晓梦迷蝴蝶，望帝春心托杜鹃。\n" * 2,
    ],
    "page-debris": [
        ("一句话。\n第 3 页 共 9 页\n另一句。", "一句话。\n另一句。"),
        ("一句话。\n- 1 -\n另一句。\n- 2 -\n末句。", "一句话。\n另一句。\n末句。"),
        ("前一句。这里有\n\n12\n\n半句话。", "前一句。这里有半句话。"),
        (
            "".join(f"正文。\n文集\n- {page} -\n" for page in range(1, 5)) + "完。",
            "正文。\n正文。\n正文。\n正文。\n完。",
        ),
        "——2014年\n甲。\n——2014年\n乙。\n——2014年\n丙。",
    ],
    "quotes": [
        ('他说"你好"和"再见"。', "他说“你好”和“再见”。"),
        ("他说'好'。", "他说‘好’。"),
        'Say "hello" to 你好',
        "Xī'ān（西安）",
    ],
    "ellipsis": [
        ("他...走了", "他……走了"),
        ("等等。。。", "等等……"),
        ("嗯…", "嗯……"),
        "v1...2，Wait... ok",
        "前言.........3",
    ],
    "dashes": [
        ("--习近平", "——习近平"),
        ("—2014年，习近平", "——2014年，习近平"),
        ("他来了--我走了", "他来了——我走了"),
        ("京津冀协同发展—国家战略", "京津冀协同发展——国家战略"),
        ("──習近平", "——習近平"),
        "2014—2018年、a--b、- 列表、——好",
    ],
    "punctuation": [
        ("我们,他们;和她们:好!真的?", "我们，他们；和她们：好！真的？"),
        ("我们来了.", "我们来了。"),
        ("增长21.6万,比PM2.5低,1+N体系;12:30,开始", "增长21.6万，比PM2.5低，1+N体系；12:30，开始"),
        ("2,000人,3:2", "2,000人，3:2"),
        ("讲话(摘要,一)", "讲话（摘要，一）"),
        ("你好（世界)", "你好（世界）"),
        ("见https://a.cn/b,c?d=1,很好", "见https://a.cn/b,c?d=1，很好"),
        ("写信到a.b@c.cn,谢谢", "写信到a.b@c.cn，谢谢"),
        "The term 京津冀, which means X, is used.",
        "f(x)、WTO(shi)、长(cháng)、C:\\路径、他笑了:)",
        "1.总则",
        "一.总则",
    ],
    "spaces": [
        ("我们 要 坚持\u3000新 发展理念。 ", "我们要坚持新发展理念。"),
        ("京津冀 ，协同（ 发展 ）", "京津冀，协同（发展）"),
        ("—— 2014年", "——2014年"),
        ("目 录", "目录"),
        "深入学习重要讲话精神 推动协同发展",
        "第一章 总则",
        "第一课 《静夜思》",
        "使用 Python 编程。",
        "记者（张三 李四）报道。",
        "姓名：（ ）",
        "　　缩进的段落。",
        "北京  天津\t河北",
    ],
    "under-converted": [
        ("學習示范與關于國家", "學習示範與關於國家"),
        ("制造業與後來的發明", "製造業與後來的發明"),
        (
            "來自東方的国家與傳說，開放與發展經濟",
            "來自東方的國家與傳說，開放與發展經濟",
        ),
        "布局與了解這個國家，台灣的平台發展",
        "皇后與范仲淹、陸游於公里外說話",
        "香港用户學習温度，發展衞生",
        "关于制造的示范",
    ],
}


@pytest.mark.parametrize(
    ("rule", "case"), [(rule, case) for rule, cases in CASES.items() for case in cases]
)
def test_a_rule_mends_this_and_leaves_that(rule: str, case: str | tuple[str, str]) -> None:
    before, after = case if isinstance(case, tuple) else (case, case)
    result = normalize(before, off=RULE_NAMES - {rule})
    assert result.text == after
    assert {edit.rule for edit in result.edits} == ({rule} if before != after else set())


DOUBTS: dict[str, list[tuple[str, str | None, str]]] = {
    "radicals": [("⺮字头", "⺮", "a radical that is no character of its own")],
    "unknown": [
        ("京\ue000津", "\ue000", "a character of a private font"),
        ("京\ufffd津", "\ufffd", "a character was lost"),
    ],
    "page-debris": [
        ("甲。\n- 12 -\n乙。", "- 12 -", "a page number, or the number of a section"),
        (
            "文集\n" + ("正文。\n" * 9 + "文集\n") * 2 + "完。",
            "文集",
            "a running head, or a heading that comes back",
        ),
    ],
    "quotes": [
        ('21"显示器', '"', "straight quotes that do not pair up in their paragraph"),
    ],
    "ellipsis": [("前言......3", "......", "an ellipsis, or the leader of a table of contents")],
    "dashes": [("北京—上海", "—", "a break (——), or one that joins places or times (—)")],
    "punctuation": [
        ("卡尔.马克思", ".", "a full stop, or the dot within a foreign name (·)"),
    ],
    "spaces": [
        ("中 国 人 民", " ", "single characters, or words that were spaced out"),
        ("生词：你好 再见 谢谢。", " ", "a list, or words set apart for no reason"),
        ("好。　　坏", "　　", "an indent within a line: a paragraph may begin here"),
    ],
    "under-converted": [
        ("于先生與學生來開會", "于", "於 in Traditional text, unless a name"),
    ],
    "mixed-script": [
        ("一二三", "", "no character tells whether this is Simplified or Traditional"),
        ("国家", None, ""),
        ("習近平与协同發展", "", "half-converted: 1 Simplified, 2 Traditional characters"),
    ],
}


@pytest.mark.parametrize(
    ("rule", "text", "what", "reason"),
    [(rule, *case) for rule, cases in DOUBTS.items() for case in cases],
)
def test_a_rule_asks_rather_than_guesses(
    rule: str, text: str, what: str | None, reason: str
) -> None:
    result = normalize(text, off=RULE_NAMES - {rule})
    assert result.text == text
    assert [(r.text, r.reason) for r in result.review][:1] == ([(what, reason)] if reason else [])


PAGE = """\
　　京津冀协同发展，是以习近平同志为核心的党中央作出的重大决
策部署。习近平总书记亲自赴京津冀三省市调研7次，召开会议10次，
在每一个重要阶段和关键环节都作出重要指示。今年1月，他再次视察
工作，对下一步推动京津冀协同发展作出重要指示，使用了 GDP and
PM2.5 等指标，指明了方向。
　　有力有序、扎实有效
　　京津冀协同发展战略实施五年来，党中央以宏阔的战略格局谋划部
署，做了大量卓有成效的工作。
"""


def test_hard_wrapped_lines_become_paragraphs() -> None:
    result = normalize(PAGE)
    assert [line[:5] for line in result.text.split("\n")] == [
        "　　京津冀",
        "　　有力有",
        "　　京津冀",
        "",
    ]
    assert "重大决策部署" in result.text
    assert "GDP andPM2.5" not in result.text
    assert {edit.rule for edit in result.edits} == {"wrapped-lines"}


def test_a_full_line_that_ends_a_sentence_is_joined_only_where_paragraphs_are_marked() -> None:
    bare = PAGE.replace("　　", "")
    bare = bare.replace("7次，召开会议10次，\n", "七次，召开重要会议\n")
    bare = bare.replace("指示。今年1月，他再次视察\n", "重要指示，又于今年一月。\n")
    result = normalize(bare)
    assert "今年一月。\n工作" in result.text
    assert [review.rule for review in result.review] == ["wrapped-lines"]


def test_a_half_converted_text_lists_the_characters_of_the_lesser_script() -> None:
    result = normalize("这个国家的经济发展说明，發展是第一要务；發展为了人民。")
    assert result.script is None
    assert [(r.column, r.text, r.reason) for r in result.review] == [
        (1, "", "half-converted: 9 Simplified, 2 Traditional characters"),
        (13, "發", "Traditional in a text of the other script, 2 in all"),
    ]
    assert result.edits == ()
