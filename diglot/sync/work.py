"""A work brought in step with a new source text: reading, refusing, writing."""

import codecs
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from diglot import journal
from diglot.config.work import SourceScript
from diglot.errors import DiglotError, Place, Problem, Severity
from diglot.journal import finish, locked, write_together
from diglot.model import PairedText, Segment
from diglot.pairs.layout import Layout, Part, read_layout, write_layout
from diglot.pairs.parse import parse
from diglot.project import Project, Work
from diglot.source.read import Source, read_source
from diglot.source.structure import structure
from diglot.store import sweep
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

    Args:
        project: Where the work is.
        name: The work's name.
        file: The new source text as it was delivered.
        anyway: Take it even if it is another text altogether.
        dry: Write nothing.

    Raises:
        DiglotError: ``s-…``, the new text is none; ``p-…``, the paired text has errors;
            ``m-001``, it is another text; ``m-002``, it is in the other script than
            ``work.toml`` says; ``m-004``, it is the work's own ``source.txt``; ``m-005``, a file
            was edited after a sync was cut off; ``m-006``, the paired text has no pairs; ``w-…``,
            a file cannot be read or written.
    """
    with _writing(project, name, dry=dry):
        return _sync(project, project.work(name), file, anyway=anyway, dry=dry)


def resume(project: Project, name: str) -> bool:
    """Write what a sync that was cut off has yet to write; gives whether there was such.

    Raises:
        DiglotError: ``m-005``, a file was edited since; ``w-…``, one cannot be written.
    """
    cut_off = (project.folder(name) / journal.NAME).exists()
    with _writing(project, name):
        return cut_off


def _sync(project: Project, work: Work, file: Path, *, anyway: bool, dry: bool) -> Synced:
    files, text = _read(project, work)
    source = work.folder / "source.txt"
    if source.exists() and file.samefile(source):
        message = "this is the source text itself, with which the new one is to be compared"
        hint = (
            "Save the new text as another file and sync with that; if you changed source.txt, "
            "put it back first (git restore)."
        )
        raise DiglotError(Problem("m-004", message, hint, Place(str(file))))
    if not text.pairs:
        message = f"{work.name} has no pairs to bring in step"
        hint = "Restore its text.md (git restore), or make a work of the new text: diglot new."
        raise DiglotError(Problem("m-006", message, hint, Place(project.path(work.folder))))
    data, path = file.read_bytes(), str(file)
    theirs = _source(data, path, work)
    _check_script(theirs, path, project, work)
    base = None
    if source.exists():
        former = _source(project.read(source), project.path(source), work)
        base = structure(former.normalized.text)
    plan = merge(text, base, structure(theirs.normalized.text))
    if plan.shared < _HARDLY and not anyway:
        message = f"this is another text: hardly anything of {work.name} is in it"
        hint = "Make a work of its own of it with diglot new, or call sync with --replace."
        raise DiglotError(Problem("m-001", message, hint, Place(path)))
    edited = edit([_text(content) for content in files.values()], text, plan)
    if not dry:
        texts = zip(files.items(), edited.files, strict=True)
        written = {file: _encoded(before, after) for (file, before), after in texts}
        write_together(work.folder, {**written, source: data})
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
    with _writing(project, name):
        return _accept(project, project.work(name), ids, every=every)


def _accept(project: Project, work: Work, ids: Collection[str], *, every: bool) -> list[str]:
    files, text = _read(project, work)
    known = [pair.id for pair in text.pairs]
    for id_ in ids:
        if id_ not in known:
            message = f"there is no pair ^{id_} in {work.name}"
            hint = "Ids stand behind the ^ of each quote; diglot check lists the stale pairs."
            raise DiglotError(Problem("m-003", message, hint, Place(project.path(work.folder))))
    stale = [pair.id for pair in text.pairs if pair.former is not None]
    wanted = [id_ for id_ in stale if every or id_ in ids]
    at = 0
    written: dict[Path, bytes] = {}
    for file, content in files.items():
        layout = read_layout(_text(content))
        chunks = layout.main.chunks
        approved = tuple(
            chunk.approved() if id_ in wanted else chunk
            for chunk, id_ in zip(chunks, known[at : at + len(chunks)], strict=True)
        )
        at += len(chunks)
        main = Part(layout.main.head, approved, layout.main.tail)
        after = write_layout(Layout(main, layout.obsolete, layout.eol))
        written[file] = _encoded(content, after)
    write_together(work.folder, written)
    return wanted


@contextmanager
def _writing(project: Project, name: str, *, dry: bool = False) -> Iterator[None]:
    """Keep others from writing a work, once what was cut off is finished; nothing if ``dry``."""
    folder = project.folder(name)
    if dry:
        yield
        return
    with locked(folder):
        finish(folder)
        sweep(folder)
        yield


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


def _encoded(before: bytes, after: str) -> bytes:
    """A file's new content, with a byte order mark if it had one."""
    mark = codecs.BOM_UTF8 if before.startswith(codecs.BOM_UTF8) else b""
    return mark + after.encode()
