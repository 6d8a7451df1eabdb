"""A new work from a text file: the raw source, pairs to gloss, metadata to fill in."""

import json
import shutil
import uuid
from pathlib import Path

from diglot.config.work import SourceScript
from diglot.errors import DiglotError, Exit, Place, Problem
from diglot.model import Kind, PairedText, Segment
from diglot.pairs.glossary import COLUMNS
from diglot.pairs.write import pairs_of, write
from diglot.project import WORK_NAME, Project
from diglot.source.read import read_source
from diglot.source.structure import structure
from diglot.store import aside, sweep


def make_work(project: Project, data: bytes, path: str, name: str) -> Path:
    """Make the folder of a new work, whole or not at all, and give its path.

    Args:
        project: Where it goes.
        data: The text file's bytes, in any encoding that `decode` finds out; kept untouched.
        path: What messages call the file.
        name: The work's name, which becomes its folder's.

    Raises:
        DiglotError: ``s-…`` for a file that is no Chinese text; ``w-007``, the name is taken or
            cannot be a folder's; ``w-008``, it cannot be written.
    """
    folder = project.content / name
    if not WORK_NAME.fullmatch(name):
        hint = "Give a name of letters, digits, hyphens and underscores with --name."
        raise DiglotError(Problem("w-007", f"“{name}” cannot be the name of a work", hint))
    if folder.exists():
        hint = "Choose another name with --name."
        place = Place(project.path(folder))
        raise DiglotError(Problem("w-007", f"there is a work “{name}” already", hint, place))
    source = read_source(data, path)
    segments = structure(source.normalized.text)
    text = PairedText(pairs_of(segments, "text.md"))
    script = SourceScript(source.normalized.script or SourceScript.HANS)
    files = {
        "source.txt": data,
        "text.md": write(text).encode(),
        "work.toml": _work_toml(script, segments).encode(),
        "glossary.csv": f"{','.join(COLUMNS)}\n".encode(),
    }
    sweep(project.content)
    # Made aside and put in place in one step: a kill leaves no half-made work.
    part = aside(folder)
    try:
        part.mkdir()
        for file, content in files.items():
            (part / file).write_bytes(content)
        part.rename(folder)
    except OSError as error:
        message = f"the work cannot be written: {error.strerror or error}"
        hint = "Free space or mend the permissions of the folder."
        problem = Problem("w-008", message, hint, Place(project.path(folder)))
        raise DiglotError(problem, exit_code=Exit.ENVIRONMENT) from None
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return folder


def _work_toml(script: SourceScript, segments: tuple[Segment, ...]) -> str:
    title = next((s for s in segments if s.kind is Kind.TITLE), None)
    zh = "".join(title.sentences) if title else ""
    lines = [
        "# What this work is; docs/format.md describes every key.",
        f'script = "{script}"  # of source.txt: hans or hant',
        f'identifier = "{uuid.uuid4().urn}"  # never change it: e-readers know the work by it',
        '# date = "2024"  # of the source: a year, a month or a day',
        "# revised = 2024-01-31  # of the glosses",
        '# rights = ""  # printed in the colophon',
        "",
        "[title]",
        f"zh = {json.dumps(zh or '未题', ensure_ascii=False)}",
        'en = "Untitled"',
        f"editorial = {'false' if title else 'true'}  # whether the source itself has no title",
        "",
        "# [[creator]]",
        '# zh = ""',
        '# en = ""',
        '# role = "aut"  # aut author, trl translator, edt editor, com compiler, ann annotator',
        "",
        "# [[source]]",
        '# text = ""  # where the text comes from',
        '# licence = ""',
        '# url = ""',
        "",
    ]
    return "\n".join(lines)
