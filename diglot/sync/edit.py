"""A plan carried out on the lines of the files; what it does not touch keeps its bytes."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from diglot.errors import Place
from diglot.model import Pair, PairedText, Segment, Sentence
from diglot.pairs.layout import Chunk, Layout, Lines, Part, prefix, read_layout, write_layout
from diglot.pairs.write import OBSOLETE, write_quote
from diglot.sync.glosses import Lines as Glosses
from diglot.sync.glosses import follow
from diglot.sync.ids import fill
from diglot.sync.plan import Entry, Fate, Plan
from diglot.sync.quote import former_of, requote

_NOTHING = Chunk((), (), (), (), 0)


@dataclass(frozen=True, slots=True)
class Change:
    """What happened to a pair: its former source and its present one.

    ``lost`` are the words whose marks do not fit any more, ``joined`` the ids of merged pairs.
    """

    id: str
    fate: Fate
    before: str
    after: str
    moved: bool = False
    lost: tuple[str, ...] = ()
    joined: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Edited:
    """The files as they become, and each pair's change, in order; removed ones come last."""

    files: tuple[str, ...]
    changes: tuple[Change, ...]


def edit(files: Sequence[str], text: PairedText, plan: Plan) -> Edited:
    """Carry out a plan.

    Args:
        files: The texts of the files in order, in which `parse` found no errors.
        text: What `parse` read in them.
        plan: What `merge` made of it.
    """
    layouts = [read_layout(file) for file in files]
    editor = _Editor(layouts, text)
    merged = {pair.id for entry in plan.entries for pair in entry.pairs[1:]}
    known = [entry.pairs[0].id if entry.pairs and not entry.nth else None for entry in plan.entries]
    ids = fill(known, (pair.id for pair in (*text.pairs, *text.obsolete)))
    for entry, id_, lines in zip(plan.entries, ids, follow(plan), strict=True):
        editor.take(entry, id_, lines)
    for pair in plan.removed:
        editor.remove(pair, told=pair.id in merged)
    return Edited(tuple(editor.files()), tuple(editor.changes))


class _Editor:
    """Collects the chunks of each file, in their new order."""

    def __init__(self, layouts: Sequence[Layout], text: PairedText) -> None:
        self.layouts = layouts
        self.changes: list[Change] = []
        main = [(n, c) for n, layout in enumerate(layouts) for c in layout.main.chunks]
        kept = [(n, c) for n, layout in enumerate(layouts) for c in layout.obsolete.chunks]
        pairs = zip((*text.pairs, *text.obsolete), (*main, *kept), strict=True)
        self.chunks = {pair.id: placed for pair, placed in pairs}
        self.main: list[list[Chunk]] = [[] for _ in layouts]
        self.obsolete = [list(layout.obsolete.chunks) for layout in layouts]
        self.file = 0

    def take(self, entry: Entry, id_: str, glosses: Glosses | None) -> None:
        """Put the next pair of the plan in place, with other lines of gloss if there are such."""
        old = self.chunks[entry.pairs[0].id] if entry.pairs else None
        if old and entry.fate is Fate.RESTORED:
            self.obsolete[old[0]].remove(old[1])
        elif old and not (entry.moved or entry.nth or entry.fate is Fate.OWN):
            self.file = old[0]
        chunk = old[1] if old else _NOTHING
        before = after = "".join(map(_text, entry.pairs))
        lost: Lines = ()
        if entry.segment is not None:
            chunk, lost = self._rewritten(entry, entry.segment, id_, glosses)
            after = "".join(entry.segment.sentences)
        if old and old[0] != self.file:
            chunk = replace(chunk, first=0)
        self.main[self.file].append(chunk)
        joined = tuple(pair.id for pair in entry.pairs[1:])
        self.changes.append(Change(id_, entry.fate, before, after, entry.moved, lost, joined))

    def remove(self, pair: Pair, *, told: bool) -> None:
        """Move a pair under the heading of obsolete ones; one that was merged is told already."""
        file, chunk = self.chunks[pair.id]
        self.obsolete[file].append(chunk)
        if not told:
            self.changes.append(Change(pair.id, Fate.REMOVED, _text(pair), ""))

    def files(self) -> Iterator[str]:
        """The files as they become."""
        for layout, main, obsolete in zip(self.layouts, self.main, self.obsolete, strict=True):
            part, eol = layout.obsolete, layout.eol
            head = part.head
            if obsolete and not head:
                head = (f"{OBSOLETE}{eol}", eol)
            elif not obsolete and not part.tail and "".join(head).strip() == OBSOLETE:
                head = ()
            before = bool(part.head)
            printed = _joined(layout.main, main, eol, followed=bool(head), before=before)
            kept = _joined(replace(part, head=head), obsolete, eol, followed=False, before=False)
            yield write_layout(Layout(printed, kept, eol))

    def _rewritten(
        self, entry: Entry, segment: Segment, id_: str, glosses: Glosses | None
    ) -> tuple[Chunk, Lines]:
        eol = self.layouts[self.file].eol
        pair = _new(id_, segment)
        below, glossed = self._below(entry, glosses)
        if not entry.pairs:
            quote = _ended(write_quote(pair), eol)
            above = _ended(former_of((g.pair.source[g.nth] for g in glosses or ()), segment), eol)
            return replace(_NOTHING, above=above, quote=quote, below=below), ()
        renewed = requote(entry, segment, glossed=glossed)
        comments = _ended((line for c in renewed.comments for line in c.split("\n")), eol)
        chunk = _NOTHING if entry.nth else self._chunk(entry.pairs[0])
        if entry.fate is Fate.MERGED and comments:
            chunk = chunk.approved()
        above = (*_closed(chunk.above, eol), *comments)
        lines = _ended(write_quote(replace(pair, source=renewed.sentences)), eol)
        return replace(chunk, above=above, quote=lines, below=below), renewed.lost

    def _below(self, entry: Entry, glosses: Glosses | None) -> tuple[Lines, bool]:
        """The lines below a new quote, and whether there is a gloss among them."""
        eol = self.layouts[self.file].eol
        chunk, *others = [*map(self._chunk, entry.pairs), _NOTHING]
        if glosses is not None:
            lines = [_gloss_lines(self._chunk(g.pair), g.pair, eol)[g.nth] for g in glosses]
            alone = not entry.pairs or entry.nth
            rest = [] if alone else _without_gloss(chunk, entry.pairs[0], eol)
            return (*_spaced(lines, eol), *_spaced(rest, eol)), bool(lines)
        below = chunk.below
        for pair, other in zip(entry.pairs[1:], others, strict=False):
            below = (*_closed(below, eol), *_spaced(_gloss_lines(other, pair, eol), eol))
        return below, any(pair.gloss for pair in entry.pairs)

    def _chunk(self, pair: Pair) -> Chunk:
        return self.chunks[pair.id][1]


def _new(id_: str, segment: Segment) -> Pair:
    place = Place("")
    source = tuple(Sentence(text, place) for text in segment.sentences)
    return Pair(id_, segment.kind, source, (), place, segment.level)


def _text(pair: Pair) -> str:
    return "".join(sentence.text for sentence in pair.source)


def _joined(part: Part, chunks: Sequence[Chunk], eol: str, *, followed: bool, before: bool) -> Part:
    """A part with other chunks; where its neighbours changed, a blank line parts them.

    Whether the other part follows, and whether it did before, tells how this one ends.
    """
    behind = {a.first: b.first for a, b in pairwise(part.chunks)}
    last = part.chunks[-1] if part.chunks else _NOTHING
    placed = []
    for chunk, following in pairwise((*chunks, None)):
        if chunk is None:
            continue
        if following:
            beside = bool(chunk.first) and behind.get(chunk.first) == following.first
            placed.append(chunk if beside else _parted(chunk, eol))
        elif part.tail or followed:
            placed.append(_parted(chunk, eol))
        else:
            placed.append(replace(chunk, gap=() if before or part.tail else last.gap))
    tail = part.tail
    if tail and followed and not before:
        tail = _parted(replace(_NOTHING, below=tail), eol).lines
    while tail and before and not followed and not tail[-1].strip():
        tail = tail[:-1]
    return Part(part.head, tuple(placed), tail)


def _parted(chunk: Chunk, eol: str) -> Chunk:
    """A chunk with a blank line behind it."""
    lines = chunk.lines
    if lines and not lines[-1].strip():
        return chunk
    closing = () if lines[-1].endswith("\n") else (eol,)
    return replace(chunk, gap=(*chunk.gap, *closing, eol))


def _ended(lines: Iterable[str], eol: str) -> Lines:
    return tuple(f"{line}{eol}" for line in lines)


def _closed(lines: Lines, eol: str) -> Lines:
    """Lines of which the last is ended, too."""
    return lines if not lines or lines[-1].endswith("\n") else (*lines[:-1], lines[-1] + eol)


def _spaced(lines: Sequence[str], eol: str) -> Lines:
    """Lines below a blank one, or none."""
    return (eol, *lines) if lines else ()


def _numbered(chunk: Chunk) -> Iterator[tuple[int, str]]:
    """The lines below a quote, with their numbers in the file."""
    ended = sum(line.endswith("\n") for line in (*chunk.above, *chunk.quote))
    return enumerate(chunk.below, chunk.first + ended)


def _gloss_lines(chunk: Chunk, pair: Pair, eol: str) -> list[str]:
    """The lines of a pair's gloss as they stand in the file."""
    glosses = {gloss.place.line: gloss.text for gloss in pair.gloss}
    lines = (
        line.removeprefix(prefix(line, glosses[number]))
        for number, line in _numbered(chunk)
        if number in glosses
    )
    return [line if line.endswith("\n") else line + eol for line in lines]


def _without_gloss(chunk: Chunk, pair: Pair, eol: str) -> list[str]:
    """The notes and comments below a quote."""
    glosses = {gloss.place.line: gloss.text for gloss in pair.gloss}
    lines = [
        f"{prefix(line, glosses[number]).rstrip()}{eol}" if number in glosses else line
        for number, line in _numbered(chunk)
        if number not in glosses or prefix(line, glosses[number])
    ]
    while lines and not lines[0].strip():
        del lines[0]
    return lines
