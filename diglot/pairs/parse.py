"""Reading ``text.md``: its blocks into pairs and notes.

The format is a subset of Markdown whose grammar is one of lines (a sentence is a line), so it is
read line by line: every sentence, gloss and note keeps its own line number.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import regex

from diglot.errors import DiglotError, Place, Problem
from diglot.model import Gloss, Kind, Note, Pair, PairedText, Sentence
from diglot.pairs.blocks import CONFLICT, NOTE, Block, BlockKind, Line, blocks
from diglot.pairs.syntax import ID, read_former, read_sentence, split_id

_HEADING = regex.compile(r"(?P<marks>#{1,6}) +(?P<text>.*)")
_REFERENCE = regex.compile(r"\[\^(?P<key>[^\]\s]+)\](?!:)")


@dataclass(frozen=True, slots=True)
class Parsed:
    """What could be read, and everything that is wrong with the rest."""

    text: PairedText
    problems: tuple[Problem, ...]


def parse(*files: tuple[str, str]) -> Parsed:
    """Read a paired text from its files in order, each a text and what messages call it.

    Problems that can be found: ``p-001`` … ``p-012`` of ``docs/problems.md``.
    """
    reader = _Reader()
    for text, path in files:
        reader.begin(path)
        for block in blocks(text):
            reader.take(block)
    reader.finish()
    pairs, obsolete = map(_quotations, (reader.pairs, reader.obsolete))
    return Parsed(PairedText(pairs, tuple(reader.notes), obsolete), reader.result())


class _Reader:
    """Collects pairs and notes while blocks go by."""

    def __init__(self) -> None:
        self.path = ""
        self.pairs: list[Pair] = []
        self.obsolete: list[Pair] = []
        self.notes: list[Note] = []
        self.problems: list[Problem] = []
        self.begin("")

    def begin(self, path: str) -> None:
        self.path = path
        self._begin_part(self.pairs)

    def _begin_part(self, pairs: list[Pair]) -> None:
        self._pairs = pairs
        self._first = len(pairs)
        self._former: str | None = None
        self._quote_ended = 0

    def take(self, block: Block) -> None:
        match block.kind:
            case BlockKind.CONFLICT:
                self._take_conflict(block.lines)
            case BlockKind.COMMENT:
                self._take_comment(block.lines)
            case BlockKind.NOTE:
                self._take_note(block.lines)
            case BlockKind.QUOTE:
                self._take_quote(block.lines)
            case BlockKind.GLOSS:
                self._take_gloss(block.lines)
            case BlockKind.OBSOLETE:
                self._begin_part(self.obsolete)

    def finish(self) -> None:
        """Check what can be seen only at the end: ids and references."""
        ids: dict[str, Place] = {}
        for pair in (*self.pairs, *self.obsolete):
            place = pair.source[-1].place
            if pair.id and pair.id in ids:
                message = f"the id ^{pair.id} stands a second time; {ids[pair.id]} has it already"
                hint = "Give this pair an id of its own; keep the other, which may be cited."
                self.problems.append(Problem("p-003", message, hint, place))
            ids.setdefault(pair.id, place)
        keys: dict[str, Place] = {}
        for note in self.notes:
            if note.key in keys:
                message = f"the note [^{note.key}] is defined a second time"
                hint = f"{keys[note.key]} defines it already: rename one of the two."
                self.problems.append(Problem("p-006", message, hint, note.place))
            keys.setdefault(note.key, note.place)
        for gloss in (gloss for pair in self.pairs for gloss in pair.gloss):
            for key in (match["key"] for match in _REFERENCE.finditer(gloss.text)):
                if key not in keys:
                    message = f"the note [^{key}] is not defined"
                    hint = f"Add a paragraph that begins [^{key}]: at the end of the file."
                    self.problems.append(Problem("p-007", message, hint, gloss.place))

    def result(self) -> tuple[Problem, ...]:
        """All problems, in the order of the files."""
        return tuple(sorted(self.problems, key=lambda problem: problem.place or Place("")))

    def _take_conflict(self, block: Sequence[Line]) -> None:
        self._problem(
            "p-009",
            "there is an unresolved merge conflict here",
            "Choose between the two versions and delete the lines <<<<<<<, =======, >>>>>>>.",
            next(line.number for line in block if CONFLICT.match(line.text)),
        )

    def _take_quote(self, block: Sequence[Line]) -> None:
        stripped = (Line(line.text[1:].strip(), line.number) for line in block)
        lines = [line for line in stripped if line.text]
        self._check_inner_ids(lines[:-1])
        text, pair_id = split_id(lines[-1].text)
        last = lines[-1].number
        if pair_id is None:
            self._problem(
                "p-002",
                "this source has no id",
                "End its last line with a space, ^ and an id not yet used, such as ^12.",
                last,
            )
        elif not ID.fullmatch(pair_id):
            self._problem(
                "p-004",
                f"“{pair_id}” cannot be an id",
                "Use letters, digits, dots, hyphens and underscores, without spaces.",
                last,
            )
        lines[-1] = Line(text, last)
        self._quote_ended = last
        lines = [line for line in lines if line.text]
        if lines:
            self._pairs.append(self._pair(pair_id or "", lines))
        else:
            self._problem("p-010", "this source is empty", "Write the source, or delete it.", last)
        self._former = None

    def _check_inner_ids(self, lines: list[Line]) -> None:
        for line in lines:
            text, pair_id = split_id(line.text)
            if text and pair_id and ID.fullmatch(pair_id):
                self._problem(
                    "p-012",
                    f"the id ^{pair_id} does not end its quote",
                    "Put a blank line below it, or write \\^ if it belongs to the text.",
                    line.number,
                )

    def _pair(self, pair_id: str, lines: list[Line]) -> Pair:
        place = Place(self.path, lines[0].number)
        heading = _HEADING.fullmatch(lines[0].text)
        kind, level = Kind.PARAGRAPH, 0
        if heading:
            level = len(heading["marks"])
            kind = Kind.TITLE if level == 1 else Kind.HEADING
            lines = [Line(heading["text"], lines[0].number), *lines[1:]]
        elif lines[0].text.startswith("——"):
            kind = Kind.ATTRIBUTION
        elif all(line.text.startswith("| ") for line in lines):
            kind = Kind.VERSE
            lines = [Line(line.text[2:], line.number) for line in lines]
        source = tuple(self._sentence(line) for line in lines)
        return Pair(pair_id, kind, source, (), place, level, self._former)

    def _sentence(self, line: Line) -> Sentence:
        place = Place(self.path, line.number)
        try:
            return read_sentence(line.text, place)
        except DiglotError as error:
            self.problems.extend(error.problems)
            return Sentence(line.text, place)

    def _take_comment(self, block: Sequence[Line]) -> None:
        """Comments are the editors' own and never printed; one of them names a former source."""
        if "-->" not in block[-1].text:
            first = block[0].number
            self._problem("p-011", "this comment does not end", "Close it with --> .", first)
        former = read_former("\n".join(line.text for line in block))
        self._former = self._former if former is None else former

    def _take_note(self, block: Sequence[Line]) -> None:
        lines = [line.text.strip() for line in block]
        if match := NOTE.match(lines[0]):
            place = Place(self.path, block[0].number)
            self.notes.append(Note(match["key"], "", place))
            lines[0] = match["text"]
        note = self.notes[-1]
        self.notes[-1] = replace(note, text=" ".join(filter(None, [note.text, *lines])))

    def _take_gloss(self, block: Sequence[Line]) -> None:
        if len(self._pairs) == self._first:
            self._problem(
                "p-001",
                "this gloss has no source",
                "Put the source above it, as a quote whose last line ends in ^ and an id.",
                block[0].number,
            )
            return
        if block[0].number == self._quote_ended + 1:
            self._problem(
                "p-005",
                "this gloss stands directly under its source",
                "Put a blank line between them: Markdown would read it as part of the quote.",
                block[0].number,
            )
        pair = self._pairs[-1]
        lines = (Gloss(line.text.strip(), Place(self.path, line.number)) for line in block)
        self._pairs[-1] = replace(pair, gloss=(*pair.gloss, *lines))

    def _problem(self, code: str, message: str, hint: str, line: int) -> None:
        self.problems.append(Problem(code, message, hint, Place(self.path, line)))


def _quotations(pairs: list[Pair]) -> tuple[Pair, ...]:
    """A paragraph whose attribution follows is a quotation."""
    following = [*(pair.kind for pair in pairs[1:]), None]
    return tuple(
        replace(pair, kind=Kind.QUOTATION)
        if pair.kind is Kind.PARAGRAPH and after is Kind.ATTRIBUTION
        else pair
        for pair, after in zip(pairs, following, strict=False)
    )
