"""Which segment of a new source each pair goes with: three texts matched with each other.

Base is the former source, ours the quotes as they stand in ``text.md``, theirs the new source.
"""

from collections.abc import Callable, Sequence

from diglot.model import PairedText, Segment
from diglot.sync.forms import Form, of_pair, of_segment
from diglot.sync.match import Group, dice, holds, neighbours, same, shared, similar

_RETURNED = 0.7  # how like a removed text one must be to be taken for it


class Alignment:
    """Who is matched with whom, filled step by step from the surest to the boldest.

    All are indexes: ``groups`` of ours and theirs; ``restored`` from theirs to the obsolete pairs;
    ``origin`` from ours to the base; ``left_out`` are those of theirs that an editor took out of
    the text, ``joined`` those that stand in a pair of ours together with another.
    """

    def __init__(
        self, text: PairedText, base: Sequence[Segment] | None, theirs: Sequence[Segment]
    ) -> None:
        self.ours = [of_pair(pair) for pair in text.pairs]
        self.gone = [of_pair(pair) for pair in text.obsolete]
        self.theirs = [of_segment(segment) for segment in theirs]
        self.base = self.ours if base is None else [of_segment(segment) for segment in base]
        self.has_base = base is not None
        self.origin = self._origins()
        self.groups: list[Group] = []
        self.restored: dict[int, int] = {}
        self.left_out: set[int] = set()
        self.joined: set[int] = set()
        self.free_ours = set(range(len(self.ours)))
        self.free_theirs = set(range(len(self.theirs)))
        self._match()

    def share(self) -> float:
        """How much of the shorter text, ours or theirs, was found again, by characters."""
        if not self.ours:
            return 1.0
        free_ours = sum(len(self.ours[i].content) for i in self.free_ours)
        free_theirs = sum(len(self.theirs[j].content) for j in self.free_theirs)
        all_ours = sum(len(form.content) for form in self.ours)
        all_theirs = sum(len(form.content) for form in self.theirs)
        return 1 - min(free_ours / (all_ours or 1), free_theirs / (all_theirs or 1))

    def _match(self) -> None:
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
        near = neighbours(sorted(origin.items()), lefts, rights)
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
        near = neighbours(matched, lefts, rights)
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
        sizes = [[gram.total() for gram in side] for side in grams]
        common = shared(*grams)
        scores = sorted((-dice(c, sizes[0][i], sizes[1][n]), i, n) for (i, n), c in common.items())
        taken: set[int] = set()
        for score, i, n in scores:
            if -score >= _RETURNED and i not in taken and rights[n] in self.free_theirs:
                taken.add(i)
                self.restored[rights[n]] = gone[i]
                self.free_theirs.discard(rights[n])
