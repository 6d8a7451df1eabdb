"""Readings painted above a finished line, which stays that of plain text."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pydyf
from weasyprint.formatting_structure import boxes

from diglot.typeset import chinese
from diglot.typeset.face import Face, face, rise
from diglot.typeset.line import EM
from diglot.typeset.readings import Spot, apart
from diglot.typeset.shaping import ChineseLayout

OVERHANG = 0.5  # em, beyond the line's edges, at most
GAP = 0.1  # em, between readings that squeezed punctuation or another box brings together
# Readers of a PDF put this in place of the readings and drop it: copied text has only hanzi.
NOTHING = "\t"


@dataclass(frozen=True, slots=True)
class _Word:
    """A reading to be painted: its spot and baseline, and the text box that it belongs to."""

    text: str
    face: Face
    spot: Spot
    y: float
    box: Any


def paint(stream: Any, line: Any) -> None:
    """Paint the readings above a line that has been drawn; to readers they are an artifact."""
    words = list(_words(line))
    if not words:
        return
    size = line.style["font_size"]
    left, right = line.position_x - OVERHANG * size, line.position_x + line.width + OVERHANG * size
    centres = apart([word.spot for word in words], GAP * size, left, right)
    with unread(stream):
        box = None
        x = 0.0
        for word, centre in zip(words, centres, strict=True):
            start = centre - word.spot.width / 2
            if word.box is not box:
                box = word.box
                stream.set_color(box.style["color"])
                stream.set_text_matrix(1, 0, 0, -1, start, word.y)
            else:
                stream.move_text_to(start - x, 0)
            x = start
            word.face.draw(stream, word.text)


@contextmanager
def unread(stream: Any) -> Iterator[None]:
    """Draw text that readers of the PDF leave out."""
    with stream.artifact():
        stream.begin_marked_content("Span", pydyf.Dictionary({"ActualText": pydyf.String(NOTHING)}))
        stream.begin_text()
        yield
        stream.end_text()
        stream.end_marked_content()


def _words(line: Any) -> Iterator[_Word]:
    for box in texts(line):
        style, layout = box.style, box.pango_layout
        readings = [r for r in layout.readings() if r.sense is None and not r.zhuyin]
        if not readings or style["visibility"] != "visible":
            continue
        reader, em = face(style), style["font_size"] / EM
        y = box.position_y + box.baseline - rise(style)
        lefts, rights = layout.edges()
        for reading in readings:
            if text := reading.text:
                centre = box.position_x + (lefts[reading.start] + rights[reading.end - 1]) * em / 2
                yield _Word(text, reader, Spot(centre, reader.width(text)), y, box)


def texts(box: Any) -> Iterator[Any]:
    """Yield the Chinese texts of a line."""
    for child in box.children:
        child = getattr(child, "box", child)  # of a stacking context
        if isinstance(child, boxes.InlineBox):
            yield from texts(child)
        elif isinstance(child, boxes.TextBox) and isinstance(child.pango_layout, ChineseLayout):
            yield child


def transcription(block: Any) -> str:
    """Return the readings of a block's lines and what stands between them.

    Nothing if a hanzi has no reading.
    """
    lines = (line for line in block.children if isinstance(line, boxes.LineBox))
    layouts = [box.pango_layout for line in lines for box in texts(line)]
    parts: list[str] = []
    for layout in layouts:
        place, readings = 0, layout.readings()
        if not readings and chinese.HANZI.search(layout.source):
            return ""
        for reading in readings:
            parts += [layout.source[place : reading.start], reading.text]
            place = reading.end
        parts.append(layout.source[place:])
    spoken = " ".join(filter(None, parts))
    return "" if len(parts) == len(layouts) or chinese.HANZI.search(spoken) else spoken
