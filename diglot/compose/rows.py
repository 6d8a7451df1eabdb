"""Rows joined into running text, and cut where a page ends."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate

from diglot.compose.booklet import Row, joined
from diglot.pairs.inline import Inline

Numbers = Mapping[str, int]
"""The numbers of notes by their keys."""


def run_on(rows: Iterable[Row]) -> Row:
    """Make one row of several: their sentences follow each other, and so do their glosses."""
    rows = tuple(rows)
    starts = accumulate((len(row.zh) for row in rows), initial=0)
    placed = list(zip(starts, rows, strict=False))
    return Row(
        "".join(row.zh for row in rows),
        joined(row.en for row in rows),
        tuple(
            replace(reading, start=start + reading.start)
            for start, row in placed
            for reading in row.readings
        ),
        emphasis=tuple(
            (start + first, start + last) for start, row in placed for first, last in row.emphasis
        ),
    )


def shown(nodes: Iterable[Inline], numbers: Numbers) -> str:
    """Give the text of a gloss as a page shows it: with the numbers of its notes."""
    return "".join(_shown(node, numbers) for node in nodes)


def _shown(node: Inline, numbers: Numbers) -> str:
    if node.kind == "image":
        return ""
    if node.kind == "note":
        return str(numbers.get(node.target, ""))
    return node.text + shown(node.children, numbers)


def pieces(row: Row, places: Sequence[tuple[int, int]], numbers: Numbers) -> tuple[Row, ...]:
    """Cut a row at places: offsets in its Chinese and in its gloss as `shown`, ascending.

    A word cut in two has its reading on either side; no space is left at a cut.
    """
    found: list[Row] = []
    for zh, en in reversed(places):
        before, after = _split(row.en, en, numbers)
        found.append(_piece(row, zh, len(row.zh), after))
        row = _piece(row, 0, zh, before)
    return (row, *reversed(found))


def _piece(row: Row, start: int, end: int, en: tuple[Inline, ...]) -> Row:
    readings = (r.within(start, end) for r in row.readings if r.start < end and r.end > start)
    emphasis = (
        (max(first, start) - start, min(last, end) - start)
        for first, last in row.emphasis
        if first < end and last > start
    )
    return Row(row.zh[start:end], en, tuple(readings), emphasis=tuple(emphasis))


def _split(
    nodes: Iterable[Inline], offset: int, numbers: Numbers
) -> tuple[tuple[Inline, ...], tuple[Inline, ...]]:
    before: list[Inline] = []
    after: list[Inline] = []
    for node in nodes:
        length = len(_shown(node, numbers))
        if offset >= length and (length or not after):
            before.append(node)
        elif offset <= 0 or node.kind == "note":
            after.append(node)
        elif node.children:
            parts = _split(node.children, offset, numbers)
            before.append(replace(node, children=parts[0]))
            after.append(replace(node, children=parts[1]))
        else:
            before.append(replace(node, text=node.text[:offset].rstrip()))
            after.append(replace(node, text=node.text[offset:].lstrip()))
        offset -= length
    return tuple(before), tuple(after)
