"""Removing what builds made; what others put into the output folder stays."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from diglot.build.environment import identity
from diglot.build.record import FOLDER, forget, read_record, recorded, write_record
from diglot.memory import FOLDER as PARTS
from diglot.memory import forget_memory
from diglot.root import names
from diglot.shelf.write import update
from diglot.store import sweep


def clean(root: Path) -> Iterator[str]:
    """Remove every artifact that is recorded, and the records; gives what it removes."""
    for work in recorded(root):
        yield from _remove(root, read_record(root, work).made)
        forget(root, work)
        forget_memory(root, work)
    forget_memory(root, "", "templates*")
    update(root, identity)
    _tidy(root)


def clean_orphans(root: Path) -> Iterator[str]:
    """Remove the artifacts of editions and works that are no more; gives what it removes."""
    works = names(root)
    for work in recorded(root):
        record = read_record(root, work)
        orphans = record.orphans if work in works else tuple(record.made)
        yield from _remove(root, orphans)
        if orphans:
            forget_memory(root, work)
        if work in works:
            left = {path: made for path, made in record.made.items() if path not in orphans}
            write_record(root, work, msgspec.structs.replace(record, made=left))
        else:
            forget(root, work)
    update(root, identity)
    _tidy(root)


def _remove(root: Path, paths: Iterable[str]) -> Iterator[str]:
    for path in sorted(paths):
        file = root / "output" / path
        if file.is_file():
            file.unlink()
            yield path


def _tidy(root: Path) -> None:
    """Remove what killed builds left, and folders that are empty now."""
    output = root / "output"
    sweep(output)
    sweep(root / FOLDER.parent)
    parts = root / PARTS
    folders = (*output.glob("*/"), output, root / FOLDER, *parts.glob("*/"), parts, parts.parent)
    for folder in folders:
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
