"""Emphasis dots below the hanzi of a finished line (clreq, "Emphasis Dots"; GB/T 15834, 4.12)."""

from collections.abc import Iterator
from typing import Any

from diglot.typeset import chinese
from diglot.typeset.annotation import ANNOTATION
from diglot.typeset.line import EM
from diglot.typeset.ruby import texts

DROP = 0.27  # em: of a dot's middle, below the baseline
SIZE = 0.16  # em


def paint(stream: Any, line: Any) -> None:
    """Paint the dots of a line that has been drawn; to readers of the PDF they are an artifact."""
    boxes = [(box, places) for box in texts(line) if (places := _emphasized(box))]
    if not boxes:
        return
    with stream.artifact(), stream.stacked():
        stream.set_line_cap(1)  # round: a line of no length is a dot
        for box, places in boxes:
            em = box.style["font_size"]
            stream.set_color(box.style["color"], stroke=True)
            stream.set_line_width(SIZE * em)
            y = box.position_y + box.baseline + DROP * em
            for x in _middles(box, places):
                stream.move_to(x, y)
                stream.line_to(x, y)
                stream.stroke()


def _middles(box: Any, places: list[int]) -> Iterator[float]:
    em = box.style["font_size"] / EM
    lefts, rights = box.pango_layout.edges()
    return (box.position_x + (lefts[place] + rights[place]) * em / 2 for place in places)


def _emphasized(box: Any) -> list[int]:
    """Return the offsets of the hanzi of a line's text that are emphasized.

    Those that its element names in ``data-emphasis``, or all if ``--text-emphasis`` is a dot.
    """
    style, layout = box.style, box.pango_layout
    annotation = style.get(ANNOTATION)
    all_of_it = any(token.value == "dot" for token in style["__text_emphasis"] or ())
    some_of_it = annotation is not None and annotation.emphasis
    if not (all_of_it or some_of_it) or style["visibility"] != "visible":
        return []
    hanzi = [match.start() for match in chinese.HANZI.finditer(layout.source)]
    if all_of_it:
        return hanzi
    emphasized = annotation.emphasized(layout.whole.text)
    return [place for place in hanzi if layout.start + place in emphasized]
