"""Writing files: whole or not at all."""

import os
from pathlib import Path

from diglot.errors import DiglotError, Exit, Place, Problem

_PREFIX = ".diglot-"


def write_whole(file: Path, data: bytes) -> None:
    """Put a file in place in one step: after a kill at any moment it is the old or the new one.

    Raises:
        DiglotError: ``w-008``, it cannot be written (a full disk, no permission); what was there
            before stays.
    """
    part = file.with_name(f"{_PREFIX}{os.getpid()}-{file.name}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(data)
        part.replace(file)
    except OSError as error:
        part.unlink(missing_ok=True)
        message = f"this file cannot be written: {error.strerror or error}"
        hint = "Free space or mend the permissions; an earlier version of the file is unchanged."
        problem = Problem("w-008", message, hint, Place(file.name))
        raise DiglotError(problem, exit_code=Exit.ENVIRONMENT) from None


def sweep(folder: Path) -> None:
    """Remove the unfinished files of processes that are no longer running."""
    for part in folder.rglob(f"{_PREFIX}*"):
        process = part.name.removeprefix(_PREFIX).partition("-")[0]
        if process.isdigit() and not _is_running(int(process)):
            part.unlink(missing_ok=True)


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
