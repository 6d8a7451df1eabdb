"""What a part of a PDF shows of each face, told while the part is written without its fonts.

Nothing here needs WeasyPrint, so that what is only remembered can be read without it.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import reduce
from typing import Any

import msgspec
import uharfbuzz

Loaded = Any  # uharfbuzz has no types

# What WeasyPrint knows of a face and writes into a PDF.
_FACTS = (
    *("family", "flags", "ascent", "descent", "italic_angle", "upem", "stemv", "stemh"),
    *("weight", "font_size", "variations"),
)


class Shown(msgspec.Struct, frozen=True):
    """The glyphs of a face that a document shows, by their numbers: how wide, for what text.

    ``key`` is what its pages call the font; ``head`` is the table that tells the face from all
    others, since it has a checksum of the whole (OpenType 1.9, head); ``facts`` are its measures.
    ``data`` is the whole face if it is none of those that the booklet names.
    """

    key: str
    name: bytes
    head: bytes
    facts: Mapping[str, Any]
    widths: Mapping[int, float]
    texts: Mapping[int, str]
    data: bytes = b""
    index: int = 0

    def and_too(self, other: "Shown") -> "Shown":
        """Return what both show, in the order of the glyphs' numbers."""
        widths, texts = {**self.widths, **other.widths}, {**self.texts, **other.texts}
        ordered = dict(sorted(widths.items())), dict(sorted(texts.items()))
        return msgspec.structs.replace(self, widths=ordered[0], texts=ordered[1])


def together(parts: Iterable[Iterable[Shown]]) -> tuple[Shown, ...]:
    """Tell what all parts show, each face once."""
    by_key: dict[str, list[Shown]] = {}
    for part in parts:
        for each in part:
            by_key.setdefault(each.key, []).append(each)
    return tuple(reduce(Shown.and_too, same, same[0]) for same in by_key.values())


_collected: ContextVar[list[Any] | None] = ContextVar("collected", default=None)


@contextmanager
def left_out() -> Iterator[list[Any]]:
    """Leave the fonts out of PDFs that are written in the meantime; gives them afterwards."""
    found: list[Any] = []
    token = _collected.set(found)
    try:
        yield found
    finally:
        _collected.reset(token)


def collecting() -> list[Any] | None:
    """Return where fonts go that are left out; None if they are not."""
    return _collected.get()


def shown(found: Iterable[Any], known: Mapping[bytes, Loaded]) -> tuple[Shown, ...]:
    """Tell what glyphs the fonts that were left out show; ``known`` faces stand by their heads."""
    told: dict[str, Shown] = {}
    for font in found:
        head = head_of(uharfbuzz.Face(font.file_content, font.index))
        other = Shown(
            font.hash,
            font.name,
            head,
            {name: getattr(font, name) for name in _FACTS},
            font.widths,
            font.to_unicode,
            b"" if head in known else font.file_content,
            font.index,
        )
        told[font.hash] = told[font.hash].and_too(other) if font.hash in told else other
    return tuple(told.values())


def head_of(face: Loaded) -> bytes:
    """Return the table that tells a face from all others."""
    head: bytes = face.reference_table("head").data
    return head
