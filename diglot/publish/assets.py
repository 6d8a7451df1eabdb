"""Files that content names: read only from inside the work's own folder."""

import io
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, UnidentifiedImageError

from diglot.errors import DiglotError, Place, Problem

MAX_BYTES = 20_000_000
MAX_PIXELS = 50_000_000
MEDIA_TYPES = {"PNG": "image/png", "JPEG": "image/jpeg", "GIF": "image/gif"}


@dataclass(frozen=True, slots=True)
class Picture:
    """An image that a work shows, under the path by which its text names it."""

    name: str
    data: bytes
    media_type: str
    width: int  # pixels
    height: int


def read_inside(name: str, folder: Path) -> tuple[Path, bytes]:
    """Read a file that content names, from inside ``folder``.

    Raises:
        DiglotError: ``r-003``, the path leads out of the folder, also by a link; ``r-004``, there
            is no such file; ``r-005``, it is too large.
    """
    place = Place(folder.name)
    try:
        file = (folder / name).resolve()
        found = file.is_file()
    except (OSError, RuntimeError, ValueError):  # too long, a link to itself, a null character
        file, found = folder, False
    if not file.is_relative_to(folder.resolve()) or "://" in name:
        message = f"“{name}” leads out of the work's folder"
        hint = "Put a copy of the file into the folder and name it by a relative path."
        raise DiglotError(Problem("r-003", message, hint, place))
    if not found:
        hint = "Put the file there, or mend its name."
        raise DiglotError(Problem("r-004", f"there is no file “{name}”", hint, place))
    if file.stat().st_size > MAX_BYTES:
        message = f"“{name}” has more than {MAX_BYTES:,} bytes"
        raise DiglotError(Problem("r-005", message, "Scale it down.", place))
    return file, file.read_bytes()


def read_pictures(names: Iterable[str], folder: Path) -> tuple[Picture, ...]:
    """Read the images that a work names.

    Raises:
        DiglotError: ``r-003`` … ``r-005`` as for any file; ``r-006``, not an image that print and
            e-readers show.
    """
    return tuple(_picture(name, folder) for name in names)


def _picture(name: str, folder: Path) -> Picture:
    _, data = read_inside(name, folder)
    try:
        with Image.open(io.BytesIO(data), formats=tuple(MEDIA_TYPES)) as image:
            width, height = image.size
            media_type = MEDIA_TYPES[image.format or ""]
            if width * height > MAX_PIXELS:
                raise UnidentifiedImageError
            image.verify()
    except (OSError, SyntaxError, ValueError, KeyError, Image.DecompressionBombError):
        message = f"“{name}” is not an image that can be shown"
        hint = f"Use PNG, JPEG or GIF with at most {MAX_PIXELS:,} pixels."
        raise DiglotError(Problem("r-006", message, hint, Place(folder.name))) from None
    return Picture(name, data, media_type, width, height)
