"""What becomes of each pair when the source is another: the three-way merge, as a plan.

Base is the former source, ours the quotes as they stand in ``text.md``, theirs the new source.
"""

from collections.abc import Iterable, Sequence

from diglot.model import PairedText, Script, Segment
from diglot.script import convert, detect
from diglot.sync.align import Alignment
from diglot.sync.forms import Form, of_segment
from diglot.sync.match import Group, longest_increasing
from diglot.sync.plan import Entry, Fate, Plan


def merge(text: PairedText, base: Sequence[Segment] | None, theirs: Sequence[Segment]) -> Plan:
    """Merge a new source into a paired text.

    Args:
        text: The pairs as they stand.
        base: The former source; None if there is none, and the quotes count as it.
        theirs: The new source.
    """
    return _Merge(text, base, theirs).plan()


class _Merge:
    """The pairs of an alignment in their new order."""

    def __init__(
        self, text: PairedText, base: Sequence[Segment] | None, theirs: Sequence[Segment]
    ) -> None:
        self.pairs, self.obsolete, self.base, self.segments = (
            text.pairs,
            text.obsolete,
            base,
            theirs,
        )
        self.found = Alignment(text, base, theirs)
        self._scripts = (_script(self.found.base), _script(self.found.theirs))
        self._rewritten = None not in self._scripts and len(set(self._scripts)) == 2

    def plan(self) -> Plan:
        entries = self._entries()
        kept = {entry.pairs[0].id for entry in entries if entry.pairs}
        return Plan(
            tuple(entries),
            tuple(pair for pair in self.pairs if pair.id not in kept),
            tuple(self.segments[j] for j in sorted(self.found.left_out)),
            self.found.share(),
        )

    def _entries(self) -> list[Entry]:
        """The pairs in the order of the new source; an editor's own follow their neighbours."""
        by_right = {j: group for group in self.found.groups for j in group.right}
        order = [by_right[j].left[0] for j in range(len(self.found.theirs)) if j in by_right]
        stay = longest_increasing(list(dict.fromkeys(order)))
        own = {i for i in self.found.free_ours if i not in self.found.origin}
        entries: list[Entry] = []
        after: dict[int, int] = {}  # ours to the number of entries up to it
        for j in range(len(self.found.theirs)):
            if j in self.found.left_out | self.found.joined:
                continue
            if group := by_right.get(j):
                entries.append(self._entry(group, j, stay))
                after.update(dict.fromkeys(group.left, len(entries)))
            elif (k := self.found.restored.get(j)) is not None:
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
        ours, theirs = self.found.ours[group.left[0]], self.found.theirs[j]
        origin = self.found.origin.get(group.left[0])
        if _alike(ours, theirs) or (origin is not None and self.found.base[origin] == theirs):
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
        sentences = self.found.ours[i].sentences
        if old and new and detect("".join(sentences)) is not new:
            sentences = tuple(convert(sentence, new, old) for sentence in sentences)
        return Segment(segment.kind, sentences, segment.line, segment.level)

    def _emended_base(self, i: int) -> Segment | None:
        """The former source of a quote that an editor changed."""
        origin = self.found.origin.get(i)
        if self.base is None or origin is None:
            return None
        same = self.found.base[origin].text == self.found.ours[i].text
        return None if same else self.base[origin]

    def _returned(self, k: int, j: int) -> Entry:
        unchanged = _alike(self.found.gone[k], self.found.theirs[j])
        segment = None if unchanged else self.segments[j]
        return Entry(Fate.RESTORED, (self.obsolete[k],), segment)


def _script(forms: Iterable[Form]) -> Script | None:
    return detect("".join(form.text for form in forms))


def _alike(ours: Form, theirs: Form) -> bool:
    """Whether a quote says what the new source says; how it is parted is the editor's."""
    return ours.text == theirs.text and ours.markup == theirs.markup
