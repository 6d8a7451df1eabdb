"""Equal declarations made one, so that equal elements share a computed style."""

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
