"""Whole pages of both works as Diglot, WeasyPrint alone, Chromium and Typst set them, measured.

All set the same sentences in the same faces, sizes and measures: `columns`, a row a sentence, and
`running`, Chinese paragraphs as on the left one of two facing pages. Diglot, WeasyPrint and
Chromium get the same HTML, Typst (PyPI: typst) the same in its own language. What is not installed
is named and left out. PDFs stay in the folder, to be looked at.

    python benchmarks/pages.py FOLDER
"""

import logging
import re
import shutil
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from importlib.util import find_spec
from itertools import accumulate, pairwise
from json import dumps
from pathlib import Path
from statistics import mean
from typing import Any

import pdfplumber
from weasyprint import HTML

from diglot import typeset
from diglot.compose.booklet import Row
from diglot.compose.compose import compose
from diglot.config import Edition
from diglot.model import Script
from diglot.pairs.inline import plain
from diglot.project import Project
from tests.typeset.measure import CLOSING, OPENING, TRIMMED

PROJECT = Project(Path(__file__).parents[1])
EM = 10.5
LEFT = 14 * 72 / 25.4
TOP, BOTTOM = 17 * 72 / 25.4, (210 - 18) * 72 / 25.4
_HANZI = re.compile("[\u4e00-\u9fff]{2}")
ENDS = {"columns": 13 * EM, "running": 31 * EM}  # where Chinese lines end, from the left margin
STYLE = f"""
@page {{ size: A5; margin: 17mm 14mm 18mm }}
html {{ font: 10.5pt/17pt "Gentium Book Plus", "Noto Serif CJK SC" }}
body, p {{ margin: 0 }}
table {{ border-collapse: collapse; table-layout: fixed; width: {ENDS["running"]}pt }}
tr {{ break-inside: avoid }}
td {{ padding: 0 0 4pt; vertical-align: top }}
td:first-child {{ width: {ENDS["columns"]}pt; padding-right: 12.5pt }}
p {{ text-align: justify; orphans: 2; widows: 2 }}
p[lang|=zh] {{ text-autospace: normal; text-spacing-trim: trim-start }}
p[lang=en] {{ font-size: 9.5pt; line-height: 13pt; hyphens: auto; hyphenate-limit-chars: 6 3 3 }}
.running p {{ width: {ENDS["running"]}pt; text-indent: 2em }}
"""
TYPST = """
#set page(paper: "a5", margin: (x: 14mm, top: 17mm, bottom: 18mm))
#set text(font: ("Gentium Book Plus", "Noto Serif CJK SC"), size: 10.5pt, lang: "zh",
  top-edge: 0.88em, bottom-edge: -0.12em)
#set par(justify: true, leading: 6.5pt, spacing: 6.5pt)
#let zh(body) = par(body)
#let en(body) = {
  set text(size: 9.5pt, lang: "en", hyphenate: true)
  set par(leading: 3.5pt)
  par(body)
}
"""
COMPILE = "import sys, typst; typst.compile(sys.argv[1], output=sys.argv[2])"


def paragraphs(work: str) -> list[list[Row]]:
    """Give the rows of each paragraph of a work, without its headings."""
    booklet = compose(PROJECT.work(work), Edition(name="pages", script=Script.HANS))
    return [list(block.rows) for section in booklet.sections for block in section.blocks]


def page(kind: str, blocks: list[list[Row]]) -> str:
    if kind == "columns":
        rows = (
            f'<tr><td><p lang="zh-Hans">{escape(row.zh)}</p></td>'
            f'<td><p lang="en">{escape(plain(row.en))}</p></td></tr>'
            for rows in blocks
            for row in rows
        )
        body = f"<table>{''.join(rows)}</table>"
    else:
        texts = ("".join(row.zh for row in rows) for rows in blocks)
        body = "".join(f'<p lang="zh-Hans">{escape(text)}</p>' for text in texts)
    head = '<!doctype html><html lang="zh-Hans"><meta charset="utf-8"><title>x</title>'
    return f'{head}<style>{STYLE}</style><body class="{kind}">{body}</body></html>'


def typst(kind: str, blocks: list[list[Row]]) -> str:
    def text(language: str, words: str) -> str:
        return f"{language}({dumps(words, ensure_ascii=False)})"

    if kind == "columns":
        cells = (
            f"{text('zh', row.zh)}, {text('en', plain(row.en))}," for rows in blocks for row in rows
        )
        sides = f"{ENDS['columns']}pt, {ENDS['running'] - ENDS['columns'] - 12.5}pt"
        grid = f"#set grid.cell(breakable: false)\n#grid(columns: ({sides})"
        return f"{TYPST}{grid}, column-gutter: 12.5pt, row-gutter: 4pt,\n{' '.join(cells)})\n"
    texts = (text("#zh", "".join(row.zh for row in rows)) for rows in blocks)
    indent = "#set par(first-line-indent: (amount: 2em, all: true))\n"
    return f"{TYPST}{indent}#block(width: {ENDS['running']}pt)[{' '.join(texts)}]\n"


def set_all(kind: str, blocks: list[list[Row]], stem: Path) -> dict[str, Path]:
    """Set the blocks by each typesetter that is installed; give the PDFs."""
    html, source = stem.with_suffix(".html"), stem.with_suffix(".typ")
    html.write_text(page(kind, blocks), encoding="utf-8")
    source.write_text(typst(kind, blocks), encoding="utf-8")
    names = ("Diglot", "WeasyPrint", "Chromium", "Typst")
    made = {name: stem.with_name(f"{stem.name}-{name.lower()}.pdf") for name in names}
    with typeset.installed():
        HTML(html).write_pdf(made["Diglot"], pdf_tags=True)
    HTML(html).write_pdf(made["WeasyPrint"], pdf_tags=True)
    if browser := shutil.which("chromium") or shutil.which("google-chrome"):
        options = ("--headless", "--no-sandbox", "--no-pdf-header-footer")
        command = (browser, *options, f"--print-to-pdf={made['Chromium']}", html)
        subprocess.run(command, check=True, capture_output=True)
    if find_spec("typst"):
        subprocess.run((sys.executable, "-c", COMPILE, source, made["Typst"]), check=True)
    return {name: path for name, path in made.items() if path.is_file()}


@dataclass(frozen=True, slots=True)
class Line:
    """A line of Chinese: its characters, whether a paragraph begins or ends with it."""

    chars: list[Any]
    first: bool
    last: bool

    @property
    def hanzi(self) -> int:
        """How many hanzi, if there is nothing but them and marks."""
        return sum("\u4e00" <= char["text"] <= "\u9fff" for char in self.chars)


def chinese_lines(path: Path, end: float, texts: list[str]) -> Iterator[Line]:
    """Find the lines of the Chinese column; the texts tell where paragraphs end.

    Not by tags: those of Chromium leave much of the text out.
    """
    lengths = list(accumulate(len(text.replace(" ", "")) for text in texts))
    at = 0
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            rows: dict[int, list[Any]] = defaultdict(list)
            for char in page.chars:
                if char["text"].strip() and char["x0"] < end + 2:
                    rows[round(char["matrix"][5] / 4)].append(char)
            for _, row in sorted(rows.items(), reverse=True):
                first = at in (0, *lengths)
                at += sum(len(char["text"]) for char in row)
                chars = sorted(row, key=lambda char: char["x0"])
                yield Line(chars, first, at in lengths)
    if at != lengths[-1]:
        raise ValueError(f"{path.name} has {at} characters of Chinese instead of {lengths[-1]}")


def told(kind: str, path: Path, texts: list[str]) -> str:
    """Measure a PDF: pages, lines that are not flush or begin or end wrongly, gaps, feet."""
    end = LEFT + ENDS[kind]
    lines = list(chinese_lines(path, end, texts))
    full = [line for line in lines if not line.last]
    off = [_off(line, end) for line in full]
    starts = sum(line.chars[0]["text"] in CLOSING for line in lines if not line.first)
    lone = sum(line.last and not line.first and line.hanzi == 1 for line in lines)
    ends = sum(line.chars[-1]["text"] in OPENING for line in full)
    gaps = (_widest(line) for line in full)
    openings = sorted(gap for gap in gaps if gap is not None)
    loose = sum(gap > 0.15 for gap in openings)
    feet: dict[int, float] = defaultdict(float)
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            feet[page.page_number] = max(char["bottom"] for char in page.chars)
    last = feet.popitem()[0]
    fill = mean((foot - TOP) / (BOTTOM - TOP) for foot in feet.values())
    return (
        f"{last} pages, filled to {fill:.0%}; of {len(full)} lines {sum(o < -0.3 for o in off)} "
        f"short, {sum(o > 0.3 for o in off)} long, {starts} begin and {ends} end wrongly, "
        f"{lone} last ones of one hanzi; widest gaps: mean {mean(openings):.3f} em, "
        f"most {openings[-1]:.3f}, {loose} lines above 0.15"
    )


def _off(line: Line, end: float) -> float:
    """How far a line ends beyond its column, or before it; a mark's blank may stand outside."""
    last = line.chars[-1]
    over = float(last["x1"]) - end
    return max(over - EM / 2, 0.0) if over > 0 and last["text"] in TRIMMED else over


def _widest(line: Line) -> float | None:
    """The widest gap between two hanzi of a line, in em."""
    return max(
        (
            (after["x0"] - before["x0"]) / EM - 1
            for before, after in pairwise(line.chars)
            if _HANZI.fullmatch(f"{before['text']}{after['text']}")
        ),
        default=None,
    )


def main() -> None:
    logging.getLogger("pdfminer").setLevel(logging.ERROR)  # Chromium's fonts have no box
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for work in PROJECT.names():
        blocks = paragraphs(work)
        for kind in ENDS:
            texts = [row.zh for rows in blocks for row in rows]
            if kind == "running":
                texts = ["".join(row.zh for row in rows) for rows in blocks]
            made = set_all(kind, blocks, folder.resolve() / f"{work}-{kind}")
            for name, path in made.items():
                print(f"{work}, {kind}, {name}: {told(kind, path, texts)}", flush=True)
            for name in sorted({"Chromium", "Typst"} - set(made)):
                print(f"{name} is not installed.")


if __name__ == "__main__":
    main()
