"""The small grammar of a line in ``text.md``: marks, ids, escapes.

The format is described for editors in ``docs/format.md``.
"""

import regex

from diglot.errors import DiglotError, Place, Problem, did_you_mean
from diglot.model import Mark, Sentence

ID = regex.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_ENDING = regex.compile(r"(?:(?P<text>.*)\s|)\^(?P<id>\S.*)?")
# What a backslash takes its meaning from: any punctuation of ASCII, as in Markdown, and the dash
# that would begin an attribution.
_PUNCTUATION = r"[!-/:-@\[-`{-~—]"
_ESCAPED = regex.compile(rf"\\(?P<literal>{_PUNCTUATION})")
_QUOTED = r'"(?:\\.|[^"\\])*"'
_MARK = rf"\[(?P<word>(?:\\{_PUNCTUATION}|[^\[\]])++)\]\{{(?P<attributes>(?:{_QUOTED}|[^}}])*+)\}}"
_TOKEN = regex.compile(f"{_ESCAPED.pattern}|{_MARK}")
_ATTRIBUTE = regex.compile(rf'\s*(?P<name>[^\s="]+)=(?P<value>{_QUOTED})')
_EMPHASIS = regex.compile(r"\s*em(?=\s|$)")
_HANZI = regex.compile(r"\p{Han}")
_FIELDS = {"py": "pinyin", "en": "english", "hant": "hant"}
# What must not be read as a heading, verse, a quote or an attribution; as a mark; as an id.
_SPECIAL_START = regex.compile(r"#{1,6} |\| |>|——")
_BRACKET = regex.compile(r"\[(?=.*\]\{)")
_FORMER = regex.compile(r"<!--\s*was:(?P<source>.*?)-->", regex.DOTALL)
_CLOSING = regex.compile(r"--(\\*)>")
_CLOSED = regex.compile(r"--\\(\\*)>")
_CARET = regex.compile(r"(?<!\S)\^(?=\S*$)")


def split_id(line: str) -> tuple[str, str | None]:
    """Part the last line of a quote into its text and the id after ``^`` (None: there is none)."""
    match = _ENDING.fullmatch(line)
    if not match:
        return line, None
    return (match["text"] or "").rstrip(), (match["id"] or "").strip()


def read_sentence(line: str, place: Place) -> Sentence:
    """Read a line of source: take the marks and the backslashes of escapes out of the text.

    Raises:
        DiglotError: ``p-008``, a mark with an unknown or malformed attribute.
    """
    text = ""
    marks = []
    end = 0
    for match in _TOKEN.finditer(line):
        text += line[end : match.start()]
        start = len(text)
        text += match["literal"] or _unescape(match["word"])
        if match["word"]:
            marks.append(_mark(match["attributes"], text[start:], start, place))
        end = match.end()
    return Sentence(text + line[end:], place, tuple(marks))


def write_sentence(sentence: Sentence) -> str:
    """Write a sentence as a line of source; the inverse of `read_sentence`."""
    out = ""
    end = 0
    for mark in sentence.marks:
        values = ((name, getattr(mark, attribute)) for name, attribute in _FIELDS.items())
        given = ((name, _escape(value, '"')) for name, value in values if value is not None)
        attributes = " ".join([*["em"] * mark.emphasis, *(f'{n}="{value}"' for n, value in given)])
        word = _escape(sentence.text[mark.start : mark.end], "[]")
        out += f"{_plain(sentence.text[end : mark.start])}[{word}]{{{attributes}}}"
        end = mark.end
    return _CARET.sub(r"\\^", out + _plain(sentence.text[end:]))


def escape_start(line: str) -> str:
    """Keep a line of source from being read as a heading, verse, quote or attribution."""
    return f"\\{line}" if _SPECIAL_START.match(line) else line


def write_former(source: str, label: str = "was") -> str:
    """Write a former source as the comment above its pair; the inverse of `read_former`.

    Another label than ``was`` makes a comment without a meaning, for people to read.
    """
    kept_open = _CLOSING.sub(r"--\\\1>", source)
    return f"<!-- {label}: {kept_open} -->"


def read_former(comment: str) -> str | None:
    """Read the former source that a comment names (None: it names none)."""
    match = _FORMER.match(comment)
    return _CLOSED.sub(r"--\1>", match["source"].strip()) if match else None


def _plain(text: str) -> str:
    return _BRACKET.sub(r"\\[", _escape(text, ""))


def _escape(text: str, characters: str) -> str:
    for character in f"\\{characters}":
        text = text.replace(character, f"\\{character}")
    return text


def _unescape(text: str) -> str:
    return _ESCAPED.sub(r"\g<literal>", text)


def _mark(attributes: str, word: str, start: int, place: Place) -> Mark:
    values: dict[str, str] = {}
    emphasis = False
    position = 0
    while position < len(attributes.rstrip()):
        flag = _EMPHASIS.match(attributes, position)
        if flag and not emphasis:
            emphasis, position = True, flag.end()
            continue
        match = _ATTRIBUTE.match(attributes, position)
        if not match or match["name"] not in _FIELDS or _FIELDS[match["name"]] in values:
            raise DiglotError(_bad_attribute(attributes[position:].strip(), match, place))
        values[_FIELDS[match["name"]]] = _unescape(match["value"][1:-1])
        position = match.end()
    if emphasis and not _HANZI.search(word):
        raise DiglotError(_unstressed(word, place))
    if len(values.get("hant", word)) != len(word):
        raise DiglotError(_uneven(word, values["hant"], place))
    return Mark(start, start + len(word), **values, emphasis=emphasis)


def _bad_attribute(rest: str, match: regex.Match[str] | None, place: Place) -> Problem:
    name = match["name"] if match else rest
    how = 'Write [词]{em py="cí" en="word" hant="詞"}; a bracket of the text itself is \\[.'
    return Problem(
        "p-008",
        f"a mark has an attribute that is not known, not well formed or given twice: {rest}",
        how if name in _FIELDS else did_you_mean(name, list(_FIELDS), how),
        place,
    )


def _unstressed(word: str, place: Place) -> Problem:
    return Problem(
        "p-008",
        f"em emphasizes no Chinese character: {word}",
        "Put it behind brackets with some: they get a dot each, punctuation and letters none.",
        place,
    )


def _uneven(word: str, hant: str, place: Place) -> Problem:
    return Problem(
        "p-008",
        f'hant="{hant}" has not as many characters as {word}',
        "Write one Traditional character for each Simplified one.",
        place,
    )
