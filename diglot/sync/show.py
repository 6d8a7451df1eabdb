"""Changes for people to read: a line a pair, changed characters marked."""

from collections import Counter
from collections.abc import Iterable, Iterator

from diglot.diff import changed
from diglot.model import Segment
from diglot.sync.edit import Change
from diglot.sync.plan import Fate

_LENGTH = 40  # characters of a text that is shown alone


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
