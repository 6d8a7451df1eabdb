"""Where English may break: what WeasyPrint leaves to be mended, as style books ask.

A place is the number of UTF-8 bytes before it, as WeasyPrint has it; None stands for no place.
"""

import re

# English of no country is American here; pyphen takes it for British.
DICTIONARY = {"en": "en_US"}
LEAST = 0.75  # of the measure: a line that is less full would open too much
_NOTE = re.compile(r"[,.;:!?’”][0-9]")
_NAME = re.compile(r"\b[A-Z]\w*$")
_REST = re.compile(r"\S+\s*")


def is_note(text: str) -> bool:
    """Whether a letter and what follows it in another box are a mark and the number of a note."""
    return _NOTE.fullmatch(text) is not None


def ends_badly_divided(text: str, resume: int | None) -> bool:
    """Whether a line ends within a name, or leaves but a part of a word for the last line."""
    before, rest = _parted(text, resume)
    if not (before[-1:].isalpha() and rest[:1].isalpha()):
        return False
    return _REST.fullmatch(rest) is not None or _NAME.search(before) is not None


def begins_dashed(text: str, resume: int | None) -> bool:
    """Whether the next line would begin with a dash."""
    return _parted(text, resume)[1][:1] == "—"


def ends_dashed(text: str, resume: int | None) -> bool:
    """Whether a line ends within what an en dash joins: Beijing–Tianjin, 2016–2020."""
    before, rest = _parted(text, resume)
    return before[-1:] == "–" and rest[:1].isalnum()


def ends_well(text: str, resume: int | None) -> bool:
    """Whether a line ends with a word, or a part that a hyphen or dash joins."""
    return _parted(text, resume)[0][-1:] in (*" \n-–—",)


def _parted(text: str, place: int | None) -> tuple[str, str]:
    encoded = text.encode()
    return encoded[:place].decode(), "" if place is None else encoded[place:].decode()
