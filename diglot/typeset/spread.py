"""Justifying a line of boxes: what is added where, and how the boxes move apart."""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from math import inf
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.text import line_break

from diglot.typeset import chinese
from diglot.typeset.line import EM, whole
from diglot.typeset.shaping import ChineseLayout

MOST_GAP = 1.0  # em; a line that needs more stays ragged


def justify(context: Any, line: Any, extra: float) -> bool:
    """Spread a line by ``extra`` pixels; False if it holds no Chinese and nothing was done."""
    leaves = list(_leaves(line))
    if line.style["direction"] == "rtl" or not any(map(_is_chinese, leaves)):
        return False
    after = _added("".join(map(_letters, leaves)), extra, line.style, _widened(leaves))
    _Spreader(context, after).spread(line)
    return True


def _leaves(box: Any) -> Iterator[Any]:
    for child in box.children:
        if not child.is_in_normal_flow():
            continue
        if isinstance(child, boxes.InlineBox):
            yield from _leaves(child)
        else:
            yield child


def _is_chinese(leaf: Any) -> bool:
    return isinstance(leaf, boxes.TextBox) and isinstance(leaf.pango_layout, ChineseLayout)


def _letters(leaf: Any) -> str:
    if not isinstance(leaf, boxes.TextBox):
        return chinese.OBJECT
    text: str = leaf.text
    # WeasyPrint's own layouts stretch at word spaces only.
    return text if _is_chinese(leaf) else chinese.WIDE.sub("a", text)


def _widened(leaves: Iterable[Any]) -> dict[int, float]:
    """Return what was added after characters to make room for readings, in pixels."""
    found: dict[int, float] = {}
    place = 0
    for leaf in leaves:
        count = len(_letters(leaf))
        if _is_chinese(leaf) and leaf.pango_layout.widened:
            size = leaf.style["font_size"]
            for index, extra in leaf.pango_layout.widened.items():
                if index < count - 1:
                    found[place + index] = extra * size / EM
        place += count
    return found


def _added(text: str, extra: float, style: Any, widened: dict[int, float]) -> dict[int, float]:
    """Return what is added after each character of a line, in pixels.

    Where words were ``widened`` already, less or nothing.
    """
    size = style["font_size"]
    spaces = chinese.spaces(text)
    spread = chinese.is_chinese(style["lang"]) and chinese.CONTAINS_CHINESE.search(text)
    gaps = chinese.gaps(text) if spread or not spaces else []
    if gaps and extra > MOST_GAP * size * (len(spaces) + len(gaps)):
        gaps = chinese.gaps(text, desperate=True)
    count = len(spaces) + len(gaps)
    if not count or (gaps and extra > MOST_GAP * size * count):
        return {}
    # Word spaces first, up to twice their width, then every gap alike (clreq, line adjustment).
    first = min(extra / len(spaces), size / 4) if spaces else 0.0
    rest = extra - first * len(spaces)
    each = _level(rest, [widened.get(index, 0.0) for index in (*gaps, *spaces)])
    added = {index: max(each - widened.get(index, 0.0), 0.0) for index in (*gaps, *spaces)}
    return added | {index: first + added[index] for index in spaces}


def _level(amount: float, filled: Iterable[float]) -> float:
    """Return the level that an amount brings gaps to that are filled unevenly."""
    heights = sorted(filled)
    level = total = 0.0
    for count, (height, following) in enumerate(pairwise([*heights, inf]), 1):
        total += height
        level = (amount + total) / count
        if level <= following:
            break
    return level


class _Spreader:
    """Moves the boxes of a line apart and notes what its texts add when they are drawn."""

    def __init__(self, context: Any, after: dict[int, float]) -> None:
        self._context = context
        self._after = after
        self._place = 0  # in the line's text
        self._moved = 0.0

    def spread(self, box: Any) -> None:
        """Shift ``box`` by what was added before it and widen it by what is added inside."""
        if isinstance(box, boxes.TextBox):
            box.position_x += self._moved
            self._spread_text(box)
        elif isinstance(box, (boxes.LineBox, boxes.InlineBox)):
            before = self._moved
            box.position_x += before
            for child in box.children:
                if child.is_in_normal_flow():
                    self.spread(child)
            box.width += self._moved - before
        else:
            box.translate(self._moved, 0)
            self._moved += self._after.get(self._place, 0.0)
            self._place += 1

    def _spread_text(self, box: Any) -> None:
        start, count = self._place, len(box.text)
        self._place += count
        added = {i: self._after[start + i] for i in range(count) if start + i in self._after}
        if not added:
            return
        # What follows the last letter stands between boxes, what follows a space inside.
        outside = 0.0 if box.text[-1] in " \u00a0" else added.pop(count - 1, 0.0)
        if _is_chinese(box):
            _space_out(box, added)
        elif added:
            self._stretch_words(box, next(iter(added.values())))
        inside = sum(added.values())
        box.width += inside
        self._moved += inside + outside

    def _stretch_words(self, box: Any, extra: float) -> None:
        """Stretch the word spaces of a text that WeasyPrint itself has set."""
        box.justification_spacing = extra
        box.pango_layout = line_break.create_layout(box.text, box.style, self._context, None, extra)
        box.pango_layout.deactivate()


def _space_out(box: Any, added: dict[int, float]) -> None:
    size = box.style["font_size"]
    shares = whole(extra * EM / size for extra in added.values())
    spacing = dict(box.pango_layout.spacing)
    for index, share in zip(added, shares, strict=True):
        spacing[index] = spacing.get(index, 0) + share
    box.pango_layout.spacing = spacing
