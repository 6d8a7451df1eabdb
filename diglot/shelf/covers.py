"""Finished EPUBs: the cover, and the instant of the release, as the book itself says it."""

import io
import posixpath
import zipfile
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from lxml import etree
from PIL import Image

from diglot.memory import recall
from diglot.publish.package import MODIFIED, OPF

Element = Any  # lxml has no types of its own

_CONTAINER = "{urn:oasis:names:tc:opendocument:xmlns:container}"
_WIDTH = 320  # of a thumbnail, in pixels
_ENDINGS = {"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif"}


@dataclass(frozen=True, slots=True)
class Cover:
    """A cover as it stands in the book; ``ending`` is that of its file, sizes are in pixels."""

    data: bytes
    media_type: str
    width: int
    height: int

    @property
    def ending(self) -> str:
        """What its file's name ends with."""
        return _ENDINGS[self.media_type]


def read_epub(data: bytes) -> tuple[str, Cover | None]:
    """Read when an EPUB was modified (RFC 3339), and its cover; nothing of what is no EPUB."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            container = etree.fromstring(archive.read("META-INF/container.xml"))
            path = container.find(f".//{_CONTAINER}rootfile").get("full-path")
            package = etree.fromstring(archive.read(path))
            modified = package.findtext(f".//{OPF}meta[@property='{MODIFIED}']", "")
            return modified, _cover(archive, posixpath.dirname(path), package)
    except (zipfile.BadZipFile, KeyError, AttributeError, etree.XMLSyntaxError, OSError):
        return "", None


def thumbnail(cover: Cover) -> Cover:
    """Scale a cover down for lists."""
    height = max(round(cover.height * _WIDTH / cover.width), 1)

    def made() -> bytes:
        with Image.open(io.BytesIO(cover.data)) as image:
            small = image.convert("RGB")
        small = small.resize((_WIDTH, height), Image.Resampling.LANCZOS, reducing_gap=3)
        out = io.BytesIO()
        small.save(out, "JPEG", quality=85)
        return out.getvalue()

    data = recall(f"thumbnail of {sha256(cover.data).hexdigest()}", made)
    return Cover(data, "image/jpeg", _WIDTH, height)


def _cover(archive: zipfile.ZipFile, folder: str, package: Element) -> Cover | None:
    for item in package.iter(f"{OPF}item"):
        media_type = item.get("media-type", "")
        if "cover-image" in item.get("properties", "").split() and media_type in _ENDINGS:
            data = archive.read(posixpath.join(folder, item.get("href")))
            with Image.open(io.BytesIO(data)) as image:
                return Cover(data, media_type, *image.size)
    return None
