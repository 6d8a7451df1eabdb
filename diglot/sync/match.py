"""Which texts of two sequences belong together: the same, similar, split or merged."""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

Grams = Counter[str]

# Shares of pairs of characters. Unrelated texts of one field share about a tenth, reworded ones
# half and more. Where neighbours already agree on the place, less will do.
_SIMILAR = 0.45
_SIMILAR_IN_PLACE = 0.25
_PART = 0.6
_LEAST = 4  # pairs of characters that a part has, so that no phrase is taken for one
_WORTH = 0.2  # what must be shared for a closer look
_PASSES = 8


def same(left: Sequence[Hashable], right: Sequence[Hashable]) -> list[tuple[int, int]]:
    """Pair the indexes of equal items: in order as far as possible, then those that moved."""
    found: list[tuple[int, int]] = []
    lefts, rights = list(range(len(left))), list(range(len(right)))
    # Each pass finds the runs that moved past those found before.
    for _ in range(_PASSES):
        matcher = SequenceMatcher(
            None, [left[i] for i in lefts], [right[j] for j in rights], autojunk=False
        )
        new = [
            (lefts[block.a + n], rights[block.b + n])
            for block in matcher.get_matching_blocks()
            for n in range(block.size)
        ]
        found += new
        lefts, rights = _without(lefts, (i for i, _ in new)), _without(rights, (j for _, j in new))
        if not new or not lefts or not rights:
            break
    places: defaultdict[Hashable, deque[int]] = defaultdict(deque)
    for j in rights:
        places[right[j]].append(j)
    return [*found, *((i, places[left[i]].popleft()) for i in lefts if places[left[i]])]


def likeness(left: Grams, right: Grams) -> float:
    """How alike two texts are, from 0 to 1: Dice's coefficient of their pairs of characters."""
    return dice((left & right).total(), left.total(), right.total())


def holds(whole: Grams, part: Grams, *, near: bool = False) -> bool:
    """Whether most of a part, which is no mere phrase, stands in a whole; near it, all of one."""
    return _holds((whole & part).total(), part.total(), near=near)


def dice(common: int, left: int, right: int) -> float:
    """Dice's coefficient of two sets by the number of what they share and of what each has."""
    return 2 * common / (left + right)


def _holds(common: int, part: int, *, near: bool = False) -> bool:
    return common >= max(_LEAST, _PART * part) or (near and common == part)


@dataclass(frozen=True, slots=True)
class Group:
    """Texts that became others: one of each, or one and its parts; indexes, in order."""

    left: tuple[int, ...]
    right: tuple[int, ...]


def similar(
    left: Sequence[Grams],
    right: Sequence[Grams],
    near: Callable[[int, int], bool] = lambda _i, _j: False,
) -> list[Group]:
    """Group texts of which none are equal: first the likest of each, then what is left as parts.

    Args:
        left: The texts' pairs of characters.
        right: Those that they may have become.
        near: Whether two stand at the same place, by their neighbours.
    """
    common = shared(left, right)
    sizes = [grams.total() for grams in left], [grams.total() for grams in right]
    scores = []
    for (i, j), count in common.items():
        one, other = sizes[0][i], sizes[1][j]
        alike, close = dice(count, one, other), near(i, j)
        if (
            alike >= (_SIMILAR_IN_PLACE if close else _SIMILAR)
            or _holds(count, other)
            or _holds(count, one)
        ):
            scores.append((-alike - 0.2 * close, abs(i - j), i, j))
    partner: dict[int, int] = {}
    taken: dict[int, int] = {}
    for _, _, i, j in sorted(scores):
        if i not in partner and j not in taken:
            partner[i], taken[j] = j, i
    splits = _parts(partner, left, right, common, near)
    mirrored = {(j, i): count for (i, j), count in common.items()}
    merges = _parts(taken, right, left, mirrored, lambda j, i: near(i, j))
    groups = []
    for i, j in partner.items():
        # A text is split or merged; of what seems to be both, the parts are new.
        rights = tuple(sorted([j, *splits.get(i, ())]))
        lefts = (i,) if len(rights) > 1 else tuple(sorted([i, *merges.get(j, ())]))
        groups.append(Group(lefts, rights))
    return groups


def shared(left: Sequence[Grams], right: Sequence[Grams]) -> dict[tuple[int, int], int]:
    """How many pairs of characters two texts share, where that is worth a closer look."""
    places: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for j, grams in enumerate(right):
        for gram, count in grams.items():
            places[gram].append((j, count))
    sizes = [grams.total() for grams in right]
    found = {}
    for i, grams in enumerate(left):
        common: defaultdict[int, int] = defaultdict(int)
        for gram, count in grams.items():
            for j, other in places.get(gram, ()):
                common[j] += min(count, other)
        size = grams.total()
        for j in sorted(common):
            if common[j] >= _WORTH * min(size, sizes[j]):
                found[i, j] = common[j]
    return found


def neighbours(
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


def longest_increasing(numbers: Sequence[int]) -> set[int]:
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


def _parts(
    partner: dict[int, int],
    wholes: Sequence[Grams],
    others: Sequence[Grams],
    common: Mapping[tuple[int, int], int],
    near: Callable[[int, int], bool],
) -> dict[int, list[int]]:
    """The texts without a partner that stand in what a whole has beyond its own, by the whole."""
    worth: defaultdict[int, list[int]] = defaultdict(list)
    for i, j in common:
        if i in partner:
            worth[j].append(i)
    rests = {i: wholes[i] - others[j] for i, j in partner.items()}
    parts: defaultdict[int, list[int]] = defaultdict(list)
    for j in sorted({*range(len(others))} - {*partner.values()}):
        held = {i: (rests[i] & others[j]).total() for i in worth[j]}
        best = max(held, key=lambda i: held[i], default=None)
        if best is None:
            continue
        size, rest, close = others[j].total(), rests[best].total(), near(best, j)
        # What is left of the whole may be the part reworded, where the place speaks for it.
        alike = close and held[best] >= _LEAST and dice(held[best], rest, size) >= _SIMILAR_IN_PLACE
        if alike or _holds(held[best], size, near=close):
            parts[best].append(j)
            rests[best] = rests[best] - others[j]
    return parts


def _without(items: Sequence[int], gone: Iterable[int]) -> list[int]:
    removed = set(gone)
    return [item for item in items if item not in removed]
