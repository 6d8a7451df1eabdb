"""An edition of a work: its sections, words and notes, in its script and order."""

import pytest

from diglot.compose.booklet import Block, Booklet, Entry, Row
from diglot.compose.compose import compose
from diglot.config import Edition, Stale
from diglot.errors import DiglotError
from diglot.model import Kind, Script
from diglot.pairs.inline import Inline, plain
from tests.builder import IDENTIFIER, WORK, TinyProject

HANT_WORK = WORK.replace("hans", "hant")


def booklet(
    project: TinyProject, script: Script = Script.SOURCE, stale: Stale = Stale.MARK
) -> Booklet:
    return compose(project.work(), Edition(name="study", script=script, stale=stale))


def blocks(made: Booklet) -> list[Block]:
    return [block for section in made.sections for block in section.all]


def rows(block: Block) -> list[tuple[str, str]]:
    return [(row.zh, plain(row.en)) for row in block.rows]


class TestTitle:
    """The title page has a title in both languages, from the text or from ``work.toml``."""

    def test_a_title_in_the_text_is_set_on_the_title_page_alone(self, project: TinyProject) -> None:
        made = booklet(project)
        assert (made.titles.zh, plain(made.titles.en)) == ("山中", "In the Mountains")
        assert (made.titles.pair, made.titles.editorial) == ("0", False)
        assert [block.id for block in blocks(made)] == ["1"]

    def test_a_title_of_several_lines_is_one_text(self, project: TinyProject) -> None:
        project.write(
            "content/w/text.md", "> # 山\n> 水 ^0\n\nHills\nRivers\n\n> 长。 ^1\n\nLong.\n"
        )
        titles = booklet(project).titles
        assert (titles.zh, plain(titles.en)) == ("山水", "Hills Rivers")

    def test_a_text_without_one_gets_an_editorial_title_in_its_script(
        self, project: TinyProject
    ) -> None:
        project.write("content/w/text.md", "> 山。 ^1\n\nHills.\n")
        project.add("content/w/work.toml", '[title]\nzh = "乐园"\nen = "Eden"\neditorial = true\n')
        titles = booklet(project, Script.HANT).titles
        assert (titles.zh, plain(titles.en)) == ("樂園", "Eden")
        assert (titles.pair, titles.editorial) == ("", True)

    def test_the_running_heads_have_the_short_forms(self, project: TinyProject) -> None:
        project.add("content/w/work.toml", '[title]\nzh = "x"\nen = "y"\nshort_zh = "乐"\n')
        titles = booklet(project, Script.HANT).titles
        assert (titles.short_zh, titles.short_en) == ("樂", "In the Mountains")

    def test_e_001_a_work_has_a_title(self, project: TinyProject) -> None:
        project.write("content/w/text.md", "> 山。 ^1\n\nHills.\n")
        with pytest.raises(DiglotError) as caught:
            booklet(project)
        assert str(caught.value) == (
            "error e-001: the work w has no title\n"
            "  Hint: Give it one in work.toml: [title] with zh = …, en = … and editorial = true."
        )

    def test_e_003_a_work_has_pairs(self, project: TinyProject) -> None:
        project.write("content/w/text.md", "<!-- later -->\n")
        with pytest.raises(DiglotError) as caught:
            booklet(project)
        assert str(caught.value) == (
            "error e-003: the work w has no pairs\n"
            "  Hint: Write pairs into its text.md, or make the work anew with diglot new."
        )


class TestSections:
    """The body is parted at its headings; words and notes stand where they first occur."""

    TEXT = """> # 题 ^0

T

> 山。 ^1

Hills.[^b]

> ## 水 ^2

Water

> ### 河 ^3

Rivers[^a]

> 山水。 ^4

Hills and water.[^b]

> # 木 ^5

Trees

[^a]: First in the file.

[^b]: First in the text.

[^c]: Nowhere.
"""
    GLOSSARY = """term,pinyin,english
山,shān,hill
水,shuǐ,water
题,tí,title
木,mù,tree
河,hé,river
火,huǒ,fire
"""

    @pytest.fixture
    def made(self, project: TinyProject) -> Booklet:
        project.write("content/w/text.md", self.TEXT)
        project.write("content/w/glossary.csv", self.GLOSSARY)
        return booklet(project)

    def test_headings_of_level_one_and_two_open_a_section(self, made: Booklet) -> None:
        assert [
            (section.key, section.heading and section.heading.id, [b.id for b in section.blocks])
            for section in made.sections
        ] == [
            ("section-1", None, ["1"]),
            ("section-2", "2", ["3", "4"]),
            ("section-3", "5", []),
        ]

    def test_a_vocabulary_has_the_words_that_first_occur_in_its_section(
        self, made: Booklet
    ) -> None:
        listed = [
            [[entry.term for entry in group] for group in section.vocabulary]
            for section in made.sections
        ]
        assert listed == [[["题"], ["山"]], [["水"], ["河"]], [["木"]]]

    def test_the_glossary_has_each_word_once_with_all_its_pairs_by_letters_and_tones(
        self, made: Booklet
    ) -> None:
        assert [[(entry.term, entry.pairs) for entry in group] for group in made.glossary] == [
            [("河", ("3",))],
            [("木", ("5",))],
            [("山", ("1", "4")), ("水", ("2", "4"))],
            [("题", ("0",))],
        ]

    def test_a_word_knows_the_rows_in_which_it_stands(self, made: Booklet) -> None:
        (rows,) = [entry.rows for group in made.glossary for entry in group if entry.term == "水"]
        assert rows == ("pair-2", "row-4-0")

    def test_notes_are_numbered_by_first_reference_and_stand_in_its_section(
        self, made: Booklet
    ) -> None:
        assert [(n.number, n.key, plain(n.text), n.pairs) for n in made.notes] == [
            (1, "b", "First in the text.", ("1", "4")),
            (2, "a", "First in the file.", ("3",)),
        ]
        assert [[n.key for n in section.notes] for section in made.sections] == [["b"], ["a"], []]


def test_words_sort_by_letters_then_tones_then_characters(project: TinyProject) -> None:
    project.write("content/w/text.md", "> # 西安现先县 ^0\n\nX\n")
    rows = ("西安,Xī'ān,x", "现,xiàn,x", "先,xiān,x", "县,xiàn,x", "西,xī,x", "安,ān,x")
    project.write("content/w/glossary.csv", "\n".join(["term,pinyin,english", *rows]))
    listed = [[entry.term for entry in group] for group in booklet(project).glossary]
    assert listed == [["西安", "先", "县", "现"]]


@pytest.mark.parametrize(
    ("pinyin", "initial"), [("ān", "A"), ("Ōu", "O"), ("21 shìjì", "S"), ("ěr", "E"), ("21", "#")]
)
def test_a_word_stands_under_the_first_letter_of_its_reading(pinyin: str, initial: str) -> None:
    assert Entry("k", "词", "词", pinyin, "x", "", (), ("1",), 0).initial == initial


def test_a_marked_sense_is_an_entry_of_its_own(project: TinyProject) -> None:
    project.write("content/w/text.md", '> # 山[山]{en="grave mound"} ^0\n\nX\n')
    (group,) = booklet(project).glossary
    assert [(entry.term, entry.english) for entry in group] == [
        ("山", "mountain"),
        ("山", "grave mound"),
    ]


def test_a_word_has_its_level_of_hsk(project: TinyProject) -> None:
    project.write("content/w/text.md", "> # 山协同高级 ^0\n\nX\n")
    project.write(
        "content/w/glossary.csv", "term,pinyin,english\n山,shān,x\n高级,gāojí,x\n协同,xiétóng,x\n"
    )
    found = {entry.term: entry.level for group in booklet(project).glossary for entry in group}
    assert found == {"山": 1, "协同": 7, "高级": 2}


def test_only_an_edition_that_asks_for_it_has_an_index(project: TinyProject) -> None:
    assert compose(project.work(), Edition(name="a")).index == ()
    ((line,),) = compose(project.work(), Edition(name="a", index=True)).index
    assert (line.english, line.terms) == ("mountain", ("山",))


class TestRows:
    """A sentence stands beside its gloss, where both sides have as many."""

    @pytest.mark.parametrize(
        ("pair", "expected"),
        [
            ("> 山。\n> 水。 ^1\n\nA.\nB.\n", [("山。", "A."), ("水。", "B.")]),
            ("> 山。\n> 水。 ^1\n\nA.\n", [("山。水。", "A.")]),
            ("> 山。 ^1\n\nA.\nB.\n", [("山。", "A. B.")]),
            ("> 山。\n> 水。 ^1\n", [("山。水。", "")]),
            ("> | 山\n> | 水 ^1\n\nA\nB\n", [("山", "A"), ("水", "B")]),
            ("> | 山\n> | 水 ^1\n\nA, B\n", [("山", ""), ("水", "A, B")]),
            ("> | 山\n> | 水 ^1\n", [("山", ""), ("水", "")]),
        ],
    )
    def test_rows(self, pair: str, expected: list[tuple[str, str]], project: TinyProject) -> None:
        project.write("content/w/text.md", f"> # 题 ^0\n\nT\n\n{pair}")
        (block,) = blocks(booklet(project))
        assert rows(block) == expected

    def test_a_block_knows_its_kind_and_level(self, project: TinyProject) -> None:
        project.write("content/w/text.md", "> # 题 ^0\n\n> ## 山 ^1\n\n> 水。 ^2\n\n> ——木 ^3\n")
        assert [(block.kind, block.level) for block in blocks(booklet(project))] == [
            (Kind.HEADING, 2),
            (Kind.QUOTATION, 0),
            (Kind.ATTRIBUTION, 0),
        ]


class TestUnfinished:
    """``stale`` says what an edition does with a gloss that is outdated or missing."""

    TEXT = """> # 题 ^0

T

<!-- was: 山低。 -->

> 山高。 ^1

Low.[^a]

> 水。 ^2

[^a]: Note.
"""

    def test_mark_shows_an_outdated_gloss_and_says_so(self, project: TinyProject) -> None:
        project.write("content/w/text.md", self.TEXT)
        made = booklet(project, stale=Stale.MARK)
        assert [(rows(block), block.mark) for block in blocks(made)] == [
            ([("山高。", "Low.")], "stale"),
            ([("水。", "")], "missing"),
        ]
        assert [note.key for note in made.notes] == ["a"]

    def test_omit_leaves_it_out_with_its_notes(self, project: TinyProject) -> None:
        project.write("content/w/text.md", self.TEXT)
        made = booklet(project, stale=Stale.OMIT)
        assert [(rows(block), block.mark) for block in blocks(made)] == [
            ([("山高。", "")], ""),
            ([("水。", "")], ""),
        ]
        assert made.notes == ()

    def test_e_002_fail_names_every_such_pair(self, project: TinyProject) -> None:
        project.write("content/w/text.md", self.TEXT)
        with pytest.raises(DiglotError) as caught:
            booklet(project, stale=Stale.FAIL)
        hint = "  Hint: Write it, or let the edition study mark or omit it (stale = …)."
        assert str(caught.value).splitlines() == [
            "content/w/text.md:7: error e-002: the pair ^1 has an outdated gloss",
            hint,
            "content/w/text.md:11: error e-002: the pair ^2 has no gloss",
            hint,
        ]


class TestScript:
    """An edition is wholly in its script: source, terms, and Chinese inside the English."""

    def test_source_terms_and_chinese_in_english_are_converted(self, project: TinyProject) -> None:
        project.write(
            "content/w/text.md", "> # 发展 ^0\n\nOn “发展” *发*[^a]\n\n[^a]: See 发展。\n"
        )
        project.write(
            "content/w/glossary.csv", "term,pinyin,english,note\n发展,fāzhǎn,grow,发 etc\n"
        )
        made = booklet(project, Script.HANT)
        assert made.script is Script.HANT
        assert made.language == "zh-Hant"
        assert made.titles.zh == "發展"
        assert made.titles.en == (
            Inline("text", "On “"),
            Inline("zh", "發展"),
            Inline("text", "” "),
            Inline("em", children=(Inline("zh", "發"),)),
            Inline("note", "", "a"),
        )
        ((entry,),) = made.glossary
        assert (entry.term, entry.note) == ("發展", (Inline("zh", "發"), Inline("text", " etc")))
        assert made.notes[0].text == (Inline("text", "See "), Inline("zh", "發展。"))

    def test_the_source_s_own_script_stays_as_it_is(self, project: TinyProject) -> None:
        project.write("content/w/work.toml", HANT_WORK)
        project.write("content/w/text.md", "> # 發展 ^0\n\nX\n")
        made = booklet(project)
        assert (made.script, made.titles.zh) == (Script.HANT, "發展")

    def test_a_traditional_source_becomes_simplified(self, project: TinyProject) -> None:
        project.write("content/w/work.toml", HANT_WORK)
        project.write("content/w/text.md", "> # 發展 ^0\n\nX\n")
        assert booklet(project, Script.HANS).titles.zh == "发展"

    @pytest.mark.parametrize(
        ("source", "edition", "shown"), [("干", Script.HANT, "乾"), ("乾", Script.HANS, "干")]
    )
    def test_the_glossary_s_column_hant_decides_both_ways(
        self, source: str, edition: Script, shown: str, project: TinyProject
    ) -> None:
        project.write("content/w/work.toml", HANT_WORK if edition is Script.HANS else WORK)
        project.write("content/w/text.md", f"> # 甲{source}乙 ^0\n\nX\n")
        project.write(
            "content/w/glossary.csv", "term,pinyin,english,hant\n甲干乙,jiǎ gān yǐ,x,甲乾乙\n"
        )
        made = booklet(project, edition)
        ((entry,),) = made.glossary
        assert (made.titles.zh, entry.term) == (f"甲{shown}乙", f"甲{shown}乙")

    @pytest.mark.parametrize("script", [Script.SOURCE, Script.HANT_TW])
    @pytest.mark.parametrize("form", ["扎實", "紮實"])
    def test_a_list_shows_a_term_as_the_text_writes_it(
        self, script: Script, form: str, project: TinyProject
    ) -> None:
        project.write("content/w/work.toml", HANT_WORK)
        project.write("content/w/text.md", f"> # {form}有效 ^0\n\nX\n")
        project.write("content/w/glossary.csv", "term,pinyin,english\n扎实,zhāshi,solid\n")
        made = booklet(project, script)
        ((entry,),) = made.glossary
        assert entry.headword == "扎实"
        assert made.titles.zh.startswith(entry.term)

    def test_a_mark_decides_for_its_own_word(self, project: TinyProject) -> None:
        project.write("content/w/text.md", '> # 头发[发]{hant="髪"}发 ^0\n\nX\n')
        assert booklet(project, Script.HANT).titles.zh == "頭髮髪發"


class TestIdentity:
    """What tells a booklet from every other, and stays when it is made again."""

    def test_the_identifier_is_stable_and_each_edition_s_own(self, project: TinyProject) -> None:
        first = booklet(project).identifier
        project.write("content/w/text.md", "> # 另 ^0\n\nOther\n")
        assert booklet(project).identifier == first
        other = compose(project.work(), Edition(name="other")).identifier
        assert len({first, other, IDENTIFIER}) == 3
        assert first == "urn:uuid:8ad983d0-4bb7-596d-8b4c-fd6018c49f2b"

    def test_the_digest_changes_with_any_file_of_the_work(self, project: TinyProject) -> None:
        digests = [booklet(project).digest]
        for path in ("text.md", "work.toml", "glossary.csv"):
            project.add(f"content/w/{path}", "\n")
            digests.append(booklet(project).digest)
        project.write("content/w/source.txt", "山")
        digests.append(booklet(project).digest)
        project.write("content/glossary.csv", "term,pinyin,english\n")
        digests.append(booklet(project).digest)
        assert len(set(digests)) == 6

    def test_its_file_is_named_for_the_work_and_the_edition(self, project: TinyProject) -> None:
        assert booklet(project).name == "w-study"

    def test_its_images_are_those_that_any_text_shows_each_once(self, project: TinyProject) -> None:
        project.write("content/w/text.md", "> # 山 ^0\n\n![](t.png)[^n]\n\n[^n]: ![](n.png)\n")
        project.add("content/w/text.md", "\n> 水。 ^1\n\n![](a.png) *![](t.png)*\n")
        project.write("content/w/glossary.csv", "term,pinyin,english,note\n山,shān,x,![](g.png)\n")
        assert booklet(project).images == ("t.png", "a.png", "n.png", "g.png")

    def test_the_date_of_the_glosses_is_the_source_s_where_none_is_given(
        self, project: TinyProject
    ) -> None:
        made = booklet(project)
        assert (made.date, made.revised) == ("2019", "2019")


def test_a_row_is_what_stands_side_by_side() -> None:
    block = Block("1", Kind.PARAGRAPH, (Row("山", (Inline("text", "a"),)), Row("水", ())))
    assert (block.zh, plain(block.en)) == ("山水", "a")


@pytest.mark.parametrize(
    ("script", "shown"), [(Script.HANS, "雄县，后宫，发展"), (Script.HANT, "雄縣，後宮，發展")]
)
@pytest.mark.parametrize("written", ["雄县，后宫，发展", "雄縣，後宮，發展"])
def test_chinese_in_a_gloss_of_a_traditional_work_may_be_as_its_source_has_it(
    project: TinyProject, script: Script, shown: str, written: str
) -> None:
    project.write("content/w/work.toml", HANT_WORK)
    project.write("content/w/text.md", f"> 雄縣。 ^1\n\nHere ({written}).\n")
    project.add("content/w/work.toml", '[title]\nzh = "x"\nen = "y"\n')
    assert plain(blocks(booklet(project, script))[0].rows[0].en) == f"Here ({shown})."
