"""Emphasis dots in the PDF: one below each hanzi, none below anything else, no part of the text."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pdfplumber
import pytest
import weasyprint

from diglot import typeset
from diglot.errors import DiglotError
from diglot.typeset.readings import emphasized
from tests.typeset.measure import measure
from tests.typeset.test_reading_setting import extracted, write

TEXT = "以人民为中心，更加紧密地团结，PM2.5年平均浓度“下降”三成。" * 3


@dataclass(frozen=True)
class Dot:
    """A dot below a character: its middle from the character's and its baseline, in em."""

    char: str
    across: float
    below: float
    size: float


def dots(pdf: Path) -> list[Dot]:
    found = []
    with pdfplumber.open(pdf) as document:
        for page in document.pages:
            chars = [char for char in page.chars if char["mcid"] is not None]
            for line in page.lines:
                x, y = line["x0"], page.height - line["top"]
                char = min(
                    (c for c in chars if c["x0"] <= x <= c["x1"] and c["matrix"][5] > y),
                    key=lambda c: c["matrix"][5],
                )
                size = char["size"]
                middle, baseline = (char["x0"] + char["x1"]) / 2, char["matrix"][5]
                width = line["linewidth"] * 0.75 / size  # WeasyPrint draws in CSS pixels
                found.append(Dot(char["text"], (x - middle) / size, (baseline - y) / size, width))
    return found


@pytest.fixture(autouse=True)
def _installed() -> Iterator[None]:
    with typeset.installed():
        yield


@pytest.mark.parametrize("width", ["9em", "26em"])
def test_each_emphasized_hanzi_has_a_dot_below_its_middle(tmp_path: Path, width: str) -> None:
    body = f'<p data-emphasis="1-6 13-28 44-46">{TEXT}</p>'
    pdf = write(tmp_path / "a.pdf", body, style=f"p {{ width: {width} }}")
    found = dots(pdf)
    emphasized = TEXT[1:6] + TEXT[13:28] + TEXT[44:46]
    hanzi = [char for char in emphasized if "\u4e00" <= char <= "\u9fff"]
    assert [dot.char for dot in found] == hanzi
    assert all(abs(dot.across) < 0.02 for dot in found)
    assert {round(dot.below, 2) for dot in found} == {0.27}
    assert all(0.1 < dot.size < 0.2 for dot in found)


def test_dots_change_neither_lines_nor_text(tmp_path: Path) -> None:
    style = "p { width: 14em }"
    plain = write(tmp_path / "a.pdf", f"<p>{TEXT}</p>", style=style)
    dotted = write(tmp_path / "b.pdf", f'<p data-emphasis="0-30">{TEXT}</p>', style=style)
    assert len(dots(dotted)) > 20
    assert extracted(dotted) == extracted(plain) == [TEXT] * 3
    lines = [[(line.text, line.right) for line in measure(pdf).lines] for pdf in (plain, dotted)]
    assert lines[0] == lines[1]
    assert [str(fault) for fault in measure(dotted).faults] == []


def test_a_style_may_ask_for_dots(tmp_path: Path) -> None:
    body = (
        '<p lang="en">It is <em><b lang="zh-Hans">重点，A1</b></em> <b lang="zh-Hans">中心</b>.</p>'
    )
    style = "em b { --text-emphasis: dot }"
    found = dots(write(tmp_path / "a.pdf", body, style=style))
    assert [dot.char for dot in found] == ["重", "点"]


def test_dots_stay_with_their_characters_beside_readings_and_white_space(tmp_path: Path) -> None:
    body = (
        '<p data-readings="0 xié·tóng" data-zhuyin="ㄒㄧㄝˊ·ㄊㄨㄥˊ" data-emphasis="1-2">協同</p>'
        '<p data-readings="0 xié·tóng" data-emphasis="0-1">协同</p>'
        '<p data-emphasis="3-8">\n  协<i>同\n 发</i>展</p>'
    )
    found = dots(write(tmp_path / "a.pdf", body, style="i { font-style: normal }"))
    assert [dot.char for dot in found] == ["同", "协", "协", "同", "发"]
    assert all(abs(dot.across) < 0.02 for dot in found)


@pytest.mark.parametrize("data", ["1", "a-2", "2-2", "1-9", "2-3 1-2", "0-2 1-3"])
def test_a_malformed_attribute_is_refused(data: str) -> None:
    with pytest.raises(DiglotError) as caught:
        emphasized(data, 4)
    entry = data.split()[-1]
    assert str(caught.value) == (
        f'error r-026: data-emphasis has the entry "{entry}", which is malformed or out of place\n'
        '  Hint: Write where each emphasized run begins and ends, in order: "3-5 8-10".'
    )
    with pytest.raises(DiglotError, match="r-026"):
        weasyprint.HTML(string=f'<p lang="zh" data-emphasis="{data}">协同发展</p>').render()
