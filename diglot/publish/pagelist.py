"""A page list: where an EPUB passes from one page of the printed edition to the next.

Rules: EPUB 3.3 (7.4.2.5, page-list) and EPUB Accessibility 1.1 (3.2, page navigation).
"""

import io
from collections.abc import Mapping
from typing import Any

from lxml import etree

Element = Any  # lxml has no types of its own
XHTML = "{http://www.w3.org/1999/xhtml}"
TYPE = "{http://www.idpf.org/2007/ops}type"

_MARKED = ("row-", "pair-")


def first_on_pages(pdf: bytes) -> Mapping[int, str]:
    """Tell which row or pair is the first to begin on each page of a PDF, counted from 1.

    A page on which none begins is left out.
    """
    import pikepdf

    highest: dict[int, tuple[float, str]] = {}
    names: Any
    with pikepdf.open(io.BytesIO(pdf)) as document:
        numbers = {page.objgen: number for number, page in enumerate(document.pages, 1)}
        names = list(document.Root.Names.Dests.Names)
        for name, (page, _, _, top, _) in zip(map(str, names[::2]), names[1::2], strict=True):
            if name.startswith(_MARKED):
                # Of a pair and its first row, which begin together, the pair's name sorts first.
                place = (-float(top), name)
                number = numbers[page.objgen]
                highest[number] = min(highest.get(number, place), place)
    return {number: name for number, (_, name) in sorted(highest.items())}


def mark_pages(
    pages: Mapping[int, str], chapters: Mapping[str, Element], nav: Element, label: str
) -> None:
    """Mark in an EPUB's chapters where pages begin, and list them in its navigation."""
    body = nav.find(f"{XHTML}body")
    listed = etree.SubElement(body, f"{XHTML}nav", {TYPE: "page-list", "role": "doc-pagelist"})
    listed.set("hidden", "hidden")
    etree.SubElement(listed, f"{XHTML}h2").text = label
    items = etree.SubElement(listed, f"{XHTML}ol")
    places = {
        element.get("id"): (name, element)
        for name, chapter in chapters.items()
        for element in chapter.iter(f"{XHTML}*")
        if element.get("id")
    }
    for number, id_ in pages.items():
        if id_ in places:
            name, element = places[id_]
            _mark(element, number)
            link = etree.SubElement(etree.SubElement(items, f"{XHTML}li"), f"{XHTML}a")
            link.set("href", f"{name}#page-{number}")
            link.text = str(number)


def _mark(element: Element, number: int) -> None:
    holds_text = element.tag in (f"{XHTML}p", f"{XHTML}span")
    mark = etree.Element(f"{XHTML}{'span' if holds_text else 'div'}", id=f"page-{number}")
    mark.set(TYPE, "pagebreak")
    mark.set("role", "doc-pagebreak")
    mark.set("aria-label", str(number))
    element.insert(0, mark)
    mark.tail, element.text = element.text, None
