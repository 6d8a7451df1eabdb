"""The lines of a ``text.md`` as they stand in the file, for tools that edit it.

What is not edited keeps its bytes: the parts of a layout, joined, are the file.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from diglot.pairs.blocks import Block, BlockKind, Line, blocks
from diglot.pairs.syntax import read_former

Lines = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chunk:
    """The lines of one pair, their ends included: comments above, quote, and what is below.

    ``was`` are those of its comments that name a former source; ``gap`` are the blank lines behind
    the pair. ``first`` is the number of its first line in the file.
    """

    above: Lines
    quote: Lines
    below: Lines
    gap: Lines
    first: int
    was: tuple[range, ...] = ()  # in `above`

    @property
    def lines(self) -> Lines:
        """All lines in order."""
        return (*self.above, *self.quote, *self.below, *self.gap)

    def approved(self) -> "Chunk":
        """The same pair without the comments that name a former source."""
        above: list[str] = []
        at = 0
        for comment in self.was:
            above += self.above[at : comment.start]
            rest = self.above[comment.stop - 1].partition("-->")[2]
            above += [rest.lstrip()] if rest.strip() else []
            at = comment.stop
            while not rest.strip() and at < len(self.above) and not self.above[at].strip():
                at += 1  # the blank lines that parted it from what follows
        return replace(self, above=(*above, *self.above[at:]), was=())


@dataclass(frozen=True, slots=True)
class Part:
    """Pairs in order, with what stands above and below all of them (notes at the end, mostly)."""

    head: Lines
    chunks: tuple[Chunk, ...]
    tail: Lines


@dataclass(frozen=True, slots=True)
class Layout:
    """A file: the pairs that are printed, and those below the heading ``# Obsolete``."""

    main: Part
    obsolete: Part
    eol: str  # how its lines end


def read_layout(text: str) -> Layout:
    """Read the lines of a file in which `parse` found no errors.

    Its chunks are in the order of `parse`'s pairs.
    """
    *ended, last = text.split("\n")
    lines = [*(f"{line}\n" for line in ended), *([last] if last else [])]
    found = list(blocks(text))
    at = next((n for n, b in enumerate(found) if b.kind is BlockKind.OBSOLETE), len(found))
    cut = found[at].lines[0].number - 1 if at < len(found) else len(lines)
    # Later headings of the same name are lines among others.
    rest = [block for block in found[at:] if block.kind is not BlockKind.OBSOLETE]
    main = _part(lines, 0, cut, found[:at])
    obsolete = _part(lines, cut, len(lines), rest)
    return Layout(main, obsolete, "\r\n" if lines and lines[0].endswith("\r\n") else "\n")


def write_layout(layout: Layout) -> str:
    """Write a file; the inverse of `read_layout`."""
    parts = (layout.main, layout.obsolete)
    return "".join(
        line
        for part in parts
        for lines in (part.head, *(chunk.lines for chunk in part.chunks), part.tail)
        for line in lines
    )


def prefix(raw: str, text: str) -> str:
    """What stands in a line before the text that begins in it: the end of a comment, or nothing."""
    before = raw[: raw.rindex(text)]
    return before if before.strip() else ""


def _part(lines: Sequence[str], start: int, end: int, found: Sequence[Block]) -> Part:
    groups = _groups(found)
    if not groups:
        return Part(tuple(lines[start:end]), (), ())
    begins = [group[0].lines[0].number - 1 for group in groups]
    tail = _tail(groups[-1], end)
    ends = [*begins[1:], tail]
    chunks = (_chunk(lines, *ends) for ends in zip(begins, ends, groups, strict=True))
    return Part(tuple(lines[start : begins[0]]), tuple(chunks), tuple(lines[tail:end]))


def _groups(found: Iterable[Block]) -> list[list[Block]]:
    """The blocks of each pair; comments right above a quote are that pair's."""
    groups: list[list[Block]] = []
    waiting: list[Block] = []
    for block in found:
        if block.kind is BlockKind.QUOTE:
            groups.append([*waiting, block])
            waiting = []
        elif block.kind in (BlockKind.COMMENT, BlockKind.BLANK_QUOTE):
            waiting.append(block)
        elif groups:
            groups[-1] += [*waiting, block]
            waiting = []
    if groups:
        groups[-1] += waiting
    return groups


def _tail(group: Sequence[Block], end: int) -> int:
    """Where the notes and comments begin that end the last pair's lines, and belong to no pair."""
    for block in reversed(group):
        if block.kind not in (BlockKind.NOTE, BlockKind.COMMENT):
            break
        end = block.lines[0].number - 1
    return end


def _chunk(lines: Sequence[str], start: int, end: int, group: Sequence[Block]) -> Chunk:
    nth, quote = next((n, b) for n, b in enumerate(group) if b.kind is BlockKind.QUOTE)
    first = quote.lines[0].number - 1
    last = quote.lines[-1].number
    shared = prefix(lines[first], quote.lines[0].text)
    above = [*lines[start:first], *([shared] if shared else [])]
    quoted = (lines[first].removeprefix(shared), *lines[first + 1 : last])
    stop = end
    while stop > last and not lines[stop - 1].strip():
        stop -= 1
    was = tuple(
        range(block.lines[0].number - 1 - start, block.lines[-1].number - start)
        for block in group[:nth]
        if block.kind is BlockKind.COMMENT and _names_former(block.lines)
    )
    return Chunk(
        tuple(above), quoted, tuple(lines[last:stop]), tuple(lines[stop:end]), start + 1, was
    )


def _names_former(comment: Sequence[Line]) -> bool:
    return read_former("\n".join(line.text for line in comment)) is not None
