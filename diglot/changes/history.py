"""What git remembers: a work's paired text as it stood at a revision. Nothing is written."""

import os
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from diglot.errors import DiglotError, Exit, Place, Problem, Severity
from diglot.model import PairedText
from diglot.pairs.parse import parse
from diglot.project import Project
from diglot.text import read_text

_FILES = ("100644", "100755")  # the modes of plain files in a tree of git


@dataclass(frozen=True, slots=True)
class Moment:
    """A work at a commit: its paired text, and the bytes of its source (empty if it had none)."""

    text: PairedText
    source: bytes


def text_at(project: Project, name: str, revision: str) -> PairedText | None:
    """Read a work's paired text as it stood at a revision; None if the work was not there.

    Args:
        project: Where the work is, in a git repository or below its root.
        name: The work's name.
        revision: A commit, tag or branch, in any form that git knows.

    Raises:
        DiglotError: ``n-004``, git cannot be run; ``h-001``, this is no git repository;
            ``h-002``, it has no such revision; ``h-003``, the text had errors then.
    """
    return _text(project.root, name, _commit(project.root, revision), revision)


def files_at(project: Project, revision: str, paths: Iterable[str]) -> dict[str, bytes]:
    """Read plain files as they stood at a revision, those of them that were there.

    Raises:
        DiglotError: ``n-004``, ``h-001`` and ``h-002`` as `text_at`.
    """
    listed = dict(_listed(project.root, _commit(project.root, revision), tuple(paths)))
    return dict(zip(listed, _contents(project.root, listed.values()), strict=True))


def moments(project: Project, name: str, revision: str) -> Iterator[Moment]:
    """Read a work as it stood at a revision and at each commit since that touched it, in order.

    Of branches that were merged only the merge counts. Commits in which the work was not there, or
    had errors, are passed over.

    Raises:
        DiglotError: ``n-004``, ``h-001`` and ``h-002`` as `text_at`.
    """
    root, first = project.root, _commit(project.root, revision)
    listed = ("rev-list", "--first-parent", "--reverse", f"{first}..HEAD", "--")
    since = _git(root, *listed, f"content/{name}").stdout.decode().split()
    for commit in (first, *since):
        with suppress(DiglotError):
            if text := _text(root, name, commit, commit):
                files = dict(_listed(root, commit, (f"content/{name}/source.txt",)))
                yield Moment(text, b"".join(_contents(root, files.values())))


def _text(root: Path, name: str, commit: str, called: str) -> PairedText | None:
    folder = f"content/{name}"
    places = (f"{folder}/text.md", f"{folder}/text/")
    files = {path: blob for path, blob in _listed(root, commit, places) if path.endswith(".md")}
    parts = [path for path in sorted(files) if path != places[0]]
    texts = {path: files[path] for path in parts or files}
    if not texts:
        return None
    contents = _contents(root, texts.values())
    named = {f"{called}:{path}": data for path, data in zip(texts, contents, strict=True)}
    return read_past(named, f"{name} at {called}")


def read_past(files: dict[str, bytes], what: str) -> PairedText:
    """Read a paired text that is past mending, from its files by what messages call them.

    Raises:
        DiglotError: ``h-003``, it has errors.
    """
    hint = "Compare with a state before or after it."
    parsed = parse(*((read_text(data, path, "h-003", hint), path) for path, data in files.items()))
    for problem in parsed.problems:
        if problem.severity is Severity.ERROR:
            message = f"the text of {what} had errors: {problem.message}"
            raise DiglotError(Problem("h-003", message, hint, problem.place))
    return parsed.text


def _commit(root: Path, revision: str) -> str:
    """The name of a commit that no option and no path can be taken for."""
    inside = _git(root, "rev-parse", "--git-dir")
    if inside.returncode:
        message = f"git has no history here: {_said(inside)}"
        hint = "The content must be in a git repository: git init, git add, git commit."
        raise DiglotError(Problem("h-001", message, hint, Place(str(root))))
    asked = ("--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    found = _git(root, "rev-parse", *asked)
    if found.returncode:
        message = f"git knows no revision “{revision}”"
        hint = "Name a commit, a tag or a branch; git log --oneline and git tag list them."
        raise DiglotError(Problem("h-002", message, hint))
    return found.stdout.decode().strip()


def _listed(root: Path, commit: str, places: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The plain files at these places in a commit: their paths and the names of their blobs."""
    listed = _git(root, "ls-tree", "-z", commit, "--", *places).stdout
    for entry in listed.decode("utf-8", "replace").split("\0")[:-1]:
        about, _, path = entry.partition("\t")
        mode, _, blob = about.split(" ")
        if mode in _FILES:
            yield path, blob


def _contents(root: Path, blobs: Iterable[str]) -> list[bytes]:
    """The contents of blobs, untouched by filters and line ends."""
    return [_git(root, "cat-file", "blob", blob).stdout for blob in blobs]


def _git(root: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    # A hook of git sets variables that would lead elsewhere.
    outer = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    try:
        return subprocess.run(  # noqa: S603 (an argument list; what comes from outside is no option)
            ["git", "-C", str(root), *arguments],  # noqa: S607 (on PATH wherever it is installed)
            capture_output=True,
            check=False,
            env=outer | {"LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1"},
        )
    except OSError as error:
        problem = Problem("n-004", f"git cannot be run: {error}", "Install git.")
        raise DiglotError(problem, exit_code=Exit.ENVIRONMENT) from None


def _said(result: subprocess.CompletedProcess[bytes]) -> str:
    first = result.stderr.decode("utf-8", "replace").strip().split("\n")[0]
    return first.removeprefix("fatal: ")
