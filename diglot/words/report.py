"""The words of a text as people and programs read them: line by line, as a table or as JSON."""

import json
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from diglot.model import Script
from diglot.words.annotate import Annotator
from diglot.words.word import Word

_WIDTHS = (6, 12, 20, 4)  # columns of a terminal: line, word, reading, level


def annotated(
    lines: Iterable[str], annotator: Annotator, likely: Script = Script.HANS
) -> Iterator[tuple[int, tuple[Word, ...]]]:
    """The words of each line with its number, from 1, as soon as the line is there.

    A line is Simplified or Traditional by its own characters, and where none of them tells, as
    the line before it; the first as ``likely``. One that mixes both is looked up as Traditional.
    """
    from diglot.script import detect, half_converted

    for number, line in enumerate(lines, 1):
        likely = detect(line) or likely
        mixed = likely is Script.HANS and half_converted(line, likely)
        yield number, annotator.annotate(line, source=Script.HANT if mixed else likely)


def to_json(line: int, words: Sequence[Word]) -> str:
    """One line of JSON for one line of text, as ``diglot words --json`` prints it."""
    return json.dumps(
        {
            "line": line,
            "words": [
                {
                    "text": word.text,
                    "pinyin": list(word.pinyin),
                    "english": word.english,
                    "hsk": word.hsk,
                    "sure": word.sure,
                }
                for word in words
            ],
        },
        ensure_ascii=False,
    )


def to_table(line: int, words: Sequence[Word]) -> str:
    """A row for each word that has a reading: line, word, reading (? if unsure), level, sense."""
    rows = []
    for word in words:
        if word.reading:
            reading = word.reading if word.sure else f"{word.reading} ?"
            cells = (str(line), word.text, reading, str(word.hsk or ""))
            rows.append("".join(map(_padded, cells, _WIDTHS)) + word.english)
    return "\n".join(row.rstrip() for row in rows)


def _padded(cell: str, width: int) -> str:
    """A cell filled with spaces, wide characters counted twice, and one space at the least."""
    wide = sum(unicodedata.east_asian_width(char) in "WF" for char in cell)
    return cell + " " * max(1, width - len(cell) - wide)
