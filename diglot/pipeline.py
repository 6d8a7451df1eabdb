"""Jobs: each an edition in a format, planned from a work and run into an artifact's bytes."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from importlib.metadata import version

from diglot.compose.booklet import Booklet
from diglot.compose.compose import compose
from diglot.compose.web import compose_web
from diglot.config import Edition, Format
from diglot.errors import DiglotError, Problem, Severity, did_you_mean
from diglot.project import Project, Work
from diglot.publish.assets import Picture, read_pictures
from diglot.publish.fonts import Typefaces, find_typefaces
from diglot.publish.glyphs import refuse_missing_glyphs

_QUICK = (
    Format.PDF,
    Format.EPUB,
    Format.WEB,
    Format.ANKI,
    Format.CSV,
)  # each quicker than those before


@dataclass(frozen=True, slots=True)
class Job:
    """Everything that one artifact is made of, so that any process can make it."""

    booklet: Booklet
    format: Format
    templates: Mapping[str, str]
    typefaces: Typefaces
    pictures: tuple[Picture, ...]
    cover: Picture | None
    version: str

    @property
    def path(self) -> str:
        """Where its artifact goes, below the output folder."""
        return artifact(self.booklet.work, self.booklet.edition.name, self.format)


Page = Callable[[], tuple[Job, ...]]  # composes what is set once, and gives the jobs that share it


def artifact(work: str, edition: str, kind: Format) -> str:
    """Name an artifact's file, below the output folder."""
    return f"{work}/{work}-{edition}{kind.ending}"


def plan(
    project: Project,
    works: tuple[str, ...] = (),
    edition: str | None = None,
    formats: tuple[Format, ...] = (),
) -> tuple[Job, ...]:
    """Say what is to be made: of the works named (or all), the edition and formats named (or all).

    Raises:
        DiglotError: a work has errors; ``e-004``, no work has the edition, or none in the formats
            asked for; whatever composing, fonts and pictures raise.
    """
    shared = project.editions()
    templates = project.templates()
    jobs: list[Job] = []
    known: list[str] = []
    for work in map(project.work, dict.fromkeys(works) or project.names()):
        editions = work.info.edition or shared
        known.extend(each.name for each in editions)
        jobs.extend(
            jobs_of(
                work,
                editions,
                templates,
                lambda each, kind: edition in (None, each.name) and kind in (formats or Format),
            )
        )
    if not jobs:
        raise DiglotError(nothing_asked(edition, formats, known))
    return tuple(jobs)


def jobs_of(
    work: Work,
    editions: Sequence[Edition],
    templates: Mapping[str, str],
    wanted: Callable[[Edition, Format], bool],
) -> tuple[Job, ...]:
    """Plan a work's jobs, of those of its editions and formats that are wanted.

    Raises:
        DiglotError: the work has errors; whatever composing, fonts and pictures raise.
    """
    return tuple(job for page in pages_of(work, editions, templates, wanted) for job in page())


def pages_of(
    work: Work,
    editions: Sequence[Edition],
    templates: Mapping[str, str],
    wanted: Callable[[Edition, Format], bool],
) -> tuple[Page, ...]:
    """Plan a work's pages, those that take longest first, so that no process ends with a long one.

    Nothing is composed until a page is called for its jobs, and each edition only once.

    Raises:
        DiglotError: the work has errors. Pages raise what composing, fonts and pictures do.
    """
    errors = [problem for problem in work.problems if problem.severity is Severity.ERROR]
    if errors:
        raise DiglotError(*errors)

    @cache
    def composed(number: int) -> Booklet:
        return compose(work, editions[number])

    def page(number: int, formats: Sequence[Format]) -> tuple[Job, ...]:
        edition = editions[number]
        if formats[0].base is Format.WEB:
            booklet = compose_web(work, edition, editions)
        else:
            booklet = composed(number)
        return tuple(_jobs(work, booklet, formats, templates))

    return tuple(
        partial(page, number, formats)
        for base in _QUICK
        for number, edition in enumerate(editions)
        if (
            formats := [
                each
                for each in Format
                if each.base is base and each in edition.formats and wanted(edition, each)
            ]
        )
    )


def run(job: Job, base: bytes = b"") -> bytes:
    """Make an artifact; a pure function of the job and the fonts it names.

    ``base`` is the same booklet in the format's base, if it is made already: it is then not set
    again. What is remembered (`diglot.memory`) is not made again either; the bytes are the same.

    Raises:
        DiglotError: whatever the format's module raises.
    """
    made = base or _BASES[job.format.base](job)
    return _CONVERSIONS[job.format](job, made) if job.format in _CONVERSIONS else made


def _pdf(job: Job) -> bytes:
    from diglot.publish.pdf import make_pdf

    return make_pdf(job.booklet, job.templates, job.typefaces, job.pictures, job.version)


def _epub(job: Job) -> bytes:
    from diglot.publish.epub import make_epub

    return make_epub(
        job.booklet, job.templates, job.typefaces, job.pictures, job.cover, job.version
    )


def _web(job: Job) -> bytes:
    from diglot.publish.web import make_web

    return make_web(job.booklet, job.templates, job.pictures, job.version)


def _anki(job: Job) -> bytes:
    from diglot.publish.anki import make_package

    return make_package(job.booklet, job.templates)


def _csv(job: Job) -> bytes:
    from diglot.publish.cards import make_sheet

    return make_sheet(job.booklet)


def _booklet(job: Job, pdf: bytes) -> bytes:
    from diglot.publish.impose import impose

    edition = job.booklet.edition
    return impose(pdf, edition.booklet_sheet, signature=edition.signature, creep=edition.thickness)


def _jacket(job: Job, pdf: bytes) -> bytes:
    from diglot.publish.jacket import make_jacket

    return make_jacket(job.booklet, pdf, job.templates, job.typefaces, job.version)


def _azw3(job: Job, epub: bytes) -> bytes:
    from diglot.publish.calibre import make_azw3

    return make_azw3(epub, job.booklet.identifier)


def _kepub(job: Job, epub: bytes) -> bytes:
    from diglot.publish.calibre import make_kepub

    return make_kepub(epub, job.booklet.identifier)


_BASES: Mapping[Format, Callable[[Job], bytes]] = {
    Format.PDF: _pdf,
    Format.EPUB: _epub,
    Format.WEB: _web,
    Format.ANKI: _anki,
    Format.CSV: _csv,
}
_CONVERSIONS: Mapping[Format, Callable[[Job, bytes], bytes]] = {
    Format.BOOKLET: _booklet,
    Format.COVER: _jacket,
    Format.AZW3: _azw3,
    Format.KEPUB: _kepub,
}


def _jobs(
    work: Work, booklet: Booklet, formats: Sequence[Format], templates: Mapping[str, str]
) -> Iterator[Job]:
    typefaces = find_typefaces(booklet.script, work.info.fonts, work.folder)
    pictures = read_pictures(booklet.images, work.folder)
    covers = read_pictures([work.info.cover] if work.info.cover else [], work.folder)
    if formats[0].base is Format.PDF:
        refuse_missing_glyphs(work, booklet, typefaces)
    for suffix in formats:
        yield Job(
            booklet,
            suffix,
            templates,
            typefaces,
            pictures,
            covers[0] if covers else None,
            version("diglot"),
        )


def nothing_asked(edition: str | None, formats: Iterable[str], known: Iterable[str]) -> Problem:
    """Say that no edition, or no format of it, is what is asked for."""
    known = tuple(known)
    if edition and edition not in known:
        names = ", ".join(dict.fromkeys(known)) or "none"
        hint = did_you_mean(edition, known, f"Editions here: {names}.")
        return Problem("e-004", f"there is no edition “{edition}”", hint)
    what = " and ".join(formats) or "anything"
    hint = "Add the format to its formats in editions.toml, or make a work with diglot new."
    return Problem("e-004", f"no edition is published as {what}", hint)
