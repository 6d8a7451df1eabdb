"""Columns without end: how the lines of each block fall before pages part them.

Lines are told apart by their letters and digits, counted from the start of the block: what a
typesetter adds or drops at a line's end, hyphens and spaces, does not count. Lengths are CSS
pixels.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import regex

from diglot.typeset.chinese import OPENING

KEY = "data-key"  # the attribute by which a page names its blocks
_SENTENCE = regex.compile(r"[。！？…]+[”’」』）》]*|[.!?]+[”’\")]*(?=\s)")


def letters(text: str) -> int:
    """Count the letters and digits of a text."""
    return sum(map(str.isalnum, text))


@dataclass(frozen=True, slots=True)
class Column:
    """The lines of a block: where each ends in letters, and where it is, from the block's top."""

    ends: tuple[int, ...] = ()
    tops: tuple[float, ...] = ()
    bottoms: tuple[float, ...] = ()
    height: float = 0.0

    def lines_of(self, start: int, end: int, *, last: bool) -> range:
        """Return the lines that have the letters from ``start`` to ``end``, or to the ``last``."""
        first = bisect_right(self.ends, start) if start else 0
        stop = len(self.ends) if last else bisect_left(self.ends, end) + 1
        return range(first, stop if last or end > start else first)

    def height_of(self, start: int, end: int, *, last: bool) -> float:
        """Return how much room they take, at most, if what is before them is elsewhere."""
        lines = self.lines_of(start, end, last=last)
        if not lines:
            return 0.0
        bottom = self.height if last else self.bottoms[min(lines[-1], len(self.bottoms) - 1)]
        return bottom - (self.tops[lines[0]] if start else 0.0)


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a document by their keys, and the height of one of its pages."""

    page: float
    blocks: Mapping[str, Column]

    def of(self, key: str) -> Column:
        """Return a block's column; what was not set has no lines."""
        return self.blocks.get(key, Column())


def cut(text: str, pieces: int, column: Column, start: int, *, anywhere: bool) -> list[int | None]:
    """Return where to cut a text, which begins ``start`` letters into a block, into pieces.

    Each cut is at the end of a sentence if one is near. Else, if it may be ``anywhere``, it is at
    the start of a line, or of a single line at its end; if not, it is None.
    """
    total = letters(text)
    sentences = {letters(text[: end.end()]): end.end() for end in _SENTENCE.finditer(text)}
    lines = _line_starts(text, column, start) if anywhere else {}
    found: list[int | None] = []
    for piece in range(1, pieces):
        target = total * piece / pieces
        near = {n: at for n, at in sentences.items() if abs(n - target) < total / pieces / 2}
        choice = near or lines
        if choice:
            found.append(choice[min(choice, key=lambda n: abs(n - target))])
        else:
            found.append(len(text) if anywhere else None)
    return found


def _line_starts(text: str, column: Column, start: int) -> dict[int, int]:
    """Return where lines begin, by the letters before them: within a Latin word if all lines do."""
    wanted = {end - start for end in column.ends}
    between: dict[int, int] = {}
    within: dict[int, int] = {}
    count = 0
    for place, char in enumerate(text):
        if char.isalnum():
            if count and count in wanted:
                at = len(text[:place].rstrip(OPENING))
                before = text[at - 1]
                (within if before.isascii() and before.isalnum() else between)[count] = at
            count += 1
    return between or within


def read_columns(document: Any) -> Columns:
    """Read a document that WeasyPrint has laid out: an empty page, then a column without end."""
    first, *rest = document.pages
    found: dict[str, Column] = {}
    for page in rest:
        _read(page._page_box, found)
    return Columns(first._page_box.height, found)


def _read(box: Any, found: dict[str, Column]) -> None:
    for child in _in_flow(box):
        key = child.element.get(KEY) if child.element is not None else None
        if key is None:
            _read(child, found)
        else:
            found[key] = _column(child)


def _in_flow(box: Any) -> Iterator[Any]:
    return (child for child in getattr(box, "children", ()) if child.is_in_normal_flow())


def _column(box: Any) -> Column:
    lines = list(_lines(box))
    ends: list[int] = []
    for line in lines:
        ends.append((ends[-1] if ends else 0) + letters(_text(line)))
    return Column(
        tuple(ends),
        tuple(line.position_y - box.position_y for line in lines),
        tuple(line.position_y + line.height - box.position_y for line in lines),
        box.margin_height(),
    )


def _lines(box: Any) -> Iterator[Any]:
    for child in _in_flow(box):
        if type(child).__name__ == "LineBox":
            yield child
        else:
            yield from _lines(child)


def _text(box: Any) -> str:
    return getattr(box, "text", "") or "".join(map(_text, _in_flow(box)))
