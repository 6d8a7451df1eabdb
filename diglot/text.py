"""Text that people write: UTF-8, without characters that no booklet can hold."""

import regex

from diglot.errors import DiglotError, Place, Problem

# What git leaves where two people's edits clash.
_CONFLICT = regex.compile(r"^(?:<{7}|>{7}|\|{7}) ", regex.M)
_UNFIT = regex.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def read_text(data: bytes, path: str, code: str, hint: str) -> str:
    """Decode UTF-8, with or without a byte order mark; ``path`` is what messages call the file.

    Raises:
        DiglotError: ``code``, with the line: not UTF-8 (then with ``hint``), or a control
            character, which XML 1.0 (2.2) and so EPUB cannot hold.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        place = Place(path, data[: error.start].count(b"\n") + 1)
        raise DiglotError(Problem(code, "this is not UTF-8", hint, place)) from None
    if match := _UNFIT.search(text):
        place = Place(path, text.count("\n", 0, match.start()) + 1)
        raise DiglotError(Problem(code, unfit(text), "Delete it.", place))
    return text


def refuse_conflict(text: str, path: str, code: str) -> None:
    """Refuse a file that git could not merge, before anybody wonders what its marks mean.

    Raises:
        DiglotError: ``code``, with the line of the first mark.
    """
    if match := _CONFLICT.search(text):
        message = "there is an unresolved merge conflict here"
        hint = (
            "Choose between the two versions and delete the lines <<<<<<<, =======, >>>>>>>; "
            "lines that both added may both stay."
        )
        place = Place(path, text.count("\n", 0, match.start()) + 1)
        raise DiglotError(Problem(code, message, hint, place))


def unfit(text: str) -> str:
    """Say which character of a text no booklet can hold; empty if there is none."""
    match = _UNFIT.search(text)
    return f"the control character U+{ord(match[0]):04X} cannot be printed" if match else ""
