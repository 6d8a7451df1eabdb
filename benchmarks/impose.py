"""Imposing a booklet of 100 pages, beside pypdf if it is installed: seconds, ratio, sizes.

    python benchmarks/impose.py [PDF FILE] [ROUNDS]

Without a file it sets 100 pages in Chinese and English first. Each round runs both, in turns.
"""

import statistics
import sys
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from time import process_time

from diglot.config import Fonts, Sheet
from diglot.model import Script
from diglot.publish.fonts import find_typefaces
from diglot.publish.impose import MM, impose, sides
from diglot.publish.setting import write_pdf

PAGES = 100
STYLE = """
@page { size: A5; margin: 17mm 14mm }
section { break-after: page; font: 10.5pt/1.6 "Noto Serif CJK SC", "Gentium Book Plus" }
section:last-child { break-after: auto }
"""
SAMPLE = (
    "京津冀协同发展，是以习近平同志为核心的党中央在新的历史条件下作出的重大决策部署。"
    "The coordinated development of the Beijing–Tianjin–Hebei region is a major decision. "
)


def book() -> bytes:
    typefaces = find_typefaces(Script.HANS, Fonts(), Path())
    body = "".join(f"<section><h2>{n + 1}</h2>{SAMPLE * 6}</section>" for n in range(PAGES))
    page = f'<html lang="zh-Hans"><title>book</title><style>{STYLE}</style>{body}</html>'
    return write_pdf(page, (), typefaces.files)


def by_pypdf(data: bytes) -> bytes:
    """The same sheets as pypdf's users make them: pages merged into blank ones."""
    pypdf = import_module("pypdf")  # not a dependency of ours
    height, width = (side * MM for side in Sheet.A4.size)
    pages = pypdf.PdfReader(BytesIO(data)).pages
    writer = pypdf.PdfWriter()
    for side in sides(len(pages)):
        sheet = pypdf.PageObject.create_blank_page(width=width, height=height)
        for number, left in ((side.left, 0.0), (side.right, width / 2)):
            if number is not None:
                move = pypdf.Transformation().translate(left, 0)
                sheet.merge_transformed_page(pages[number], move)
        writer.add_page(sheet)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def seconds(make: Callable[[], object]) -> float:
    start = process_time()
    make()
    return process_time() - start


def spread(values: list[float], unit: str = "") -> str:
    return f"{statistics.median(values):.3g}{unit} ({min(values):.3g}-{max(values):.3g})"


def main() -> None:
    data = Path(sys.argv[1]).read_bytes() if len(sys.argv) > 1 else book()
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 9
    size = len(impose(data, Sheet.A4))
    print(f"the PDF: {len(data) / 1000:,.0f} kB; imposed: {size / 1000:,.0f} kB")
    peer = find_spec("pypdf") is not None
    ours: list[float] = []
    theirs: list[float] = []
    for turn in range(rounds):
        ours.append(seconds(lambda: impose(data, Sheet.A4)))
        if peer and turn < 3:  # it takes its time
            theirs.append(seconds(lambda: by_pypdf(data)))
    print(f"diglot: {spread(ours, ' s')}")
    if peer:
        ratios = [a / b for a, b in zip(theirs, ours, strict=False)]
        merged = len(by_pypdf(data))
        print(f"pypdf: {spread(theirs, ' s')}, {merged / 1000:,.0f} kB; ratio {spread(ratios)}")
    else:
        print("pypdf is not installed: pip install pypdf to compare")


if __name__ == "__main__":
    main()
