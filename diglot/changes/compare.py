"""Two states of a paired text, pair by pair: what became of each."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

import regex

from diglot.model import Note, Pair, PairedText, Script
from diglot.script import detect
from diglot.sync.forms import fold, of_pair
from diglot.sync.match import longest_increasing

_REFERENCE = regex.compile(r"\s?\[\^(?P<key>[^\]\s]+)\]")


class What(StrEnum):
    """What became of a pair; several may hold of one."""

    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    REWORDED = "reworded"
    RETRANSLATED = "retranslated"
    ANNOTATED = "annotated"  # a note to it is new, gone or another


@dataclass(frozen=True, slots=True)
class State:
    """A pair in one of the two texts, and its notes' texts in the order of their references."""

    pair: Pair
    notes: tuple[str, ...]

    @property
    def source(self) -> str:
        """The source as one text."""
        return "".join(sentence.text for sentence in self.pair.source)

    @property
    def gloss(self) -> str:
        """The gloss as one text, without references to notes."""
        return " ".join(_REFERENCE.sub("", gloss.text) for gloss in self.pair.gloss)


@dataclass(frozen=True, slots=True)
class Change:
    """What became of a pair; ``before`` is None if it was added, ``after`` if it was removed.

    ``behind`` is the pair that it follows ("": none), where it stands or stood last.
    """

    id: str
    what: tuple[What, ...]
    before: State | None
    after: State | None
    behind: str = ""


def compare(before: PairedText, after: PairedText) -> tuple[Change, ...]:
    """List the pairs that are not as they were, in the order of the text.

    A removed one stands behind the one that it followed. A pair is the same if its id is. A text
    that went into the other script is compared regardless of script.
    """
    old, new = _states(before), _states(after)
    common = [id_ for id_ in old if id_ in new]
    order = {id_: n for n, id_ in enumerate(common)}
    stay = longest_increasing([order[id_] for id_ in new if id_ in order])
    folded = script_of(before) is not script_of(after)
    removed = _removed(old, new)
    changes = list(removed[""])
    for behind, (id_, state) in zip(["", *new], new.items(), strict=False):
        if id_ not in old:
            changes.append(Change(id_, (What.ADDED,), None, state, behind))
        elif what := tuple(_what(old[id_], state, moved=order[id_] not in stay, folded=folded)):
            changes.append(Change(id_, what, old[id_], state, behind))
        changes += removed.get(id_, ())
    return tuple(changes)


def outdated(before: PairedText, after: PairedText) -> tuple[Change, ...]:
    """List the pairs that say something else than before, while their gloss is the same."""
    return tuple(
        change
        for change in compare(before, after)
        if What.REWORDED in change.what
        and What.RETRANSLATED not in change.what
        and change.before
        and change.after
        and change.after.gloss
        and of_pair(change.before.pair).content != of_pair(change.after.pair).content
    )


def _states(text: PairedText) -> dict[str, State]:
    notes = {note.key: note for note in text.notes}
    return {pair.id: State(pair, tuple(_noted(pair, notes))) for pair in text.pairs}


def _noted(pair: Pair, notes: Mapping[str, Note]) -> Iterator[str]:
    for gloss in pair.gloss:
        for match in _REFERENCE.finditer(gloss.text):
            if match["key"] in notes:
                yield notes[match["key"]].text


def _removed(old: Mapping[str, State], new: Mapping[str, State]) -> dict[str, list[Change]]:
    """The pairs that are gone, by the one that is not and behind which they stood ("": none)."""
    removed: dict[str, list[Change]] = {"": []}
    behind = ""
    for before, (id_, state) in zip(["", *old], old.items(), strict=False):
        if id_ in new:
            behind = id_
        else:
            gone = Change(id_, (What.REMOVED,), state, None, before)
            removed.setdefault(behind, []).append(gone)
    return removed


def _what(old: State, new: State, *, moved: bool, folded: bool) -> Iterator[What]:
    if moved:
        yield What.MOVED
    sources = [state.source for state in (old, new)]
    if folded:
        sources = ["".join(map(fold, source)) for source in sources]
    if sources[0] != sources[1]:
        yield What.REWORDED
    if old.gloss != new.gloss:
        yield What.RETRANSLATED
    if old.notes != new.notes:
        yield What.ANNOTATED


def script_of(text: PairedText) -> Script | None:
    """Tell which script a paired text is in; None if both or neither."""
    return detect("".join(s.text for pair in text.pairs for s in pair.source))
