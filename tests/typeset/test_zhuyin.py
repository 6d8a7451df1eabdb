"""Zhuyin in the PDF: beside its hanzi, tones where clreq has them, and no part of the text."""

import random
import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pikepdf
import pytest
import weasyprint

from diglot import typeset
from diglot.errors import DiglotError
from diglot.typeset.readings import parse, with_zhuyin
from diglot.typeset.zhuyin import UNIT, signs
from tests.typeset.measure import measure
from tests.typeset.measure_zhuyin import measure_zhuyin
from tests.typeset.test_reading_setting import CONTENT, FACES, extracted

STYLE = """
@page {{ size: A5; margin: 15mm }}
html {{ font: 12pt/20pt "Latin", "{}" }}
@font-face {{ font-family: "Latin"; src: local("Gentium Book Plus"); unicode-range: U+20-7E }}
p {{ margin: 0 0 .5em; text-align: justify; text-indent: 2em }}
"""
SYLLABLES = (
    "ㄧ",
    "ㄩˋ",
    "ㄦ",
    "ㄊㄚ",
    "ㄇㄧㄥˊ",
    "ㄗㄨㄟˇ",
    "˙ㄉㄜ",
    "˙ㄇㄚ",
    "ㄓㄨㄤ",
    "ㄎㄨㄤˋ",
    "ㄕ",
)
Words = list[tuple[str, str]]


@pytest.fixture(autouse=True)
def _installed() -> Iterator[None]:
    with typeset.installed():
        yield


def paragraph(words: Words) -> str:
    """Set words, each with a syllable a character, parted by ``·``, or none."""
    entries, syllables, offset = [], [], 0
    for word, zhuyin in words:
        if zhuyin:
            entries.append(f"{offset} {'·'.join('a' * len(word))}")
            syllables.append(zhuyin)
        offset += len(word)
    attributes = f'data-readings="{";".join(entries)}" data-zhuyin="{";".join(syllables)}"'
    return f"<p {attributes}>{''.join(word for word, _ in words)}</p>"


def made_up(work: str) -> list[Words]:
    """Return a work's paragraphs, four of five words with made-up zhuyin."""
    chance = random.Random(7)  # noqa: S311 (no secret)
    source = (CONTENT / work / "text.md").read_text("utf-8")
    lines = re.findall(r"^> (?:#+ )?(.+?)(?: \^\S+)?$", source, re.M)
    found = []
    for line in lines:
        text = re.sub(r"\[([^\]]*)\]\{[^}]*\}", r"\1", line)
        words = re.findall(r"[\u4e00-\u9fff]{1,2}|.", text)
        found.append(
            [
                (word, "·".join(chance.choice(SYLLABLES) for _ in word) if read else "")
                for word in words
                for read in ["\u4e00" <= word[0] <= "\u9fff" and chance.random() < 0.8]
            ]
        )
    return found


def write(path: Path, body: str, language: str = "zh-Hant-TW", style: str = "") -> Path:
    css = STYLE.format(FACES[language]) + style
    page = f'<html lang="{language}"><title>t</title><style>{css}</style>{body}</html>'
    weasyprint.HTML(string=page).write_pdf(path, pdf_tags=True)
    return path


@pytest.mark.parametrize(
    ("syllable", "expected"),
    [
        ("ㄕ", [("ㄕ", 15.5)]),
        ("ㄕˋ", [("ㄕ", 15.5), ("ˋ", 11.5)]),
        ("ㄨㄛˇ", [("ㄨ", 10.5), ("ㄛ", 21.5), ("ˇ", 17.5)]),
        ("ㄗㄨㄟˇ", [("ㄗ", 6.5), ("ㄨ", 15.5), ("ㄟ", 24.5), ("ˇ", 20.5)]),
        ("˙ㄜ", [("˙", 9), ("ㄜ", 15.5)]),
        ("˙ㄇㄚ", [("˙", 4), ("ㄇ", 10.5), ("ㄚ", 21.5)]),
        ("˙ㄒㄧㄝ", [("˙", 1), ("ㄒ", 7.5), ("ㄧ", 16.5), ("ㄝ", 25.5)]),
    ],
)
def test_signs_stand_where_clreq_has_them(syllable: str, expected: list[tuple[str, float]]) -> None:
    """Its figures give heights in thirtieths of an em: here the middles, from the top."""
    assert [(sign.text, round(sign.y / UNIT, 2)) for sign in signs(syllable)] == expected
    columns = {sign.text: round(sign.x / UNIT, 2) for sign in signs(syllable)}
    assert {x for text, x in columns.items() if text in "ˊˇˋ"} <= {12.5}
    assert {x for text, x in columns.items() if text not in "ˊˇˋ"} == {5.5}


@pytest.mark.parametrize("width", ["162pt", "306pt"])
@pytest.mark.parametrize(
    ("language", "work"),
    [("zh-Hans", "jingjinji-article"), ("zh-Hant-TW", "jingjinji-quotations")],
)
def test_zhuyin_stands_beside_its_hanzi_and_lines_stay_flush(
    tmp_path: Path, language: str, work: str, width: str
) -> None:
    paragraphs = made_up(work)[:20]
    body = "".join(map(paragraph, paragraphs))
    pdf = write(tmp_path / "a.pdf", body, language, f"p {{ width: {width} }}")
    words = [word for words in paragraphs for word in words if word[1]]
    found = measure_zhuyin(pdf)
    assert len(found) > 500
    assert "".join(each.hanzi for each in found) == "".join(word for word, _ in words)
    assert [each.syllable for each in found] == [s for _, z in words for s in z.split("·")]
    assert [fault for each in found for fault in each.faults] == []
    report = measure(pdf)
    assert [str(fault) for fault in report.faults] == []
    assert report.justified > 50


def test_no_sign_of_any_syllable_touches_another(tmp_path: Path) -> None:
    symbols = [chr(code) for code in range(0x3105, 0x312A)]
    finals = "".join(symbols[21:])
    syllables = [f"{a}{b}{tone}" for a, b, tone in product(symbols, finals, ("", "ˊ", "ˇ", "ˋ"))]
    syllables += [f"˙{a}{b}" for a, b in product(symbols, finals)]
    syllables += [f"{a}{b}{c}ˇ" for a, b, c in product("ㄅㄓㄔㄘ", "ㄧㄨㄩ", finals)]
    pdf = write(tmp_path / "a.pdf", paragraph([("字", syllable) for syllable in syllables]))
    found = measure_zhuyin(pdf)
    assert [each.syllable for each in found] == syllables
    assert [fault for each in found for fault in each.faults] == []


def test_the_measures_find_what_is_wrong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("diglot.typeset.line.BESIDE", 400)
    body = "".join(map(paragraph, made_up("jingjinji-article")[:5]))
    pdf = write(tmp_path / "a.pdf", body)
    assert any("too little room" in fault for each in measure_zhuyin(pdf) for fault in each.faults)
    assert measure(pdf).faults


def test_only_hanzi_are_copied(tmp_path: Path) -> None:
    words = [("協同", "ㄒㄧㄝˊ·ㄊㄨㄥˊ"), ("，2014", ""), ("年的", "ㄋㄧㄢˊ·˙ㄉㄜ"), ("。", "")]
    pdf = write(tmp_path / "a.pdf", paragraph(words * 4))
    assert extracted(pdf) == ["協同，2014年的。" * 4] * 3


def test_to_assistive_technology_the_paragraph_is_read_in_pinyin(tmp_path: Path) -> None:
    body = '<p data-readings="0 xié·tóng" data-zhuyin="ㄒㄧㄝˊ·ㄊㄨㄥˊ">協同</p>'
    with pikepdf.open(write(tmp_path / "a.pdf", body)) as pdf:
        elements = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and "/S" in o]
        (element,) = [element for element in elements if element.S == "/P"]
        spoken = [str(element[key]) for key in ("/Phoneme", "/PhoneticAlphabet")]
        assert spoken == ["xiétóng", "/zh-Latn-pinyin"]


def test_only_what_is_read_is_wider(tmp_path: Path) -> None:
    words = [("協", "ㄒㄧㄝˊ"), ("同", ""), ("卡", "ㄎㄚˇ"), ("拉", "")]
    pdf = write(tmp_path / "a.pdf", paragraph(words))
    (line,) = measure(pdf).lines
    assert line.right - line.left == pytest.approx(12 * 5, abs=0.05)


def test_a_word_in_two_elements_and_with_white_space_keeps_its_zhuyin(tmp_path: Path) -> None:
    body = (
        '<p data-readings="3 a·a;10 b·b" data-zhuyin="ㄒㄧㄝˊ·ㄊㄨㄥˊ;ㄈㄚ·ㄓㄢˇ">\n'
        "  协<i>同 A \n 发</i>展</p>"
    )
    pdf = write(tmp_path / "a.pdf", body, style="i { font-style: normal }")
    found = [(each.hanzi, each.syllable) for each in measure_zhuyin(pdf)]
    assert found == [("协", "ㄒㄧㄝˊ"), ("同", "ㄊㄨㄥˊ"), ("发", "ㄈㄚ"), ("展", "ㄓㄢˇ")]


def test_a_syllable_within_a_text_is_not_parted(tmp_path: Path) -> None:
    pdf = write(
        tmp_path / "a.pdf", "<p>ㄒㄧㄝˊ ㄊㄨㄥˊ ˙ㄇㄚ</p>", style="p { width: 5em; text-indent: 0 }"
    )
    assert [line.text for line in measure(pdf).lines] == ["ㄒㄧㄝˊ", "ㄊㄨㄥˊ", "˙ㄇㄚ"]


@pytest.mark.parametrize(
    "data", ["ㄒㄧㄝˊ", "ㄒㄧㄝˊ·tong2", "ㄒㄧㄝˊ·ㄊㄨㄥˊ;ㄈㄚ", "ㄒㄧㄝˊ·ˊ", ""]
)
def test_a_malformed_attribute_is_refused(data: str) -> None:
    with pytest.raises(DiglotError) as caught:
        with_zhuyin(parse("0 xié·tóng", 2), data)
    assert str(caught.value) == (
        f'error r-024: data-zhuyin="{data}" does not fit data-readings, or has what is no zhuyin\n'
        '  Hint: Write a syllable or nothing for each piece of a reading: "ㄈㄚ·ㄓㄢˇ;˙ㄉㄜ".'
    )
    html = f'<p lang="zh" data-readings="0 xié·tóng" data-zhuyin="{data}">協同</p>'
    with pytest.raises(DiglotError, match="r-024"):
        weasyprint.HTML(string=html).render()
