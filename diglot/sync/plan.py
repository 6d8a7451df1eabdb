"""What becomes of each pair when the source is another, as a plan that `edit` carries out."""

from dataclasses import dataclass, field
from enum import StrEnum

from diglot.model import Pair, Segment


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
