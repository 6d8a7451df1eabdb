"""A booklet set part by part: what did not change since it was set last is not set again.

A template says with ``<!-- part -->`` where a page ends for certain: what stands between is a
document of its own, with the same style sheet. ``<!-- part recto -->`` and ``<!-- part verso -->``
say on which side the next part begins. Where it says ``<!-- pages id id -->``, the numbers of the
pages on which these ids stand are written, in whatever part.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import Any

import msgspec

from diglot.config import Conforms
from diglot.memory import recall
from diglot.numbers import ranges
from diglot.publish.assets import Picture
from diglot.publish.faces import load
from diglot.publish.fonts import Typefaces
from diglot.publish.join import Piece, join
from diglot.publish.setting import Style, laid_out, written
from diglot.typeset.shown import Shown, head_of, left_out, shown, together

_PART = re.compile(r"<!-- part(?: (recto|verso))? -->")
_PAGES = re.compile(r"<!-- pages ([^>]*?) ?-->")
_END = "</body>"
_UNKNOWN = "000"  # about as wide as the number that comes to stand there
_ROUNDS = 4


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a page of HTML: the side it begins on (empty: either), and a page of its own."""

    side: str
    page: str

    def starting_at(self, number: int) -> str:
        """Return its page so that pages are counted from ``number``; odd ones are rectos."""
        side = "right" if number % 2 else "left"
        style = f"html {{ break-before: {side} }} @page :first {{ counter-reset: page {number} }}"
        return self.page.replace("</head>", f"<style>{style}</style>\n</head>", 1)


@dataclass(frozen=True, slots=True)
class Sheets:
    """A booklet that was set: its pieces, each with the number of its first page.

    ``numbers`` are those of the pages, counted from 1, on which the elements with an id begin.
    """

    pieces: tuple[tuple[int, Piece], ...]
    numbers: Mapping[str, int]


@dataclass(frozen=True)
class Press:
    """What parts are set with; everything is drawn ``zoom`` times as large as a page says."""

    pictures: tuple[Picture, ...]
    typefaces: Typefaces
    zoom: float
    conforms: Conforms

    def set(self, page: str) -> Sheets:
        """Set a page of HTML, part by part.

        A number may be needed before it is known, as in a table of contents, and its width may
        decide where what follows stands: so what has such numbers is set until they are right, or
        four times, should they never be.

        Raises:
            DiglotError: as `write_pdf`.
        """
        style, page = without_style(page)
        parts = split(page)
        numbers: Mapping[str, int] = {}
        for further in range(_ROUNDS):
            known = numbers
            sheets = self._set(parts, style, known, "" if further else _UNKNOWN)
            numbers = sheets.numbers
            if numbers == known:
                break
        return sheets

    def _set(
        self, parts: tuple[Part, ...], style: Style, before: Mapping[str, int], unknown: str
    ) -> Sheets:
        numbers: dict[str, int] = {}
        pieces: list[tuple[int, Piece]] = []
        following = 1
        for part in parts:
            start = following + (_side(following) != (part.side or _side(following)))
            page = numbered(part.starting_at(start), {**before, **numbers}, unknown)
            piece = self.piece(page, style)
            for name, place in piece.anchors.items():
                numbers.setdefault(name, start + place)
            pieces.append((start, piece))
            following = start + piece.pages
        return Sheets(tuple(pieces), numbers)

    def piece(self, page: str, style: Style) -> Piece:
        """Set a part, if it is not remembered.

        Raises:
            DiglotError: as `write_pdf`.
        """
        name = self.name("piece", style.text, page)
        data = recall(name, lambda: msgspec.msgpack.encode(self._made(page, style)))
        return msgspec.msgpack.decode(data, type=Piece)

    def name(self, *texts: str) -> str:
        """Name all that texts are set from, the last a page of HTML, but for Diglot itself."""
        named = (picture for picture in self.pictures if f"asset:{picture.name}" in texts[-1])
        drawn = ((picture.name, sha256(picture.data).hexdigest()) for picture in named)
        facts = (*texts, self.zoom, self.conforms, *drawn, *self._faces)
        return sha256(repr(facts).encode()).hexdigest()

    @cached_property
    def _faces(self) -> tuple[object, ...]:
        return self.typefaces.stamps

    def _made(self, page: str, style: Style) -> Piece:
        with left_out() as fonts:
            with laid_out(page, self.pictures, self.typefaces.files, style) as document:
                data = written(document, self.zoom, self.conforms)
                anchors: dict[str, int] = {}
                for number, sheet in enumerate(document.pages):
                    for name in sheet.anchors:
                        anchors.setdefault(name, number)
                links = dict.fromkeys(_elsewhere(document, anchors))
                pages = len(document.pages)
                del document  # its boxes, before as many are made again
            return Piece(data, pages, shown(fonts, self.heads), anchors, tuple(links))

    def join(self, sheets: Sheets) -> bytes:
        """Put the pieces of a booklet together to a PDF.

        Raises:
            DiglotError: ``r-007``, a link leads nowhere.
        """
        faces = together(piece.shown for _, piece in sheets.pieces)
        name = sha256(msgspec.msgpack.encode([self._faces, faces])).hexdigest()
        fonts = recall(name, lambda: self._fonts(faces))
        return join(sheets.pieces, fonts)

    def _fonts(self, faces: Iterable[Shown]) -> bytes:
        # Late, because it needs native libraries, of which a layout has told before if they lack.
        from diglot.typeset.glyphs import font_resources

        return font_resources(faces, self.heads)

    @cached_property
    def heads(self) -> Mapping[bytes, Any]:
        """The faces of the booklet, by the table that tells them apart."""
        return {head_of(face): face for face in map(load, self.typefaces.all)}


def without_style(page: str) -> tuple[Style, str]:
    """Take the style sheet out of a page of HTML."""
    before, _, rest = page.partition("<style>")
    text, end, after = rest.partition("</style>")
    return (Style(text), before + after) if end else (Style(""), page)


def split(page: str) -> tuple[Part, ...]:
    """Part a page of HTML where its template says so."""
    head, body, rest = page.partition("<body")
    tag, _, content = rest.partition(">")
    content, end, tail = content.rpartition(_END)
    first, *others = _PART.split(content)
    sides, texts = ["", *others[::2]], [first, *others[1::2]]
    return tuple(
        Part(side or "", f"{head}{body}{tag}>{text}{end}{tail}")
        for side, text in zip(sides, texts, strict=True)
        if text.strip()
    )


def numbered(page: str, numbers: Mapping[str, int], unknown: str) -> str:
    """Write the numbers of pages into a page of HTML; ``unknown`` where there is none yet."""

    def write(match: re.Match[str]) -> str:
        return ranges(numbers[name] for name in match[1].split() if name in numbers) or unknown

    return _PAGES.sub(write, page)


def _side(number: int) -> str:
    return "recto" if number % 2 else "verso"


def _elsewhere(document: Any, anchors: Mapping[str, int]) -> Iterator[str]:
    for sheet in document.pages:
        for kind, target, *_ in sheet.links:
            if kind == "internal" and target not in anchors:
                yield target
