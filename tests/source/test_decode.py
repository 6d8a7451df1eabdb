"""Bytes to text: every encoding found out, every defect named with its place."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diglot.errors import DiglotError
from diglot.source.decode import MAX_BYTES, Decoded, decode

SIMPLIFIED = "推动京津冀协同发展，是国家战略。\n党的十八大以来，取得显著成效。\n"
TRADITIONAL = "推動京津冀協同發展，是國家戰略。\n黨的十八大以來，取得顯著成效。\n"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (SIMPLIFIED, "utf-8"),
        (SIMPLIFIED, "gb18030"),
        (SIMPLIFIED, "utf-16-le"),
        (SIMPLIFIED, "utf-16-be"),
        (TRADITIONAL, "utf-8"),
        (TRADITIONAL, "gb18030"),
        (TRADITIONAL, "big5hkscs"),
        (TRADITIONAL, "utf-16-le"),
        (TRADITIONAL, "utf-16-be"),
    ],
)
def test_an_encoding_is_told_from_the_text(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), "a.txt") == Decoded(text, encoding, bom=False)
    start = text[:10]
    assert decode(start.encode(encoding), "a.txt").text == start


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_a_byte_order_mark_decides_and_is_no_text(encoding: str) -> None:
    data = ("\ufeff" + SIMPLIFIED).encode(encoding)
    assert decode(data, "a.txt") == Decoded(SIMPLIFIED, encoding, bom=True)


def test_english_around_does_not_hide_the_encoding() -> None:
    text = "Preface. " * 20_000 + SIMPLIFIED
    assert decode(text.encode("gb18030"), "a.txt").text == text


def test_every_end_of_line_becomes_a_line_feed() -> None:
    assert decode("一\r\n二\r三\n".encode(), "a.txt").text == "一\n二\n三\n"


def test_rare_characters_need_no_common_ones() -> None:
    assert decode("𠮷〇".encode(), "a.txt").text == "𠮷〇"


BROKEN = "京津冀\n协同发展"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (
            b"",
            "a.txt: error s-001: The file is empty.\n  Hint: Give a file that holds Chinese text.",
        ),
        (
            b" \r\n\t",
            "a.txt: error s-001: The file is empty.\n  Hint: Give a file that holds Chinese text.",
        ),
        (
            b"%PDF-1.7\n...",
            "a.txt: error s-002: This is a PDF, not a plain text.\n"
            "  Hint: Export it as plain text (UTF-8) first.",
        ),
        (
            bytes(range(256)) * 4,
            "a.txt: error s-002: The file holds NUL bytes: it is not a plain text.\n"
            "  Hint: Export it as plain text (UTF-8) first.",
        ),
        (
            "京津冀\n\x01\x02协同".encode() * 9,
            "a.txt:2: error s-002: The file holds control characters, the first U+0001.\n"
            "  Hint: Export it as plain text (UTF-8) first.",
        ),
        (
            BROKEN.encode()[:-1],
            "a.txt:2: error s-003: The file ends inside a character: "
            "byte 19 begins no UTF-8 character.\n"
            "  Hint: Get the file again from where it came; a copy that was cut off loses text.",
        ),
        (
            BROKEN.encode("gb18030")[:-1],
            "a.txt:2: error s-003: The file ends inside a character: "
            "byte 13 begins no GB18030 character.\n"
            "  Hint: Get the file again from where it came; a copy that was cut off loses text.",
        ),
        (
            ("\ufeff" + BROKEN).encode("utf-16-le")[:-1],
            "a.txt:2: error s-003: The file ends inside a character: "
            "byte 16 begins no UTF-16-LE character.\n"
            "  Hint: Get the file again from where it came; a copy that was cut off loses text.",
        ),
        (
            BROKEN.encode("gb18030") + b"\xff" + BROKEN.encode("gb18030"),
            "a.txt:2: error s-003: The file is damaged: byte 15 begins no GB18030 character.\n"
            "  Hint: Get the file again from where it came; a copy that was cut off loses text.",
        ),
        (
            b"No hanzi here.",
            "a.txt: error s-004: The file holds no Chinese character.\n"
            "  Hint: Give the Chinese text; a translation goes into text.md.",
        ),
        (
            "Grüße aus Köln, schön hier".encode(),
            "a.txt: error s-004: The file holds no Chinese character.\n"
            "  Hint: Give the Chinese text; a translation goes into text.md.",
        ),
        (
            b"a" * (MAX_BYTES + 1),
            "a.txt: error s-005: The file has 20,000,001 bytes; a source text may have "
            "20,000,000.\n  Hint: Split it into several works.",
        ),
        (
            "Съешь же ещё этих мягких французских булок".encode("cp1251"),
            "a.txt: error s-006: The file is not Chinese text in UTF-8, GB18030, Big5 or "
            "UTF-16.\n  Hint: Save it as UTF-8 and try again.",
        ),
    ],
)
def test_what_is_no_chinese_text_is_refused_with_the_place(data: bytes, message: str) -> None:
    with pytest.raises(DiglotError) as caught:
        decode(data, "a.txt")
    assert str(caught.value) == message


@given(st.binary(max_size=200))
def test_any_bytes_give_text_or_a_problem(data: bytes) -> None:
    with suppress(DiglotError):
        assert "\r" not in decode(data, "a.txt").text


@given(st.text(st.sampled_from(SIMPLIFIED + TRADITIONAL), min_size=20), st.integers(1, 8))
def test_a_file_cut_off_anywhere_never_turns_into_other_text(text: str, cut: int) -> None:
    for encoding in ("utf-8", "gb18030"):
        data = ("京津冀协同发展是国家战略，" * 3 + text).encode(encoding)[:-cut]
        try:
            decoded = decode(data, "a.txt").text
        except DiglotError:
            continue
        assert ("京津冀协同发展是国家战略，" * 3 + text).startswith(decoded)
