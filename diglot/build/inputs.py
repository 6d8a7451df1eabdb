"""What artifacts are made from, told by content: files that people write, and the environment.

The standard library alone, and no stage: a build with nothing to do looks at nothing else.
"""

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from operator import attrgetter
from pathlib import Path

from diglot.store import PREFIX

Listing = Mapping[str, str]  # what an input is called, to the digest of its content

_LENGTH = 20  # hexadecimal digits of a digest
_NOT_THERE = "-"
_NOT_INPUTS = frozenset([".git", "__pycache__"])


def digest(*parts: bytes | str) -> str:
    """Name content by its SHA-256 (shortened to 80 bits); the parts stay told apart."""
    total = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        total.update(len(data).to_bytes(8, "big"))
        total.update(data)
    return total.hexdigest()[:_LENGTH]


def key(listing: Listing) -> str:
    """Name a whole listing."""
    return digest(*(part for item in sorted(listing.items()) for part in item))


def of_file(file: str | Path) -> str:
    """Name a file's content; ``-`` if there is none to be read."""
    try:
        with open(file, "rb") as data:  # noqa: PTH123 (half the time of Path.open)
            return digest(data.read())
    except OSError:
        return _NOT_THERE


def of_folder(folder: Path, name: str) -> dict[str, str]:
    """List every file in a folder and its folders, under paths that begin with ``name``."""
    return {f"{name}/{path}": of_file(file) for path, file in _files(str(folder), "", frozenset())}


def of_work(root: Path, work: str) -> dict[str, str]:
    """List what a work alone is made from: every file in its folder, so that none is forgotten."""
    return of_folder(root / "content" / work, f"content/{work}")


def of_library(root: Path) -> dict[str, str]:
    """List what all works share: templates, and what stands in ``content/`` beside the works."""
    shared = of_folder(root / "templates", "templates")
    for entry in _entries(str(root / "content")):
        if entry.is_file():
            shared[f"content/{entry.name}"] = of_file(entry.path)
    return shared


def _files(folder: str, path: str, above: frozenset[str]) -> Iterator[tuple[str, str]]:
    real = os.path.realpath(folder)
    if real in above:  # a link to a folder that holds it
        return
    for entry in _entries(folder):
        if entry.is_dir():
            yield from _files(entry.path, f"{path}{entry.name}/", above | {real})
        else:
            yield f"{path}{entry.name}", entry.path


def _entries(folder: str) -> Iterable[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            found = [e for e in entries if not e.name.startswith(PREFIX)]  # unfinished files
    except OSError:
        return ()
    return sorted((e for e in found if e.name not in _NOT_INPUTS), key=attrgetter("name"))
