"""Fewer computed styles: equal elements share one, and what cannot be shown has none."""

from collections.abc import Iterable, Iterator
from typing import Any


def interned(found: Iterable[Any]) -> Iterator[Any]:
    """Yield what WeasyPrint finds in attributes, with one object for each declaration.

    It lets elements share a style if their declarations are the same objects, but parses ``lang``
    anew for each: a list of words would have a style a word, a fifth of the time of a booklet.
    """
    known: dict[str, Any] = {}
    for specificity, element, declarations, base_url in found:
        same = [
            known.setdefault(each.serialize(), each) if each.type == "declaration" else each
            for each in declarations
        ]
        yield specificity, element, same, base_url


def can_be_shown(style: Any, pseudo: str | None) -> bool:
    """Whether an element of this style can have a pseudo-element.

    WeasyPrint's own style sheet names markers and the parts of notes for every element: six styles
    an element, of which only list items and notes show any.
    """
    if pseudo == "marker":
        return "list-item" in style["display"]
    if pseudo in ("footnote-call", "footnote-marker"):
        return bool(style["float"] == "footnote")
    if pseudo in ("note-call", "note-marker", "note-callback"):
        return bool(style["position"][0] == "note()")
    return True
