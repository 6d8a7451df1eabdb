"""Changes for people to read, and for programs."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator

from diglot.changes.about import Detail
from diglot.changes.compare import Change, State, What
from diglot.diff import changed

_LENGTH = 40  # characters of a text that is shown alone


def lines(changes: Iterable[Change], details: Iterable[Detail] = ()) -> Iterator[str]:
    """Show what became of each pair, a line for each thing, ended by a line feed; then the rest."""
    told, besides = tuple(changes), tuple(details)
    width = max((len(change.id) for change in told), default=0) + 1
    for change in told:
        name = f"^{change.id}"
        for what in change.what:
            yield f"{name:{width}}  {what:12}  {_shown(change, what)}\n"
            name = ""
    for detail in besides:
        words = detail.name != "title.zh"
        yield f"{detail.name}  {detail.what}  {changed(detail.before, detail.after, words=words)}\n"


def counts(changes: Iterable[Change], details: Iterable[Detail] = ()) -> str:
    """Count what happened: ``added 1, reworded 2; terms: added 3; title.en: reworded``."""
    found = Counter(what for change in changes for what in change.what)
    told = tuple(details)
    terms = Counter(detail.what for detail in told if detail.is_term)
    parts = [
        _counted(found),
        f"terms: {_counted(terms)}" if terms else "",
        *(f"{detail.name}: {detail.what}" for detail in told if not detail.is_term),
    ]
    return "; ".join(filter(None, parts))


def to_json(
    work: str, since: str, changes: Iterable[Change], details: Iterable[Detail] = ()
) -> str:
    """Write changes as a JSON object, ended by a line feed; null is a pair that was not there."""
    told = [
        {
            "id": change.id,
            "what": list(change.what),
            "behind": change.behind,
            "before": _state(change.before),
            "after": _state(change.after),
        }
        for change in changes
    ]
    besides = [
        {"term" if detail.is_term else "key": detail.name}
        | {"what": detail.what, "before": detail.before, "after": detail.after}
        for detail in details
    ]
    report = {"work": work, "since": since, "changes": told, "besides": besides}
    return json.dumps(report, ensure_ascii=False, indent=2) + "\n"


def _counted(found: Counter[What]) -> str:
    return ", ".join(f"{what} {found[what]}" for what in What if found[what])


def _state(state: State | None) -> object:
    if state is None:
        return None
    return {"source": state.source, "gloss": state.gloss, "notes": list(state.notes)}


def _shown(change: Change, what: What) -> str:
    before, after = change.before, change.after
    if not before or not after:
        return _short(after or before)
    match what:
        case What.REWORDED:
            return changed(before.source, after.source)
        case What.RETRANSLATED:
            return changed(before.gloss, after.gloss, words=True)
        case What.ANNOTATED:
            return changed(" ".join(before.notes), " ".join(after.notes), words=True)
    return f"behind ^{change.behind}" if change.behind else "to the beginning"


def _short(state: State | None) -> str:
    text = state.source if state else ""
    return text if len(text) <= _LENGTH else f"{text[:_LENGTH]}…"
