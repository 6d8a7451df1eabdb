"""How ``text.md`` is read: quotes with ids and the glosses below them, line by line."""

import pytest

from diglot.errors import Place
from diglot.model import Gloss, Kind, Mark, Note, Pair, Sentence
from diglot.pairs.parse import Parsed, parse


def read(text: str) -> Parsed:
    return parse((text, "text.md"))


def pairs(text: str) -> tuple[Pair, ...]:
    parsed = read(text)
    assert parsed.problems == ()
    return parsed.text.pairs


def problems(*texts: str) -> list[str]:
    files = ((text, f"{nth}.md") for nth, text in enumerate(texts, 1))
    return [str(problem) for problem in parse(*files).problems]


def sides(text: str) -> list[tuple[str, list[str], list[str]]]:
    """Each pair as its id, its source lines and its gloss lines."""
    return [
        (pair.id, [line.text for line in pair.source], [line.text for line in pair.gloss])
        for pair in pairs(text)
    ]


def test_a_pair_is_a_quote_that_ends_in_an_id_and_the_gloss_below_it() -> None:
    text = "> 山高。\n> 水长。 ^1\n\nHigh mountains.\nLong rivers.\n"
    assert pairs(text) == (
        Pair(
            "1",
            Kind.PARAGRAPH,
            (
                Sentence("山高。", Place("text.md", 1)),
                Sentence("水长。", Place("text.md", 2)),
            ),
            (
                Gloss("High mountains.", Place("text.md", 4)),
                Gloss("Long rivers.", Place("text.md", 5)),
            ),
            Place("text.md", 1),
        ),
    )


@pytest.mark.parametrize(
    ("source", "kind", "level", "texts"),
    [
        ("> # 题 ^a", Kind.TITLE, 1, ["题"]),
        ("> ## 题 ^a", Kind.HEADING, 2, ["题"]),
        ("> ###### 题 ^a", Kind.HEADING, 6, ["题"]),
        ("> ####### 题 ^a", Kind.PARAGRAPH, 0, ["####### 题"]),
        ("> #题 ^a", Kind.PARAGRAPH, 0, ["#题"]),
        ("> 山高。 ^a", Kind.PARAGRAPH, 0, ["山高。"]),
        ("> ——杜甫 ^a", Kind.ATTRIBUTION, 0, ["——杜甫"]),
        ("> | 国破山河在\n> | 城春草木深 ^a", Kind.VERSE, 0, ["国破山河在", "城春草木深"]),
        ("> | 国破山河在\n> 城春草木深 ^a", Kind.PARAGRAPH, 0, ["| 国破山河在", "城春草木深"]),
        ("> \\# 题 ^a", Kind.PARAGRAPH, 0, ["# 题"]),
        ("> \\| 国 ^a", Kind.PARAGRAPH, 0, ["| 国"]),
        ("> \\> 国 ^a", Kind.PARAGRAPH, 0, ["> 国"]),
        ("> \\——国 ^a", Kind.PARAGRAPH, 0, ["——国"]),
    ],
)
def test_how_a_line_begins_says_what_the_pair_is(
    source: str, kind: Kind, level: int, texts: list[str]
) -> None:
    (pair,) = pairs(source)
    assert (pair.kind, pair.level) == (kind, level)
    assert [sentence.text for sentence in pair.source] == texts


def test_a_paragraph_whose_attribution_follows_is_a_quotation() -> None:
    kinds = [pair.kind for pair in pairs("> 山。 ^1\n\n> 水。 ^2\n\nWater.\n\n> ——杜甫 ^3\n")]
    assert kinds == [Kind.PARAGRAPH, Kind.QUOTATION, Kind.ATTRIBUTION]


@pytest.mark.parametrize("id_", ["1", "12a", "p-3", "x_1", "2.1"])
def test_an_id_is_letters_digits_dots_hyphens_and_underscores(id_: str) -> None:
    assert sides(f"> 山。 ^{id_}") == [(id_, ["山。"], [])]


def test_an_id_may_stand_on_a_line_of_its_own() -> None:
    assert sides("> 山。\n> ^1") == [("1", ["山。"], [])]


def test_the_id_is_what_follows_the_last_caret() -> None:
    assert sides("> 山 ^2 ^1") == [("1", ["山 ^2"], [])]


def test_all_that_follows_up_to_the_next_quote_is_the_gloss() -> None:
    text = "> 山。 ^1\n\nOne.\n\nTwo.\n\n<!-- mine -->\n\nThree.\n\n> 水。 ^2\n"
    assert sides(text) == [("1", ["山。"], ["One.", "Two.", "Three."]), ("2", ["水。"], [])]


def test_white_space_around_lines_and_blank_quoted_lines_mean_nothing() -> None:
    text = "  >   山。 \n>\n>\u3000\u3000水。 ^1  \n>\n\n  High.  \n \t\nWet.\n"
    assert sides(text) == [("1", ["山。", "水。"], ["High.", "Wet."])]


@pytest.mark.parametrize(
    "encode",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: "\ufeff" + text,
        lambda text: "\ufeff" + text.replace("\n", "\r\n"),
        lambda text: text.rstrip("\n"),
    ],
    ids=["CRLF", "byte order mark", "both", "no line feed at the end"],
)
def test_how_an_editor_saves_a_file_changes_nothing(encode: object) -> None:
    text = (
        "> # 题 ^0\n\nT[^a]\n\n> | 山\n> | 水 ^1\n\n<!-- was: a\n\nb -->\n\n> 长 ^2\n\n[^a]: N\nM\n"
    )
    assert callable(encode)
    assert read(encode(text)) == read(text)


HOW_TO_MARK = 'Write [词]{em py="cí" en="word" hant="詞"}; a bracket of the text itself is \\[.'


class TestMarks:
    """``[词]{py="…" en="…" hant="…"}`` overrides one occurrence and leaves the text."""

    @pytest.mark.parametrize(
        ("line", "text", "marks"),
        [
            ('[行]{py="háng"}', "行", [Mark(0, 1, pinyin="háng")]),
            ('在[双城]{en="twin cities"}里', "在双城里", [Mark(1, 3, english="twin cities")]),
            ('[干]{hant="乾"}', "干", [Mark(0, 1, hant="乾")]),
            ("[研究生]{}命", "研究生命", [Mark(0, 3)]),
            (
                '[行]{ hant="行" py="xíng"  en="go" }[干]{en="dry"}',
                "行干",
                [Mark(0, 1, "xíng", "go", "行"), Mark(1, 2, english="dry")],
            ),
            (
                r'[行]{en="\"go\", \\, {or} [not]"}',
                "行",
                [Mark(0, 1, english=r'"go", \, {or} [not]')],
            ),
            ("以[人民，为中心]{em}。", "以人民，为中心。", [Mark(1, 7, emphasis=True)]),
            ('[行]{em py="háng"}', "行", [Mark(0, 1, "háng", emphasis=True)]),
            ('[行]{ en="go" em }', "行", [Mark(0, 1, english="go", emphasis=True)]),
            ('[行]{en="a } b"}', "行", [Mark(0, 1, english="a } b")]),
            (r'[\[1\]]{en="one"}', "[1]", [Mark(0, 3, english="one")]),
        ],
    )
    def test_a_mark(self, line: str, text: str, marks: list[Mark]) -> None:
        (pair,) = pairs(f"> {line} ^1")
        assert (pair.source[0].text, list(pair.source[0].marks)) == (text, marks)

    @pytest.mark.parametrize(
        ("line", "text"),
        [
            ("见[1]和{2}", "见[1]和{2}"),
            (r"\[行]{x}", "[行]{x}"),
            (r"\*\_\`\\\^", r"*_`\^"),
            (r"C:\文件", r"C:\文件"),
        ],
    )
    def test_brackets_alone_and_what_a_backslash_escapes_are_text(
        self, line: str, text: str
    ) -> None:
        (pair,) = pairs(f"> {line} ^1")
        assert (pair.source[0].text, pair.source[0].marks) == (text, ())

    @pytest.mark.parametrize(
        ("attributes", "said", "hint"),
        [
            ('{pyn="háng"}', 'pyn="háng"', "Did you mean “py”?"),
            ('{py="a" enn="b"}', 'enn="b"', "Did you mean “en”?"),
            ("{word}", "word", HOW_TO_MARK),
            ('{en="word}', 'en="word', HOW_TO_MARK),
            ('{en="a" en="b"}', 'en="b"', HOW_TO_MARK),
            ("{em em}", "em", HOW_TO_MARK),
            ('{em="dots"}', 'em="dots"', HOW_TO_MARK),
            ("{emm}", "emm", HOW_TO_MARK),
        ],
    )
    def test_p_008_an_attribute_that_cannot_be(self, attributes: str, said: str, hint: str) -> None:
        assert problems(f"> 银[行]{attributes} ^1") == [
            "1.md:1: error p-008: a mark has an attribute that is not known, not well formed or "
            f"given twice: {said}\n  Hint: {hint}"
        ]

    @pytest.mark.parametrize("word", ["PM2.5", "，。"])
    def test_p_008_emphasis_of_what_gets_no_dots(self, word: str) -> None:
        assert problems(f"> 银行[{word}]{{em}} ^1") == [
            f"1.md:1: error p-008: em emphasizes no Chinese character: {word}\n"
            "  Hint: Put it behind brackets with some: they get a dot each, punctuation and "
            "letters none."
        ]

    def test_p_008_a_traditional_form_has_as_many_characters_as_the_word(self) -> None:
        assert problems('> [干部]{hant="幹"} ^1') == [
            '1.md:1: error p-008: hant="幹" has not as many characters as 干部\n'
            "  Hint: Write one Traditional character for each Simplified one."
        ]


class TestNotes:
    """``[^key]`` in a gloss refers to a paragraph that begins ``[^key]:``."""

    def test_a_note_goes_on_over_lines_and_indented_paragraphs(self) -> None:
        text = (
            "> 山。 ^1\n\nHigh.[^a][^b]\n"
            "[^a]: One\n  line,\nand more.\n[^b]: Two\n\n    paragraphs.\n"
        )
        assert read(text).problems == ()
        assert read(text).text.notes == (
            Note("a", "One line, and more.", Place("text.md", 4)),
            Note("b", "Two paragraphs.", Place("text.md", 7)),
        )
        assert sides(text) == [("1", ["山。"], ["High.[^a][^b]"])]

    def test_a_gloss_goes_on_below_a_note(self) -> None:
        text = "> 山。 ^1\n\nHigh.[^a]\n\n[^a]: Note.\n\nVery high.\n"
        assert sides(text) == [("1", ["山。"], ["High.[^a]", "Very high."])]

    def test_p_006_a_note_is_defined_once(self) -> None:
        assert problems("> 山。 ^1\n\nHigh.[^a]\n\n[^a]: One.\n\n[^a]: Two.\n") == [
            "1.md:7: error p-006: the note [^a] is defined a second time\n"
            "  Hint: 1.md:5 defines it already: rename one of the two."
        ]

    def test_p_007_a_note_that_is_referred_to_is_defined(self) -> None:
        assert problems("> 山。 ^1\n\nHigh.[^a]\n") == [
            "1.md:3: error p-007: the note [^a] is not defined\n"
            "  Hint: Add a paragraph that begins [^a]: at the end of the file."
        ]


class TestComments:
    """Comments are the editors' own; ``was:`` keeps the source that a gloss was written for."""

    @pytest.mark.parametrize(
        "comment",
        [
            "<!-- ask the author -->",
            "<!-- ask\n\n> 水。 ^2\n\nthe author -->",
            "<!-- one --><!-- two -->",
        ],
    )
    def test_a_comment_is_nowhere(self, comment: str) -> None:
        plain = "> 山。 ^1\n\nHigh.\n"
        assert sides(f"{comment}\n\n> 山。 ^1\n{comment}\n\nHigh.\n{comment}\n") == sides(plain)

    def test_text_behind_a_comment_is_text(self) -> None:
        assert sides("> 山。 ^1\n\n<!-- or tall? --> High.\n") == [("1", ["山。"], ["High."])]

    @pytest.mark.parametrize(
        ("comment", "former"),
        [
            ("<!-- was: 山低。 -->", "山低。"),
            ("<!--was:山低。-->", "山低。"),
            ("<!-- was: 山低。\n\n  水长。 -->", "山低。\n\n  水长。"),
            ("<!-- was: 箭头--\\>右 -->", "箭头-->右"),
            ("<!-- was: -->", ""),
            ("<!-- it was: 山低。 -->", None),
        ],
    )
    def test_the_source_before_it_changed(self, comment: str, former: str | None) -> None:
        first, second = pairs(f"{comment}\n> 山高。 ^1\n\nLow.\n\n> 水。 ^2\n")
        assert (first.former, second.former) == (former, None)

    def test_p_011_a_comment_ends(self) -> None:
        assert problems("> 山。 ^1\n\n<!-- ask\n\nHigh.\n") == [
            "1.md:3: error p-011: this comment does not end\n  Hint: Close it with --> ."
        ]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (
            "\nHigh.\n\n> 山。 ^1\n",
            "1.md:2: error p-001: this gloss has no source\n"
            "  Hint: Put the source above it, as a quote whose last line ends in ^ and an id.",
        ),
        (
            "> 山。\n> 水。\n\nHigh.\n",
            "1.md:2: error p-002: this source has no id\n"
            "  Hint: End its last line with a space, ^ and an id not yet used, such as ^12.",
        ),
        (
            "> 山。 ^1\n\n> 水。\n> 长。 ^1\n",
            "1.md:4: error p-003: the id ^1 stands a second time; 1.md:1 has it already\n"
            "  Hint: Give this pair an id of its own; keep the other, which may be cited.",
        ),
        (
            "> 山。 ^第 1\n",
            "1.md:1: error p-004: “第 1” cannot be an id\n"
            "  Hint: Use letters, digits, dots, hyphens and underscores, without spaces.",
        ),
        (
            "> 山。 ^1\nHigh.\n",
            "1.md:2: error p-005: this gloss stands directly under its source\n"
            "  Hint: Put a blank line between them: Markdown would read it as part of the quote.",
        ),
        (
            "> 山。 ^1\n\nHigh.\n<<<<<<< HEAD\nTall.\n",
            "1.md:4: error p-009: there is an unresolved merge conflict here\n"
            "  Hint: Choose between the two versions and delete the lines "
            "<<<<<<<, =======, >>>>>>>.",
        ),
        (
            "> ^1\n",
            "1.md:1: error p-010: this source is empty\n  Hint: Write the source, or delete it.",
        ),
        (
            "> 山。 ^1\n> 水。 ^2\n",
            "1.md:1: error p-012: the id ^1 does not end its quote\n"
            "  Hint: Put a blank line below it, or write \\^ if it belongs to the text.",
        ),
    ],
    ids=["p-001", "p-002", "p-003", "p-004", "p-005", "p-009", "p-010", "p-012"],
)
def test_what_cannot_be_read_is_told_with_its_line(text: str, problem: str) -> None:
    assert problems(text) == [problem]


def test_every_line_of_a_merge_conflict_is_told() -> None:
    text = "> 山。 ^1\n\n<<<<<<< HEAD\nHigh.\n=======\nTall.\n>>>>>>> theirs\n"
    assert [line.partition(":")[2][:1] for line in problems(text)] == ["3", "7"]


def test_problems_come_in_the_order_of_the_files() -> None:
    found = problems("> 山。 ^1\n\n> 水\n\nWater.[^x]\n", "> 木。 ^1\n")
    assert [line.partition(":")[0] for line in found] == ["1.md", "1.md", "2.md"]


class TestSeveralFiles:
    """A long work is several files, read one after the other."""

    def test_pairs_follow_each_other(self) -> None:
        parsed = parse(("> 山。 ^1\n\nHigh.\n", "1.md"), ("> ——杜甫 ^2\n", "2.md"))
        assert parsed.problems == ()
        assert [(pair.id, pair.kind, pair.place) for pair in parsed.text.pairs] == [
            ("1", Kind.QUOTATION, Place("1.md", 1)),
            ("2", Kind.ATTRIBUTION, Place("2.md", 1)),
        ]

    def test_notes_may_stand_in_another_file(self) -> None:
        assert problems("> 山。 ^1\n\nHigh.[^a]\n", "[^a]: Note.\n") == []

    def test_an_id_is_unique_in_all_of_them(self) -> None:
        assert problems("> 山。 ^1\n", "> 水。 ^1\n") == [
            "2.md:1: error p-003: the id ^1 stands a second time; 1.md:1 has it already\n"
            "  Hint: Give this pair an id of its own; keep the other, which may be cited."
        ]

    def test_a_gloss_does_not_reach_back_into_the_file_before(self) -> None:
        assert problems("> 山。 ^1\n", "High.\n") == [
            "2.md:1: error p-001: this gloss has no source\n"
            "  Hint: Put the source above it, as a quote whose last line ends in ^ and an id."
        ]
