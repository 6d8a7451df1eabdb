"""What was made on the way to an artifact, kept so that an edit need not make all of it again.

It stands in ``.cache/parts/`` of the project, a file a PDF, and is believed only where the same
Diglot, libraries and fonts are installed; deleting it costs time only.
"""

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import msgspec

from diglot.store import write_whole

FOLDER = Path(".cache", "parts")


class Memory(msgspec.Struct, frozen=True):
    """Things by the names of all that they are made of, in an environment."""

    environment: str
    things: Mapping[str, bytes]


_decode = msgspec.msgpack.Decoder(Memory).decode


def pack(environment: str, things: Mapping[str, bytes]) -> bytes:
    """Write a memory down; nothing, if it is empty."""
    return msgspec.msgpack.encode(Memory(environment, things)) if things else b""


def unpack(data: bytes, environment: str) -> Mapping[str, bytes]:
    """Read a memory; an empty one if it is another environment's, or cannot be understood."""
    with suppress(msgspec.MsgspecError):
        memory = _decode(data)
        if memory.environment == environment:
            return memory.things
    return {}


def read_memory(root: Path, work: str, page: str) -> bytes:
    """Read what is kept of a page; nothing, if there is nothing."""
    with suppress(OSError):
        return _file(root, work, page).read_bytes()
    return b""


def write_memory(root: Path, work: str, page: str, data: bytes) -> None:
    """Keep what was made of a page.

    Raises:
        DiglotError: as `write_whole`.
    """
    if data:
        write_whole(_file(root, work, page), data)


def forget_memory(root: Path, work: str, page: str = "*") -> None:
    """Remove what is kept of a page, or of a whole work."""
    for file in (root / FOLDER / work).glob(page):
        file.unlink(missing_ok=True)


def _file(root: Path, work: str, page: str) -> Path:
    return root / FOLDER / work / page
