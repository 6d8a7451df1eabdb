"""Help with words: which get a reading, and which an entry, by what the reader knows."""

import pytest

from diglot.compose.booklet import Booklet, Reading, Row, row_id
from diglot.compose.compose import compose
from diglot.errors import DiglotError
from diglot.publish.spreads import once_a_spread
from tests.builder import TinyProject

TEXT = """> # 山中 ^0

In the Mountains

> 银行在西安。
> 银行很高。 ^1

The bank is in Xi’an.
The bank is tall.

> ## 水边 ^2

By the Water

> 银行在水边。 ^3

The bank is by the water.
"""


def composed(project: TinyProject, settings: str, text: str = TEXT) -> Booklet:
    project.write("content/w/text.md", text)
    project.write("content/editions.toml", f'[[edition]]\nname = "study"\n{settings}\n')
    (edition,) = project.project.editions()
    return compose(project.work(), edition)


def rows(booklet: Booklet) -> list[Row]:
    return [row for section in booklet.sections for block in section.blocks for row in block.rows]


def read(booklet: Booklet) -> list[str]:
    """Every word with its reading, a line a row."""
    return [
        " ".join(f"{text}={reading}" for text, reading in row.runs if reading)
        for row in rows(booklet)
    ]


def explained(booklet: Booklet) -> list[tuple[str, str]]:
    groups = [group for section in booklet.sections for group in section.vocabulary]
    return [(entry.term, entry.pinyin) for group in groups for entry in group]


def test_an_edition_that_asks_for_nothing_has_no_readings(project: TinyProject) -> None:
    assert read(composed(project, "")) == ["", "", ""]


def test_all_words_get_their_reading_in_this_context(project: TinyProject) -> None:
    assert read(composed(project, 'pinyin = "all"')) == [
        "银行=yínháng 在=zài 西安=Xī'ān",
        "银行=yínháng 很=hěn 高=gāo",
        "银行=yínháng 在=zài 水边=shuǐbiān",
    ]


def test_words_that_the_reader_knows_get_none(project: TinyProject) -> None:
    project.write("content/w/words.txt", "水边\n")
    assert read(composed(project, 'pinyin = "unknown"\nknown = ["hsk:1", "words.txt"]')) == [
        "银行=yínháng 西安=Xī'ān",
        "银行=yínháng",
        "银行=yínháng",
    ]


@pytest.mark.parametrize(
    ("once", "expected"),
    [
        ("section", ["银行=yínháng 西安=Xī'ān", "", "银行=yínháng 水边=shuǐbiān"]),
        ("booklet", ["银行=yínháng 西安=Xī'ān", "", "水边=shuǐbiān"]),
    ],
)
def test_a_word_may_get_its_reading_only_the_first_time(
    once: str, expected: list[str], project: TinyProject
) -> None:
    settings = f'pinyin = "unknown"\nknown = ["hsk:1"]\nonce = "{once}"'
    assert read(composed(project, settings)) == expected


def test_readings_can_be_spelled_with_tone_numbers(project: TinyProject) -> None:
    settings = 'pinyin = "all"\nspelling = "numbers"'
    assert read(composed(project, settings))[0] == "银行=yin2hang2 在=zai4 西安=Xi1an1"


def test_yi_and_bu_can_be_written_as_they_are_spoken(project: TinyProject) -> None:
    text = TEXT.replace("银行在西安", "一个银行不去")
    plain = 'pinyin = "all"'
    assert read(composed(project, plain, text))[0] == "一=yī 个=gè 银行=yínháng 不=bù 去=qù"
    spoken = read(composed(project, plain + "\nsandhi = true", text))[0]
    assert spoken == "一=yí 个=gè 银行=yínháng 不=bú 去=qù"


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ("hans", "他说：“‘好’。”"),
        ("hant", "他說：“‘好’。”"),
        ("hant-tw", "他說：「『好』。」"),
        ("hant-hk", "他說：「『好』。」"),
    ],
)
def test_a_region_s_edition_has_the_region_s_quotes(
    script: str, expected: str, project: TinyProject
) -> None:
    text = TEXT.replace("银行很高。", "他说：“‘好’。”")
    assert rows(composed(project, f'script = "{script}"', text))[1].zh == expected


def test_once_a_spread_follows_the_rows_until_they_stay(project: TinyProject) -> None:
    booklet = composed(project, 'pinyin = "all"\nonce = "spread"')
    pages = iter(
        [
            {"row-1-0": 2, "row-1-1": 4, "row-3-0": 5},
            {"row-1-0": 2, "row-1-1": 3, "row-3-0": 4},
            {"row-1-0": 2, "row-1-1": 3, "row-3-0": 4},
        ]
    )
    shown = once_a_spread(booklet, lambda _: next(pages))
    assert read(shown) == [
        "银行=yínháng 在=zài 西安=Xī'ān",
        "很=hěn 高=gāo",
        "银行=yínháng 在=zài 水边=shuǐbiān",
    ]
    assert next(pages, None) is None


def helps(booklet: Booklet) -> dict[str, set[str]]:
    """The words with a reading, by their row."""
    return {
        row_id(block.id, n): {row.zh[each.start : each.end] for each in row.readings}
        for section in booklet.sections
        for block in section.blocks
        for n, row in enumerate(block.rows)
    }


def test_rows_that_never_stay_get_the_help_of_every_place_where_they_stood(
    project: TinyProject,
) -> None:
    booklet = composed(project, 'pinyin = "all"\nonce = "spread"')
    rounds = 0

    def starts(shown: Booklet) -> dict[str, int]:
        """Without the second help of 银行 the last row moves back, with it on."""
        nonlocal rounds
        rounds += 1
        last = 4 if "银行" in helps(shown)["row-3-0"] else 3
        return {"row-1-0": 2, "row-1-1": 3, "row-3-0": 7 - last}

    shown = once_a_spread(booklet, starts)
    assert rounds <= 8
    pages = starts(shown)
    for name, words in helps(booklet).items():
        before = [row for row in pages if pages[row] // 2 == pages[name] // 2]
        known = set().union(*(helps(shown)[row] for row in before[: before.index(name) + 1]))
        assert words <= known


def test_pages_that_move_with_every_help_end_with_all_of_them(project: TinyProject) -> None:
    booklet = composed(project, 'pinyin = "all"\nonce = "spread"')
    rounds = 0

    def starts(_: Booklet) -> dict[str, int]:
        nonlocal rounds
        rounds += 1
        return {"row-1-0": 2, "row-1-1": 2 + 2 * (rounds % 2), "row-3-0": 2 + 2 * (rounds % 3)}

    shown = once_a_spread(booklet, starts)
    assert rounds <= 8
    assert helps(shown) == helps(booklet)


def test_a_reading_has_a_piece_for_each_character_and_counts_from_the_row_s_start(
    project: TinyProject,
) -> None:
    text = TEXT.replace("The bank is tall.\n", "")
    (row, *_) = rows(composed(project, 'pinyin = "all"', text))
    assert row.zh == "银行在西安。银行很高。"
    assert row.readings[:4] == (
        Reading(0, ("yín", "háng")),
        Reading(2, ("zài",)),
        Reading(3, ("Xī", "'ān")),
        Reading(6, ("yín", "háng")),
    )


def test_readings_stand_over_the_same_words_in_another_script(project: TinyProject) -> None:
    booklet = composed(project, 'pinyin = "all"\nscript = "hant"')
    assert read(booklet)[2] == "銀行=yínháng 在=zài 水邊=shuǐbiān"


def test_a_mark_decides_a_reading(project: TinyProject) -> None:
    text = TEXT.replace("银行在西安", '[银行]{py="yínxíng"}在西安')
    assert read(composed(project, 'pinyin = "all"', text))[0].startswith("银行=yínxíng ")


def test_the_vocabulary_explains_terms_unless_the_edition_says_otherwise(
    project: TinyProject,
) -> None:
    assert explained(composed(project, "")) == [("山", "shān")]
    assert explained(composed(project, 'glosses = "none"')) == []


def test_the_vocabulary_can_explain_every_word_that_the_reader_does_not_know(
    project: TinyProject,
) -> None:
    booklet = composed(project, 'glosses = "unknown"\nknown = ["hsk:1"]')
    assert explained(booklet)[-3:] == [
        ("银行", "yínháng"),
        ("西安", "Xī'ān"),
        ("水边", "shuǐbiān"),
    ]
    assert "CC-CEDICT" in "".join(node.text for node in booklet.credits[-1].text)


def test_the_dictionary_is_credited_only_where_it_is_printed(project: TinyProject) -> None:
    assert composed(project, 'pinyin = "all"').credits == ()


@pytest.mark.parametrize(
    ("known", "code"), [("hsk:x", "a-020"), ("none.csv", "a-021"), ("../../etc/passwd", "a-021")]
)
def test_a_profile_that_cannot_be_read_is_refused(
    known: str, code: str, project: TinyProject
) -> None:
    with pytest.raises(DiglotError) as caught:
        composed(project, f'known = ["{known}"]')
    assert [problem.code for problem in caught.value.problems] == [code]


def test_a_work_may_bring_a_newer_dictionary(project: TinyProject) -> None:
    project.add("content/w/work.toml", 'dictionary = "cedict.txt"\n')
    project.write("content/w/cedict.txt", "水邊 水边 [shui3 bian1] /newest shore/\n")
    booklet = composed(project, 'glosses = "unknown"\nknown = ["hsk:1"]')
    groups = [group for section in booklet.sections for group in section.vocabulary]
    senses = {entry.term: entry.english for group in groups for entry in group}
    assert senses["水边"] == "newest shore"


def test_a_dictionary_outside_the_work_is_refused(project: TinyProject) -> None:
    project.add("content/w/work.toml", 'dictionary = "../../etc/passwd"\n')
    with pytest.raises(DiglotError) as caught:
        composed(project, 'pinyin = "all"')
    assert str(caught.value) == (
        "content/w/work.toml: error a-010: The dictionary cannot be read: it leads out of the "
        "work's folder\n  Hint: Put a CC-CEDICT file, plain or gzip, into the folder."
    )


def test_emphasis_changes_no_word(project: TinyProject) -> None:
    marked = TEXT.replace("银行在西安。", "[银行在西]{em}安，[PM山。]{em}").replace(
        "银行很高。", '[银行]{em py="yínháng"}很高。'
    )
    plain = composed(project, 'pinyin = "all"', TEXT.replace("西安。", "西安，PM山。"))
    booklet = composed(project, 'pinyin = "all"', marked)
    assert read(booklet) == read(plain)
    assert [row.zh for row in rows(booklet)] == [row.zh for row in rows(plain)]
    assert [row.emphasis for row in rows(booklet)] == [((0, 4), (8, 9)), ((0, 2),), ()]


def test_a_term_is_found_within_emphasis(project: TinyProject) -> None:
    project.write("content/w/glossary.csv", "term,pinyin,english,pos,note,hant\n西安,Xī'ān,x,,,\n")
    booklet = composed(project, "", TEXT.replace("银行在西安。", "银行[在西]{em}安。"))
    assert explained(booklet) == [("西安", "Xī'ān")]


def test_sentences_in_one_row_keep_their_emphasis(project: TinyProject) -> None:
    text = TEXT.replace("银行在西安。", "[银行]{em}在西安。").replace(
        "银行很高。", "银行很[高]{em}。"
    )
    booklet = composed(project, "", text.replace("\nThe bank is tall.", ""))
    assert rows(booklet)[0].emphasis == ((0, 2), (9, 10))


ZHUYIN = 'pinyin = "all"\nspelling = "zhuyin"\nscript = "hant-tw"'


def test_zhuyin_has_a_reading_for_each_character(project: TinyProject) -> None:
    assert read(composed(project, ZHUYIN))[0] == "銀=ㄧㄣˊ 行=ㄏㄤˊ 在=ㄗㄞˋ 西=ㄒㄧ 安=ㄢ"


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("花儿在这儿。", "花=ㄏㄨㄚ 兒=ㄦ 在=ㄗㄞˋ 這=ㄓㄜˋ 兒=ㄦ"),  # clreq: without a tone
        ("不是一定。", "不=ㄅㄨˋ 是=ㄕˋ 一=ㄧ 定=ㄉㄧㄥˋ"),
        ("银行很重要。", "銀=ㄧㄣˊ 行=ㄏㄤˊ 很=ㄏㄣˇ 重=ㄓㄨㄥˋ 要=ㄧㄠˋ"),
        ("我们的女儿。", "我=ㄨㄛˇ 們=˙ㄇㄣ 的=˙ㄉㄜ 女=ㄋㄩˇ 兒=ㄦˊ"),
        ("卡拉OK。", "卡=ㄎㄚˇ 拉=ㄌㄚ"),
    ],
)
def test_zhuyin_spells_what_is_read_here(
    project: TinyProject, sentence: str, expected: str
) -> None:
    text = f"> # 山 ^0\n\nA\n\n> {sentence} ^1\n\nB\n"
    assert read(composed(project, ZHUYIN, text)) == [expected]


def test_zhuyin_may_have_the_tones_of_speech(project: TinyProject) -> None:
    text = "> # 山 ^0\n\nA\n\n> 不是一定。 ^1\n\nB\n"
    spoken = composed(project, f"{ZHUYIN}\nsandhi = true", text)
    assert read(spoken) == ["不=ㄅㄨˊ 是=ㄕˋ 一=ㄧˊ 定=ㄉㄧㄥˋ"]


def test_beneath_zhuyin_is_the_pinyin_of_words(project: TinyProject) -> None:
    (first, *_) = rows(composed(project, ZHUYIN))
    assert [reading.text for reading in first.readings] == ["yínháng", "zài", "Xī'ān"]


def test_lists_are_in_zhuyin_too_and_in_its_order(project: TinyProject) -> None:
    words = ("山,shān", "水边,shuǐbiān", "银行,yínháng", "高,gāo", "在,zài", "西安,Xī'ān", "的,de")
    rows = "".join(f"{word},x,noun,,\n" for word in words)
    project.write("content/w/glossary.csv", f"term,pinyin,english,pos,note,hant\n{rows}")
    text = TEXT.replace("银行很高。", "银行的山很高。")
    booklet = composed(project, 'spelling = "zhuyin"', text)
    listed = [[(entry.initial, entry.zhuyin) for entry in group] for group in booklet.glossary]
    assert listed == [
        [("ㄉ", "˙ㄉㄜ")],
        [("ㄍ", "ㄍㄠ")],
        [("ㄒ", "ㄒㄧ ㄢ")],
        [("ㄕ", "ㄕㄢ"), ("ㄕ", "ㄕㄨㄟˇ ㄅㄧㄢ")],
        [("ㄗ", "ㄗㄞˋ")],
        [("ㄧ", "ㄧㄣˊ ㄏㄤˊ")],
    ]
    assert all(entry.pinyin for group in booklet.glossary for entry in group)


def test_a_term_whose_pinyin_has_too_few_syllables_is_refused(project: TinyProject) -> None:
    project.write("content/w/glossary.csv", "term,pinyin,english,pos,note,hant\n西安,Xī,x,,,\n")
    with pytest.raises(DiglotError, match="a-001"):
        composed(project, 'spelling = "zhuyin"')
