"""From normalized text to segments: title, headings, paragraphs, quotations, attributions, verse.

A line is a block; blank lines and indents are not needed. The text itself tells: an attribution
begins with ——, a heading is short and has no stop at its end and prose behind it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

import regex

from diglot.model import Kind, Segment
from diglot.source.chars import HANZI
from diglot.source.lines import lines_of
from diglot.source.sentences import split_sentences

_HEADING_LENGTH = 60  # characters of the longest heading or title
_COUNT = r"[一二三四五六七八九十百零〇两兩\d]+"
# From the widest division to the narrowest.
_NUMBERING = tuple(
    regex.compile(pattern)
    for pattern in (
        rf"第{_COUNT}[编編卷篇部](?!分)",
        rf"第{_COUNT}[章回讲講课課]",
        rf"第{_COUNT}[节節]",
        r"[一二三四五六七八九十]{1,3}[、.．]\s*\S",
        r"[（(][一二三四五六七八九十]{1,3}[）)]\s*\S",
        r"\d{1,2}(?:[、．]|\.(?!\d))\s*\S",
        r"\d{1,2}\.\d{1,2}[.\s]\s*\S",
        r"[（(]\d{1,2}[）)]\s*\S",
    )
)
_CLOSED = regex.compile(r"[。！？…；：，、,;:.!?][”’」』）】\"')]*$")
_STOP_INSIDE = regex.compile(r"[。；]|[！？](?=\p{Han})")
_BYLINE = regex.compile(
    r"(?:作者|记者|記者|来源|來源|编辑|編輯|译者|譯者|时间|時間|日期|文)\s*[：:／/].*"
    r"|.*\d{4}\s*年(?:\s*\d{1,2}\s*月)?(?:\s*\d{1,2}\s*日)?|[（(〔\[].{1,30}[）)〕\]]|\p{Han}{2,4}"
)
_FRONT = regex.compile(
    "前言|引言|序言|导言|導言|摘要|概述|绪论|緒論|背景|结语|結語|后记|後記|总则|總則"
)
_CLAUSES = regex.compile(r"[，。；！？、,\s]+")
_FREE_METRES = (5, 7)  # hanzi of a clause that make verse even without stops
_METRES = (4, 5, 6, 7)
_MIN_CLAUSES = 4


@dataclass(frozen=True, slots=True)
class _Block:
    """A line that is not blank, and what it is so far."""

    text: str
    line: int
    kind: Kind = Kind.PARAGRAPH
    level: int = 0
    rank: int | None = None  # of its numbering, in a line that could be a heading
    bare: bool = False  # could be a heading without a number

    @property
    def is_prose(self) -> bool:
        """Whether a heading may stand above it."""
        return self.kind is Kind.VERSE or (
            self.kind is Kind.PARAGRAPH and not self.bare and self.rank is None
        )


def structure(text: str) -> tuple[Segment, ...]:
    """Cut normalized text into segments, with their lines in it; white space around them goes.

    A first lone short line without a stop is the title. Later ones are headings if prose follows,
    numbered ones if they are no items of a list. Headings have level 2, unless kinds of numbers
    show more. A paragraph right before an attribution is a quotation. Verse is at least four
    clauses of the same five or seven hanzi (with stops also of four or six) in several lines.
    """
    blocks = [_look(line.text, nth) for nth, line in enumerate(lines_of(text), 1) if line.text]
    for mark in (_mark_verse, _mark_title, _mark_headings, _mark_quotations):
        blocks = mark(blocks)
    return tuple(_segments(blocks))


def _look(text: str, line: int) -> _Block:
    if text.startswith("——"):
        return _Block(text, line, Kind.ATTRIBUTION)
    if (
        len(text) > _HEADING_LENGTH
        or _CLOSED.search(text)
        or _STOP_INSIDE.search(text)
        or not HANZI.search(text)
    ):
        return _Block(text, line)
    ranks = (rank for rank, pattern in enumerate(_NUMBERING) if pattern.match(text))
    rank = next(ranks, None)
    return _Block(text, line, rank=rank, bare=rank is None)


def _mark_verse(blocks: list[_Block]) -> list[_Block]:
    marked: list[_Block] = []
    for (metre, stopped), group in groupby(blocks, key=_metre):
        run = list(group)
        clauses = sum(len(_clauses(block.text)) for block in run) if metre else 0
        verse = (
            metre in (_METRES if stopped else _FREE_METRES)
            and len(run) > 1
            and clauses >= _MIN_CLAUSES
        )
        marked += (replace(b, kind=Kind.VERSE, bare=False) for b in run) if verse else run
    return marked


def _metre(block: _Block) -> tuple[int, bool]:
    """The hanzi in each clause of a line (0: not the same, or no verse), and if a stop ends it."""
    clauses = _clauses(block.text)
    metre = len(clauses[0]) if clauses else 0
    regular = all(len(clause) == metre and HANZI.fullmatch(clause[0]) for clause in clauses)
    if block.kind is not Kind.PARAGRAPH or block.rank is not None or not regular:
        return 0, False
    return metre, block.text[-1] in "，。；！？"


def _clauses(text: str) -> list[str]:
    return [clause for clause in _CLAUSES.split(text) if clause]


def _mark_title(blocks: list[_Block]) -> list[_Block]:
    if len(blocks) < 2 or not blocks[0].bare:
        alone = False
    elif blocks[1].kind is Kind.ATTRIBUTION:  # a subtitle, unless quotations follow each other
        alone = (
            len(blocks) > 2
            and blocks[2].is_prose
            and Kind.ATTRIBUTION not in {block.kind for block in blocks[3:]}
        )
    else:  # a blank line sets it apart, or prose is near; else it begins a list
        near = any(not block.bare for block in blocks[1:5])
        alone = near or blocks[1].line > blocks[0].line + 1
    if not alone:
        return blocks
    return [replace(blocks[0], kind=Kind.TITLE, level=1, bare=False), *blocks[1:]]


def _mark_headings(blocks: list[_Block]) -> list[_Block]:
    bare = set(_bare_headings(blocks))
    numbered = set(_numbered_headings(blocks))
    ranks = sorted({blocks[at].rank or 0 for at in numbered})
    levels = {rank: min(2 + nth, 6) for nth, rank in enumerate(ranks)}
    return [
        replace(block, kind=Kind.HEADING, level=2 if at in bare else levels[block.rank or 0])
        if at in bare or at in numbered
        else block
        for at, block in enumerate(blocks)
    ]


def _bare_headings(blocks: Sequence[_Block]) -> Iterator[int]:
    """One or two short lines above prose; more are a list, and bylines follow the title."""
    at = _front_matter(blocks)
    for is_bare, group in groupby(blocks[at:], key=lambda block: block.bare):
        size = len(list(group))
        at += size
        prose = at < len(blocks) and (blocks[at].is_prose or blocks[at].rank is not None)
        if is_bare and size <= 2 and prose:
            yield from range(at - size, at)


def _front_matter(blocks: Sequence[_Block]) -> int:
    """How many blocks are the title and the names and dates below it."""
    at = 0
    if blocks and blocks[0].kind is Kind.TITLE:
        at = 1
        while at < len(blocks) and blocks[at].bare and _is_byline(blocks[at].text):
            at += 1
    return at


def _is_byline(text: str) -> bool:
    return bool(_BYLINE.fullmatch(text)) and not _FRONT.fullmatch(text)


def _numbered_headings(blocks: Sequence[_Block]) -> Iterator[int]:
    """Numbered lines with text or narrower numbers below; neighbours of one kind are a list."""
    for at, (block, following) in enumerate(pairwise(blocks)):
        if block.rank is None or following.kind is Kind.ATTRIBUTION:
            continue
        before = blocks[at - 1].rank if at else None
        wider = following.rank is None or following.rank > block.rank
        if wider and before != block.rank:
            yield at


def _mark_quotations(blocks: list[_Block]) -> list[_Block]:
    following = [*(block.kind for block in blocks[1:]), None]
    return [
        replace(block, kind=Kind.QUOTATION)
        if block.kind is Kind.PARAGRAPH and kind is Kind.ATTRIBUTION
        else block
        for block, kind in zip(blocks, following, strict=False)
    ]


def _segments(blocks: Sequence[_Block]) -> Iterator[Segment]:
    verse: list[_Block] = []
    for block in blocks:
        if verse and (block.kind is not Kind.VERSE or block.line > verse[-1].line + 1):
            yield _stanza(verse)
            verse = []
        if block.kind is Kind.VERSE:
            verse.append(block)
        elif block.kind in (Kind.PARAGRAPH, Kind.QUOTATION):
            sentences = tuple(piece.strip() for piece in split_sentences(block.text))
            yield Segment(block.kind, sentences, block.line)
        else:
            yield Segment(block.kind, (block.text,), block.line, block.level)
    if verse:
        yield _stanza(verse)


def _stanza(lines: Sequence[_Block]) -> Segment:
    return Segment(Kind.VERSE, tuple(block.text for block in lines), lines[0].line)
