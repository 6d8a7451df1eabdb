"""What stands in the outer margin: laid out right of the text, and on a verso moved to its left."""

from typing import Any

ATTRIBUTE = "data-outer"


def to_outer_side(page: Any, style: Any, side: str) -> None:
    """Move the elements of a verso that have the attribute by the root's ``--verso-shift``.

    It is a length in mm, negative to the left. They need as much room on either side, so that
    nothing else moves.
    """
    tokens = style["__verso_shift"]
    if side != "left" or not tokens:
        return
    shift = sum(token.value for token in tokens if token.type == "dimension") * 96 / 25.4
    _move(page, shift)


def _move(box: Any, shift: float) -> None:
    for child in getattr(box, "children", ()):
        if child.element is not None and child.element.get(ATTRIBUTE) is not None:
            child.translate(shift, 0)
        else:
            _move(child, shift)
