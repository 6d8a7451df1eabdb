"""Texts shaped by Pango: measured once for layout, spaced out when drawn."""

import copy
from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate
from typing import Any

from pyphen import Pyphen
from weasyprint.text import line_break
from weasyprint.text.ffi import TO_UNITS, ffi, pango

from diglot.typeset import chinese, zhuyin
from diglot.typeset.annotation import ANNOTATION
from diglot.typeset.face import Face, face
from diglot.typeset.line import EM, Blank, Line, Text
from diglot.typeset.readings import Reading, in_two

GLYPH_INTS = 5  # int32 fields of a PangoGlyphInfo: glyph, advance, x and y offset, flags
HYPHEN = "-"  # U+2010 would come from the Chinese face, as wide as a hanzi
KEPT = 64  # measured texts a document; lines ask for the same few again and again
_NO_TEXT = Text("", (), {}, ())


class ChineseLayout(line_break.Layout):  # type: ignore[misc]  # an untyped base
    """A Pango layout of one line whose glyphs get ``spacing`` after them when drawn.

    ``spacing`` maps characters to thousandths of an em, ``widened`` is its part that makes room for
    readings; ``source`` is the text but for a hyphen added at its end. It begins at ``start`` of
    the ``whole`` text.
    """

    def __init__(self, style: Any) -> None:
        super().__init__(style)
        self.spacing: dict[int, int] = {}
        self.widened: dict[int, int] = {}
        self.source = ""
        self.start = 0
        self.whole = _NO_TEXT

    def readings(self) -> list[Reading]:
        """Return the readings of the line."""
        return list(self.whole.readings(self.start, self.start + len(self.source)))

    def edges(self) -> tuple[list[int], list[int]]:
        """Return where each character begins and ends, in thousandths of an em."""
        return self.whole.edges(self.start, self.start + len(self.source), self.spacing)

    def set_text(self, text: str, justify: bool = False) -> None:
        """Set the text; letter and word spacing are part of ``spacing``."""
        self.text = text
        encoded = text.encode()
        pango.pango_layout_set_text(self.layout, encoded, len(encoded))
        self._spaced = False

    def get_first_line(self) -> tuple[Any, int | None]:
        """Return Pango's line with the spacing added to its glyphs."""
        line, index = super().get_first_line()
        if self.spacing and not self._spaced:
            self._spaced = True
            self._space(line)
        return line, index

    def _space(self, line: Any) -> None:
        offsets = [0, *accumulate(len(char.encode()) for char in self.text)]
        scale = self.style["font_size"] * TO_UNITS / EM
        # WeasyPrint cuts adjustments to whole thousandths: stay clear of the lower one.
        extra = [
            (offsets[index], round((spacing + (0.4 if spacing > 0 else -0.4)) * scale))
            for index, spacing in self.spacing.items()
            if index < len(self.text)
        ]
        for item, clusters, fields in _runs(line):
            start, end = item.offset, item.offset + item.length
            for offset, added in extra:
                if start <= offset < end:
                    # The last glyph of the character's cluster: —— is one glyph in many fonts.
                    place = bisect_right(clusters, offset - start) - 1
                    fields[place * GLYPH_INTS + 1] += added


def _runs(line: Any) -> Iterator[tuple[Any, list[int], Any]]:
    """Yield a Pango line's items, their clusters (in bytes) and their glyphs as integers."""
    run = line.runs
    while run != ffi.NULL:
        glyphs = run.data.glyphs
        count = glyphs.num_glyphs
        fields = memoryview(ffi.buffer(glyphs.glyphs, count * 4 * GLYPH_INTS)).cast("i")
        yield run.data.item, ffi.unpack(glyphs.log_clusters, count), fields
        run = run.next


class Measured:
    """A text box's whole text, shaped once, and what its lines have in common."""

    __slots__ = ("baseline", "height", "layout", "style", "text")

    def __init__(self, text: str, style: Any) -> None:
        self.style = style
        self.layout = ChineseLayout(style)
        pango.pango_layout_set_single_paragraph_mode(self.layout.layout, True)
        self.layout.set_text(text)
        self.text = _measure(text, self.layout, style)
        # The strut's baseline for every line: leading stays even where fonts mix.
        self.height, self.baseline = line_break.strut(style)
        self.layout.deactivate()

    def line(self, start: int, line: Line, max_width: float | None) -> ChineseLayout:
        """Return the layout of one line, to be shaped when it is drawn."""
        layout = copy.copy(self.layout)
        layout.whole, layout.start = self.text, start
        layout.widened = {
            index - start: extra
            for index, extra in self.text.widened.items()
            if start <= index < line.end
        }
        text = self.text.text[start : line.end]
        layout.text = text + HYPHEN if line.hyphenated else text
        layout.source, layout.spacing, layout.max_width = text, line.spacing, max_width
        return layout


def _measure(text: str, layout: ChineseLayout, style: Any) -> Text:
    line, _ = layout.get_first_line()
    scale = EM / (style["font_size"] * TO_UNITS)
    offsets = [0, *accumulate(len(char.encode()) for char in text)]
    widths = [0] * (offsets[-1] + 1)
    marks = {offsets[match.start()]: match.start() for match in chinese.PUNCTUATION.finditer(text)}
    blanks: dict[int, Blank] = {}
    for item, clusters, fields in _runs(line):
        start = item.offset
        for cluster, width in zip(clusters, fields[1::GLYPH_INTS], strict=True):
            widths[start + cluster] += width
        for place, cluster in enumerate(clusters) if marks else ():
            if (mark := marks.get(start + cluster)) is not None:
                blanks[mark] = _blank(item.analysis.font, fields[place * GLYPH_INTS], scale)
    count = ffi.new("gint *")
    attributes = pango.pango_layout_get_log_attrs_readonly(layout.layout, count)
    flags = memoryview(ffi.buffer(attributes, 4 * count[0])).cast("I")
    letter_spacing = style["letter_spacing"]
    hyphens = _hyphens(text, style)
    return Text(
        text,
        [round(widths[offset] * scale) for offset in offsets[:-1]],
        blanks,
        [index for index, flag in enumerate(flags) if flag & 1],
        0 if letter_spacing == "normal" else round(letter_spacing * EM / style["font_size"]),
        round(style["word_spacing"] * EM / style["font_size"]),
        hyphens,
        _width(HYPHEN, style, scale) if hyphens else 0,
        _readings(text, style),
    )


def _readings(text: str, style: Any) -> list[tuple[Reading, int]]:
    """Return the readings of a text and their widths."""
    if (annotation := style.get(ANNOTATION)) is None:
        return []
    found, scale = face(style), EM / style["font_size"]
    return [
        (reading, round(max(map(found.width, lines(reading, found, style)), default=0) * scale))
        for reading in annotation.within(text)
    ]


def lines(reading: Reading, found: Face, style: Any) -> tuple[str, ...]:
    """Return the lines of a reading: itself, and its sense in one or two.

    What is read beside its characters has the sense only.
    """
    own = () if reading.zhuyin else (reading.text,)
    beside = zhuyin.WIDTH * sum(map(bool, reading.zhuyin))
    word = max((len(reading.pieces) + beside) * style["font_size"], *map(found.width, own), 0)
    return (*own, *in_two(reading.sense or "", word, found.width))


def _hyphens(text: str, style: Any) -> list[int]:
    """Return where Latin words may be divided, as ``hyphens: auto`` asks."""
    if style["hyphens"] != "auto":
        return []
    least, left, right = style["hyphenate_limit_chars"]
    english = Pyphen(lang="en_US", left=left, right=right)
    return [
        word.start() + place
        for word in chinese.LATIN_WORD.finditer(text)
        if word.end() - word.start() >= least
        for place in english.positions(word.group())
    ]


def _width(text: str, style: Any, scale: float) -> int:
    layout = ChineseLayout(style)
    layout.set_text(text)
    line, _ = layout.get_first_line()
    return round(sum(sum(fields[1::GLYPH_INTS]) for _, _, fields in _runs(line)) * scale)


def _blank(font: Any, glyph: int, scale: float) -> Blank:
    """Return the half of a full-width mark that holds no ink; centred marks have none."""
    ink, logical = ffi.new("PangoRectangle *"), ffi.new("PangoRectangle *")
    pango.pango_font_get_glyph_extents(font, glyph, ink, logical)
    left, right = ink.x * scale, (logical.width - ink.x - ink.width) * scale
    if abs(right - left) < EM / 5:
        return Blank()
    return Blank(left=_half(left)) if left > right else Blank(right=_half(right))


def _half(blank: float) -> int:
    return min(EM // 2, round(blank)) if blank > EM / 3 else 0


def measured(context: Any, text: str, style: Any) -> Measured:
    """Return the measured text of which ``text`` is the end, measuring it on first sight."""
    kept: dict[tuple[int, str], Measured] = context.__dict__.setdefault("diglot_texts", {})
    # An annotated text has a style of its own.
    key = id(style), "" if ANNOTATION in style else text[-8:]
    known = kept.get(key)
    if known is None or not known.text.text.endswith(text):
        if len(kept) >= KEPT:
            del kept[next(iter(kept))]
        known = kept[key] = Measured(text, style)
    return known
