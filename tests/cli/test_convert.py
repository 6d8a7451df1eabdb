"""``diglot convert``: a text in another script, whatever script it is in."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from diglot.cli import main


def convert(*arguments: str, text: str | bytes = "") -> Result:
    """Call the command with a text as standard input."""
    return CliRunner().invoke(
        main, ["convert", *arguments], input=text, prog_name="diglot", catch_exceptions=False
    )


@pytest.mark.parametrize(
    ("to", "text", "expected"),
    [
        ("hant-tw", "头发干了。", "頭髮乾了。"),
        ("hant", "看着里面", "看著裡面"),
        ("hant-hk", "看着里面", "看着裏面"),
        ("hans", "看著裡面", "看着里面"),
        ("hant-hk", "看著裡面說", "看着裏面說"),
        ("hant-tw", "看着裏面説衞生", "看著裡面說衛生"),
        # Nothing in these tells their script: it is taken to be the other one.
        ("hant-tw", "于是", "於是"),
        ("hans", "了解", "了解"),
    ],
)
def test_the_script_of_the_source_is_found(to: str, text: str, expected: str) -> None:
    result = convert("--to", to, "-", text=text)
    assert (result.exit_code, result.stdout, result.stderr) == (0, expected, "")


@pytest.mark.parametrize(
    ("to", "text"),
    [
        ("hans", "她说：“头发干了。”\r\n\n  乾隆"),
        ("hant", "她說：「頭髮乾了。」\n台灣布局"),
        ("hant-tw", "她說：「頭髮乾了，看著裡面。」\n台灣布局"),
        ("hant-hk", "她說：「頭髮乾了，看着裏面的衞生。」\n台灣布局"),
        ("hant", ""),
        ("hans", "No hanzi.\n"),
    ],
)
def test_what_is_right_stays_as_it_is(to: str, text: str) -> None:
    result = convert("--to", to, "-", text=text.encode())
    assert result.stdout_bytes.decode() == text


@pytest.mark.parametrize(
    ("to", "expected"),
    [
        ("hant-tw", "「他說『好』。」"),
        ("hant-hk", "「他說『好』。」"),
        ("hans", "“他说‘好’。”"),
    ],
)
def test_quotation_marks_of_the_region_are_an_option(to: str, expected: str) -> None:
    assert convert("--to", to, "--quotes", "-", text="“他说‘好’。”").stdout == expected
    assert "“" in convert("--to", to, "-", text="“他说‘好’。”").stdout


def test_a_file_is_in_any_encoding_and_comes_out_as_utf_8(tmp_path: Path) -> None:
    file = tmp_path / "in.txt"
    file.write_bytes("在中国的历史上，\r\n人们一直在说山和水的事情。\r\n".encode("gb18030"))
    assert convert("--to", "hant-tw", str(file)).stdout == (
        "在中國的歷史上，\n人們一直在說山和水的事情。\n"
    )


def test_standard_input_that_is_not_utf_8() -> None:
    result = convert("--to", "hans", "-", text="山\n".encode() + "銀行".encode("big5"))
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("-:2: error w-006: this is not UTF-8\n")


@pytest.mark.parametrize("arguments", [["-"], ["--to", "hant-sg", "-"], ["--to", "hans", "."]])
def test_a_wrong_call(arguments: list[str]) -> None:
    assert convert(*arguments).exit_code == 2
