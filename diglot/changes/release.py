"""Releases: a work as it was published, kept in its folder to tell what changed since.

A release is a file of pairs like ``text.md``, so that it can be read and compared by anybody and
with anything, in git or not; beside it stands a JSON file with what readers hold besides.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path

import msgspec
import regex

from diglot.changes.about import About, Detail, about, compare_about
from diglot.changes.history import files_at, read_past, text_at
from diglot.config.work import read_work_info
from diglot.errors import DiglotError, Place, Problem, Severity
from diglot.model import PairedText
from diglot.pairs.glossary import read_glossary
from diglot.pairs.write import write
from diglot.project import Project, Work
from diglot.store import write_whole

_NAME = regex.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_HEAD = "<!-- The text as it was released: what later editions tell the changes from. -->\n\n"


@dataclass(frozen=True, slots=True)
class Past:
    """A state of a work, and the name of the release or revision that it is.

    ``about`` is None if it is not known what readers hold besides the text.
    """

    name: str
    text: PairedText
    about: About | None


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
        then = _at(project, work, revision) if revision else _now(work)
        files = {f"{name}.md": (_HEAD + write(_published(then.text))).encode()}
        if then.about:
            files[f"{name}.json"] = msgspec.json.format(msgspec.json.encode(then.about)) + b"\n"
        for called, data in files.items():
            path = work.folder / "releases" / called
            if work.releases.get(called, data) != data:
                message = f"there is a release “{name}” of {work.name} already"
                hint = "Choose another name; or delete its files, if nobody holds what they record."
                raise DiglotError(Problem("h-007", message, hint, Place(project.path(path))))
            written[path] = data
    for file, data in written.items():
        write_whole(file, data)
    return list(written)


def released(work: Work, name: str) -> Past | None:
    """Read the release that an edition names; None if it names none.

    A work that was never released has none either: nobody holds it.

    Raises:
        DiglotError: ``e-005``, the work has releases, but not this one; ``h-003`` and ``h-009``, it
            is broken.
    """
    names = _names(work)
    if not name or not names:
        return None
    if name not in names:
        message = f"the work {work.name} has no release “{name}”"
        raise DiglotError(Problem("e-005", message, _known(names, name)))
    return _read(work, name)


def past(project: Project, work: Work, since: str | None) -> Past:
    """Read the release or the revision of git that is named; the last release if none is.

    Releases are in the order of their names, numbers in them by what they count.

    Raises:
        DiglotError: ``h-004``, it is neither a release nor a revision; ``h-005``, the work was
            never released; ``h-006``, it was not in the revision; ``h-009``; as `text_at`.
    """
    names = _names(work)
    if since is None:
        if not names:
            message = f"{work.name} was never released"
            hint = "Name a revision of git (--since), or record what you publish: diglot release."
            raise DiglotError(Problem("h-005", message, hint))
        since = max(names, key=_natural)
    if since in names:
        return _read(work, since)
    try:
        return _at(project, work, since)
    except DiglotError as error:
        if error.problems[0].code not in ("h-001", "h-002"):
            raise
        message = f"“{since}” is neither a release of {work.name} nor a revision of git"
        hint = _known(names, since)
        raise DiglotError(Problem("h-004", message, hint)) from None


def compare_with(work: Work, past: Past) -> tuple[Detail, ...]:
    """List what is not as it was besides the pairs; nothing if it is not known how it was."""
    return compare_about(past.about, _now(work).about or About()) if past.about else ()


def _now(work: Work) -> Past:
    return Past("", work.text, about(work.info, work.text, work.terms))


def _names(work: Work) -> tuple[str, ...]:
    return tuple(file.removesuffix(".md") for file in work.releases if file.endswith(".md"))


def _read(work: Work, name: str) -> Past:
    path = f"content/{work.name}/releases/{name}"
    text = read_past({f"{path}.md": work.releases[f"{name}.md"]}, f"the release {name}")
    data = work.releases.get(f"{name}.json")
    try:
        return Past(name, text, msgspec.json.decode(data, type=About) if data else None)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        message = f"what is recorded with the release {name} cannot be read: {error}"
        hint = "Restore the file as it was; without it only pairs are compared."
        raise DiglotError(Problem("h-009", message, hint, Place(f"{path}.json"))) from None


def _at(project: Project, work: Work, revision: str) -> Past:
    text = text_at(project, work.name, revision)
    if text is None:
        message = f"the work {work.name} was not there at {revision}"
        hint = f"Name a later revision; git log content/{work.name} lists them."
        raise DiglotError(Problem("h-006", message, hint))
    settings = f"content/{work.name}/work.toml"
    glossaries = (f"content/{work.name}/glossary.csv", "content/glossary.csv")
    files = files_at(project, revision, (settings, *glossaries))
    try:
        info = read_work_info(files.get(settings, b""), settings)
        terms = {
            term.term: term
            for path in reversed(glossaries)  # the work's own say it last
            if path in files
            for term in read_glossary(files[path], path)[0]
        }
    except DiglotError:  # it was written for another Diglot, or wrong
        return Past(revision, text, None)
    return Past(revision, text, about(info, text, terms.values()))


def _published(text: PairedText) -> PairedText:
    """What readers got: without obsolete pairs and editors' comments."""
    pairs = tuple(replace(pair, former=None) for pair in text.pairs)
    return PairedText(pairs, text.notes)


def _known(releases: Collection[str], name: str) -> str:
    near = get_close_matches(name, releases, n=1)
    if near:
        return f"Did you mean “{near[0]}”?"
    names = ", ".join(sorted(releases, key=_natural))
    return f"Releases: {names}." if names else "There is no release yet: diglot release makes one."


def _natural(name: str) -> list[tuple[int, str]]:
    return [(int(part or 0), text) for text, part in regex.findall(r"(\D*)(\d*)", name)]
