"""Page numbers of what stands before, written into a text when its first line is laid out.

WeasyPrint's ``target-counter`` asks for an element a number and sets their pages again; a glossary
has hundreds of numbers. All of them lead back, though, and are known when the glossary is reached.
"""

from typing import Any

from weasyprint.formatting_structure import boxes

from diglot.numbers import ranges

ATTRIBUTE = "data-pages"


def refer(context: Any, line: Any) -> None:
    """Write the pages of an element's targets behind the last text of its lines.

    The attribute names ids, parted by spaces. An id that stands nowhere, or only behind the
    element, has no number. Pages are counted as ``counter(page)`` counts them.
    """
    element = line.element
    if element is None or not line.children or not (names := element.get(ATTRIBUTE)):
        return
    text = line.children[-1]
    if not isinstance(text, boxes.TextBox):
        return
    known = context.target_collector.target_lookup_items
    counted = (known[name].cached_page_counter_values for name in names.split() if name in known)
    numbers = {values["page"][-1] for values in counted if values}
    # Pages may be laid out more than once: what was written then is not kept.
    before = text.__dict__.setdefault("diglot_before", text.text)
    text.text = before + ranges(numbers)
