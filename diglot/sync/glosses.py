"""Which lines of gloss go with which new quote: each follows its sentence, wherever that went."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from diglot.model import Pair, Segment
from diglot.sync.forms import content, of_pair, of_segment
from diglot.sync.match import likeness
from diglot.sync.plan import Entry, Fate, Plan

_CHANGED = (Fate.CHANGED, Fate.SPLIT, Fate.MERGED, Fate.NEW)
_LEAST = 4  # characters of a sentence that is known again elsewhere


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a pair's gloss."""

    pair: Pair
    nth: int


Lines = tuple[Line, ...]


def follow(plan: Plan) -> tuple[Lines | None, ...]:
    """Give the lines that go with each entry of a plan, in order; None: as they stand.

    They leave a pair for another one only if both sides of it have as many lines, so that it is
    known which sentence they gloss, and if that very sentence is in the other's new source alone.
    A pair that becomes obsolete keeps a copy.
    """
    changed = {n: entry.segment for n, entry in enumerate(plan.entries) if entry.fate in _CHANGED}
    new = {n: segment for n, segment in changed.items() if segment}
    own = {n: list(_own(plan.entries[n])) for n in new}
    _exchange(new, own, _lines(plan.removed))
    found = {n: tuple(_in_order(own[n], segment)) for n, segment in new.items()}
    return tuple(_settled(entry, found.get(n)) for n, entry in enumerate(plan.entries))


def allot(pair: Pair, parts: Sequence[Segment]) -> list[tuple[int, ...]]:
    """Say which lines of a pair's gloss go to which part of its source.

    Each follows its sentence if they stand side by side; else all go to the likest part.
    """
    grams = [of_segment(part).grams for part in parts]
    whole = of_pair(pair)
    if not pair.aligned:
        best = max(range(len(parts)), key=lambda n: likeness(whole.grams, grams[n]))
        return [tuple(range(len(pair.gloss))) if n == best else () for n in range(len(parts))]
    owners = []
    for sentence in pair.source:
        own = of_pair(replace(pair, source=(sentence,))).grams
        common = [(own & gram).total() for gram in grams]
        owners.append(max(range(len(parts)), key=lambda n: common[n]))
    return [tuple(g for g, owner in enumerate(owners) if owner == n) for n in range(len(parts))]


def _own(entry: Entry) -> Iterable[Line]:
    """The lines that an entry has by the pairs that it comes from."""
    if entry.parts:
        (pair,) = entry.pairs
        return (Line(pair, nth) for nth in allot(pair, entry.parts)[entry.nth])
    return _lines(entry.pairs)


def _lines(pairs: Iterable[Pair]) -> list[Line]:
    return [Line(pair, nth) for pair in pairs for nth in range(len(pair.gloss))]


def _exchange(
    new: Mapping[int, Segment], own: dict[int, list[Line]], removed: Iterable[Line]
) -> None:
    """Let lines go where their sentences went, in another pair's new source."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for n, segment in new.items():
        for sentence in dict.fromkeys(map(content, segment.sentences)):
            found[sentence].append(n)
    given = {n: {_sentence(line) for line in lines} for n, lines in own.items()}
    homes = [(n, line) for n, lines in own.items() for line in lines]
    for home, line in [*homes, *((None, line) for line in removed)]:
        sentence = _sentence(line)
        places = found[sentence] if len(sentence) >= _LEAST else []
        if len(places) != 1 or places[0] == home or sentence in given[places[0]]:
            continue
        if home is not None:
            own[home].remove(line)
        own[places[0]].append(line)
        given[places[0]].add(sentence)


def _sentence(line: Line) -> str:
    """What the sentence says that a line glosses; nothing if that is not known."""
    return content(line.pair.source[line.nth].text) if line.pair.aligned else ""


def _in_order(lines: Sequence[Line], segment: Segment) -> Iterable[Line]:
    """Lines in the order of their sentences; those whose sentence changed stay with the others."""
    places = {content(text): n for n, text in reversed([*enumerate(segment.sentences)])}
    keys: dict[Line, float] = {}
    for pair in dict.fromkeys(line.pair for line in lines):
        group = [line for line in lines if line.pair == pair]
        known = [places.get(_sentence(line)) for line in group]
        first = next((place for place in known if place is not None), None)
        last: float = _place(pair, segment) if first is None else first - 0.5
        for line, place in zip(group, known, strict=True):
            last = last if place is None else place
            keys[line] = last
    return sorted(lines, key=lambda line: keys[line])


def _place(pair: Pair, segment: Segment) -> int:
    """The sentence of a segment that a pair has most in common with."""
    grams = of_pair(pair).grams
    parts = [of_segment(replace(segment, sentences=(s,))).grams for s in segment.sentences]
    return max(range(len(parts)), key=lambda n: (grams & parts[n]).total())


def _settled(entry: Entry, lines: Lines | None) -> Lines | None:
    """None if nothing becomes of the lines of an entry's pairs."""
    return None if not entry.parts and lines == tuple(_lines(entry.pairs)) else lines
