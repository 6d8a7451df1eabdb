"""HTML that goes around pandoc, which would take most of its time and memory to pass it on."""

import re

from markupsafe import Markup

_PLACE = re.compile(rb'<div id="kept-([0-9]+)"></div>')


class Kept:
    """Keeps HTML, and puts it in again where its place was kept."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def keep(self, html: str) -> Markup:
        """Take HTML, and give what stands for it; no text looks so, since text is escaped."""
        self._pieces.append(html.encode())
        return Markup(f'<div id="kept-{len(self._pieces) - 1}"></div>')  # noqa: S704

    def restored(self, page: bytes) -> bytes:
        """Put into a page what was kept for it."""
        return _PLACE.sub(lambda place: self._pieces[int(place[1])], page)
