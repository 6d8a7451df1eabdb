"""What changes in a page's Chinese from one script to another, in few bytes.

A page counts the characters of its Chinese: of all text whose nearest ``lang`` is Chinese in
Chinese characters (``zh-Hans…``, ``zh-Hant…``), in the order of the document; not those brackets
that stand around a reading where ruby is not shown (``rp``).
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Any

import lxml.html

from diglot.errors import DiglotError, Place, Problem


def chinese(page: str) -> str:
    """Gather the Chinese of a page of HTML."""
    found: list[str] = []
    _gather(lxml.html.document_fromstring(page), False, found)
    return "".join(found)


def _gather(element: Any, inside: bool, found: list[str]) -> None:
    if not isinstance(element.tag, str) or element.tag == "rp":
        return
    if language := element.get("lang"):
        inside = language.startswith("zh-Han")
    if inside and element.text:
        found.append(element.text)
    for child in element:
        _gather(child, inside, found)
        if inside and child.tail:
            found.append(child.tail)


def changes(text: str, other: str) -> Mapping[str, object]:
    """Say how a text becomes the same text in another script.

    ``from`` and ``to`` are what most characters become, each character alone; ``except`` lists,
    in turn, the offset of a character that becomes something else, and what.

    Raises:
        DiglotError: ``r-009``, the texts are not of the same length.
    """
    if len(text) != len(other):
        message = "the page's Chinese has not as many characters in each of its scripts"
        hint = "Let the template write the same in every script, and mark only Chinese as such."
        raise DiglotError(Problem("r-009", message, hint, Place("templates/web/page.html.j2")))
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    for before, after in zip(text, other, strict=True):
        counted[before][after] += 1
    usual = {before: forms.most_common(1)[0][0] for before, forms in counted.items()}
    rules = {before: after for before, after in sorted(usual.items()) if before != after}
    unusual = [
        part
        for offset, (before, after) in enumerate(zip(text, other, strict=True))
        if usual[before] != after
        for part in (offset, after)
    ]
    return {"from": "".join(rules), "to": "".join(rules.values()), "except": unusual}
