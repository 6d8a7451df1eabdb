"""Readings in the PDF: over their words, apart from each other, and no part of its text."""

import random
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pdfplumber
import pikepdf
import pypdfium2
import pytest
import weasyprint

from diglot import typeset
from diglot.errors import DiglotError
from diglot.typeset import line, ruby
from tests.typeset.measure import measure
from tests.typeset.measure_readings import measure_readings

CONTENT = Path(__file__).parents[2] / "content"
FACES = {"zh-Hans": "Noto Serif CJK SC", "zh-Hant-TW": "Noto Serif CJK TC"}
STYLE = """
@page {{ size: A5; margin: 15mm }}
html {{ font: 10.5pt/2.1 "{}"; --reading-family: "Gentium Book Plus" }}
p {{ margin: 0 0 .5em; text-align: justify; text-indent: 2em }}
"""
# Wide syllables side by side, every toned vowel, names, apostrophe, hyphen, Latin, spaces.
SAMPLE = """
[双|shuāng][创|chuàng][装|zhuāng][床|chuáng][窗|chuāng][撞|zhuàng]，[要|yào]“[唱好|chàng·hǎo]‘
[双城记|Shuāng·chéng· Jì]’”。[西安|Xī·'ān][女儿|nǚ·ér][绿|lǜ][驴|lǘ][旅|lǚ][哪|nǎ][你|nǐ][我|wǒ]
[五|wǔ][千方百计|qiān·fāng·-bǎi·jì]2014[年|nián][卡拉OK|kǎ·lā· OK·]和PM2.5，[状况|zhuàng·kuàng]
[强壮|qiáng·zhuàng]：[儿|ér]《[规划|guī·huà]》（[全文|quán·wén]）——的[协同|xié·tóng][发展|fā·zhǎn]。
"""
WORD = re.compile(r"\[(.+?)\|(.+?)\]|(.)")
SYLLABLES = ("zhuāng", "chuàng", "zhōng", "qiáng", "tīng", "dà", "yī", "ě", "liǎng", "de", "nǚ")


@pytest.fixture(autouse=True)
def _installed() -> Iterator[None]:
    with typeset.installed():
        yield


Words = list[tuple[str, str]]


def sample() -> Words:
    """Return words and the pieces of their readings, empty for those without."""
    return [
        (word or char, pieces) for word, pieces, char in WORD.findall("".join(SAMPLE.split("\n")))
    ]


def article(work: str) -> list[Words]:
    """Return a work's paragraphs, four of five words with made-up readings."""
    chance = random.Random(7)  # noqa: S311 (no secret)
    source = (CONTENT / work / "text.md").read_text("utf-8")
    lines = re.findall(r"^> (?:#+ )?(.+?)(?: \^\S+)?$", source, re.M)
    return [made_up(re.sub(r"\[([^\]]*)\]\{[^}]*\}", r"\1", line), chance) for line in lines]


def made_up(text: str, chance: random.Random) -> Words:
    found: Words = []
    for part in re.findall(r"[\u4e00-\u9fff]+|.", text):
        while part:
            count = chance.choice([1, 2, 2, 2, 3])
            word, part = part[:count], part[count:]
            reads = "\u4e00" <= word[0] <= "\u9fff" and chance.random() < 0.8
            pieces = "·".join(chance.choice(SYLLABLES) for _ in word) if reads else ""
            found.append((word, pieces))
    return found


def paragraph(words: Words) -> str:
    entries, offset = [], 0
    for word, pieces in words:
        if pieces:
            entries.append(f"{offset} {pieces}")
        offset += len(word)
    return f'<p data-readings="{";".join(entries)}">{"".join(word for word, _ in words)}</p>'


def read(words: Words) -> Words:
    """Return the words that have readings, with these as printed."""
    return [(word, pieces.replace("·", "")) for word, pieces in words if pieces]


def write(path: Path, body: str, language: str = "zh-Hans", style: str = "") -> Path:
    css = STYLE.format(FACES[language]) + style
    page = f'<html lang="{language}"><title>t</title><style>{css}</style>{body}</html>'
    weasyprint.HTML(string=page).write_pdf(path, pdf_tags=True)
    return path


def extracted(path: Path) -> list[str]:
    """Return the text of a one-page PDF as Poppler and as PDFium read it, without line ends."""
    poppler = [
        subprocess.run(
            ["pdftotext", *mode, str(path), "-"], capture_output=True, text=True, check=True
        ).stdout
        for mode in ([], ["-raw"])
    ]
    with pypdfium2.PdfDocument(path) as document:
        pdfium = document[0].get_textpage().get_text_range()
    return [re.sub(r"[\r\n\f]", "", found) for found in (*poppler, pdfium)]


@pytest.mark.parametrize("width", ["136.5pt", "325.5pt"])
@pytest.mark.parametrize(
    ("language", "work"),
    [("zh-Hans", "jingjinji-article"), ("zh-Hant-TW", "jingjinji-quotations")],
)
def test_readings_stand_over_their_words_and_never_touch(
    tmp_path: Path, language: str, work: str, width: str
) -> None:
    paragraphs = article(work)[:20]
    body = "".join(map(paragraph, paragraphs))
    pdf = write(tmp_path / "a.pdf", body, language, f"p {{ width: {width} }}")
    words = [word for words in paragraphs for word in read(words)]
    found = measure_readings(pdf, words, fonts="Gentium")
    assert len(found) > 300
    assert [above for above in found if above.collides or above.astray] == []
    assert [str(fault) for fault in measure(pdf).faults] == []


@pytest.mark.parametrize("width", range(8, 31, 2))
def test_wide_syllables_side_by_side_leave_lines_flush(tmp_path: Path, width: int) -> None:
    pdf = write(tmp_path / "a.pdf", paragraph(sample()), style=f"p {{ width: {width}em }}")
    found = measure_readings(pdf, read(sample()), fonts="Gentium")
    assert [above for above in found if above.collides or above.astray] == []
    assert [str(fault) for fault in measure(pdf).faults] == []


@pytest.mark.parametrize("width", [9, 26])
def test_only_hanzi_are_copied(tmp_path: Path, width: int) -> None:
    pdf = write(tmp_path / "a.pdf", paragraph(sample()), style=f"p {{ width: {width}em }}")
    text = "".join(word for word, _ in sample())
    assert extracted(pdf) == [text] * 3


@pytest.mark.parametrize(("moved", "astray", "collide"), [(4, True, False), (0, False, True)])
def test_the_measure_finds_readings_that_are_astray_or_collide(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moved: float, astray: bool, collide: bool
) -> None:
    monkeypatch.setattr(ruby, "apart", lambda spots, *_: [spot.centre + moved for spot in spots])
    if collide:
        monkeypatch.setattr(line, "room", lambda *_: {})
    words = [("双", "shuāng"), ("的" if moved else "", ""), ("床", "chuáng")]
    pdf = write(tmp_path / "a.pdf", paragraph(words))
    found = measure_readings(pdf, read(words), fonts="Gentium")
    assert [(above.astray, above.collides) for above in found] == [(astray, collide)] * 2


def test_a_word_in_two_elements_parts_its_reading(tmp_path: Path) -> None:
    body = '<p data-readings="0 xié·tóng;6 fā·zhǎn">协<em>同的\n  发</em>展</p>'
    pdf = write(tmp_path / "a.pdf", body, style="em { font-style: normal }")
    parts = [("协", "xié"), ("同", "tóng"), ("发", "fā"), ("展", "zhǎn")]
    assert not any(a.astray for a in measure_readings(pdf, parts, fonts="Gentium"))


def test_readings_of_neighbouring_elements_never_touch(tmp_path: Path) -> None:
    body = "".join(f'<b data-readings="0 {s}">装</b>' for s in ["zhuāng", "chuàng", "yī"] * 4)
    pdf = write(tmp_path / "a.pdf", f"<p>{body}</p>", style="b { font-weight: normal }")
    words = [("装", "zhuāng"), ("装", "chuàng"), ("装", "yī")] * 4
    found = measure_readings(pdf, words, fonts="Gentium")
    assert not any(above.collides for above in found)


def test_white_space_that_css_collapses_moves_no_reading(tmp_path: Path) -> None:
    body = '<p data-readings="3 xié·tóng;10 fā·zhǎn;14 hǎo">\n  协同 A \n 发展  好</p>'
    pdf = write(tmp_path / "a.pdf", body)
    words = [("协同", "xiétóng"), ("发展", "fāzhǎn"), ("好", "hǎo")]
    assert not any(a.astray for a in measure_readings(pdf, words, fonts="Gentium"))


def test_a_box_as_wide_as_its_text_has_room_for_readings(tmp_path: Path) -> None:
    body = '<div data-readings="0 shuāng;1 chuàng;2 zhuāng">双创装</div>'
    style = "div { float: left; border: 1px solid }"
    report = measure(write(tmp_path / "a.pdf", body, style=style))
    assert [line.text for line in report.lines] == ["双创装"]


def test_size_and_rise_are_the_style_s(tmp_path: Path) -> None:
    body = paragraph([("协同", "xié·tóng")])
    style = "p { --reading-size: .4em; --reading-rise: 1.5em }"
    pdf = write(tmp_path / "a.pdf", body, style=style)
    (above,) = measure_readings(pdf, [("协同", "xiétóng")], fonts="Gentium")
    assert above.rise == pytest.approx(1.5, abs=0.01)
    with pdfplumber.open(pdf) as document:
        sizes = {round(char["size"], 2) for char in document.pages[0].chars if not char["mcid"]}
    assert sizes == {4.2, 10.5}


def test_a_reading_at_the_head_of_a_page_is_within_the_type_area(tmp_path: Path) -> None:
    pdf = write(
        tmp_path / "a.pdf",
        paragraph([("艾", "Ǎi")]),
        style="body { margin: 0 } p { line-height: 2.2 }",
    )
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[0].render(scale=4).to_pil().convert("L")
    _, top, _, _ = page.point(lambda grey: 255 * (grey < 128)).getbbox()
    assert top / 4 >= 42.5


@pytest.mark.parametrize(
    ("words", "spoken"),
    [
        ([("协同", "xié·tóng"), ("，2", ""), ("年", "nián")], "xiétóng ，2 nián"),
        ([("协同", "xié·tóng"), ("发展", "")], None),
        ([("2014", "")], None),
    ],
)
def test_a_paragraph_whose_hanzi_all_have_readings_says_how_it_is_spoken(
    tmp_path: Path, words: Words, spoken: str | None
) -> None:
    with pikepdf.open(write(tmp_path / "a.pdf", paragraph(words))) as pdf:
        elements = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and "/S" in o]
        found = [element for element in elements if element.S == "/P"]
        assert [element.get("/Phoneme") for element in found] == [spoken]
        alphabet = "/zh-Latn-pinyin" if spoken else None
        assert [element.get("/PhoneticAlphabet") for element in found] == [alphabet]


def test_a_malformed_attribute_is_refused() -> None:
    with pytest.raises(DiglotError, match="r-021"):
        weasyprint.HTML(string='<p lang="zh" data-readings="x">好').render()


def test_a_document_may_be_written_twice(tmp_path: Path) -> None:
    css = STYLE.format(FACES["zh-Hans"])
    page = f'<html lang="zh-Hans"><style>{css}</style>{paragraph(sample())}</html>'
    document = weasyprint.HTML(string=page).render()
    assert document.write_pdf() == document.write_pdf()
