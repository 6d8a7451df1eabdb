"""The lines of a text as it comes: a file in any encoding, or UTF-8 from standard input."""

import io
from collections.abc import Iterator
from typing import BinaryIO

from diglot.errors import DiglotError, Place, Problem
from diglot.source.decode import decode

STDIN = "-"


def read_lines(file: BinaryIO, path: str) -> Iterator[str]:
    """The lines of a Chinese text, each with its line feed if it has one.

    A file is decoded as a whole. Standard input, whose path is ``-``, is UTF-8, of any length and
    content, and each line comes as soon as it is there.

    Raises:
        DiglotError: as `decode`; ``w-006``, standard input is not UTF-8.
    """
    if path != STDIN:
        yield from io.StringIO(decode(file.read(), path).text)
        return
    for number, line in enumerate(file, 1):
        try:
            text = line.decode()
        except UnicodeDecodeError:
            hint = "Name the file instead of -: then its encoding is found."
            place = Place(STDIN, number)
            raise DiglotError(Problem("w-006", "this is not UTF-8", hint, place)) from None
        yield text.removeprefix("\ufeff") if number == 1 else text
