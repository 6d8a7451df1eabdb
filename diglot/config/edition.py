"""``editions.toml``: what every work is made into, unless it names its own editions."""

from enum import StrEnum

import regex

from diglot.config.strict import Table, line_of, read_toml
from diglot.errors import DiglotError, Place, Problem
from diglot.model import Script


class Layout(StrEnum):
    """How the two languages stand to each other on a page."""

    PARALLEL = "parallel"  # two columns, a row a sentence
    INTERLEAVED = "interleaved"  # each sentence above its gloss


class Format(StrEnum):
    """What is made of an edition; the value is the file's suffix."""

    PDF = "pdf"
    EPUB = "epub"


class Paper(StrEnum):
    """Paper sizes that the print templates are laid out for."""

    A5 = "A5"
    B5 = "B5"
    A4 = "A4"
    LETTER = "letter"


class Stale(StrEnum):
    """What an edition does with a gloss that is outdated or missing."""

    MARK = "mark"
    OMIT = "omit"
    FAIL = "fail"


class Edition(Table, frozen=True, kw_only=True):
    """One way to publish a work."""

    name: str
    script: Script = Script.SOURCE
    layout: Layout = Layout.PARALLEL
    formats: tuple[Format, ...] = (Format.PDF, Format.EPUB)
    paper: Paper = Paper.A5
    stale: Stale = Stale.MARK


class _Editions(Table, frozen=True, kw_only=True):
    edition: tuple[Edition, ...] = ()


_NAME = regex.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")


def read_editions(data: bytes, path: str) -> tuple[Edition, ...]:
    """Read the ``[[edition]]`` tables of a file.

    Raises:
        DiglotError: ``c-001`` … ``c-003`` as for any TOML, ``c-004`` for a name that cannot be a
            file's name or stands twice.
    """
    editions = read_toml(data, path, _Editions).edition
    check_names(editions, data, path)
    return editions


def check_names(editions: tuple[Edition, ...], data: bytes, path: str) -> None:
    """Refuse names that cannot tell editions apart, also where a file's case does not count.

    Raises:
        DiglotError: ``c-004``.
    """
    seen: set[str] = set()
    for nth, name in enumerate(edition.name for edition in editions):
        steps = ["edition", f"[{nth}]", "name"]
        place = Place(path, line_of(data.decode("utf-8-sig"), ["edition", "name"], steps))
        if not _NAME.fullmatch(name):
            message = f"“{name}” cannot be the name of an edition"
            hint = "It becomes part of a file name: use letters, digits, hyphens and underscores."
            raise DiglotError(Problem("c-004", message, hint, place))
        if name.casefold() in seen:
            message = f"an edition before this one is called “{name}” too"
            raise DiglotError(Problem("c-004", message, "Rename one of them.", place))
        seen.add(name.casefold())
