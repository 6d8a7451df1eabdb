"""What stands on facing pages, and where it may be parted: a block between its rows, a vocabulary
between its lines.

How bad it is to part it is weighed: 1 is a tenth of a page left blank. Lengths are CSS pixels.
"""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import accumulate

from diglot.compose.booklet import Block, Entry, Row, Section
from diglot.compose.rows import run_on
from diglot.model import Kind
from diglot.publish.columns import Column, Columns

_SPLIT = 1.5  # a block goes on overleaf
_FEWEST = 4  # lines of a vocabulary on a spread
_LONE = 40.0  # one line of it stands alone
_PARTED = 400.0  # a heading and its text, a quotation and its source


@dataclass(frozen=True, slots=True)
class Part:
    """What stands of a block, or of a section's vocabulary, on a spread.

    ``rows`` are set as running text, verse a row a line; ``begins`` and ``ends`` say whether the
    block does so here, ``names`` are the ids of its rows that do. A vocabulary's ``left`` and
    ``right`` are its lines on either page: entries that stand side by side. ``gap`` is the room
    above and ``height`` its own.
    """

    key: str
    section: Section
    block: Block | None = None
    rows: tuple[Row, ...] = ()
    left: tuple[tuple[Entry, ...], ...] = ()
    right: tuple[tuple[Entry, ...], ...] = ()
    begins: bool = True
    ends: bool = True
    names: tuple[str, ...] = ()
    gap: float = 0.0
    height: float = 0.0

    @property
    def kind(self) -> str:
        """What it is: vocabulary, heading, subheading, or the kind of its block."""
        if self.block is None:
            return "vocabulary"
        if self.block.kind is Kind.HEADING:
            return "heading" if self.block is self.section.heading else "subheading"
        return str(self.block.kind)

    @property
    def opens(self) -> bool:
        """Whether its section begins with it."""
        return self.begins and self.block is self.section.all[0]


Named = tuple[Row, str]
"""A row and its id."""


def as_set(block: Block, rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """Make running text of rows, unless they are verse."""
    return rows if block.kind is Kind.VERSE else (run_on(rows),)


class Side:
    """One side of a block, and where each of its rows begins in it."""

    def __init__(self, column: Column, counts: Iterable[int]) -> None:
        self._column = column
        self._starts = list(accumulate(counts, initial=0))

    def height(self, first: int, last: int) -> float:
        """How much room the rows from ``first`` to ``last`` take."""
        start, end = self._starts[first], self._starts[last + 1]
        return self._column.height_of(start, end, last=last + 2 == len(self._starts))

    def parts_a_line(self, row: int) -> bool:
        """Whether a single line would stand before or after the end of a row."""
        at = self._starts[row + 1]
        before = self._column.lines_of(0, at, last=False)
        after = self._column.lines_of(at, self._starts[-1], last=True)
        return 1 in (len(before), len(after))


class Group:
    """A part that can be taken apart between its units."""

    keeps = False  # to what follows
    fresh = False  # begins a spread

    def __init__(self, part: Part, units: int) -> None:
        self.part = part
        self.units = units

    def height(self, first: int, last: int) -> float:
        """How much room the units from ``first`` to ``last`` take."""
        raise NotImplementedError

    def cost(self, unit: int) -> float:
        """How bad it is to go on overleaf after a unit."""
        raise NotImplementedError

    def piece(self, first: int, last: int) -> Part:
        """Return the part that has only these units."""
        raise NotImplementedError


class Text(Group):
    """A block, whose units are its rows."""

    def __init__(
        self, part: Part, block: Block, rows: tuple[Named, ...], sides: tuple[Side, Side]
    ) -> None:
        super().__init__(part, len(rows))
        self.keeps = block.kind in (Kind.HEADING, Kind.QUOTATION)
        self._block, self._rows, self._sides = block, rows, sides

    def height(self, first: int, last: int) -> float:
        """How much room the rows take: that of the longer side."""
        return max(side.height(first, last) for side in self._sides)

    def cost(self, unit: int) -> float:
        """How bad it is to go on overleaf after a row: not at all after the last one."""
        if unit + 1 == self.units:
            return _PARTED if self.keeps else 0.0
        if self._block.kind is Kind.HEADING:
            return _PARTED
        return _LONE if any(side.parts_a_line(unit) for side in self._sides) else _SPLIT

    def piece(self, first: int, last: int) -> Part:
        """Return the part that has only these rows."""
        units = self._rows[first : last + 1]
        return replace(
            self.part,
            rows=as_set(self._block, tuple(row for row, _ in units)),
            begins=first == 0,
            ends=last + 1 == self.units,
            names=tuple(name for _, name in units if name),
            height=self.height(first, last),
        )


class Vocabulary(Group):
    """A section's vocabulary, whose units are lines: the first half at the left."""

    def __init__(self, part: Part, columns: Columns) -> None:
        super().__init__(part, len(part.left))
        self._head = columns.of(f"words-{part.key}").height
        heights = (columns.of(f"line-{part.key}-{n}").height for n in range(self.units))
        self._tops = list(accumulate(heights, initial=0.0))

    def _half(self, first: int, last: int) -> int:
        """Return where the right page's lines begin, so that both are nearly as long."""
        middle = (self._tops[first] + self._tops[last + 1]) / 2
        half = bisect_left(self._tops, middle, first + 1, last + 1)
        return min((half, max(half - 1, first + 1)), key=lambda at: self._longer(first, at, last))

    def _longer(self, first: int, half: int, last: int) -> float:
        return max(self._tops[half] - self._tops[first], self._tops[last + 1] - self._tops[half])

    def height(self, first: int, last: int) -> float:
        """How much room the lines take: that of the longer page."""
        head = 0.0 if first else self._head
        return head + self._longer(first, self._half(first, last), last)

    def cost(self, unit: int) -> float:
        """How bad it is to go on overleaf after a line; a few stay together."""
        if unit + 1 == self.units:
            return 0.0
        return _SPLIT / 5 if _FEWEST <= unit + 1 <= self.units - _FEWEST else _LONE

    def piece(self, first: int, last: int) -> Part:
        """Return the part that has only these lines, half of them on either page."""
        half = self._half(first, last)
        return replace(
            self.part,
            left=self.part.left[first:half],
            right=self.part.left[half : last + 1],
            begins=first == 0,
            ends=last + 1 == self.units,
            height=self.height(first, last),
        )
