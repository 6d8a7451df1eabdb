"""The fonts of a PDF that is put together from parts.

WeasyPrint cuts each face down to the glyphs of one document. A part leaves its fonts out and tells
what it shows; when the parts are put together, each face is cut down once, to what all show.
"""

import io
from collections.abc import Iterable, Mapping
from typing import Any

import pydyf
import uharfbuzz
from weasyprint.pdf import fonts

from diglot.typeset.shown import Loaded, Shown

# Tables that no viewer of a PDF uses, and pictures.
_DROPPED = (
    *("BASE", "DSIG", "EBDT", "EBLC", "EBSC", "GPOS", "GSUB", "JSTF", "LTSH", "PCLT"),
    *("SVG ", "CBDT", "CBLC", "COLR"),
)
_FLAGS = uharfbuzz.SubsetFlags.DESUBROUTINIZE | uharfbuzz.SubsetFlags.NO_HINTING


def font_resources(faces: Iterable[Shown], known: Mapping[bytes, Loaded]) -> bytes:
    """Return a PDF whose only page, an empty one, has as resources fonts of what faces show."""
    made = {each.key: _Face(each, known) for each in faces}
    pdf = pydyf.PDF()
    options = {"hinting": False, "pdf_version": None}
    resources = fonts.build_fonts_dictionary(pdf, made, True, True, options)
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
        self.widths, self.to_unicode = dict(all_shown.widths), dict(all_shown.texts)
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
