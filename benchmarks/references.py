"""Other typesetters, as references beside an edit: what is installed here, called as users do.

Chromium (its print to PDF) and Vivliostyle (npm: @vivliostyle/cli) set the very pages that the
build sets; Typst (PyPI: typst) sets the same pairs in its own language, in two columns or one below
the other, without what the pages have besides. None sets Chinese as the booklets ask for it, tags
all of it or knows pairs: they tell how long a typesetter takes for such a text, no more.
"""

import json
import shutil
import sys
from collections.abc import Iterable, Sequence
from importlib.util import find_spec
from pathlib import Path

from diglot.compose.booklet import Booklet
from diglot.config import Format, Layout
from diglot.pairs.inline import plain
from diglot.pipeline import Job

Command = tuple[str | Path, ...]

_COMPILE = "import sys, typst; typst.compile(sys.argv[1], output=sys.argv[2])"
_PREAMBLE = """\
#set page(paper: "a5", margin: 15mm, numbering: "1")
#set text(font: ("Gentium Book Plus", "Gentium", "Noto Serif", "Noto Serif CJK SC"), size: 9pt)
#let zh = text.with(lang: "zh")
#let en = text.with(lang: "en")
"""


def references(jobs: Iterable[Job], folder: Path) -> dict[str, list[Command]]:
    """Give the commands of each reference that is installed, one for each PDF of the jobs.

    ``folder`` has the page of each job as ``NAME.html``; sources and PDFs are written there, too.
    """
    booklets = [job.booklet for job in jobs if job.format is Format.PDF]
    pages = [folder / f"{booklet.name}.html" for booklet in booklets]
    found: dict[str, list[Command]] = {}
    if browser := shutil.which("chromium") or shutil.which("google-chrome"):
        options = ("--headless", "--no-sandbox", "--no-pdf-header-footer")
        found["Chromium, the same pages"] = [
            (browser, *options, f"--print-to-pdf={page}.chromium.pdf", page) for page in pages
        ]
    if vivliostyle := shutil.which("vivliostyle"):
        found["Vivliostyle, the same pages"] = [
            (vivliostyle, "build", page, "-o", f"{page}.vivliostyle.pdf") for page in pages
        ]
    if find_spec("typst"):
        sources = [_typst(booklet, folder / f"{booklet.name}.typ") for booklet in booklets]
        found["Typst, the same pairs"] = [
            (sys.executable, "-c", _COMPILE, file, f"{file}.pdf") for file in sources
        ]
    return found


def missing(found: Iterable[str]) -> Sequence[str]:
    """Name the references that are not installed."""
    there = {name.partition(",")[0] for name in found}
    return [name for name in ("Chromium", "Vivliostyle", "Typst") if name not in there]


def _typst(booklet: Booklet, file: Path) -> Path:
    """Write the pairs of a booklet, sentence by sentence, for Typst."""
    columns = "1fr" if booklet.edition.layout is Layout.INTERLEAVED else "1fr, 1fr"
    cells: list[str] = []
    for section in booklet.sections:
        for block in (*([section.heading] if section.heading else ()), *section.blocks):
            for row in block.rows:
                cells += [f"zh({_string(row.zh)})", f"en({_string(plain(row.en))})"]
    grid = ",\n  ".join(cells)
    text = f"{_PREAMBLE}#grid(columns: ({columns},), gutter: 3mm,\n  {grid},\n)\n"
    file.write_text(text, encoding="utf-8")
    return file


def _string(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)  # Typst escapes strings as JSON does
