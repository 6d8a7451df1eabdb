"""A work brought in step with a new source text: reading, refusing, writing."""

import codecs
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from diglot.config.work import SourceScript
from diglot.errors import DiglotError, Place, Problem, Severity
from diglot.model import PairedText, Segment
from diglot.pairs.layout import Layout, Part, read_layout, write_layout
from diglot.pairs.parse import parse
from diglot.project import Project, Work
from diglot.source.read import Source, read_source
from diglot.source.structure import structure
from diglot.store import sweep, write_whole
from diglot.sync.edit import Change, edit
from diglot.sync.merge import merge

_HARDLY = 0.2  # the share of a text below which it is another one


@dataclass(frozen=True, slots=True)
class Synced:
    """What happened, or would: each pair's change, and what editors keep out of the text."""

    changes: tuple[Change, ...]
    left_out: tuple[Segment, ...]


def sync(
    project: Project, name: str, file: Path, *, anyway: bool = False, dry: bool = False
) -> Synced:
    """Bring a work in step with a new source text, which takes the place of ``source.txt``.

    The paired text is written first: after a kill in between, the same call goes on as if there
    had been none, because pairs that agree with the new source stay as they are.

    Args:
        project: Where the work is.
        name: The work's name.
        file: The new source text as it was delivered.
        anyway: Take it even if it is another text altogether.
        dry: Write nothing.

    Raises:
        DiglotError: ``s-…``, the new text is none; ``p-…``, the paired text has errors;
            ``m-001``, it is another text; ``m-002``, it is in the other script than
            ``work.toml`` says; ``m-004``, it is the work's own ``source.txt``; ``w-…``, a file
            cannot be read or written.
    """
    work = project.work(name)
    files, text = _read(project, work)
    source = work.folder / "source.txt"
    if source.exists() and file.samefile(source):
        message = "this is the source text itself, with which the new one is to be compared"
        hint = (
            "Save the new text as another file and sync with that; if you changed source.txt, "
            "put it back first (git restore)."
        )
        raise DiglotError(Problem("m-004", message, hint, Place(str(file))))
    data, path = file.read_bytes(), str(file)
    theirs = _source(data, path, work)
    _check_script(theirs, path, project, work)
    base = None
    if source.exists():
        former = _source(project.read(source), project.path(source), work)
        base = structure(former.normalized.text)
    plan = merge(text, base, structure(theirs.normalized.text))
    if plan.shared < _HARDLY and not anyway:
        message = f"this is another text: hardly anything of {name} is in it"
        hint = "Make a work of its own of it with diglot new, or call sync with --replace."
        raise DiglotError(Problem("m-001", message, hint, Place(path)))
    edited = edit([_text(content) for content in files.values()], text, plan)
    if not dry:
        sweep(work.folder)
        for (file, before), after in zip(files.items(), edited.files, strict=True):
            _write(file, before, after)
        if not source.exists() or project.read(source) != data:
            write_whole(source, data)
    return Synced(edited.changes, plan.left_out)


def accept(project: Project, name: str, ids: Collection[str], *, every: bool = False) -> list[str]:
    """Approve glosses: delete the comments that name a former source; gives the pairs' ids.

    Args:
        project: Where the work is.
        name: The work's name.
        ids: The pairs.
        every: All pairs of the work.

    Raises:
        DiglotError: ``m-003``, there is no such pair; ``p-…`` and ``w-…`` as `sync`.
    """
    work = project.work(name)
    files, text = _read(project, work)
    known = [pair.id for pair in text.pairs]
    for id_ in ids:
        if id_ not in known:
            message = f"there is no pair ^{id_} in {name}"
            hint = "Ids stand behind the ^ of each quote; diglot check lists the stale pairs."
            raise DiglotError(Problem("m-003", message, hint, Place(project.path(work.folder))))
    stale = [pair.id for pair in text.pairs if pair.former is not None]
    wanted = [id_ for id_ in stale if every or id_ in ids]
    at = 0
    for file, content in files.items():
        layout = read_layout(_text(content))
        chunks = layout.main.chunks
        approved = tuple(
            chunk.approved() if id_ in wanted else chunk
            for chunk, id_ in zip(chunks, known[at : at + len(chunks)], strict=True)
        )
        at += len(chunks)
        main = Part(layout.main.head, approved, layout.main.tail)
        _write(file, content, write_layout(Layout(main, layout.obsolete, layout.eol)))
    return wanted


def _read(project: Project, work: Work) -> tuple[dict[Path, bytes], PairedText]:
    """The files of the paired text, and what they say if nothing is wrong in them."""
    files = {file: project.read(file) for file in project.text_files(work.folder)}
    parsed = parse(*((_text(data), project.path(file)) for file, data in files.items()))
    errors = [p for p in parsed.problems if p.severity is Severity.ERROR]
    if errors:
        raise DiglotError(*errors)
    return files, parsed.text


def _source(data: bytes, path: str, work: Work) -> Source:
    rules = work.info.normalize
    return read_source(data, path, off=rules.off, residue=rules.residue)


def _check_script(source: Source, path: str, project: Project, work: Work) -> None:
    script, expected = source.normalized.script, work.info.script
    if script is None or script == expected.script:
        return
    names = {SourceScript.HANS: "Simplified", SourceScript.HANT: "Traditional"}
    theirs = SourceScript(script)
    message = (
        f"this text is in {names[theirs]}, but {project.path(work.folder / 'work.toml')} says "
        f'script = "{expected}"'
    )
    hint = (
        f'If the text shall be {names[theirs]} from now on, write script = "{theirs}" there and '
        f"its Chinese titles and names in {names[theirs]}, then sync again: glosses stay. "
        "For another script of a booklet, say so in its edition instead."
    )
    raise DiglotError(Problem("m-002", message, hint, Place(path)))


def _text(data: bytes) -> str:
    return data.decode("utf-8-sig")


def _write(file: Path, before: bytes, after: str) -> None:
    """Write a file that changed, with a byte order mark if it had one."""
    mark = codecs.BOM_UTF8 if before.startswith(codecs.BOM_UTF8) else b""
    data = mark + after.encode()
    if data != before:
        write_whole(file, data)
