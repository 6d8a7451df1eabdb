"""What was made on the way to an artifact, so that an edit need not make all of it again.

A thing is remembered by the name of all that it is made of, so that the same name always means the
same bytes. What is kept stands in ``.cache/parts/`` of the project, and is believed only where the
same Diglot, libraries and fonts are installed; deleting it costs time only.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from pathlib import Path

import msgspec

from diglot.store import write_whole

FOLDER = Path(".cache", "parts")


class Memo:
    """Remembers what it is asked for; the rest of what was ``former`` known is forgotten."""

    def __init__(self, former: Mapping[str, bytes]) -> None:
        self._former = former
        self.kept: dict[str, bytes] = {}

    def recall(self, name: str, make: Callable[[], bytes]) -> bytes:
        """Return the thing of a name, which is made if it is not known."""
        if name not in self.kept:
            known = self._former.get(name)
            self.kept[name] = make() if known is None else known
        return self.kept[name]


_present: ContextVar[Memo | None] = ContextVar("present", default=None)


@contextmanager
def remembering(memo: Memo) -> Iterator[None]:
    """Let `recall` use a memo in what is done in the meantime."""
    token = _present.set(memo)
    try:
        yield
    finally:
        _present.reset(token)


def recall(name: str, make: Callable[[], bytes]) -> bytes:
    """Return what is remembered by a name; it is made if it is not, or if nothing is remembered."""
    memo = _present.get()
    return memo.recall(name, make) if memo else make()


class _Memory(msgspec.Struct, frozen=True):
    """Things by their names, in an environment."""

    environment: str
    things: Mapping[str, bytes]


_decode = msgspec.msgpack.Decoder(_Memory).decode


def pack(environment: str, things: Mapping[str, bytes]) -> bytes:
    """Write a memory down; nothing, if it is empty."""
    return msgspec.msgpack.encode(_Memory(environment, things)) if things else b""


def unpack(data: bytes, environment: str) -> Mapping[str, bytes]:
    """Read a memory; an empty one if it is another environment's, or cannot be understood."""
    with suppress(msgspec.MsgspecError):
        memory = _decode(data)
        if memory.environment == environment:
            return memory.things
    return {}


@contextmanager
def remembered(root: Path, work: str, of: str, environment: str) -> Iterator[None]:
    """Let `recall` know what is kept of something in a work, and keep what is recalled.

    Raises:
        DiglotError: as `write_whole`.
    """
    former = unpack(read_memory(root, work, of), environment)
    memo = Memo(former)
    with remembering(memo):
        yield
    if memo.kept != former:
        write_memory(root, work, of, pack(environment, memo.kept))


def read_memory(root: Path, work: str, of: str) -> bytes:
    """Read what is kept of a page, or of something else in a work; nothing, if there is nothing."""
    with suppress(OSError):
        return _file(root, work, of).read_bytes()
    return b""


def write_memory(root: Path, work: str, of: str, data: bytes) -> None:
    """Keep what was made.

    Raises:
        DiglotError: as `write_whole`.
    """
    if data:
        write_whole(_file(root, work, of), data)


def forget_memory(root: Path, work: str, of: str = "*") -> None:
    """Remove what is kept of something in a work, or of the whole of it."""
    for file in (root / FOLDER / work).glob(of):
        file.unlink(missing_ok=True)


def _file(root: Path, work: str, of: str) -> Path:
    return root / FOLDER / work / of
