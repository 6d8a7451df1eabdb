"""Glyphs that a part of a PDF shows, and the fonts of a PDF that is put together from parts.

WeasyPrint cuts each face down to the glyphs of one document. A part leaves its fonts out and tells
what it shows; when the parts are put together, each face is cut down once, to what all show.
"""

import io
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import reduce
from pathlib import Path
from typing import Any

import msgspec
import pydyf
import uharfbuzz
from weasyprint.pdf import fonts

Loaded = Any  # uharfbuzz has no types

# Tables that no viewer of a PDF uses, and pictures.
_DROPPED = (
    *("BASE", "DSIG", "EBDT", "EBLC", "EBSC", "GPOS", "GSUB", "JSTF", "LTSH", "PCLT"),
    *("SVG ", "CBDT", "CBLC", "COLR"),
)
_FLAGS = uharfbuzz.SubsetFlags.DESUBROUTINIZE | uharfbuzz.SubsetFlags.NO_HINTING
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
        """Return what both show."""
        widths, texts = {**self.widths, **other.widths}, {**self.texts, **other.texts}
        return msgspec.structs.replace(self, widths=widths, texts=texts)


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


def load(file: Path, index: int) -> Loaded:
    """Load a face of a font file."""
    return uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(file)), index)


def head_of(face: Loaded) -> bytes:
    """Return the table that tells a face from all others."""
    head: bytes = face.reference_table("head").data
    return head


def font_resources(parts: Iterable[Iterable[Shown]], known: Mapping[bytes, Loaded]) -> bytes:
    """Return a PDF whose only page, an empty one, has as resources the fonts of all parts."""
    by_key: dict[str, list[Shown]] = {}
    for part in parts:
        for each in part:
            by_key.setdefault(each.key, []).append(each)
    faces = {key: _Face(reduce(Shown.and_too, same), known) for key, same in by_key.items()}
    pdf = pydyf.PDF()
    options = {"hinting": False, "pdf_version": None}
    resources = fonts.build_fonts_dictionary(pdf, faces, True, True, options)
    page = pydyf.Dictionary({"Type": "/Page", "Parent": pdf.pages.reference})
    page["MediaBox"] = pydyf.Array([0, 0, 1, 1])
    page["Resources"] = pydyf.Dictionary({"Font": resources})
    pdf.add_page(page)
    written = io.BytesIO()
    pdf.write(written)
    return written.getvalue()


class _Face(fonts.Font):  # type: ignore[misc]  # WeasyPrint has no types
    """A face of WeasyPrint's that is made from what parts show of it."""

    def __init__(self, all_shown: Shown, known: Mapping[bytes, Loaded]) -> None:
        for name, value in all_shown.facts.items():
            setattr(self, name, value)
        self.hash, self.name = all_shown.key, all_shown.name
        self.widths, self.to_unicode = dict(all_shown.widths), dict(sorted(all_shown.texts.items()))
        self.missing: dict[int, int] = {}
        self.bitmap = self.used_in_forms = False
        self._whole = known.get(all_shown.head) or uharfbuzz.Face(all_shown.data, all_shown.index)
        self.file_content = b""

    def clean(self, to_unicode: Mapping[int, str], hinting: bool) -> None:
        """Cut the face down to the glyphs that are shown, which keep their numbers."""
        glyphs = {0, *to_unicode}
        cut = uharfbuzz.subset(self._whole, self._wanted(glyphs, keep_numbers=True))
        # Again, to be rid of the empty glyphs behind the last.
        cut = uharfbuzz.subset(cut, self._wanted(range(max(glyphs) + 1), keep_numbers=False))
        self.file_content = cut.blob.data

    def _wanted(self, glyphs: Iterable[int], *, keep_numbers: bool) -> Any:
        wanted = uharfbuzz.SubsetInput()
        wanted.flags = _FLAGS | uharfbuzz.SubsetFlags.RETAIN_GIDS if keep_numbers else _FLAGS
        wanted.glyph_set.update(glyphs)
        tables = (int.from_bytes(table.encode(), "big") for table in _DROPPED)
        wanted.drop_table_tag_set.update(tables)
        if keep_numbers:
            for axis in self._whole.axis_infos:  # a variable font becomes a plain one
                wanted.pin_axis_location(self._whole, axis.tag, self._place(axis))
        return wanted

    def _place(self, axis: Any) -> float:
        usual = {"wght": self.weight, "opsz": self.font_size}
        return float(self.variations.get(axis.tag, usual.get(axis.tag, axis.default_value)))
