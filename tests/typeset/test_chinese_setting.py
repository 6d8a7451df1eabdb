"""The PDF as set: flush lines, prohibitions, languages, text and bytes unchanged."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pdfplumber
import pypdfium2
import pytest
import weasyprint
from weasyprint.formatting_structure.boxes import InlineBox

from diglot import typeset
from diglot.errors import DiglotError, Exit
from diglot.typeset import hooks
from tests.typeset.measure import Area, Report, measure

HANS = (
    "他反复强调：“要‘唱好’京津双城记”，即“双城”联动；北京PM2.5平均浓度由2013年的89.5微克下降到"
    "2022年的30微克，降幅66.5%，人口有1亿多，面积有21.6万平方公里……这就是《规划纲要》（2015年）"
    "所说的——“一核、双城、三轴、四区、多节点”——的由来。“啊……”他说，“（真的）？《书》《刊》。”"
)
HANT = (
    "他反覆強調：「要『唱好』京津雙城記」，即「雙城」聯動；北京PM2.5平均濃度由2013年的89.5微克下降到"
    "2022年的30微克，降幅66.5%，人口有1億多，面積有21.6萬平方公里……這就是《規劃綱要》（2015年）"
    "所說的——「一核、雙城、三軸、四區、多節點」——的由來。「啊……」他說，「（真的）？《書》《刊》。」"
)
ENGLISH = "He stressed repeatedly that we must perform the tale of the two cities well. " * 3
STYLE = """
@page { size: A5; margin: 15mm }
html { font: 10.5pt/1.6 "Noto Serif CJK SC" }
:lang(zh-Hant) { font-family: "Noto Serif CJK TC" }
p { margin: 0 0 1em; text-align: justify; text-indent: 2em }
"""


@pytest.fixture(autouse=True)
def _installed() -> Iterator[None]:
    with typeset.installed():
        yield


def write(path: Path, body: str, language: str = "zh-Hans", style: str = "") -> Path:
    page = f'<html lang="{language}"><title>t</title><style>{STYLE}{style}</style>{body}</html>'
    weasyprint.HTML(string=page).write_pdf(path, pdf_tags=True)
    return path


def paragraphs(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def extracted(path: Path) -> list[str]:
    """Return the text of a one-page PDF as Poppler and as PDFium read it, without line ends."""
    poppler = subprocess.run(
        ["pdftotext", str(path), "-"], capture_output=True, text=True, check=True
    ).stdout
    with pypdfium2.PdfDocument(path) as document:
        page = document[0].get_textpage()
        pdfium = page.get_text_range()
    return [re.sub(r"[\r\n\f]", "", found) for found in (poppler, pdfium)]


def found(report: Report) -> list[str]:
    return [str(fault) for fault in report.faults]


@pytest.mark.parametrize("width", [13, 13.4, 16, 24.7])
@pytest.mark.parametrize(("language", "text"), [("zh-Hans", HANS), ("zh-Hant-TW", HANT)])
def test_every_line_but_the_last_is_flush_and_keeps_the_prohibitions(
    tmp_path: Path, language: str, text: str, width: float
) -> None:
    body = paragraphs(text, text[7:])
    pdf = write(tmp_path / "a.pdf", body, language, f"p {{ width: {width}em }}")
    report = measure(pdf)
    assert found(report) == []
    assert report.justified >= 10


def test_the_measure_finds_what_stock_weasyprint_leaves_ragged(tmp_path: Path) -> None:
    hooks.restore()
    pdf = write(tmp_path / "a.pdf", paragraphs(HANS, HANS[7:]), style="p { width: 13.4em }")
    hooks.patch()
    assert measure(pdf).count("ragged") > 10


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("start", "<p>今天天气<br>，真好</p>"),
        ("end", "<p>今天天气“<br>真好”</p>"),
        ("split", "<p>今天的20<br>14年</p>"),
        ("overlap", "<p>今天天气</p><p style='margin-top: -2.4em'>今天天气</p>"),
        ("ragged", "<p style='text-align: left'>" + "今天good天气" * 20 + "</p>"),
        ("outside", "<p style='margin-left: -40pt'>今天天气</p>"),
        ("outside", "<p style='white-space: nowrap'>今天天气真好" + "好" * 40 + "</p>"),
    ],
)
def test_the_measure_finds_what_is_wrong(tmp_path: Path, kind: str, body: str) -> None:
    pdf = write(tmp_path / "a.pdf", body, style="p { text-indent: 0 }")
    area = Area(42.5, 42.5, 420 - 42.5, 595 - 42.5)
    assert {fault.kind for fault in measure(pdf, area=area).faults} == {kind}


@pytest.mark.parametrize("align", ["right", "center"])
def test_the_measure_asks_no_flush_lines_of_what_is_set_otherwise(
    tmp_path: Path, align: str
) -> None:
    style = f"p {{ text-align: {align}; width: 14.3em; text-indent: 0 }}"
    report = measure(write(tmp_path / "a.pdf", paragraphs(HANS), style=style))
    assert (report.justified, found(report)) == (0, [])


@pytest.mark.parametrize("width", [13.4, 20])
@pytest.mark.parametrize(("language", "text"), [("zh-Hans", HANS), ("zh-Hant-TW", HANT)])
def test_text_comes_out_of_the_pdf_as_it_went_in(
    tmp_path: Path, language: str, text: str, width: float
) -> None:
    pdf = write(tmp_path / "a.pdf", paragraphs(text), language, f"p {{ width: {width}em }}")
    assert extracted(pdf) == [text, text]


def test_boxes_within_a_line_are_spread_with_it(tmp_path: Path) -> None:
    marked = HANS.replace("双城", "<b>双城</b>").replace("微克", "<span>微<i>克</i></span>")
    picture = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><title>x</title></svg>'
    body = paragraphs(marked.replace("；", f"；{picture}"), HANS)
    assert found(measure(write(tmp_path / "a.pdf", body, style="p { width: 15.3em }"))) == []


def test_commas_hang_where_the_style_asks_but_centred_ones_never(tmp_path: Path) -> None:
    style = "p { width: 14em; --hanging-punctuation: allow-end }"
    hans = write(tmp_path / "a.pdf", paragraphs(HANS * 3), style=style)
    assert measure(hans).count("outside") > 0
    assert found(measure(hans, hang=0.5)) == []
    hant = write(tmp_path / "b.pdf", paragraphs(HANT * 3), "zh-Hant-TW", style)
    assert found(measure(hant)) == []


def test_long_latin_runs_stay_in_their_column_and_flush(tmp_path: Path) -> None:
    runs = "参见https://www.gov.cn/zhengce/2015-06/09/content_5012.htm等材料和" + "x" * 300 + "。"
    pdf = write(tmp_path / "a.pdf", paragraphs(HANS + runs + HANS), style="p { width: 14em }")
    assert found(measure(pdf)) == []


def test_an_added_hyphen_is_not_part_of_the_text(tmp_path: Path) -> None:
    text = "实现高质量的internationalization发展和协同的机制"
    pdf = write(tmp_path / "a.pdf", paragraphs(text), style="p { width: 11em; hyphens: auto }")
    lines = [line.text for line in measure(pdf).lines]
    assert any(line.endswith("-") for line in lines)
    assert extracted(pdf) == [text, text]


def test_leading_is_even_though_fonts_mix(tmp_path: Path) -> None:
    pdf = write(tmp_path / "a.pdf", paragraphs(HANS + "A" + HANS), style="p { width: 16em }")
    with pdfplumber.open(pdf) as document:
        baselines = sorted({round(char["matrix"][5], 2) for char in document.pages[0].chars})
    steps = {round(b - a, 1) for a, b in pairwise(baselines)}
    assert steps == {16.8}


def test_english_is_set_as_by_weasyprint_itself(tmp_path: Path) -> None:
    ours = write(tmp_path / "a.pdf", paragraphs(ENGLISH), "en").read_bytes()
    hooks.restore()
    stock = write(tmp_path / "b.pdf", paragraphs(ENGLISH), "en").read_bytes()
    hooks.patch()
    assert ours == stock


def test_each_change_of_language_is_declared_once(tmp_path: Path) -> None:
    body = (
        '<p>汉字<span lang="en">Chinese</span><span lang="zh-Latn-pinyin">hànzì</span></p>'
        '<div lang="en"><p>English <span>and <b lang="zh-Hans">中文</b></span></p></div>'
    )
    with pdfplumber.open(write(tmp_path / "a.pdf", body)) as document:
        tree = document.pages[0].structure_tree
    assert [language for element in tree for language in _languages(element)] == [
        "en",
        "zh-Latn-pinyin",
        "en",
        "zh-Hans",
    ]


def _languages(element: dict[str, object]) -> Iterator[object]:
    if "lang" in element:
        yield element["lang"]
    children = element.get("children", [])
    assert isinstance(children, list)
    for child in children:
        yield from _languages(child)


def test_the_same_input_gives_the_same_bytes_in_every_process(tmp_path: Path) -> None:
    script = (
        "import sys; from diglot import typeset; typeset.install(); import weasyprint;"
        "weasyprint.HTML(string=sys.argv[1]).write_pdf(sys.argv[2])"
    )
    body = paragraphs(HANS) + '<p data-readings="0 xié·tóng;2 fā·zhǎn">协同发展</p>'
    page = f'<html lang="zh-Hans"><style>{STYLE}</style>{body}</html>'
    for seed in "12":
        subprocess.run(
            [sys.executable, "-c", script, page, str(tmp_path / seed)],
            env=os.environ | {"PYTHONHASHSEED": seed},
            check=True,
        )
    assert (tmp_path / "1").read_bytes() == (tmp_path / "2").read_bytes()


def test_equal_elements_share_a_style_and_keep_their_language_and_anchor() -> None:
    words = '<b lang="en">a</b><b lang="en">b</b><b lang="zh">c</b><b lang="en" id="d">d</b>'
    page = weasyprint.HTML(string=f"<p>{words}").render().pages[0]
    found = [box for box in page._page_box.descendants() if isinstance(box, InlineBox)]
    styles = {box.element.text: box.style for box in found}
    assert styles["a"] is styles["b"]
    assert [styles[name]["lang"] for name in "abcd"] == ["en", "en", "zh", "en"]
    assert [styles[name]["anchor"] for name in "bd"] == [None, "d"]


def test_markers_and_notes_are_styled_where_there_are_some() -> None:
    style = "<style>i { float: footnote } li::marker { color: red }</style>"
    body = "<ul><li>a</ul><p>b<i>c</i><b>d</b><q>e</q>"
    page = weasyprint.HTML(string=style + body).render().pages[0]
    tags = {box.element_tag for box in page._page_box.descendants() if box.element_tag}
    parts = {tag for tag in tags if "::" in tag}
    assert parts == {
        *("li::marker", "i::footnote-call", "i::footnote-marker", "q::before", "q::after")
    }


def test_hooks_fit_the_installed_weasyprint() -> None:
    hooks.restore()
    assert hooks.misfits() == []
    hooks.patch()


def refused(monkeypatch: pytest.MonkeyPatch, target: str, value: object) -> str:
    hooks.restore()
    monkeypatch.setattr("diglot.typeset._users", 0)
    monkeypatch.setattr(target, value)
    with pytest.raises(DiglotError) as caught:
        typeset.install()
    monkeypatch.undo()
    hooks.patch()
    assert caught.value.exit_code == Exit.ENVIRONMENT
    return str(caught.value)


def test_another_version_of_weasyprint_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    assert refused(monkeypatch, "weasyprint.__version__", "71.0") == (
        "error n-022: WeasyPrint 71.0 is installed, but Chinese typesetting fits 70.0 only\n"
        "  Hint: Install weasyprint==70.0, for example with `make`."
    )


def test_a_hooked_function_that_changed_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    changed = refused(monkeypatch, "weasyprint.layout.inline.justify_line", lambda line: None)
    assert changed == (
        "error n-023: these functions of WeasyPrint 70.0 are not as expected: "
        "weasyprint.layout.inline.justify_line\n"
        "  Hint: Install an unmodified weasyprint==70.0, for example with `make`."
    )


def test_a_library_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    hooks.restore()
    monkeypatch.setattr("diglot.typeset._users", 0)
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    with pytest.raises(DiglotError) as caught:
        typeset.install()
    monkeypatch.undo()
    hooks.patch()
    assert str(caught.value) == (
        "error n-021: WeasyPrint cannot be loaded: "
        "import of weasyprint halted; None in sys.modules\n"
        "  Hint: Install the packages named in the README (Pango, HarfBuzz and Fontconfig)."
    )


LOADED = """
import ctypes.util, subprocess, sys
def refuse(*command, **_):
    sys.exit(f"called: {command}")
find, subprocess.Popen = ctypes.util.find_library, refuse
from diglot import typeset
typeset.load()
assert ctypes.util.find_library is find
import weasyprint
"""


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere libraries have to be sought")
def test_loading_calls_no_other_program() -> None:
    done = subprocess.run([sys.executable, "-c", LOADED], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
