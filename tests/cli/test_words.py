"""``diglot words``: the words of any text, for people as a table and for programs as JSON."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from diglot.cli import main

DICTIONARY = "行長 行长 [hang2 zhang3] /head of a bank/\n"


def words(*arguments: str, text: str | bytes = "") -> Result:
    """Call the command with a text as standard input."""
    return CliRunner().invoke(
        main, ["words", *arguments], input=text, prog_name="diglot", catch_exceptions=False
    )


def told(text: str | bytes) -> list[list[str]]:
    """The words of each line."""
    result = words("--json", "-", text=text)
    assert (result.exit_code, result.stderr) == (0, "")
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert [row["line"] for row in rows] == list(range(1, len(rows) + 1))
    return [[word["text"] for word in row["words"]] for row in rows]


def test_json_is_an_object_a_line_with_a_syllable_a_hanzi() -> None:
    result = words("--json", "-", text="银行，\n")
    assert result.stdout == (
        '{"line": 1, "words": ['
        '{"text": "银行", "pinyin": ["yín", "háng"], "english": "bank", "hsk": 2, "sure": true}, '
        '{"text": "，", "pinyin": [null], "english": "", "hsk": null, "sure": true}]}\n'
    )


def test_the_table_shows_what_has_a_reading_and_what_is_unsure() -> None:
    result = words("-", text="银行，\n㐂重庆\n")
    assert [line.split(maxsplit=3) for line in result.stdout.splitlines()] == [
        ["1", "银行", "yínháng", "2   bank"],
        ["2", "重庆", "Chóngqìng", "Chongqing city"],
    ]
    assert (
        words("-", text="他的行。").stdout.splitlines()[-1].startswith("1     行          xíng ? ")
    )


@pytest.mark.parametrize(
    ("options", "reading", "syllables"),
    [
        ([], "yīdìng", ["yī", "dìng"]),
        (["--sandhi"], "yídìng", ["yí", "dìng"]),
        (["--spelling", "numbers"], "yi1 ding4", ["yi1", "ding4"]),
        (["--spelling", "zhuyin", "--sandhi"], "ㄧˊ ㄉㄧㄥˋ", ["ㄧˊ", "ㄉㄧㄥˋ"]),
    ],
)
def test_readings_are_spelled_as_asked_for(
    options: list[str], reading: str, syllables: list[str]
) -> None:
    assert f" {reading} " in words(*options, "-", text="一定").stdout
    row = json.loads(words("--json", *options, "-", text="一定").stdout)
    assert row["words"][0]["pinyin"] == syllables


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("\n\n山水。\r\n", [[], [], ["山水", "。"]]),
        ("No hanzi, 3.5%.\n", [["No", " ", "hanzi", ",", " ", "3.5%", "."]]),
        ("𠮷〇葛\U000e0100\n", [["𠮷", "〇", "葛", "\U000e0100"]]),
        ("\ufeff山水", [["山水"]]),
        ("銀行\n长得快\n後面\n", [["銀行"], ["长得", "快"], ["後面"]]),
    ],
    ids=["empty", "empty lines", "no hanzi", "rare characters", "a byte order mark", "scripts"],
)
def test_any_text_has_words(text: str, expected: list[list[str]]) -> None:
    assert told(text) == expected


def test_a_megabyte_in_one_line_has_its_words() -> None:
    sentence = "银行的行长在重庆看见了他的女儿，说：“为什么要为人民服务？”"
    text = sentence * (1_000_000 // len(sentence.encode()) + 1)
    (row,) = told(text)
    assert "".join(row) == text
    assert row.count("行长") == len(text) // len(sentence)


def test_traditional_text_is_read_as_what_it_is() -> None:
    result = words("--json", "-", text="看著銀行的頭髮乾了\n")
    (row,) = map(json.loads, result.stdout.splitlines())
    assert [(word["text"], word["pinyin"]) for word in row["words"]] == [
        ("看", ["kàn"]),
        ("著", ["zhe"]),
        ("銀行", ["yín", "háng"]),
        ("的", ["de"]),
        ("頭髮", ["tóu", "fa"]),
        ("乾", ["gān"]),
        ("了", ["le"]),
    ]


def test_a_line_that_mixes_both_scripts_is_looked_up_all_the_same() -> None:
    (row,) = map(json.loads, words("--json", "-", text="银行和銀行，发现\n").stdout.splitlines())
    assert [word["pinyin"] for word in row["words"]][::2] == [["yín", "háng"]] * 2 + [
        ["fā", "xiàn"]
    ]


def test_a_line_that_does_not_tell_is_in_the_script_of_the_line_before() -> None:
    text = "看著後面。\n著。\n"
    rows = [json.loads(line) for line in words("--json", "-", text=text).stdout.splitlines()]
    assert rows[1]["words"][0]["pinyin"] == ["zhe"]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_a_file_is_in_any_encoding(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "in.txt"
    file.write_bytes("在中国的历史上，\r\n人们一直在说山和水的事情。".encode(encoding))
    rows = words("--json", str(file)).stdout.splitlines()
    assert ["".join(w["text"] for w in json.loads(row)["words"]) for row in rows] == [
        "在中国的历史上，",
        "人们一直在说山和水的事情。",
    ]


def test_each_line_is_answered_before_the_next_one_comes() -> None:
    command = [sys.executable, "-m", "diglot", "words", "--json", "-"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin
        assert process.stdout
        for line in (1, 2):
            process.stdin.write("银行\n".encode())
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["line"] == line
        process.stdin.close()
        assert process.wait() == 0


def test_a_newer_dictionary_brings_its_senses(tmp_path: Path) -> None:
    file = tmp_path / "cedict.txt"
    file.write_text(DICTIONARY, encoding="utf-8")
    result = words("--dictionary", str(file), "-", text="行长\n")
    assert result.stdout.split() == ["1", "行长", "hángzhǎng", "head", "of", "a", "bank"]


class TestBadInput:
    """A message with a code and its line; what came before it was answered."""

    def test_standard_input_that_is_not_utf_8(self) -> None:
        result = words("--json", "-", text="山\n".encode() + "银行".encode("gb18030"))
        assert result.exit_code == 1
        assert len(result.stdout.splitlines()) == 1
        assert result.stderr == (
            "-:2: error w-006: this is not UTF-8\n"
            "  Hint: Name the file instead of -: then its encoding is found.\n"
        )

    def test_a_file_without_chinese(self, tmp_path: Path) -> None:
        file = tmp_path / "in.txt"
        file.write_text("hello\n", encoding="utf-8")
        result = words(str(file))
        assert (result.exit_code, result.stdout) == (1, "")
        assert result.stderr.startswith(
            f"{file}: error s-004: The file holds no Chinese character."
        )

    def test_a_010_a_dictionary_that_is_not_there(self, tmp_path: Path) -> None:
        missing = tmp_path / "none.u8"
        result = words("--dictionary", str(missing), "-", text="山\n")
        assert (result.exit_code, result.stdout) == (1, "")
        assert result.stderr == (
            f"{missing}: error a-010: The dictionary cannot be read: No such file or directory\n"
            "  Hint: Give the path of a CC-CEDICT file, plain or gzip.\n"
        )

    def test_a_011_a_broken_dictionary(self, tmp_path: Path) -> None:
        file = tmp_path / "cedict.txt"
        file.write_text(f"# head\n{DICTIONARY}broken\n", encoding="utf-8")
        result = words("--dictionary", str(file), "-", text="山\n")
        assert (result.exit_code, result.stdout) == (1, "")
        assert result.stderr == (
            f"{file}:3: error a-011: Not a line of CC-CEDICT.\n"
            "  Hint: A line is: Traditional Simplified [pin1 yin1] /sense/sense/\n"
        )

    @pytest.mark.parametrize("arguments", [[], ["missing.txt"], ["."], ["--xml", "-"]])
    def test_a_wrong_call(self, arguments: list[str]) -> None:
        assert words(*arguments).exit_code == 2
