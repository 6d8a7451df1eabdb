"""The exact key of an artifact: all that goes into it, after the templates have run.

A comment in a template changes no page, so nothing is typeset for it.
"""

from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path

import msgspec

from diglot.build.inputs import digest, of_file
from diglot.config import Format, Layout, Once
from diglot.pipeline import Job
from diglot.publish.assets import Picture
from diglot.publish.calibre import converters
from diglot.publish.render import reached, render

# What a format is set from; where none are named here, all in the format's folder and beyond.
_TEMPLATES = {
    Format.PDF: ("print/booklet.html.j2",),
    Format.EPUB: ("epub/book.md.j2", "epub/book.css"),
}
FOLDERS: Mapping[Format, tuple[str, ...]] = {  # of templates
    Format.PDF: ("print",),
    Format.EPUB: ("epub",),
    Format.WEB: ("web",),
    Format.ANKI: ("anki",),
    Format.CSV: (),
}
_COVER = "epub/cover.html.j2"


def page_key(job: Job, environment: str) -> str:
    """Name everything that an artifact is made of; ``environment`` names what makes it.

    Raises:
        DiglotError: as `render`.
    """
    edition = msgspec.structs.replace(job.booklet.edition, formats=())
    booklet = {
        name: getattr(job.booklet, name)
        for name in type(job.booklet).__dataclass_fields__
        if name != "edition"
    }
    faces = (*job.typefaces.chinese, *job.typefaces.latin, *job.typefaces.rare)
    return digest(
        environment,
        job.format,
        job.version,
        *_texts(job),
        repr((edition, booklet)),
        *(f"{face.family} {face.style} {_font(face.file)}" for face in faces),
        *(part for picture in job.pictures for part in _picture(picture)),
        *(_picture(job.cover) if job.cover else ()),
        converters() if job.format in (Format.AZW3, Format.KEPUB) else "",
    )


def _texts(job: Job) -> list[str]:
    """Run the templates; where a page is set again by what it looks like, take what they say."""
    names = _TEMPLATES.get(job.format.base, ())
    edition = job.booklet.edition
    if job.format is Format.COVER:  # it depends on how many pages there are
        names = ()
    faces = edition.layout is Layout.FACING and job.format.base is Format.PDF
    lists = edition.page_list and job.format.base is Format.EPUB  # the pages of print
    if not names or faces or lists or edition.once is Once.SPREAD:
        folders = (*FOLDERS[job.format.base], *(("print",) if lists else ()))
        return [reached(folder, job.templates) for folder in folders]
    if job.format.base is Format.EPUB and job.cover is None:
        names = (*names, _COVER)
    run: Callable[[str], str] = lambda name: render(  # noqa: E731
        name, job.booklet, job.templates, job.typefaces, job.version
    )
    return [run(name) for name in names]


def _picture(picture: Picture) -> tuple[str | bytes, ...]:
    return picture.name, picture.media_type, picture.data


@lru_cache(maxsize=64)
def _font(file: Path) -> str:
    return of_file(file)
