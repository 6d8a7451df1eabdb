"""A few lines of display type, by HarfBuzz alone: shaped, outlined and rasterized.

A cover needs no typesetter of pages, which takes longer to start than the rest of an EPUB does.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, groupby, pairwise
from operator import itemgetter
from typing import Any

import uharfbuzz

from diglot.publish.faces import Style, face_for, faces_of, load
from diglot.publish.fonts import Face, Typefaces

Font = Any  # uharfbuzz has no types of its own
Raster = Any

_OPENING = "“‘（《〈「『【〔［(["
_CLOSING = re.escape("”’）》〉」』】〕］，。、；：？！…·)]")
_HAN = "\u2e80-\u2fff\u3040-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_OPEN = f"[{re.escape(_OPENING)}]*"
# What no line parts: a Chinese character, or a word up to its dash, and the marks that go with it.
_UNIT = re.compile(rf"{_OPEN}(?:[{_HAN}]|[^\s{_HAN}–—-]+[–—-]*|.)[{_CLOSING}]*\s*", re.DOTALL)
_BOLD, _SLANT = 0.03, 0.2  # of a face that stands in for its bold or italic
_MIDDLE = 0.36  # from the baseline to the middle of a line


@dataclass(frozen=True, slots=True)
class _Glyph:
    """A shaped glyph; ``place`` is that of its character in the text, measures are in ems."""

    font: Font
    number: int
    place: int
    x: float
    y: float
    advance: float


@dataclass(frozen=True, slots=True)
class Lines:
    """Text set in lines; ``size`` of the type and ``leading`` are in pixels."""

    lines: tuple[tuple[_Glyph, ...], ...]
    size: float
    leading: float

    @property
    def height(self) -> float:
        """How much of a page they take."""
        return len(self.lines) * self.leading

    def draw(self, raster: Raster, left: float, top: float) -> None:
        """Draw the lines into a raster, which counts from below, ``top`` from above."""
        for number, line in enumerate(self.lines):
            middle = raster.extents.height - top - (number + 0.5) * self.leading
            x, y = left, middle - _MIDDLE * self.size
            for glyph in line:
                em = self.size / glyph.font.face.upem
                at = (x + glyph.x * self.size, y + glyph.y * self.size)
                raster.transform = (em, 0, 0, em, *at)
                raster.draw_glyph(glyph.font, glyph.number)
                x += glyph.advance * self.size


def set_lines(
    texts: Sequence[tuple[str, Style]],
    size: float,
    leading: float,
    width: float,
    typefaces: Typefaces,
    whole: bool = False,
) -> Lines:
    """Set texts, each with its style, in lines of a ``width`` in pixels.

    If they are ``whole``, each of them begins a line unless there is room for all of it.
    """
    glyphs = tuple(_shaped(texts, typefaces))
    text = "".join(part for part, _ in texts)
    ends = list(accumulate((len(part) for part, _ in texts), initial=0))
    advances = [0.0] * len(text)
    for glyph in glyphs:
        advances[glyph.place] += glyph.advance
    so_far = list(accumulate(advances, initial=0.0))

    def fits(start: int, end: int) -> bool:
        shown = start + len(text[start:end].rstrip())
        return (so_far[shown] - so_far[start]) * size <= width

    starts = [0]
    for start, end in pairwise(ends) if whole else [(0, len(text))]:
        if start > starts[-1] and not fits(starts[-1], end):
            starts.append(start)
        for unit in _UNIT.finditer(text, start, end):
            # What is longer than a line is parted anywhere.
            steps = [unit.end()] if fits(*unit.span()) else range(unit.start() + 1, unit.end() + 1)
            for before, after in pairwise([unit.start(), *steps]):
                if before > starts[-1] and not fits(starts[-1], after):
                    starts.append(before)
    lines = pairwise([*starts, len(text)]) if text else ()
    return Lines(tuple(_line(glyphs, text, *line) for line in lines), size, leading)


def _line(glyphs: Iterable[_Glyph], text: str, start: int, end: int) -> tuple[_Glyph, ...]:
    """Take the glyphs of a line; a mark that opens it leaves no gap before it (clreq 3.1.6)."""
    line = tuple(glyph for glyph in glyphs if start <= glyph.place < end)
    if line and text[start] in _OPENING and line[0].advance > 0.9:
        x, advance = line[0].x - 0.5, line[0].advance - 0.5
        line = (replace(line[0], x=x, advance=advance), *line[1:])
    return line


def _shaped(texts: Iterable[tuple[str, Style]], typefaces: Typefaces) -> Iterator[_Glyph]:
    fonts: dict[tuple[Face, Style], Font] = {}
    place = 0
    for text, style in texts:
        faces = faces_of(style, typefaces)
        for face in faces:
            if (face, style) not in fonts:
                fonts[face, style] = _font(face, style)
        charsets = {face: fonts[face, style].face.unicodes for face in faces}
        chosen = (face_for(character, faces, style.chinese, charsets) for character in text)
        for face, run in groupby(zip(chosen, text, strict=True), key=itemgetter(0)):
            piece = "".join(character for _, character in run)
            yield from _run(piece, fonts[face or faces[0], style], place)
            place += len(piece)


def _run(text: str, font: Font, place: int) -> Iterator[_Glyph]:
    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    # Punctuation side by side closes up.
    uharfbuzz.shape(font, buffer, {"chws": True})
    em = font.face.upem
    for info, at in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        offset = at.x_offset / em, at.y_offset / em
        yield _Glyph(font, info.codepoint, place + info.cluster, *offset, at.x_advance / em)


def _font(face: Face, style: Style) -> Font:
    loaded = load(face)
    font = uharfbuzz.Font(loaded)
    if style.bold and any(axis.tag == "wght" for axis in loaded.axis_infos):
        font.set_variations({"wght": 700})
    elif style.bold and "bold" not in face.style:
        font.synthetic_bold = (_BOLD, _BOLD, False)
    if style.italic and not style.chinese and "italic" not in face.style:
        font.synthetic_slant = _SLANT
    return font
