"""A pair's new quote with its marks, and the comments that keep what stood there before."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

import regex

from diglot.errors import DiglotError, Place
from diglot.model import Mark, Pair, Segment, Sentence
from diglot.pairs.syntax import read_sentence, write_former, write_sentence
from diglot.sync.forms import content, fold, of_pair, of_segment
from diglot.sync.plan import Entry, Fate

BEFORE = "before"  # labels what a quote was, where that does not make the pair stale
SOURCE = "in source.txt:"  # labels the former source, where an editor had changed the quote
_INDENT = "\n    "
_SOURCE = regex.compile(rf"\n\s*{regex.escape(SOURCE)}")


@dataclass(frozen=True, slots=True)
class Quote:
    """A pair's new source, the comments to put above it, and the words whose marks do not fit."""

    sentences: tuple[Sentence, ...]
    comments: tuple[str, ...]
    lost: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Placed:
    """A mark in the text of all its pairs, and the word it was put on."""

    mark: Mark
    word: str
    pair: int
    sentence: int


def requote(entry: Entry, segment: Segment, *, glossed: bool) -> Quote:
    """Make the new quote of a pair; one without a gloss cannot be stale."""
    old = "".join(sentence.text for pair in entry.pairs for sentence in pair.source)
    marks = tuple(_placed(entry.pairs))
    carried = [_carry(old, marks, part) for part in entry.parts or (segment,)]
    kept = {placed for fitting in carried for placed in fitting}
    lost = [] if entry.nth else [placed for placed in marks if placed not in kept]
    first = entry.pairs[0]
    stale = first.former is not None and len(entry.pairs) == 1
    comments = []
    if glossed and _outdates(entry, segment) and (not stale or entry.nth):
        former = [
            p.former or _former(p, [m for m in lost if m.pair == n])
            for n, p in enumerate(entry.pairs)
        ]
        if entry.base and not stale:
            former.append(f"{SOURCE} {_INDENT.join(entry.base.sentences)}")
        comments.append(write_former(_INDENT.join(former)))
    elif (entry.base or lost) and not entry.nth:
        comments.append(write_former(_former(first, lost), BEFORE))
    sentences = _sentences(segment, carried[entry.nth], first)
    return Quote(sentences, tuple(comments), tuple(placed.word for placed in lost))


def former_of(glossed: Iterable[Sentence], segment: Segment) -> list[str]:
    """Write the comment above a new pair whose gloss comes from others, if it is not all of it."""
    texts = [sentence.text for sentence in glossed]
    whole = content("".join(texts)) == of_segment(segment).content
    return [] if whole or not texts else write_former(_INDENT.join(texts)).split("\n")


def glossed_source(former: str) -> str:
    """The text that a comment ``was`` says was glossed, without marks and without its label."""
    lines = (line.strip() for line in _SOURCE.split(former)[0].split("\n"))
    return "".join(_plain(line) for line in lines)


def _outdates(entry: Entry, segment: Segment) -> bool:
    """Whether the glosses of a pair may no longer fit its new source."""
    if entry.fate is Fate.RESTORED:
        return of_pair(entry.pairs[0]).content != of_segment(segment).content
    return entry.fate is not Fate.RETOUCHED


def _placed(pairs: Sequence[Pair]) -> Iterator[_Placed]:
    at = 0
    for n, pair in enumerate(pairs):
        for nth, sentence in enumerate(pair.source):
            for mark in sentence.marks:
                moved = replace(mark, start=at + mark.start, end=at + mark.end)
                yield _Placed(moved, sentence.text[mark.start : mark.end], n, nth)
            at += len(sentence.text)


def _carry(old: str, marks: Collection[_Placed], segment: Segment) -> dict[_Placed, Mark]:
    """The marks whose words stand in the new source too, placed in its text as a whole."""
    if not marks:
        return {}
    new = "".join(segment.sentences)
    ends: list[int] = []
    for sentence in segment.sentences:
        ends.append((ends[-1] if ends else 0) + len(sentence))
    # Character by character, in one script.
    one, other = ("".join(map(fold, text)) for text in (old, new))
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    fitting = {}
    for block in matcher.get_matching_blocks():
        for placed in marks:
            start = placed.mark.start + block.b - block.a
            end = placed.mark.end + block.b - block.a
            inside = block.a <= placed.mark.start and placed.mark.end <= block.a + block.size
            if inside and not any(start < cut < end for cut in ends):
                fitting[placed] = replace(placed.mark, start=start, end=end)
    return fitting


def _sentences(segment: Segment, marks: dict[_Placed, Mark], pair: Pair) -> tuple[Sentence, ...]:
    sentences = []
    at = 0
    for text in segment.sentences:
        here = sorted(
            (mark for mark in marks.values() if at <= mark.start and mark.end <= at + len(text)),
            key=lambda mark: mark.start,
        )
        moved = tuple(replace(m, start=m.start - at, end=m.end - at) for m in here)
        sentences.append(Sentence(text, pair.place, moved))
        at += len(text)
    return tuple(sentences)


def _plain(line: str) -> str:
    try:
        return read_sentence(line, Place("")).text
    except DiglotError:  # written by hand, and no mark
        return line


def _former(pair: Pair, lost: Collection[_Placed]) -> str:
    """A quote as it was written, with those of its marks that fit no more."""
    lines = []
    for nth, sentence in enumerate(pair.source):
        words = {placed.word for placed in lost if placed.sentence == nth}
        marks = tuple(m for m in sentence.marks if sentence.text[m.start : m.end] in words)
        lines.append(write_sentence(replace(sentence, marks=marks)))
    return _INDENT.join(lines)
