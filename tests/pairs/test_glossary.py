"""``glossary.csv``: a sheet of terms, each with a reading in pinyin and its English."""

import pytest

from diglot.errors import DiglotError, Place
from diglot.model import Term
from diglot.pairs.glossary import read_glossary, syllables

HEADER = "term,pinyin,english,pos,note,hant\n"


def problems(rows: str) -> list[str]:
    """What is wrong with single rows below the header."""
    return [str(problem) for problem in read_glossary((HEADER + rows).encode(), "g.csv")[1]]


def refused(data: bytes) -> str:
    """Why a file is not read at all."""
    with pytest.raises(DiglotError) as caught:
        read_glossary(data, "g.csv")
    return str(caught.value)


def test_a_row_is_a_term_under_its_line() -> None:
    data = (
        HEADER
        + '干部,gànbù,"cadre, official",noun,"One of “干”’s\nsenses.",幹部\n\n山,shān,hill,,,\n'
    )
    assert read_glossary(data.encode(), "g.csv") == (
        (
            Term(
                "干部",
                "gànbù",
                "cadre, official",
                Place("g.csv", 2),
                "noun",
                "One of “干”’s\nsenses.",
                "幹部",
            ),
            Term("山", "shān", "hill", Place("g.csv", 5)),
        ),
        (),
    )


@pytest.mark.parametrize(
    "data",
    [
        "term,pinyin,english\n山,shān,hill\n".encode(),
        "english,term,pinyin\nhill,山,shān\n".encode(),
        "\ufeffterm,pinyin,english\r\n山, shān ,hill\r\n,,\r\n".encode(),
        '\n"term","pinyin","english"\n"山","shān","hill"'.encode(),
    ],
    ids=["fewer columns", "another order", "as a spreadsheet saves it", "quoted"],
)
def test_how_a_spreadsheet_saves_it_changes_nothing(data: bytes) -> None:
    terms, wrong = read_glossary(data, "g.csv")
    assert [(term.term, term.pinyin, term.english) for term in terms] == [("山", "shān", "hill")]
    assert wrong == ()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (
            HEADER.encode() + "山,shān,丘".encode("gb18030"),
            "g.csv:2: error g-001: this is not UTF-8\n"
            "  Hint: Save the sheet as CSV in UTF-8, with commas between fields.",
        ),
        (
            HEADER.encode() + "山,shān,\x07hill".encode(),
            "g.csv:2: error g-001: the control character U+0007 cannot be printed\n"
            "  Hint: Delete it.",
        ),
        (
            HEADER.encode() + '山,shān,hill\n水,shuǐ,"water\n'.encode(),
            "g.csv:3: error g-002: this is not well-formed CSV: unexpected end of data\n"
            "  Hint: Save the sheet as CSV in UTF-8, with commas between fields.",
        ),
        (
            b"term,pinyn,english\n",
            "g.csv:1: error g-003: the column “pinyn” is not known\n  Hint: Did you mean “pinyin”?",
        ),
        (
            b"term;pinyin;english\n",
            "g.csv:1: error g-003: the column “term;pinyin;english” is not known\n"
            "  Hint: Columns are term, pinyin, english, pos, note, hant.",
        ),
        (
            b"term,pos\n",
            "g.csv:1: error g-003: the header lacks pinyin, english\n"
            "  Hint: The first row is term,pinyin,english,pos,note,hant.",
        ),
        (
            b"",
            "g.csv:1: error g-003: the header lacks term, pinyin, english\n"
            "  Hint: The first row is term,pinyin,english,pos,note,hant.",
        ),
        (
            b"\nterm,pinyin,english,term\n",
            "g.csv:2: error g-003: a column stands twice\n"
            "  Hint: The first row is term,pinyin,english,pos,note,hant.",
        ),
        (
            b"term,pinyin,english\n<<<<<<< ours\n\xe5\xb1\xb1,sh\xc4\x81n,hill\n=======\n",
            "g.csv:2: error g-009: there is an unresolved merge conflict here\n"
            "  Hint: Choose between the two versions and delete the lines "
            "<<<<<<<, =======, >>>>>>>; lines that both added may both stay.",
        ),
    ],
)
def test_a_file_that_is_no_glossary_is_refused(data: bytes, message: str) -> None:
    assert refused(data) == message


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        (
            "山,shān,hill, mount,,,\n",
            "g.csv:2: error g-004: this row has 7 fields, the header has 6\n"
            '  Hint: Put a field that holds a comma or a quote into double quotes: "a, b".',
        ),
        (
            "山,,hill,,,\n",
            "g.csv:2: error g-005: this row lacks pinyin\n  Hint: Fill it in, or delete the row.",
        ),
        (
            "西安,Xīān,Xi’an,,,\n",
            "g.csv:2: warning g-006: 西安 has 2 hanzi, but Xīān has 1 syllables\n"
            "  Hint: Give one syllable a hanzi, with an apostrophe before a, o or e inside a word.",
        ),
        (
            "山,shān,hill,,,\n\n山,shān,mountain,,,\n",
            "g.csv:4: error g-007: 山 stands a second time; line 2 has it already\n"
            "  Hint: Keep one row a term.",
        ),
        (
            "干部,gànbù,cadre,,,幹\n",
            "g.csv:2: error g-008: 幹 has not as many characters as 干部\n"
            "  Hint: Write one Traditional character for each Simplified one.",
        ),
    ],
)
def test_what_is_wrong_with_a_row_is_told_with_its_line(rows: str, problem: str) -> None:
    assert problems(rows) == [problem]


def test_of_two_rows_for_a_term_the_first_holds() -> None:
    terms, _ = read_glossary(f"{HEADER}山,shān,hill,,,\n山,shān,mount,,,\n".encode(), "g.csv")
    assert [term.english for term in terms] == ["hill"]


@pytest.mark.parametrize(
    ("pinyin", "count"),
    [
        *(("shān", 1), ("Xī'ān", 2), ("Xī’ān", 2), ("xiān", 1), ("fāng'àn", 2), ("fāngān", 2)),
        *(("jīngāng", 2), ("nǚ'ér", 2), ("lüè", 1), ("shí'èr", 2), ("huār", 1), ("yīyuàn", 2)),
        *(("Jīng-Jīn-Jì", 3), ("shèhuìzhǔyì", 4), ("guīgé hé yàngshì", 5), ("ZHŌNGGUÓ", 2)),
        *(("Zhōnggòng Zhōngyāng", 4), ("gāo’ào", 2), ("shuāngguǎn", 2), ("", 0), ("PM2.5", 0)),
        ("le\u0304ngnua\u030cn", 2),  # letters and tones apart
    ],
)
def test_syllables_are_counted_in_joined_spelling(pinyin: str, count: int) -> None:
    assert syllables(pinyin) == count
