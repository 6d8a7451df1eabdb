"""Where a project is and which works it has, told by folders alone."""

from pathlib import Path

from diglot.errors import DiglotError, Problem


def find_root(start: Path) -> Path:
    """Find the root of the project that a folder belongs to: itself or the nearest parent.

    Raises:
        DiglotError: ``w-005``, there is none.
    """
    start = start.resolve()
    for folder in (start, *start.parents):
        if (folder / "content" / "editions.toml").is_file():
            return folder
    message = f"there is no project in {start} or above it"
    hint = "Call diglot inside a project: a folder with content/editions.toml and templates/."
    raise DiglotError(Problem("w-005", message, hint))


def names(root: Path) -> tuple[str, ...]:
    """List the works, in the order of their names; a hidden folder is none."""
    return tuple(sorted(p.parent.name for p in (root / "content").glob("[!.]*/work.toml")))
