"""What facing and interlinear pages cost beside parallel columns: ratios in one run.

Works are composed once; then each edition is set in turn. With a number of pairs a work of the
project is repeated until it has as many, and time and memory are told for each size.

    python benchmarks/typeset_layouts.py [ROUNDS]
    python benchmarks/typeset_layouts.py --grow PAIRS PAIRS …
"""

import resource
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from statistics import median, quantiles
from subprocess import run
from time import process_time

from pypdfium2 import PdfDocument

from diglot.compose.booklet import Booklet, Section
from diglot.compose.compose import compose
from diglot.config import Edition, Layout
from diglot.model import Script
from diglot.project import Project
from diglot.publish.assets import read_pictures
from diglot.publish.fonts import find_typefaces
from diglot.publish.pdf import make_pdf

PROJECT = Project(Path(__file__).parents[1])
LAYOUTS = (Layout.PARALLEL, Layout.INTERLEAVED, Layout.FACING, Layout.INTERLINEAR)


def booklet(work: str, layout: Layout) -> Booklet:
    edition = Edition(name=layout.value, layout=layout, script=Script.HANS)
    return compose(PROJECT.work(work), edition)


def set_for_print(made: Booklet) -> bytes:
    work = PROJECT.work(made.work)
    typefaces = find_typefaces(made.script, work.info.fonts, work.folder)
    pictures = read_pictures(made.images, work.folder)
    return make_pdf(made, PROJECT.templates(), typefaces, pictures, "0")


def seconds(made: Booklet) -> float:
    start = process_time()
    set_for_print(made)
    return process_time() - start


def compare(rounds: int) -> None:
    for work in PROJECT.names():
        booklets = {layout: booklet(work, layout) for layout in LAYOUTS}
        seconds(booklets[Layout.PARALLEL])  # loads fonts and modules
        turns = [{name: seconds(made) for name, made in booklets.items()} for _ in range(rounds)]
        for layout in LAYOUTS[1:]:
            ratios = [turn[layout] / turn[Layout.PARALLEL] for turn in turns]
            low, _, high = quantiles(ratios, n=4) if rounds > 1 else [*ratios, 0, *ratios]
            print(f"{work}, {layout} / parallel: {median(ratios):.2f} ({low:.2f}-{high:.2f})")


def repeated(made: Booklet, pairs: int) -> Booklet:
    """Repeat a booklet's sections, under new ids, until it has so many pairs."""

    def sections() -> Iterator[Section]:
        count = turn = 0
        while count < pairs:
            for section in made.sections:
                blocks = tuple(replace(b, id=f"{turn}-{b.id}") for b in section.blocks)
                heading = section.heading
                if heading:
                    heading = replace(heading, id=f"{turn}-{heading.id}")
                key = f"{section.key}-{turn}"
                yield replace(
                    section, key=key, heading=heading, blocks=blocks, vocabulary=(), notes=()
                )
                count += len(blocks)
            turn += 1

    return replace(made, sections=tuple(sections()), glossary=(), notes=(), index=())


def grow(sizes: list[int]) -> None:
    """Set works of several sizes, each in a process of its own: its memory is told, too."""
    for layout in LAYOUTS:
        for size in sizes:
            run([sys.executable, __file__, "--one", layout, str(size)], check=True)


def one(layout: Layout, pairs: int) -> None:
    made = repeated(booklet(PROJECT.names()[0], layout), pairs)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    start = process_time()
    pages = len(PdfDocument(set_for_print(made)))
    took = process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{layout}: {pages} pages, {took:.1f} s, {1000 * took / pages:.0f} ms a page, "
        f"{peak:.0f} MB (before setting {before:.0f})"
    )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--grow"]:
        grow([int(size) for size in sys.argv[2:]])
    elif sys.argv[1:2] == ["--one"]:
        one(Layout(sys.argv[2]), int(sys.argv[3]))
    else:
        compare(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
