"""Readings and senses painted below the words of a finished line, each at the left of its word.

To readers of a tagged PDF they are one text behind the paragraph, an alternative description
(ISO 32000-1, 14.9.3); copied text has only hanzi.
"""

from collections.abc import Iterator
from typing import Any

import pydyf
from weasyprint.formatting_structure.boxes import LineBox

from diglot.typeset.face import face
from diglot.typeset.line import EM
from diglot.typeset.ruby import NOTHING, texts
from diglot.typeset.shaping import lines

DROP = 0.95  # of the first baseline, below the text's, in em of the text
STEP = 1.15  # from baseline to baseline, in em of the readings


def paint(stream: Any, line: Any) -> None:
    """Paint what stands below the words of a line that has been drawn."""
    boxes = [box for box in texts(line) if _words(box)]
    if not boxes:
        return
    with stream.marked(boxes[0].pango_layout, "Span"):
        _hide(stream)
        stream.begin_text()
        for box in boxes:
            found = face(box.style)
            stream.set_color(box.style["color"])
            em = box.style["font_size"]
            lefts, _ = box.pango_layout.edges()
            for reading in _words(box):
                x = box.position_x + lefts[reading.start] * em / EM
                y = box.position_y + box.baseline + DROP * em
                for text in lines(reading, found, box.style):
                    stream.set_text_matrix(1, 0, 0, -1, x, y)
                    found.draw(stream, text)
                    y += STEP * found.size
        stream.end_text()


def _hide(stream: Any) -> None:
    """Keep what is about to be drawn from copied text."""
    if stream.stream[-1:] == [b"BDC"]:
        stream.stream[-2]["ActualText"] = pydyf.String(NOTHING)


def _words(box: Any) -> list[Any]:
    if box.style["visibility"] != "visible":
        return []
    return [reading for reading in box.pango_layout.readings() if reading.sense is not None]


def described(block: Any) -> Iterator[tuple[Any, str]]:
    """Say what stands below the lines of a block; give what it is marked by, too."""
    for line in block.children:
        if isinstance(line, LineBox):
            found = [box for box in texts(line) if _words(box)]
            if found:
                yield found[0].pango_layout, "; ".join(map(_described, found))


def _described(box: Any) -> str:
    return "; ".join(
        f"{box.text[word.start : word.end]} {word.text} {word.sense}".strip()
        for word in _words(box)
    )
