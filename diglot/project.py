"""The project's folders, and a work read from its own: the only module that reads content."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import regex

from diglot import journal
from diglot.config import Edition, WorkInfo, read_editions, read_shelf, read_work_info
from diglot.errors import DiglotError, Place, Problem, did_you_mean
from diglot.model import PairedText, Term
from diglot.pairs.glossary import read_glossary
from diglot.pairs.parse import parse
from diglot.root import find_root, names
from diglot.text import read_text

WORK_NAME = regex.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
MAX_BYTES = 20_000_000  # of any one file that people write


@dataclass(frozen=True, slots=True)
class Work:
    """A work as it stands in its folder.

    ``digest`` is the SHA-256 of every file that people wrote for it, in hexadecimal.
    """

    name: str
    folder: Path
    info: WorkInfo
    text: PairedText
    terms: tuple[Term, ...]
    problems: tuple[Problem, ...]
    digest: str
    releases: Mapping[str, bytes]  # what was published, by the files' names; not in the digest


@dataclass(frozen=True, slots=True)
class Project:
    """A project's root folder: ``content/`` and ``templates/`` stand in it, ``output/`` will."""

    root: Path

    @property
    def content(self) -> Path:
        """The folder of works."""
        return self.root / "content"

    @property
    def output(self) -> Path:
        """The folder of what is built."""
        return self.root / "output"

    def path(self, file: Path) -> str:
        """Name a file as messages do: relative to the root, with slashes."""
        return file.relative_to(self.root).as_posix()

    def names(self) -> tuple[str, ...]:
        """List the works, in the order of their names; a hidden folder is none."""
        return names(self.root)

    def editions(self) -> tuple[Edition, ...]:
        """Read the editions that every work gets.

        Raises:
            DiglotError: ``c-001`` … ``c-004``, ``w-002``.
        """
        file = self.content / "editions.toml"
        return read_editions(self.read(file), self.path(file))

    def address(self) -> str:
        """Read where the output folder will be served; empty if ``editions.toml`` does not say.

        Raises:
            DiglotError: as `editions`.
        """
        file = self.content / "editions.toml"
        url = read_shelf(self.read(file), self.path(file)).url
        return f"{url.rstrip('/')}/" if url else ""

    def templates(self) -> Mapping[str, str]:
        """Read every template, style sheet and script, by its path below ``templates/``.

        Raises:
            DiglotError: ``w-002``, ``w-003``, ``w-006``.
        """
        folder = self.root / "templates"
        files = sorted(p for p in folder.rglob("[!.]*") if p.suffix in (".j2", ".css", ".js"))
        return {p.relative_to(folder).as_posix(): self._text(p) for p in files}

    def folder(self, name: str) -> Path:
        """Name the folder of a work.

        Raises:
            DiglotError: ``w-001``, there is no such work.
        """
        folder = self.content / name
        # One folder of many: to list them all for each would take its time.
        if Path(name).name != name or name[:1] == "." or not (folder / "work.toml").exists():
            raise DiglotError(_no_such_work(name, self.names()))
        return folder

    def info(self, name: str) -> WorkInfo:
        """Read what a work's ``work.toml`` says.

        Raises:
            DiglotError: ``w-001``, there is no such work; ``w-002``, ``w-003``; ``c-…``.
        """
        file = self.folder(name) / "work.toml"
        return read_work_info(self.read(file), self.path(file))

    def work(self, name: str) -> Work:
        """Read a work.

        Raises:
            DiglotError: ``w-001``, there is no such work; ``w-002`` … ``w-004`` and ``w-006``, a
                file that cannot be read; ``w-009``, a sync has yet to write some; ``c-…`` and
                ``g-…`` for what is wrong inside. What is wrong with single pairs and terms is in
                the work's ``problems``.
        """
        folder = self.folder(name)
        if (folder / journal.NAME).exists():
            message = "a sync of this work was cut off before all its files were written"
            hint = f"Call diglot sync {name}: it writes the others."
            raise DiglotError(Problem("w-009", message, hint, Place(self.path(folder))))
        info_data = self.read(folder / "work.toml")
        info = read_work_info(info_data, self.path(folder / "work.toml"))
        texts = {file: self.read(file) for file in self.text_files(folder)}
        parsed = parse(*((self._decode(f, data), self.path(f)) for f, data in texts.items()))
        sheets = [folder / "glossary.csv", self.content / "glossary.csv"]
        glossaries = {file: self.read(file) for file in sheets if file.exists()}
        terms: dict[str, Term] = {}
        problems = list(parsed.problems)
        for file, data in glossaries.items():
            read, wrong = read_glossary(data, self.path(file))
            problems.extend(wrong)
            for term in read:
                terms.setdefault(term.term, term)
        source = folder / "source.txt"
        written = {folder / "work.toml": info_data, **texts, **glossaries}
        if source.exists():
            written[source] = self.read(source)
        digest = hashlib.sha256()
        for file, data in sorted(written.items()):
            digest.update(f"{self.path(file)} {len(data)}\n".encode())
            digest.update(data)
        return Work(
            name,
            folder,
            info,
            parsed.text,
            tuple(terms.values()),
            tuple(problems),
            digest.hexdigest(),
            {
                file.name: self.read(file)
                for file in sorted((folder / "releases").glob("[!.]*"))
                if file.suffix in (".md", ".json")
            },
        )

    def read(self, file: Path) -> bytes:
        """Read a file that people write.

        Raises:
            DiglotError: ``w-002``, it is not there, leads out of the project or cannot be opened;
                ``w-003``, it is too large.
        """
        place = Place(self.path(file))
        if not file.is_file() or not file.resolve().is_relative_to(self.root.resolve()):
            message = "this file is not there" if not file.exists() else "this is not a plain file"
            hint = "Make it, or restore it; a link that leads out of the project is not followed."
            raise DiglotError(Problem("w-002", message, hint, place))
        size = file.stat().st_size
        if size > MAX_BYTES:
            message = f"this file has {size:,} bytes; {MAX_BYTES:,} is the most"
            raise DiglotError(Problem("w-003", message, "Part the work into several.", place))
        try:
            return file.read_bytes()
        except OSError as error:
            message = f"this file cannot be read: {error.strerror}"
            hint = "Mend its permissions."
            raise DiglotError(Problem("w-002", message, hint, place)) from None

    def _text(self, file: Path) -> str:
        return self._decode(file, self.read(file))

    def _decode(self, file: Path, data: bytes) -> str:
        hint = "Save the file as UTF-8; diglot new reads other encodings."
        return read_text(data, self.path(file), "w-006", hint)

    def text_files(self, folder: Path) -> tuple[Path, ...]:
        """Name the files that a work's paired text stands in, in order.

        Raises:
            DiglotError: ``w-004``, there is a ``text.md`` and a folder ``text`` as well.
        """
        parts = tuple(sorted((folder / "text").glob("*.md")))
        whole = folder / "text.md"
        if parts and whole.exists():
            message = "there is a text.md and a folder text/ as well"
            hint = "Keep one of them."
            raise DiglotError(Problem("w-004", message, hint, Place(self.path(folder))))
        return parts or (whole,)


def find_project(start: Path) -> Project:
    """Find the project that a folder belongs to.

    Raises:
        DiglotError: ``w-005``, as `find_root`.
    """
    return Project(find_root(start))


def _no_such_work(name: str, names: tuple[str, ...]) -> Problem:
    hint = did_you_mean(name, names, f"Works here: {', '.join(names) or 'none'}.")
    return Problem("w-001", f"there is no work “{name}”", hint)
