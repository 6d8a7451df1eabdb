"""The lines of ``text.md`` in runs of one kind: quotes, glosses, notes, comments."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

import regex

NOTE = regex.compile(r"\[\^(?P<key>[^\]\s]+)\]:\s*(?P<text>.*)")
CONFLICT = regex.compile(r"(?:<{7}|={7}|>{7}|\|{7})(?: |$)")  # what git leaves where edits clash
_INDENT = regex.compile(r"^ {0,3}(?=\S)")  # as far as Markdown passes over it
_OBSOLETE = regex.compile(r"# +Obsolete")  # below it stand the pairs that are kept unprinted


class BlockKind(Enum):
    """What a run of lines is; a blank quote (``>`` and nothing else) says nothing."""

    QUOTE = auto()
    BLANK_QUOTE = auto()
    GLOSS = auto()
    NOTE = auto()
    COMMENT = auto()
    CONFLICT = auto()
    OBSOLETE = auto()


@dataclass(frozen=True, slots=True)
class Line:
    """A line without the white space around it, and its number from 1."""

    text: str
    number: int


@dataclass(frozen=True, slots=True)
class Block:
    """A run of lines of one kind."""

    kind: BlockKind
    lines: tuple[Line, ...]


def blocks(text: str) -> Iterator[Block]:
    """Part a file into runs of lines of one kind, in order; blank lines belong to none.

    A note goes on over paragraphs that are indented.
    """
    noted = False
    for run in _runs(text):
        kind = _kind(run, noted)
        if kind not in (BlockKind.COMMENT, BlockKind.CONFLICT):
            noted = kind is BlockKind.NOTE
        yield Block(kind, tuple(run))


def _kind(run: list[Line], noted: bool) -> BlockKind:
    first = run[0].text
    if any(CONFLICT.match(line.text) for line in run):
        return BlockKind.CONFLICT
    if first.startswith("<!--"):
        return BlockKind.COMMENT
    if NOTE.match(first) or (noted and first[0].isspace()):
        return BlockKind.NOTE
    if first.startswith(">"):
        blank = not any(line.text[1:].strip() for line in run)
        return BlockKind.BLANK_QUOTE if blank else BlockKind.QUOTE
    return BlockKind.OBSOLETE if _OBSOLETE.fullmatch(first) else BlockKind.GLOSS


def _runs(text: str) -> Iterator[list[Line]]:
    """A comment goes on over blank lines until it is closed; what stands behind it is text."""
    block: list[Line] = []
    commented = False
    for number, raw in enumerate(text.removeprefix("\ufeff").split("\n"), 1):
        line = Line(raw.rstrip("\r") if commented else _INDENT.sub("", raw.rstrip()), number)
        if not commented and block and (not line.text or _begins(line, block[-1])):
            yield block
            block = []
        commented = commented or line.text.startswith("<!--")
        if commented or line.text:
            block.append(line)
        if commented and "-->" in line.text:
            yield block
            commented = False
            rest = line.text.partition("-->")[2].strip()
            block = [Line(rest, number)] if rest else []
    if block:
        yield block


def _begins(line: Line, before: Line) -> bool:
    """Whether a line begins a block although the line before it is not blank."""
    return (
        line.text.startswith(">") != before.text.startswith(">")
        or line.text.startswith("<!--")
        or NOTE.match(line.text) is not None
        or any(_OBSOLETE.fullmatch(each.text) for each in (line, before))
    )
