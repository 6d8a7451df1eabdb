"""Changes to a text, composed one set after another, and always in terms of the first text."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Change:
    """Put ``after`` in place of the characters from ``start`` to ``end`` of the present text."""

    start: int
    end: int
    after: str


@dataclass(frozen=True, slots=True, order=True)
class Doubt:
    """Something at ``start`` to ``end`` of the present text that a person should look at."""

    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class Hunk:
    """What stands for the characters from ``start`` to ``end`` of the first text, and by whom."""

    start: int
    end: int
    after: str
    rules: tuple[str, ...]


def splice(text: str, changes: Iterable[Change], start: int = 0, end: int | None = None) -> str:
    """The text between two offsets with the changes made; they are sorted and do not overlap."""
    pieces: list[str] = []
    for change in changes:
        pieces += (text[start : change.start], change.after)
        start = change.end
    pieces.append(text[start:end])
    return "".join(pieces)


def compose(
    first: str, hunks: Sequence[Hunk], text: str, changes: Sequence[Change], rule: str
) -> list[Hunk]:
    """Add one rule's changes to what earlier rules did.

    ``text`` is ``first`` with the hunks, and the changes are in its offsets, sorted and free of
    overlap. Where a change works on what an earlier one wrote, they become one hunk. Takes time
    linear in the text.
    """
    result: list[Hunk] = []
    shift = 0  # how much longer the present text is than the first, up to the next hunk
    at = 0  # the next hunk
    nth = 0  # the next change
    while nth < len(changes):
        low, high = changes[nth].start, changes[nth].end
        while at < len(hunks) and hunks[at].start + shift + len(hunks[at].after) <= low:
            result.append(hunks[at])
            shift += _growth(hunks[at])
            at += 1
        begin, group = shift, nth
        rules: dict[str, None] = {}  # in order
        nth += 1
        while True:
            if at < len(hunks) and hunks[at].start + shift < high:
                hunk = hunks[at]
                low = min(low, hunk.start + shift)
                high = max(high, hunk.start + shift + len(hunk.after))
                rules.update(dict.fromkeys(hunk.rules))
                shift += _growth(hunk)
                at += 1
            elif nth < len(changes) and changes[nth].start < high:
                high = max(high, changes[nth].end)
                nth += 1
            else:
                break
        rules[rule] = None
        after = splice(text, changes[group:nth], low, high)
        if after != first[low - begin : high - shift]:
            result.append(Hunk(low - begin, high - shift, after, tuple(rules)))
    return [*result, *hunks[at:]]


def _growth(hunk: Hunk) -> int:
    return len(hunk.after) - (hunk.end - hunk.start)


class Origins:
    """Finds where in the first text a character of the present one comes from."""

    def __init__(self, hunks: Sequence[Hunk]) -> None:
        self._hunks = hunks
        self._starts: list[int] = []
        shift = 0
        for hunk in hunks:
            self._starts.append(hunk.start + shift)
            shift += _growth(hunk)

    def __getitem__(self, offset: int) -> int:
        nth = bisect_right(self._starts, offset) - 1
        if nth < 0:
            return offset
        hunk = self._hunks[nth]
        past = offset - self._starts[nth] - len(hunk.after)
        return hunk.start if past < 0 else hunk.end + past


class Lines:
    """Turns offsets of a text into lines and columns, both from 1."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(at + 1 for at, char in enumerate(text) if char == "\n")]

    def place(self, offset: int) -> tuple[int, int]:
        """The line and the column of the character at an offset."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1
