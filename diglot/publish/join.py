"""Parts of a PDF put together, with their tags, links, bookmarks and fonts (ISO 32000-1).

Every part is tagged by itself: its page numbers count from its own first page, its structure hangs
below an own root. Pages keep what is drawn on them; what leads from one to the other is numbered
anew.
"""

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

import msgspec
from pikepdf import Array, Dictionary, ObjectStreamMode, Pdf, String

from diglot.errors import DiglotError, Problem
from diglot.typeset.shown import Shown


class Piece(msgspec.Struct, frozen=True):
    """A part that was set: a PDF without fonts, how many pages it has, and what it shows.

    ``anchors`` are the ids of elements with the page they begin on, counted from 0; ``links`` are
    the ids that it leads to in other parts.
    """

    pdf: bytes
    pages: int
    shown: tuple[Shown, ...]
    anchors: Mapping[str, int]
    links: tuple[str, ...]


def join(pieces: Sequence[tuple[int, Piece]], fonts: bytes) -> bytes:
    """Put pieces together, each with the number of its first page; what is left out stays blank.

    The same pieces give the same bytes. ``fonts`` are what `font_resources` returned for them.

    Raises:
        DiglotError: ``r-007``, a link leads nowhere.
    """
    _refuse_loose_links([piece for _, piece in pieces])
    (_, first), *others = pieces
    with Pdf.open(io.BytesIO(first.pdf)) as pdf:
        resources = _resources(pdf, fonts)
        structure, bookmarks = _Structure(pdf), _Bookmarks(pdf)
        destinations = list(_destinations(pdf, pdf))
        _give(resources, pdf, 0)
        for start, piece in others:
            while len(pdf.pages) < start - 1:
                _add_blank(pdf)
            with Pdf.open(io.BytesIO(piece.pdf)) as part:
                for page in part.pages:
                    pdf.pages.append(page)
                structure.add(part, start - 1)
                bookmarks.add(part)
                destinations += _destinations(pdf, part)
            _give(resources, pdf, start - 1)
        structure.finish()
        bookmarks.finish()
        _name(pdf, destinations)
        written = io.BytesIO()
        pdf.save(
            written,
            min_version=pdf.pdf_version,
            object_stream_mode=ObjectStreamMode.generate,
            deterministic_id=True,
        )
    return written.getvalue()


def _refuse_loose_links(pieces: Sequence[Piece]) -> None:
    known = {name for piece in pieces for name in piece.anchors}
    loose = dict.fromkeys(name for piece in pieces for name in piece.links if name not in known)
    if loose:
        hint = "Mend the template or the text that names it."
        raise DiglotError(
            *(
                Problem("r-007", f"a link leads to #{name}, which is nowhere", hint)
                for name in loose
            )
        )


def _resources(pdf: Pdf, fonts: bytes) -> Any:
    with Pdf.open(io.BytesIO(fonts)) as source:
        return pdf.copy_foreign(source.make_indirect(source.pages[0].Resources.Font))


def _give(fonts: Any, pdf: Pdf, at: int) -> None:
    """Fill the list of fonts that the pages of a part, which begins ``at`` a page, share."""
    listed = pdf.pages[at].Resources.Font
    for key, font in fonts.items():
        listed[key] = font


def _add_blank(pdf: Pdf) -> None:
    first = pdf.pages[0]
    blank = pdf.add_blank_page()
    for box in ("/MediaBox", "/TrimBox", "/BleedBox"):
        blank.obj[box] = Array(list(first.obj[box]))


class _Structure:
    """The structure tree: the parts' elements below one root, and what is marked, by number."""

    def __init__(self, pdf: Pdf) -> None:
        self._pdf = pdf
        self._root: Any = pdf.Root.StructTreeRoot
        self._marked: list[Any] = list(self._root.ParentTree.Nums)
        self._count = len(self._marked) // 2

    def add(self, part: Pdf, at: int) -> None:
        """Add the elements of a part whose pages stand ``at`` a page and behind."""
        root: Any = self._pdf.copy_foreign(part.Root.StructTreeRoot)
        document = self._root.K[0]
        for element in root.K[0].K:
            element.P = document
            document.K.append(element)
        marked = list(root.ParentTree.Nums)
        for key, value in zip(marked[::2], marked[1::2], strict=True):
            self._marked += [int(key) + self._count, value]
        for page in list(self._pdf.pages)[at:]:
            page.obj.StructParents += self._count
            for annotation in page.obj.get("/Annots", ()):
                annotation.StructParent += self._count
        self._count += len(marked) // 2

    def finish(self) -> None:
        self._root.ParentTree.Nums = Array(self._marked)


class _Bookmarks:
    """The outline: one list of what the parts have."""

    def __init__(self, pdf: Pdf) -> None:
        self._pdf = pdf
        self._items: list[Any] = list(_items(pdf.Root))
        self._count = _count(pdf.Root)

    def add(self, part: Pdf) -> None:
        """Add the bookmarks of a part."""
        if "/Outlines" in part.Root:
            root = Dictionary(Outlines=self._pdf.copy_foreign(part.Root.Outlines))
            self._items += _items(root)
            self._count += _count(root)

    def finish(self) -> None:
        """Link the bookmarks of all parts in their order."""
        if not self._items:
            return
        ends = {"First": self._items[0], "Last": self._items[-1]}
        root = self._pdf.make_indirect(Dictionary(Count=self._count, **ends))
        for item in self._items:
            item.Parent = root
        for item, following in pairwise(self._items):
            item.Next, following.Prev = following, item
        self._pdf.Root.Outlines = root


def _items(root: Any) -> Iterator[Any]:
    item = root.Outlines.First if "/Outlines" in root else None
    while item is not None:
        yield item
        item = item.get("/Next")


def _count(root: Any) -> int:
    return int(root.Outlines.Count) if "/Outlines" in root else 0


def _destinations(pdf: Pdf, part: Pdf) -> Iterator[tuple[bytes, Any]]:
    """Give the names in a part and what they mean in the whole."""
    if "/Names" in part.Root:
        listed: Any = part.make_indirect(part.Root.Names.Dests.Names)
        names: Any = list(listed if part is pdf else pdf.copy_foreign(listed))
        for name, place in zip(names[::2], names[1::2], strict=True):
            yield bytes(name), place


def _name(pdf: Pdf, destinations: Iterable[tuple[bytes, Any]]) -> None:
    """List all names in their order; where one means several places, it is the first."""
    places: dict[bytes, Any] = {}
    for name, place in destinations:
        places.setdefault(name, place)
    if places:
        names = Array([each for name in sorted(places) for each in (String(name), places[name])])
        pdf.Root.Names = Dictionary(Dests=Dictionary(Names=names))
