"""Changes for people to read: a line a pair, changed characters marked."""

from collections import Counter
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher

from diglot.model import Segment
from diglot.sync.edit import Change
from diglot.sync.merge import Fate

_REACH = 8  # characters that are shown around a change
_LENGTH = 40  # characters of a text that is shown alone
# A run of equal characters shorter than this, between changes, is shown as changed with them.
_ISLAND = 2


def changed(before: str, after: str) -> str:
    """Show what changed in a text: ``山[-低-]{+高+}。``, with some of what stands around it.

    The notation is that of wdiff and ``git diff --word-diff``.
    """
    runs = list(_runs(before, after))
    pieces = [
        _around(old, first=n == 0, last=n == len(runs) - 1)
        if old == new
        else (f"[-{old}-]" if old else "") + (f"{{+{new}+}}" if new else "")
        for n, (old, new) in enumerate(runs)
    ]
    return "".join(pieces)


def lines(changes: Iterable[Change], left_out: Iterable[Segment] = ()) -> Iterator[str]:
    """Show the pairs to which something happened, a line each; then what stays left out."""
    told = [change for change in changes if change.fate not in (Fate.SAME, Fate.OWN)]
    width = max((len(change.id) for change in told), default=0) + 1
    for change in told:
        yield f"{f'^{change.id}':{width}}  {_fate(change):9}  {_shown(change)}"
    for segment in left_out:
        text = _short("".join(segment.sentences))
        yield f"{'':{width}}  left out   {text}"


def counts(changes: Iterable[Change]) -> str:
    """Count what happened: ``same 20, changed 1``."""
    found = Counter(change.fate for change in changes)
    return ", ".join(f"{fate.value} {found[fate]}" for fate in Fate if found[fate])


def _fate(change: Change) -> str:
    also = ", moved" if change.moved and change.fate is not Fate.MOVED else ""
    joined = "".join(f" with ^{id_}" for id_ in change.joined)
    return f"{change.fate}{also}{joined}"


def _shown(change: Change) -> str:
    text = (
        changed(change.before, change.after)
        if change.before and change.after and change.before != change.after
        else _short(change.after or change.before)
    )
    lost = "".join(f"; the mark on {word} does not fit any more" for word in change.lost)
    return f"{text}{lost}"


def _short(text: str) -> str:
    return text if len(text) <= _LENGTH else f"{text[:_LENGTH]}…"


def _runs(before: str, after: str) -> Iterator[tuple[str, str]]:
    """What stood and what stands, equal and changed in turn; a mere island goes with its shores."""
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    old = new = 0
    for block in matcher.get_matching_blocks():
        behind = (block.a + block.size, block.b + block.size)
        outer = (block.a, block.b) == (0, 0) or behind == (len(before), len(after))
        if block.size < _ISLAND and not outer:
            continue
        if old < block.a or new < block.b:
            yield before[old : block.a], after[new : block.b]
        if block.size:
            yield before[block.a : behind[0]], after[block.b : behind[1]]
        old, new = behind


def _around(text: str, *, first: bool, last: bool) -> str:
    if (first and last) or len(text) <= 2 * _REACH:
        return text
    if first:
        return f"…{text[-_REACH:]}"
    return f"{text[:_REACH]}…" if last else f"{text[:_REACH]}…{text[-_REACH:]}"
