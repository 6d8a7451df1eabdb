"""HTML that goes around pandoc, which would take most of its time and memory to pass it on."""

import re
from collections.abc import Sequence

# No text looks so, since text is escaped.
_KEPT = re.compile("<!-- kept -->(.*?)<!-- end -->", re.DOTALL)
_PLACE = re.compile(rb'<div id="kept-([0-9]+)"></div>')


def set_aside(text: str) -> tuple[str, tuple[bytes, ...]]:
    """Take out of Markdown what its template says is only passed on; gives it apart."""
    pieces = _KEPT.split(text)
    short = [pieces[0]]
    for number, rest in enumerate(pieces[2::2]):
        short += f'<div id="kept-{number}"></div>', rest
    return "".join(short), tuple(piece.encode() for piece in pieces[1::2])


def restored(page: bytes, kept: Sequence[bytes]) -> bytes:
    """Put into a page what was set aside of it."""
    return _PLACE.sub(lambda place: kept[int(place[1])], page)
