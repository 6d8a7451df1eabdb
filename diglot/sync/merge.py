"""What becomes of each pair when the source is another: the three-way merge, as a plan.

Base is the former source, ours the quotes as they stand in ``text.md``, theirs the new source.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from diglot.model import Pair, PairedText, Script, Segment
from diglot.script import convert, detect
from diglot.sync.forms import Form, of_pair, of_segment
from diglot.sync.match import Group, holds, likeness, related, same, similar

_RETURNED = 0.7  # how like a removed text one must be to be taken for it


class Fate(StrEnum):
    """What happens to a pair."""

    SAME = "unchanged"
    MOVED = "moved"
    CHANGED = "changed"
    RETOUCHED = "retouched"  # in punctuation, script or markup alone: the gloss holds
    SPLIT = "split"
    MERGED = "merged"
    NEW = "new"
    REMOVED = "removed"
    RESTORED = "restored"
    OWN = "own"  # an editor's addition, which no source has


@dataclass(frozen=True, slots=True)
class Entry:
    """A pair of the new text.

    ``pairs`` are the old ones that it comes from, the first of which gives the place in the file.
    ``segment`` is its new source, None if the quote stays as it is; ``base`` the former source
    where an editor changed the quote as well. In a split ``parts`` are all new sources of the old
    pair, and this is the ``nth``.
    """

    fate: Fate
    pairs: tuple[Pair, ...] = ()
    segment: Segment | None = None
    base: Segment | None = None
    moved: bool = False
    parts: tuple[Segment, ...] = ()
    nth: int = 0


@dataclass(frozen=True, slots=True)
class Plan:
    """The pairs in their new order, those that become obsolete, and what stays left out."""

    entries: tuple[Entry, ...]
    removed: tuple[Pair, ...]
    left_out: tuple[Segment, ...] = ()
    shared: float = field(default=1.0)  # how much of the shorter of the two texts was found again


def merge(text: PairedText, base: Sequence[Segment] | None, theirs: Sequence[Segment]) -> Plan:
    """Merge a new source into a paired text.

    Args:
        text: The pairs as they stand.
        base: The former source; None if there is none, and the quotes count as it.
        theirs: The new source.
    """
    return _Merge(text, base, theirs).plan()


class _Merge:
    """Who is matched with whom, filled step by step from the surest to the boldest."""

    def __init__(
        self, text: PairedText, base: Sequence[Segment] | None, theirs: Sequence[Segment]
    ) -> None:
        self.pairs, self.obsolete, self.segments = text.pairs, text.obsolete, theirs
        self.ours = [of_pair(pair) for pair in text.pairs]
        self.gone = [of_pair(pair) for pair in text.obsolete]
        self.theirs = [of_segment(segment) for segment in theirs]
        self.base_segments = base or ()
        self.base = self.ours if base is None else [of_segment(segment) for segment in base]
        self.has_base = base is not None
        self._scripts = (_script(self.base), _script(self.theirs))
        self._rewritten = None not in self._scripts and len(set(self._scripts)) == 2
        self.origin = self._origins()
        self.groups: list[Group] = []  # ours and theirs
        self.restored: dict[int, int] = {}  # theirs to obsolete
        self.left_out: set[int] = set()  # of theirs
        self.joined: set[int] = set()  # of theirs, and in one of our pairs with another
        self.free_ours = set(range(len(self.ours)))
        self.free_theirs = set(range(len(self.theirs)))

    def plan(self) -> Plan:
        def source(i: int) -> Form:
            return self.base[self.origin[i]] if i in self.origin else self.ours[i]

        self._match_same(lambda i: self.ours[i].text, lambda form: form.text)
        self._match_same(lambda i: source(i).text, lambda form: form.text)
        self._match_same(lambda i: self.ours[i].content, lambda form: form.content)
        self._match_same(lambda i: source(i).content, lambda form: form.content)
        self._leave_out()
        self._restore(lambda form: form.text)
        self._restore(lambda form: form.content)
        self._match_similar()
        self._restore_similar()
        entries = self._entries()
        return Plan(
            tuple(entries),
            self._removed(entries),
            tuple(self.segments[j] for j in sorted(self.left_out)),
            self._share(),
        )

    def _origins(self) -> dict[int, int]:
        """The segment of the base that each of our quotes comes from."""
        if not self.has_base:
            return {i: i for i in range(len(self.ours))}
        origin: dict[int, int] = {}
        for key in ("text", "content"):
            lefts, rights = self._without_origin(origin)
            ours = [getattr(self.ours[i], key) for i in lefts]
            base = [getattr(self.base[j], key) for j in rights]
            origin |= {lefts[i]: rights[j] for i, j in same(ours, base)}
        lefts, rights = self._without_origin(origin)
        near = _neighbours(sorted(origin.items()), lefts, rights)
        grams = ([self.ours[i].grams for i in lefts], [self.base[j].grams for j in rights])
        for group in similar(*grams, near):
            # Of what an editor parted or joined, the first stands for all.
            origin[lefts[group.left[0]]] = rights[group.right[0]]
        return origin

    def _without_origin(self, origin: dict[int, int]) -> tuple[list[int], list[int]]:
        used = set(origin.values())
        return (
            [i for i in range(len(self.ours)) if i not in origin],
            [j for j in range(len(self.base)) if j not in used],
        )

    def _match_same(self, ours: Callable[[int], str], theirs: Callable[[Form], str]) -> None:
        lefts, rights = sorted(self.free_ours), sorted(self.free_theirs)
        keys = ([ours(i) for i in lefts], [theirs(self.theirs[j]) for j in rights])
        for i, j in same(*keys):
            self._add(Group((lefts[i],), (rights[j],)))

    def _match_similar(self) -> None:
        lefts, rights = sorted(self.free_ours), sorted(self.free_theirs)
        matched = sorted((group.left[0], group.right[0]) for group in self.groups)
        near = _neighbours(matched, lefts, rights)
        grams = ([self.ours[i].grams for i in lefts], [self.theirs[j].grams for j in rights])
        for group in similar(*grams, near):
            self._add(
                Group(tuple(lefts[i] for i in group.left), tuple(rights[j] for j in group.right))
            )

    def _add(self, group: Group) -> None:
        self.groups.append(group)
        self.free_ours.difference_update(group.left)
        self.free_theirs.difference_update(group.right)

    def _leave_out(self) -> None:
        """Keep out what an editor took out of the text and the new source has as it was.

        Not if the editor joined it to a pair whose source is another now: then it is a part of it.
        """
        _, lost = self._without_origin(self.origin)
        rights = sorted(self.free_theirs)
        keys = ([self.base[b].content for b in lost], [self.theirs[j].content for j in rights])
        emended = [i for i, b in self.origin.items() if self.ours[i].text != self.base[b].text]
        for b, j in same(*keys):
            part = self.base[lost[b]].grams
            holders = {i for i in emended if holds(self.ours[i].grams, part, near=True)}
            if not holders & self.free_ours:
                self.free_theirs.discard(rights[j])
                (self.joined if holders else self.left_out).add(rights[j])

    def _restore(self, key: Callable[[Form], str]) -> None:
        back = set(self.restored.values())
        lefts = [k for k in range(len(self.gone)) if k not in back]
        rights = sorted(self.free_theirs)
        keys = ([key(self.gone[k]) for k in lefts], [key(self.theirs[j]) for j in rights])
        for k, j in same(*keys):
            self.restored[rights[j]] = lefts[k]
            self.free_theirs.discard(rights[j])

    def _restore_similar(self) -> None:
        back = set(self.restored.values())
        gone = [k for k in range(len(self.gone)) if k not in back]
        rights = sorted(self.free_theirs)
        grams = ([self.gone[k].grams for k in gone], [self.theirs[j].grams for j in rights])
        scores = sorted((-likeness(grams[0][i], grams[1][n]), i, n) for i, n in related(*grams))
        taken: set[int] = set()
        for score, i, n in scores:
            if -score >= _RETURNED and i not in taken and rights[n] in self.free_theirs:
                taken.add(i)
                self.restored[rights[n]] = gone[i]
                self.free_theirs.discard(rights[n])

    def _entries(self) -> list[Entry]:
        """The pairs in the order of the new source; an editor's own follow their neighbours."""
        by_right = {j: group for group in self.groups for j in group.right}
        order = [by_right[j].left[0] for j in range(len(self.theirs)) if j in by_right]
        stay = _longest_increasing(list(dict.fromkeys(order)))
        own = {i for i in self.free_ours if i not in self.origin}
        entries: list[Entry] = []
        after: dict[int, int] = {}  # ours to the number of entries up to it
        for j in range(len(self.theirs)):
            if j in self.left_out | self.joined:
                continue
            if group := by_right.get(j):
                entries.append(self._entry(group, j, stay))
                after.update(dict.fromkeys(group.left, len(entries)))
            elif (k := self.restored.get(j)) is not None:
                entries.append(self._returned(k, j))
            else:
                entries.append(Entry(Fate.NEW, segment=self.segments[j]))
        for i in sorted(own, reverse=True):
            at = next((after[h] for h in range(i - 1, -1, -1) if h in after), 0)
            entries.insert(at, Entry(Fate.OWN, (self.pairs[i],)))
        return entries

    def _entry(self, group: Group, j: int, stay: set[int]) -> Entry:
        pairs = tuple(self.pairs[i] for i in group.left)
        moved = group.left[0] not in stay
        segment = self.segments[j]
        if len(group.right) > 1:
            parts = tuple(self.segments[right] for right in group.right)
            base = self._emended_base(group.left[0])
            return Entry(Fate.SPLIT, pairs, segment, base, moved, parts, group.right.index(j))
        if len(group.left) > 1:
            return Entry(Fate.MERGED, pairs, segment, None, moved)
        ours, theirs = self.ours[group.left[0]], self.theirs[j]
        origin = self.origin.get(group.left[0])
        if _alike(ours, theirs) or (origin is not None and self.base[origin] == theirs):
            return Entry(Fate.MOVED if moved else Fate.SAME, pairs, None, None, moved)
        base = self._emended_base(group.left[0])
        if base is not None and self._rewritten and of_segment(base).content == theirs.content:
            # Only the script is another: the emendation holds, and goes into the new script.
            segment = self._convert(group.left[0], segment)
            same_as_ours = segment.sentences == ours.sentences
            return Entry(Fate.RETOUCHED, pairs, None if same_as_ours else segment, None, moved)
        fate = Fate.RETOUCHED if ours.content == theirs.content else Fate.CHANGED
        return Entry(fate, pairs, segment, base, moved)

    def _convert(self, i: int, segment: Segment) -> Segment:
        """One of our quotes in the script of the new source, marked up as a segment of it."""
        old, new = self._scripts
        sentences = self.ours[i].sentences
        if old and new and detect("".join(sentences)) is not new:
            sentences = tuple(convert(sentence, new, old) for sentence in sentences)
        return Segment(segment.kind, sentences, segment.line, segment.level)

    def _emended_base(self, i: int) -> Segment | None:
        """The former source of a quote that an editor changed."""
        origin = self.origin.get(i)
        if not self.has_base or origin is None or self.base[origin].text == self.ours[i].text:
            return None
        return self.base_segments[origin]

    def _returned(self, k: int, j: int) -> Entry:
        unchanged = _alike(self.gone[k], self.theirs[j])
        segment = None if unchanged else self.segments[j]
        return Entry(Fate.RESTORED, (self.obsolete[k],), segment)

    def _removed(self, entries: Iterable[Entry]) -> tuple[Pair, ...]:
        """Pairs without a place of their own in the new text, those merged into others too."""
        kept = {entry.pairs[0].id for entry in entries if entry.pairs}
        return tuple(pair for pair in self.pairs if pair.id not in kept)

    def _share(self) -> float:
        """How much of the shorter text, ours or theirs, was found again, by characters."""
        if not self.ours:
            return 1.0
        free_ours = sum(len(self.ours[i].content) for i in self.free_ours)
        free_theirs = sum(len(self.theirs[j].content) for j in self.free_theirs)
        all_ours = sum(len(form.content) for form in self.ours)
        all_theirs = sum(len(form.content) for form in self.theirs)
        return 1 - min(free_ours / (all_ours or 1), free_theirs / (all_theirs or 1))


def _script(forms: Iterable[Form]) -> Script | None:
    return detect("".join(form.text for form in forms))


def _alike(ours: Form, theirs: Form) -> bool:
    """Whether a quote says what the new source says; how it is parted is the editor's."""
    return ours.text == theirs.text and ours.markup == theirs.markup


def _neighbours(
    matched: Sequence[tuple[int, int]], lefts: Sequence[int], rights: Sequence[int]
) -> Callable[[int, int], bool]:
    """Whether a left and a right follow, or precede, two that are matched with each other."""
    ours = [i for i, _ in matched]
    partner = dict(matched)
    taken = sorted(partner.values())

    def near(left: int, right: int) -> bool:
        i, j = lefts[left], rights[right]
        at, place = bisect_left(ours, i), bisect_left(taken, j)
        before = partner[ours[at - 1]] if at else -1
        behind = partner[ours[at]] if at < len(ours) else -2
        return before == (taken[place - 1] if place else -1) or behind == (
            taken[place] if place < len(taken) else -2
        )

    return near


def _longest_increasing(numbers: Sequence[int]) -> set[int]:
    """Those of distinct numbers that need not move for all to be in order."""
    ends: list[int] = []  # the smallest end of an increasing run of each length
    before: dict[int, int | None] = {}
    for number in numbers:
        at = bisect_right(ends, number)
        before[number] = ends[at - 1] if at else None
        ends[at : at + 1] = [number]
    stay: set[int] = set()
    last = ends[-1] if ends else None
    while last is not None:
        stay.add(last)
        last = before[last]
    return stay
