"""Printed pages of a draft: a proof of one section in a moment, then the whole booklet."""

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from threading import Lock

from pikepdf import Pdf

from diglot import pipeline
from diglot.memory import Memo, remembering
from diglot.pipeline import Job
from diglot.publish.parts import split
from diglot.publish.pdf import make_pdf
from diglot.watch.draft import excerpt

_TARGET = re.compile(r'\sid="([^"]*)"')
_LINK = re.compile(r'\shref="#([^"]*)"')
_PAIR = "pair-"
_SCALE = 2  # pixels a point

_pdfium = Lock()  # PDFium works in one thread at a time


@dataclass(frozen=True, slots=True)
class Paper:
    """A PDF, how many pages it has, and on which of them, from 1, each pair begins.

    ``parts`` are what it was put together from.
    """

    pdf: bytes
    pages: int
    pairs: Mapping[str, int]
    parts: Mapping[str, bytes] = field(default_factory=dict)


def set_proof(job: Job, pair: str) -> Paper:
    """Set a pair with those around it alone; what they refer to elsewhere is no link.

    Raises:
        DiglotError: as `make_pdf`.
    """
    booklet = excerpt(job.booklet, pair)
    alone = partial(_alone, f'id="{_PAIR}{pair}"')
    return _paper(make_pdf(booklet, job.templates, job.typefaces, job.pictures, job.version, alone))


def _alone(pair: str, page: str) -> str:
    """Leave of a booklet's page the part that has a pair."""
    page = next((part.page for part in split(page) if pair in part.page), page)
    there = set(_TARGET.findall(page))
    return _LINK.sub(lambda link: link[0] if link[1] in there else "", page)


def set_whole(job: Job, parts: Mapping[str, bytes]) -> Paper:
    """Set the whole booklet, as a build does, but for the parts that are known.

    Raises:
        DiglotError: as `pipeline.run`.
    """
    memo = Memo(parts)
    with remembering(memo):
        return replace(_paper(pipeline.run(job)), parts=memo.kept)


@lru_cache(maxsize=64)
def picture(pdf: bytes, page: int) -> bytes:
    """Draw a page, counted from 1, as PNG.

    Raises:
        IndexError: there is no such page.
    """
    import pypdfium2

    with _pdfium:
        document = pypdfium2.PdfDocument(pdf)
        if not 1 <= page <= len(document):
            raise IndexError(page)
        drawn = document[page - 1].render(scale=_SCALE).to_pil()
        document.close()
    out = io.BytesIO()
    drawn.save(out, "PNG", compress_level=1)
    return out.getvalue()


def _paper(pdf: bytes) -> Paper:
    with Pdf.open(io.BytesIO(pdf)) as document:
        numbers: dict[object, int] = {
            page.objgen: number for number, page in enumerate(document.pages, 1)
        }
        listed = list(document.Root.Names.Dests.Names) if "/Names" in document.Root else []
        names = map(str, listed[::2])
        targets = [target[0].objgen for target in listed[1::2]]
        pairs = {
            name.removeprefix(_PAIR): numbers[target]
            for name, target in zip(names, targets, strict=True)
            if name.startswith(_PAIR) and target in numbers
        }
        return Paper(pdf, len(document.pages), pairs)
