"""Derived tables kept on disk: named by what they were made from, so never stale."""

import hashlib
import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

_END = b"\x04"


def default_folder() -> Path:
    """Where derived tables go unless the caller says otherwise (XDG Base Directory)."""
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base and Path(base).is_absolute() else Path.home() / ".cache") / "diglot"


def digest(*parts: bytes | str) -> str:
    """Name content: a hash of the parts, each delimited."""
    total = hashlib.blake2b(digest_size=16)
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        total.update(len(data).to_bytes(8, "big") + data)
    return total.hexdigest()


def derived(folder: Path, kind: str, key: str, make: Callable[[], bytes]) -> bytes:
    """Read a derived table, or make it and keep it.

    A table that is missing or torn is made anew; a folder that cannot be written costs time only.
    """
    path = folder / f"{kind}-{key}.txt"
    with suppress(OSError):
        data = path.read_bytes()
        if data.endswith(_END):
            return data.removesuffix(_END)
    table = make()
    with suppress(OSError):
        _write(path, table + _END)
    return table


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
