"""Releases: a work's text as it was published, kept in its folder to tell what changed since.

A release is a file of pairs like ``text.md``, so that it can be read and compared by anybody and
with anything, in git or not.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path

import regex

from diglot.changes.history import read_past, text_at
from diglot.errors import DiglotError, Place, Problem, Severity
from diglot.model import PairedText
from diglot.pairs.write import write
from diglot.project import Project, Work
from diglot.store import write_whole

_NAME = regex.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_HEAD = "<!-- The text as it was released: what later editions tell the changes from. -->\n\n"


@dataclass(frozen=True, slots=True)
class Past:
    """A state of a work's text, and the name of the release or revision that it is."""

    name: str
    text: PairedText


def release(project: Project, name: str, works: Iterable[str], revision: str = "") -> list[Path]:
    """Record works as they stand, or as they stood at a revision of git; gives the files.

    Raises:
        DiglotError: ``h-006``, a work was not in the revision; ``h-007``, a work has another
            release of the name; ``h-008``, it cannot be a name; as `text_at`; ``w-…``, ``p-…``.
    """
    if not _NAME.fullmatch(name):
        hint = "It becomes a file's name: use letters, digits, dots, hyphens and underscores."
        raise DiglotError(Problem("h-008", f"“{name}” cannot be the name of a release", hint))
    written: dict[Path, bytes] = {}
    for work in map(project.work, works):
        if errors := [p for p in work.problems if p.severity is Severity.ERROR]:
            raise DiglotError(*errors)
        text = _at(project, work, revision) if revision else work.text
        file = work.folder / "releases" / f"{name}.md"
        data = (_HEAD + write(_published(text))).encode()
        if work.releases.get(name, data) != data:
            message = f"there is a release “{name}” of {work.name} already"
            hint = "Choose another name; or delete the file, if nobody holds what it records."
            raise DiglotError(Problem("h-007", message, hint, Place(project.path(file))))
        written[file] = data
    for file, data in written.items():
        write_whole(file, data)
    return list(written)


def released(work: Work, name: str) -> Past | None:
    """Read the release that an edition names; None if it names none.

    A work that was never released has none either: nobody holds it.

    Raises:
        DiglotError: ``e-005``, the work has releases, but not this one; ``h-003``, it is broken.
    """
    if not name or not work.releases:
        return None
    if name not in work.releases:
        message = f"the work {work.name} has no release “{name}”"
        raise DiglotError(Problem("e-005", message, _known(work.releases, name)))
    return _read(work, name)


def past(project: Project, work: Work, since: str | None) -> Past:
    """Read the release or the revision of git that is named; the last release if none is.

    Releases are in the order of their names, numbers in them by what they count.

    Raises:
        DiglotError: ``h-004``, it is neither a release nor a revision; ``h-005``, the work was
            never released; ``h-006``, it was not in the revision; as `text_at`.
    """
    if since is None:
        if not work.releases:
            message = f"{work.name} was never released"
            hint = "Name a revision of git (--since), or record what you publish: diglot release."
            raise DiglotError(Problem("h-005", message, hint))
        since = max(work.releases, key=_natural)
    if since in work.releases:
        return _read(work, since)
    try:
        return Past(since, _at(project, work, since))
    except DiglotError as error:
        if error.problems[0].code not in ("h-001", "h-002"):
            raise
        message = f"“{since}” is neither a release of {work.name} nor a revision of git"
        hint = _known(work.releases, since)
        raise DiglotError(Problem("h-004", message, hint)) from None


def _read(work: Work, name: str) -> Past:
    path = f"content/{work.name}/releases/{name}.md"
    return Past(name, read_past({path: work.releases[name]}, f"the release {name}"))


def _at(project: Project, work: Work, revision: str) -> PairedText:
    text = text_at(project, work.name, revision)
    if text is None:
        message = f"the work {work.name} was not there at {revision}"
        hint = f"Name a later revision; git log content/{work.name} lists them."
        raise DiglotError(Problem("h-006", message, hint))
    return text


def _published(text: PairedText) -> PairedText:
    """What readers got: without obsolete pairs and editors' comments."""
    pairs = tuple(replace(pair, former=None) for pair in text.pairs)
    return PairedText(pairs, text.notes)


def _known(releases: Mapping[str, bytes], name: str) -> str:
    near = get_close_matches(name, releases, n=1)
    if near:
        return f"Did you mean “{near[0]}”?"
    names = ", ".join(sorted(releases, key=_natural))
    return f"Releases: {names}." if names else "There is no release yet: diglot release makes one."


def _natural(name: str) -> list[tuple[int, str]]:
    return [(int(part or 0), text) for text, part in regex.findall(r"(\D*)(\d*)", name)]
