"""That pages come to an end: WeasyPrint goes on for ever where something fits on no page."""

from typing import Any

from diglot.errors import DiglotError, Problem

_MOST = 3  # pages that begin at the same place of the text


def counted(context: Any, page_type: Any, page_state: Any) -> int:
    """Return the number that a page has in its book, which may begin in another document."""
    style = context.style_for(page_type)["counter_reset"]
    reset = dict(style) if isinstance(style, tuple) else {}
    before = page_state[1].get("page", [0])[-1]
    return int(reset.get("page", before + 1))


def refuse_standstill(context: Any, place: Any, number: int, shown: int) -> None:
    """Note where in the text a page begins that has some of it.

    Args:
        context: WeasyPrint's, of one layout.
        place: Where the page begins, as WeasyPrint has it.
        number: The page's, from 1.
        shown: The same as readers count.

    Raises:
        DiglotError: ``r-025``, pages before it began there, too: no page would bring an end.
    """
    begun, last = context.__dict__.get("diglot_begun", ({}, 0))
    if number <= last:  # the pages are made again
        begun = {}
    context.diglot_begun = begun, number
    key = repr(place)
    begun[key] = begun.get(key, 0) + 1
    if begun[key] >= _MOST:
        raise standstill(shown)


def standstill(number: int) -> DiglotError:
    """Return the error that something fits on no page."""
    message = f"what begins on page {number} or a page before it fits on no page with its notes"
    hint = 'Choose larger paper, or another place for the glosses: glosses_at = "back".'
    return DiglotError(Problem("r-025", message, hint))
