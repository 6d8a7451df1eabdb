"""Run by calibre's own Python: ``ebook-convert`` without what differs from one run to the next.

calibre keeps a book's files in a set, whose order goes by where they lie in memory, and masks the
fonts of an AZW3 with random bytes. A version that has neither converts as ever.
"""

import os
import sys
from contextlib import suppress
from operator import attrgetter
from typing import Any


class _Unshuffled:
    """The module `os`, but for its random bytes: a mask hides nothing, since the book has it."""

    def __getattr__(self, name: str) -> Any:
        return getattr(os, name)

    def urandom(self, size: int) -> bytes:
        return bytes(range(1, size + 1))


def main() -> None:
    """Convert as the arguments say."""
    from calibre.ebooks.conversion.cli import main as convert  # type: ignore[import-not-found]

    with suppress(ImportError, AttributeError):
        from calibre.ebooks.oeb.base import Manifest  # type: ignore[import-not-found]

        Manifest.values = lambda manifest: sorted(manifest.items, key=attrgetter("href"))
        Manifest.__iter__ = lambda manifest: iter(manifest.values())
    with suppress(ImportError, AttributeError):
        from calibre.ebooks.mobi import utils  # type: ignore[import-not-found]

        utils.os = _Unshuffled()
    convert(["ebook-convert", *sys.argv[1:]])


if __name__ == "__main__":
    main()
