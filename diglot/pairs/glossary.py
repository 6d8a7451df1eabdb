"""Reading ``glossary.csv``, which people edit as a spreadsheet."""

import csv
import io
from collections.abc import Iterator

import regex

from diglot.errors import DiglotError, Place, Problem, Severity, did_you_mean
from diglot.model import Term
from diglot.text import read_text, refuse_conflict

COLUMNS = ("term", "pinyin", "english", "pos", "note", "hant")
REQUIRED = ("term", "pinyin", "english")

_SAVE = "Save the sheet as CSV in UTF-8, with commas between fields."
_HAN = regex.compile(r"\p{Han}")
_INITIAL = r"(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?"
_VOWELS = "aeiouüāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜê"
_SYLLABLE = regex.compile(
    rf"{_INITIAL}[{_VOWELS}]+(?:(?:ng|n|r)(?![{_VOWELS}]))?", regex.IGNORECASE
)


def syllables(pinyin: str) -> int:
    """Count the syllables of a reading in GB/T 16159 spelling (``Xī'ān`` has 2)."""
    return sum(_count(word) for word in regex.findall(r"[\p{L}\p{M}]+", pinyin))


def read_glossary(data: bytes, path: str) -> tuple[tuple[Term, ...], tuple[Problem, ...]]:
    """Read the terms of a glossary; ``path`` is what messages call it.

    Returns the terms and what is wrong with single rows (``g-004`` … ``g-008``).

    Raises:
        DiglotError: the file as a whole cannot be read (``g-001`` … ``g-003``, ``g-009``).
    """
    text = read_text(data, path, "g-001", _SAVE)
    refuse_conflict(text, path, "g-009")
    rows = _rows(text, path)
    line, header = next(rows, (1, []))
    _check_header(header, Place(path, line))
    terms: dict[str, Term] = {}
    problems: list[Problem] = []
    for line, row in rows:
        place = Place(path, line)
        if len(row) != len(header):
            message = f"this row has {len(row)} fields, the header has {len(header)}"
            hint = 'Put a field that holds a comma or a quote into double quotes: "a, b".'
            problems.append(Problem("g-004", message, hint, place))
            continue
        values = dict(zip(header, (field.strip() for field in row), strict=True))
        term = Term(place=place, **values)
        problems.extend(_check(term, terms.get(term.term)))
        terms.setdefault(term.term, term)
    return tuple(terms.values()), tuple(problems)


def _rows(text: str, path: str) -> Iterator[tuple[int, list[str]]]:
    """Rows that are not blank, each with the line it begins on."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            message = f"this is not well-formed CSV: {error}"
            raise DiglotError(Problem("g-002", message, _SAVE, Place(path, line))) from None
        if any(field.strip() for field in row):
            yield line, row
        line = reader.line_num + 1


def _check_header(header: list[str], place: Place) -> None:
    for name in header:
        if name not in COLUMNS:
            hint = did_you_mean(name, COLUMNS, f"Columns are {', '.join(COLUMNS)}.")
            message = f"the column “{name}” is not known"
            raise DiglotError(Problem("g-003", message, hint, place))
    missing = [name for name in REQUIRED if name not in header]
    if missing or len(set(header)) != len(header):
        message = f"the header lacks {', '.join(missing)}" if missing else "a column stands twice"
        hint = f"The first row is {','.join(COLUMNS)}."
        raise DiglotError(Problem("g-003", message, hint, place))


def _check(term: Term, earlier: Term | None) -> Iterator[Problem]:
    if lacking := [name for name in REQUIRED if not getattr(term, name)]:
        message = f"this row lacks {', '.join(lacking)}"
        yield Problem("g-005", message, "Fill it in, or delete the row.", term.place)
    elif (hanzi := len(_HAN.findall(term.term))) != (count := syllables(term.pinyin)):
        message = f"{term.term} has {hanzi} hanzi, but {term.pinyin} has {count} syllables"
        yield Problem(
            "g-006",
            message,
            "Give one syllable a hanzi, with an apostrophe before a, o or e inside a word.",
            term.place,
            Severity.WARNING,
        )
    if len(term.hant or term.term) != len(term.term):
        message = f"{term.hant} has not as many characters as {term.term}"
        hint = "Write one Traditional character for each Simplified one."
        yield Problem("g-008", message, hint, term.place)
    if earlier:
        yield Problem(
            "g-007",
            f"{term.term} stands a second time; line {earlier.place.line} has it already",
            "Keep one row a term.",
            term.place,
        )


def _count(word: str) -> int:
    return len(_SYLLABLE.findall(regex.sub(r"\p{M}", "", word)))
