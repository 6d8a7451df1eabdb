"""Readings and senses below words: each at its word's left, apart from the next."""

import html
import json
import random
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pdfplumber
import pikepdf
import pytest
import weasyprint

from diglot import typeset
from diglot.errors import DiglotError
from diglot.typeset.readings import Reading, in_two, room_below
from tests.typeset.measure import measure
from tests.typeset.test_reading_setting import FACES, Words, article, extracted

STYLE = """
@page {{ size: A5; margin: 15mm }}
html {{ font: 12.5pt/44pt "{}"; --reading-family: "Gentium Book Plus" }}
p {{ margin: 0; padding-bottom: 11pt; box-decoration-break: clone }}
"""
SENSES = ("", "go", "coordinated development", "an undertaking for the millennium", "Beijing")
LEADING = 44.0


@pytest.fixture(autouse=True)
def _installed() -> Iterator[None]:
    with typeset.installed():
        yield


def paragraph(words: Words, senses: list[str]) -> str:
    entries, offset = [], 0
    for word, pieces in words:
        if pieces:
            entries.append(f"{offset} {pieces}")
        offset += len(word)
    data = html.escape(json.dumps(senses), quote=True)
    text = "".join(word for word, _ in words)
    return f'<p data-readings="{";".join(entries)}" data-senses="{data}">{text}</p>'


def with_senses(words: Words) -> str:
    chance = random.Random(3)  # noqa: S311 (no secret)
    return paragraph(words, [chance.choice(SENSES) for _, pieces in words if pieces])


def write(path: Path, body: str, language: str = "zh-Hans", style: str = "") -> Path:
    css = STYLE.format(FACES[language]) + style
    page = f'<html lang="{language}"><title>t</title><style>{css}</style>{body}</html>'
    weasyprint.HTML(string=page).write_pdf(path, pdf_tags=True)
    return path


def below(path: Path) -> list[list[tuple[float, float, str]]]:
    """Return the texts of each line below hanzi, with their edges; a gap of a space parts them."""
    lines: dict[tuple[int, float], list[dict[str, float]]] = {}
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            for char in page.chars:
                if "Gentium" in char["fontname"]:
                    key = page.page_number, round(char["matrix"][5], 1)
                    lines.setdefault(key, []).append(char)
    return [[(c["x0"], c["x1"], str(c["text"])) for c in line] for line in lines.values()]


@pytest.mark.parametrize(
    ("language", "work"),
    [("zh-Hans", "jingjinji-article"), ("zh-Hant-TW", "jingjinji-quotations")],
)
def test_nothing_below_words_touches_or_leaves_the_column(
    tmp_path: Path, language: str, work: str
) -> None:
    body = "".join(map(with_senses, article(work)[:8]))
    lines = below(write(tmp_path / "a.pdf", body, language))
    assert len(lines) > 60
    for line in lines:
        # In the order of drawing: word by word from the left.
        for (_, end, _), (start, _, _) in pairwise(line):
            assert start > end - 0.5  # kerned
        assert line[0][0] >= 42.5 - 0.1
        assert line[-1][1] <= 420 - 42.5 + 0.1


def test_each_begins_at_the_left_of_its_word(tmp_path: Path) -> None:
    words = [("我", "wǒ"), ("协同", "xié·tóng"), ("，", ""), ("好", "hǎo")]
    pdf = write(tmp_path / "a.pdf", paragraph(words, ["I", "coordinated", "good"]))
    with pdfplumber.open(pdf) as document:
        chars = document.pages[0].chars
    lefts = {char["text"]: char["x0"] for char in chars if "Gentium" not in char["fontname"]}
    rows = below(pdf)
    assert len(rows) == 2  # readings, then senses
    for row in rows:
        starts = [x for x, _, _ in row]
        for hanzi in "我协好":
            assert min(abs(x - lefts[hanzi]) for x in starts) < 0.1


def test_no_line_parts_a_word(tmp_path: Path) -> None:
    words = [("协同", "xié·tóng"), ("发展", "fā·zhǎn")] * 40
    pdf = write(tmp_path / "a.pdf", paragraph(words, ["go"] * 80), style="p { width: 11.5em }")
    report = measure(pdf, justified=())
    assert [str(fault) for fault in report.faults] == []
    assert {len(line.text) % 2 for line in report.chinese} == {0}


def test_a_word_longer_than_a_line_has_its_sense_once(tmp_path: Path) -> None:
    words = [("社会主义思想", "shè·huì·zhǔ·yì·sī·xiǎng"), ("好", "hǎo")]
    pdf = write(
        tmp_path / "a.pdf",
        paragraph(words, ["socialist thought", "good"]),
        style="p { width: 4em }",
    )
    rows = ["".join(text for _, _, text in line).replace(" ", "") for line in below(pdf)]
    assert rows == ["shèhuìzhǔyì", "socialistthought", "sīxiǎnghǎo", "good"]


def test_only_hanzi_are_copied(tmp_path: Path) -> None:
    words = article("jingjinji-article")[1]
    pdf = write(tmp_path / "a.pdf", with_senses(words))
    text = "".join(word for word, _ in words)
    assert extracted(pdf) == [text] * 3


def test_assistive_technology_gets_them_behind_the_text(tmp_path: Path) -> None:
    words = [("协同", "xié·tóng"), ("发展", "fā·zhǎn")]
    pdf = write(tmp_path / "a.pdf", paragraph(words, ["coordinated", ""]))
    with pikepdf.open(pdf) as document:
        elements = [o for o in document.objects if isinstance(o, pikepdf.Dictionary)]
        (block,) = [element for element in elements if element.get("/S") == "/P"]
        text, described = block.K
        assert "/Alt" not in text
        assert str(described.Alt) == "协同 xiétóng coordinated; 发展 fāzhǎn"
        assert str(block.Phoneme) == "xiétóng fāzhǎn"


def test_words_without_readings_stand_close(tmp_path: Path) -> None:
    words = [("我们", ""), ("协同", "xié·tóng"), ("发展", ""), ("好", "hǎo")]
    senses = ["internationalizationally-coordinated", "good"]
    pdf = write(tmp_path / "a.pdf", paragraph(words, senses))
    with pdfplumber.open(pdf) as document:
        hanzi = [c for c in document.pages[0].chars if "Gentium" not in c["fontname"]]
    gaps = [round(b["x0"] - a["x1"], 1) for a, b in pairwise(hanzi)]
    assert [gap > 1 for gap in gaps] == [False, False, False, True, False, False]


def test_a_sense_wider_than_its_word_stands_on_two_lines() -> None:
    assert in_two("go", 1, len) == ("go",)
    assert in_two("", 1, len) == ()
    assert in_two("coordinated development", 30, len) == ("coordinated development",)
    assert in_two("a coordinated development", 10, len) == ("a coordinated", "development")
    assert in_two("Beijing–Tianjin–Hebei", 10, len) == ("Beijing–", "Tianjin–Hebei")
    assert in_two("high-quality", 10, len) == ("high-", "quality")


def test_room_is_made_behind_closing_punctuation() -> None:
    text = "协同，发展"
    lefts, rights = [0, 10, 20, 30, 40], [10, 20, 30, 40, 50]
    words = [(Reading(0, ("a", "b"), "x"), 60), (Reading(3, ("a", "b"), "x"), 20)]
    assert room_below(text, lefts, rights, words, 3) == {2: 33}


@pytest.mark.parametrize("data", ["x", "{}", '["a", "b"]', "[1]"])
def test_senses_that_do_not_fit_the_readings_are_refused(data: str) -> None:
    page = f"<p lang='zh' data-readings='0 hǎo' data-senses='{data}'>好"
    with pytest.raises(DiglotError, match="r-023"):
        weasyprint.HTML(string=page).render()
