"""The text of booklets: what a reader would copy out of a PDF or an EPUB, and what must be there.

White space does not count, nor do hyphens, since a typesetter divides words.
"""

import re
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from diglot.compose.booklet import Booklet
from diglot.compose.compose import compose
from diglot.config import Edition
from diglot.pairs.inline import Inline
from diglot.project import Project
from diglot.publish.assets import read_pictures
from diglot.publish.fonts import find_typefaces
from diglot.publish.pdf import make_pdf
from tests.builder import ROOT

_SQUEEZED = re.compile(r"[\s\u00ad\u200b\u2060-]+")
_XHTML = "{http://www.w3.org/1999/xhtml}"
MARGINS = {"x": 20, "y": 48, "width": 380, "height": 500}  # points: A5 without heads and folios


def print_work(name: str, edition: Edition, file: Path) -> Booklet:
    """Set an edition of one of the project's works for print; gives its booklet."""
    project = Project(ROOT)
    work = project.work(name)
    booklet = compose(work, edition)
    typefaces = find_typefaces(booklet.script, work.info.fonts, work.folder)
    pictures = read_pictures(booklet.images, work.folder)
    file.write_bytes(make_pdf(booklet, project.templates(), typefaces, pictures, "0"))
    return booklet


def squeeze(text: str) -> str:
    """Leave out what typesetting adds: white space, hyphens."""
    return _SQUEEZED.sub("", text)


def sentences(booklet: Booklet) -> Iterator[str]:
    """Every source sentence and every gloss of the body, in reading order."""
    for section in booklet.sections:
        for block in section.all:
            for row in block.rows:
                yield row.zh
                yield shown(row.en, {note.key: note.number for note in booklet.notes})


def shown(nodes: tuple[Inline, ...], numbers: dict[str, int]) -> str:
    """Write a gloss as a reader sees it, with the numbers of its notes."""
    parts = []
    for node in nodes:
        own = str(numbers[node.target]) if node.kind == "note" else node.text
        parts.append(own + shown(node.children, numbers))
    return "".join(parts)


def pdf_pages(file: Path) -> list[str]:
    """The text of each page between running head and folio, in the order in which it was set."""
    area = [f"-{name[0] if name in 'xy' else name[0].upper()}" for name in MARGINS]
    options = [part for pair in zip(area, map(str, MARGINS.values()), strict=True) for part in pair]
    done = subprocess.run(
        ["pdftotext", "-raw", *options, str(file), "-"], capture_output=True, check=True
    )
    return done.stdout.decode().split("\f")[:-1]


def whole_pages(file: Path) -> list[str]:
    """The text of each page with heads, folios and notes."""
    done = subprocess.run(["pdftotext", "-raw", str(file), "-"], capture_output=True, check=True)
    return done.stdout.decode().split("\f")[:-1]


def epub_chapters(file: Path) -> list[str]:
    """The text of each page of an EPUB, in the order of its spine."""
    with zipfile.ZipFile(file) as archive:
        package = etree.fromstring(archive.read("EPUB/content.opf"))
        items = {item.get("id"): item.get("href") for item in package.iter("{*}item")}
        spine = [items[ref.get("idref")] for ref in package.iter("{*}itemref")]
        pages = [etree.fromstring(archive.read(f"EPUB/{name}")) for name in spine]
    return ["".join(page.find(f"{_XHTML}body").itertext()) for page in pages]


def missing(expected: Iterator[str], text: str) -> list[str]:
    """Name what a text lacks of a sequence of sentences, each after the one before."""
    position = 0
    lacking = []
    for sentence in expected:
        squeezed = squeeze(sentence)
        found = text.find(squeezed, position)
        if found < 0:
            lacking.append(sentence)
        else:
            position = found + len(squeezed)
    return lacking
