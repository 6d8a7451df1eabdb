"""The small grammar of a line in ``text.md``: marks, ids, escapes.

The format is described for editors in ``docs/format.md``.
"""

from difflib import get_close_matches

import regex

from diglot.errors import DiglotError, Place, Problem
from diglot.model import Mark, Sentence

ID = regex.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_ENDING = regex.compile(r"(?:^|\s)\^(?P<id>\S.*)?$")
_MARK = regex.compile(r"\[(?P<text>[^\[\]]+)\]\{(?P<attributes>[^{}]*)\}")
_ATTRIBUTE = regex.compile(r'\s*(?P<name>[^\s="]+)="(?P<value>[^"]*)"')
_SPECIAL_START = regex.compile(r"\\|#{1,6} |\| |>")
_FIELDS = {"py": "pinyin", "en": "english", "hant": "hant"}


def split_id(line: str) -> tuple[str, str | None]:
    """Part the last line of a quote into its text and the id after ``^`` (None: there is none)."""
    match = _ENDING.search(line)
    if not match:
        return line, None
    return line[: match.start()].rstrip(), (match["id"] or "").strip()


def read_sentence(line: str, place: Place) -> Sentence:
    """Read a line of source: unescape its start, take the marks out of the text.

    Raises:
        DiglotError: ``p-008``, a mark with an unknown or malformed attribute.
    """
    if line.startswith("\\") and _SPECIAL_START.match(line[1:]):
        line = line[1:]
    text = ""
    marks = []
    end = 0
    for match in _MARK.finditer(line):
        text += line[end : match.start()]
        start = len(text)
        text += match["text"]
        marks.append(_mark(match["attributes"], start, len(text), place))
        end = match.end()
    return Sentence(text + line[end:], place, tuple(marks))


def write_sentence(sentence: Sentence) -> str:
    """Write a sentence as a line of source; the inverse of `read_sentence`."""
    out = ""
    end = 0
    for mark in sentence.marks:
        values = ((name, getattr(mark, attribute)) for name, attribute in _FIELDS.items())
        attributes = " ".join(f'{name}="{value}"' for name, value in values if value is not None)
        word = sentence.text[mark.start : mark.end]
        out += f"{sentence.text[end : mark.start]}[{word}]{{{attributes}}}"
        end = mark.end
    return out + sentence.text[end:]


def escape(text: str) -> str:
    """Keep a line of source from being read as a heading, verse or quote."""
    return f"\\{text}" if _SPECIAL_START.match(text) else text


def _mark(attributes: str, start: int, end: int, place: Place) -> Mark:
    values: dict[str, str] = {}
    position = 0
    while position < len(attributes.rstrip()):
        match = _ATTRIBUTE.match(attributes, position)
        if not match or match["name"] not in _FIELDS:
            raise DiglotError(_bad_attribute(attributes[position:].strip(), match, place))
        values[_FIELDS[match["name"]]] = match["value"]
        position = match.end()
    return Mark(start, end, **values)


def _bad_attribute(rest: str, match: regex.Match[str] | None, place: Place) -> Problem:
    name = match["name"] if match else rest
    near = get_close_matches(name, _FIELDS, n=1)
    return Problem(
        "p-008",
        f"a mark has an attribute that is not known or not well formed: {rest}",
        f"Did you mean {near[0]}?" if near else 'Write [词]{py="cí" en="word" hant="詞"}.',
        place,
    )
