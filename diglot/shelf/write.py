"""Putting the shelf in place, after a build: only when something on it may have changed."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from importlib.metadata import version
from pathlib import Path

from diglot.memory import remembered
from diglot.store import write_whole

_STAMP = Path(".cache", "shelf")
_OURS = (
    *("index.html", "SHA256SUMS", "opds.*", "opds-all.*"),
    *("*/opds.xml", "*/opds.json", "*/*.cover.*", "*/*.cover-small.*"),
)


def update(root: Path, environment: Callable[[], str]) -> bool:
    """Write the shelf of the project at ``root`` anew if a file it is made from is another.

    Returns whether it was. Files that would be the same are left alone; without anything on it,
    there is no shelf. ``environment`` names what it is made with.

    Raises:
        DiglotError: ``w-008``; ``r-001`` and ``r-002``; ``c-…`` and ``w-…`` for ``editions.toml``.
    """
    stamp, file = _stamp(root), root / _STAMP
    built = any(_artifacts(root))
    if (
        built
        and (root / "output/index.html").exists()
        and file.is_file()
        and file.read_text() == stamp
    ):
        return False
    files = _pages(root, environment()) if built else {}
    output = root / "output"
    for path, data in files.items():
        _put(output / path, data)
    for old in _ours(output):
        if old.relative_to(output).as_posix() not in files:
            old.unlink()
    if files:
        write_whole(file, stamp.encode())
    else:
        file.unlink(missing_ok=True)
    return True


def _pages(root: Path, environment: str) -> Mapping[str, bytes]:
    from diglot.project import Project
    from diglot.shelf.collect import collect
    from diglot.shelf.page import pages

    project = Project(root)
    shelf = collect(project, environment)
    with remembered(root, "", "templates-shelf", environment):
        return pages(shelf, project.templates())


def _put(file: Path, data: bytes) -> None:
    if not file.is_file() or file.read_bytes() != data:
        write_whole(file, data)


def _ours(output: Path) -> Iterator[Path]:
    """Name the files of the shelf, also those of editions and works that are no longer there."""
    for pattern in _OURS:
        yield from output.glob(pattern)


def _artifacts(root: Path) -> Iterator[Path]:
    ours = set(_ours(root / "output"))
    return (file for file in (root / "output").glob("*/[!.]*") if file not in ours)


def _stamp(root: Path) -> str:
    """Tell the present state of all that the shelf is made from, by the files' places and times."""
    digest = hashlib.sha256(version("diglot").encode())
    for file in sorted(_sources(root)):
        status = file.stat()
        about = f"{file.relative_to(root)} {status.st_size} {status.st_mtime_ns} {status.st_ino}\n"
        digest.update(about.encode(errors="surrogateescape"))
    return digest.hexdigest()


def _sources(root: Path) -> Iterator[Path]:
    yield from _artifacts(root)
    for folder in ("content", "templates"):
        yield from (file for file in (root / folder).rglob("[!.]*") if file.is_file())
