"""Several files of a folder written together: all of them or none, whatever happens in between.

They are first written into a journal beside them, with what they take the place of. Once that
stands, they are put in place one by one; after a kill, `finish` goes on from the journal.
"""

import fcntl
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from diglot.errors import DiglotError, Place, Problem
from diglot.store import aside, unwritable, write_whole

NAME = ".diglot-journal"
_BEFORE, _AFTER = "before", "after"


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Let no other process write a folder's files: whoever comes second waits."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def write_together(folder: Path, files: Mapping[Path, bytes]) -> None:
    """Put files of a folder in place, as far as they change.

    Raises:
        DiglotError: ``w-008``, one cannot be written: all are as they were, or `finish` goes on.
    """
    changed = {file: data for file, data in files.items() if _present(file) != data}
    if len(changed) < 2:
        for file, data in changed.items():
            write_whole(file, data)
        return
    part = aside(folder / NAME)
    try:
        for file, data in changed.items():
            path = file.relative_to(folder)
            before = _present(file)
            if before is not None:
                _write(part / _BEFORE / path, before)
            _write(part / _AFTER / path, data)
        part.rename(folder / NAME)
    except OSError as error:
        shutil.rmtree(part, ignore_errors=True)
        raise unwritable(folder, error) from None
    finish(folder)


def finish(folder: Path) -> None:
    """Finish what a process that was killed had begun to write in a folder, if there is such.

    Raises:
        DiglotError: ``m-005``, somebody edited one of the files since; nothing is written then.
            ``w-008``, one cannot be written.
    """
    journal = folder / NAME
    if not journal.is_dir():
        return
    waiting: dict[Path, bytes] = {}
    for after in sorted(p for p in (journal / _AFTER).rglob("*") if p.is_file()):
        path = after.relative_to(journal / _AFTER)
        present, data = _present(folder / path), after.read_bytes()
        if present == data:
            continue
        if present != _present(journal / _BEFORE / path):
            raise DiglotError(_edited(folder / path, journal))
        waiting[folder / path] = data
    for file, data in waiting.items():
        write_whole(file, data)
    gone = aside(journal)  # in one step: half a journal would speak of files that are whole
    journal.rename(gone)
    shutil.rmtree(gone, ignore_errors=True)


def _present(file: Path) -> bytes | None:
    return file.read_bytes() if file.exists() else None


def _write(file: Path, data: bytes) -> None:
    """Write a file of the journal, down to the disk: the others rely on it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())


def _edited(file: Path, journal: Path) -> Problem:
    message = "this file was edited after a sync was cut off, which has yet to write it"
    hint = (
        f"In {journal} are the files as they were (before) and as they were to become (after): "
        "put together what you want to keep, then delete that folder."
    )
    return Problem("m-005", message, hint, Place(str(file)))
