"""What stands on the shelf: the artifacts that the works' editions ask for and that are built."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import sha256

from diglot.changes.compare import compare
from diglot.changes.release import compare_with, past
from diglot.changes.show import counts
from diglot.compose.booklet import Booklet
from diglot.compose.compose import describe
from diglot.config import Edition, Format
from diglot.errors import DiglotError
from diglot.memory import remembered
from diglot.pipeline import artifact
from diglot.project import Project, Work
from diglot.publish.package import instant
from diglot.shelf.covers import Cover, read_epub, thumbnail
from diglot.shelf.media import MEDIA, Medium


@dataclass(frozen=True, slots=True)
class Artifact:
    """A file on the shelf: its path below the output folder, its size in bytes, its SHA-256."""

    path: str
    medium: Medium
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A cover, or its thumbnail, as a file on the shelf."""

    path: str
    image: Cover


@dataclass(frozen=True, slots=True)
class Changed:
    """What became of a work since its last release.

    ``counts`` sums it up, and is empty if nothing changed; ``pairs`` are the ids of the pairs
    concerned, each with what became of it.
    """

    since: str
    counts: str
    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Shelved:
    """An edition on the shelf; ``about`` is its booklet without a text.

    ``changed`` is that of its work; None if it was never released. ``updated`` is an instant that
    follows from the content: the EPUB's own, or one made likewise.
    """

    about: Booklet
    artifacts: tuple[Artifact, ...]
    updated: str
    cover: Picture | None
    thumbnail: Picture | None
    changed: Changed | None = None

    @property
    def readable(self) -> tuple[Artifact, ...]:
        """Its artifacts that are texts to read."""
        return tuple(artifact for artifact in self.artifacts if artifact.medium.reads)


@dataclass(frozen=True, slots=True)
class Shelf:
    """Everything on the shelf: the editions of each work, works in the order of their names.

    ``address`` is where it will be served, with a slash at its end; empty if that is not known.
    """

    works: tuple[tuple[Shelved, ...], ...]
    address: str = ""

    @property
    def artifacts(self) -> tuple[Artifact, ...]:
        """All artifacts, by their paths."""
        found = (each for work in self.works for edition in work for each in edition.artifacts)
        return tuple(sorted(found, key=lambda artifact: artifact.path))

    @property
    def pictures(self) -> tuple[Picture, ...]:
        """All covers and thumbnails."""
        shelved = [edition for work in self.works for edition in work]
        found = (picture for each in shelved for picture in (each.cover, each.thumbnail))
        return tuple(picture for picture in found if picture)

    @property
    def updated(self) -> str:
        """The last instant at which something was updated."""
        instants = (edition.updated for work in self.works for edition in work)
        return max(instants, default="1970-01-01T00:00:00Z")


def collect(project: Project, environment: str) -> Shelf:
    """Look what is built. A work that cannot be read is not on the shelf until it is mended.

    What was made for the shelf in the same ``environment`` is not made again.

    Raises:
        DiglotError: ``c-…`` and ``w-…`` for ``editions.toml``; ``w-008``.
    """
    shared = project.editions()
    works = []
    for name in project.names():
        with remembered(project.root, name, "shelf", environment):
            works.append(tuple(_editions(project, name, shared)))
    return Shelf(tuple(filter(None, works)), project.address())


def _editions(project: Project, name: str, shared: tuple[Edition, ...]) -> Iterator[Shelved]:
    try:
        work = project.work(name)
        described = [describe(work, edition) for edition in work.info.edition or shared]
    except DiglotError:
        return
    changed = _changed(project, work)
    for about in described:
        if shelved := _shelved(project, about):
            yield replace(shelved, changed=changed)


def _changed(project: Project, work: Work) -> Changed | None:
    try:
        released = past(project, work, None)
    except DiglotError:  # there is none, or it is broken
        return None
    changes = compare(released.text, work.text)
    details = compare_with(work, released)
    pairs = tuple((change.id, ", ".join(change.what)) for change in changes)
    return Changed(released.name, counts(changes, details), pairs)


def _shelved(project: Project, about: Booklet) -> Shelved | None:
    artifacts: list[Artifact] = []
    updated, cover, small = "", None, None
    for name, medium in MEDIA.items():
        if name not in about.edition.formats:
            continue
        path = artifact(about.work, about.edition.name, Format(name))
        file = project.output / path
        if not file.is_file():
            continue
        data = file.read_bytes()
        artifacts.append(Artifact(path, medium, len(data), sha256(data).hexdigest()))
        if name == "epub":
            said, found = read_epub(data)
            updated = said
            if found:
                stem = f"{about.work}/{about.name}.cover"
                little = thumbnail(found)
                cover = Picture(f"{stem}.{found.ending}", found)
                small = Picture(f"{stem}-small.{little.ending}", little)
    if not artifacts:
        return None
    content = sha256("".join(artifact.sha256 for artifact in artifacts).encode()).digest()
    updated = updated or instant(about.modified, content)
    return Shelved(about, tuple(artifacts), updated, cover, small)
