"""Writing files: whole or not at all."""

import os
import re
import shutil
from contextlib import suppress
from pathlib import Path

from diglot.errors import DiglotError, Exit, Place, Problem

PREFIX = ".diglot-"
_PART = re.compile(r"\.diglot-(?P<process>[0-9]{1,9})-")


def write_whole(file: Path, data: bytes) -> os.stat_result:
    """Put a file in place in one step: after a kill at any moment it is the old or the new one.

    Returns:
        What the system says of this very file, even if another has taken its place since.

    Raises:
        DiglotError: ``w-008``, it cannot be written (a full disk, no permission); what was there
            before stays.
    """
    part = aside(file)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(data)
        status = part.stat()
        part.replace(file)
        return status
    except OSError as error:
        with suppress(OSError):
            part.unlink()
        raise unwritable(file, error) from None


def unwritable(file: Path, error: OSError) -> DiglotError:
    """Say that a file cannot be written (``w-008``)."""
    message = f"this file cannot be written: {error.strerror or error}"
    hint = "Free space or mend the permissions; an earlier version of the file is unchanged."
    problem = Problem("w-008", message, hint, Place(str(file)))
    return DiglotError(problem, exit_code=Exit.ENVIRONMENT)


def aside(file: Path) -> Path:
    """Name the place beside a file or folder where this process makes it before it is put there."""
    return file.with_name(f"{PREFIX}{os.getpid()}-{file.name}")


def sweep(folder: Path) -> None:
    """Remove what processes that are no longer running left unfinished."""
    for base, folders, files in os.walk(folder):
        for name in (*folders, *files):
            match = _PART.match(name)
            if not match or _is_running(int(match["process"])):
                continue
            part = Path(base, name)
            if part.is_dir():
                shutil.rmtree(part, ignore_errors=True)
            else:
                part.unlink(missing_ok=True)


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
