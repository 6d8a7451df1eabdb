"""``work.toml``: what a work is, who made it, and how its source is treated."""

from enum import StrEnum
from typing import Annotated

import msgspec

from diglot.config.edition import Edition, check_editions
from diglot.config.strict import Table, read_toml
from diglot.model import Script

Identifier = Annotated[
    str,
    msgspec.Meta(
        pattern=r"^urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$",
        description="urn:uuid: and a UUID, as diglot new makes one",
    ),
]
Date = Annotated[
    str,
    msgspec.Meta(
        pattern=r"^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$",
        description='a year, a month or a day: "2024", "2024-05" or "2024-05-31"',
    ),
]
Role = Annotated[
    str,
    msgspec.Meta(
        pattern="^[a-z]{3}$",
        description="three letters, such as aut (author), trl (translator) or edt (editor)",
    ),
]
Address = Annotated[
    str,
    msgspec.Meta(
        pattern=r"^(https?://[^\s<>\"{}|\\^`]+)?$",
        description="an address that begins http:// or https://",
    ),
]


class SourceScript(StrEnum):
    """The script of a source text."""

    HANS = "hans"
    HANT = "hant"

    @property
    def script(self) -> Script:
        """The same as a `Script`."""
        return Script(self.value)


class Residue(StrEnum):
    """What to do with pinyin that a bad conversion left behind hanzi: see `diglot.source`."""

    AUTO = "auto"
    STRIP = "strip"
    KEEP = "keep"


class Title(Table, frozen=True, kw_only=True):
    """A work's title in both languages; editorial if the source itself has none.

    The short forms stand in running heads.
    """

    zh: str
    en: str
    editorial: bool = False
    short_zh: str = ""
    short_en: str = ""


class Creator(Table, frozen=True, kw_only=True):
    """Someone who had a part in the work; ``role`` is a MARC relator code (aut, trl, edt …)."""

    zh: str = ""
    en: str
    role: Role = "aut"


class Source(Table, frozen=True, kw_only=True):
    """Where a text or data came from, under which licence; printed in the colophon."""

    text: str
    licence: str = ""
    url: Address = ""


class Fonts(Table, frozen=True, kw_only=True):
    """Font families, or files inside the work's folder, in place of the project's own."""

    hans: str = ""
    hant: str = ""
    latin: str = ""
    rare: str = ""  # for characters that the others lack


class Normalize(Table, frozen=True, kw_only=True):
    """How the source text is normalized: rules to switch off, and the residue rule's mode."""

    off: tuple[str, ...] = ()
    residue: Residue = Residue.AUTO


class WorkInfo(Table, frozen=True, kw_only=True):
    """All that ``work.toml`` says. Dates are ISO 8601: a year, a month or a day."""

    script: SourceScript
    identifier: Identifier
    title: Title | None = None
    date: Date = ""
    revised: Date = ""
    creator: tuple[Creator, ...] = ()
    source: tuple[Source, ...] = ()
    rights: str = ""
    cover: str = ""
    dictionary: str = ""
    fonts: Fonts = Fonts()
    normalize: Normalize = Normalize()
    edition: tuple[Edition, ...] = ()


def read_work_info(data: bytes, path: str) -> WorkInfo:
    """Read a ``work.toml``; ``path`` is what messages call it.

    Raises:
        DiglotError: ``c-001`` … ``c-006``.
    """
    info = read_toml(data, path, WorkInfo)
    check_editions(info.edition, data, path)
    return info
