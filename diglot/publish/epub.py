"""E-readers: Markdown into EPUB 3 by pandoc, then finished by `diglot.publish.finish`."""

import json
import tempfile
from collections.abc import Mapping
from pathlib import Path

from diglot.compose.booklet import Booklet
from diglot.compose.once import by_section, first_only
from diglot.config import Once
from diglot.errors import DiglotError, Exit, Problem
from diglot.pairs.inline import plain
from diglot.publish.assets import Picture
from diglot.publish.cover import draw_cover
from diglot.publish.finish import finish
from diglot.publish.fonts import Typefaces
from diglot.publish.kept import set_aside
from diglot.publish.package import in_order
from diglot.publish.pagelist import first_on_pages
from diglot.publish.render import markdown, render

_ARGUMENTS = (
    "--standalone",
    "--split-level=1",
    "--toc",
    "--toc-depth=2",
    "--epub-title-page=false",
    "--fail-if-warnings",
)


def make_epub(
    booklet: Booklet,
    templates: Mapping[str, str],
    typefaces: Typefaces,
    pictures: tuple[Picture, ...],
    cover: Picture | None,
    version: str,
) -> bytes:
    """Make a booklet's EPUB; the same booklet gives the same bytes on every run.

    Raises:
        DiglotError: as `render`, `draw_cover`, `finish` and, for a page list, `make_pdf` do;
            ``r-008``, pandoc refuses the text; ``n-003``, pandoc cannot be run.
    """
    pages = _printed(booklet, templates, typefaces, pictures, version)
    if booklet.edition.once is Once.SPREAD:
        booklet = first_only(booklet, by_section)  # a screen has no spreads
    text, kept = set_aside(render("epub/book.md.j2", booklet, templates, typefaces, version))
    style = render("epub/book.css", booklet, templates, typefaces, version)
    if cover is None:
        page = render("epub/cover.html.j2", booklet, templates, typefaces, version)
        cover = draw_cover(page, typefaces)
    metadata = json.dumps(_metadata(booklet), ensure_ascii=False)
    with tempfile.TemporaryDirectory(prefix="diglot-") as name:
        folder = Path(name)
        image = folder / f"cover.{cover.media_type.partition('/')[2]}"
        image.write_bytes(cover.data)
        (folder / "metadata.json").write_text(metadata, encoding="utf-8")
        (folder / "book.css").write_text(style, encoding="utf-8")
        written = _pandoc(text, folder, image)
    return finish(written, booklet, typefaces, kept, pictures, pages)


def _printed(
    booklet: Booklet,
    templates: Mapping[str, str],
    typefaces: Typefaces,
    pictures: tuple[Picture, ...],
    version: str,
) -> Mapping[int, str]:
    """Tell what begins on the pages of print, if the edition lists them: they are set for it."""
    if not booklet.edition.page_list:
        return {}
    from diglot.publish.pdf import make_pdf  # late: typesetting takes long to load

    return first_on_pages(make_pdf(booklet, templates, typefaces, pictures, version))


def _pandoc(text: str, folder: Path, cover: Path) -> bytes:
    import pypandoc

    book = folder / "book.epub"
    try:
        pypandoc.convert_text(
            text,
            "epub3",
            format="commonmark_x",
            outputfile=book,
            # Without this pypandoc asks pandoc for its formats first, in processes of their own.
            verify_format=False,
            extra_args=[
                *_ARGUMENTS,
                f"--metadata-file={folder / 'metadata.json'}",
                f"--css={folder / 'book.css'}",
                f"--epub-cover-image={cover}",
                f"--resource-path={folder}",
            ],
        )
    except OSError as error:
        problem = Problem("n-003", f"pandoc cannot be run: {error}", "Run make: it installs it.")
        raise DiglotError(problem, exit_code=Exit.ENVIRONMENT) from None
    except RuntimeError as error:
        message = f"pandoc refuses the text: {error}"
        hint = "Mend the template or the pair that it names."
        raise DiglotError(Problem("r-008", message, hint)) from None
    return book.read_bytes()


def _metadata(booklet: Booklet) -> dict[str, object]:
    """Say of the book what pandoc's EPUB writer can say (EPUB 3.3, 5.5); it reads Markdown."""
    people = [
        {"role": person.role, "text": markdown(person.zh or person.en), "file-as": person.en}
        for person in in_order(booklet.creators)
    ]
    titles = [{"type": "main", "text": markdown(booklet.titles.zh)}]
    if english := plain(booklet.titles.en):
        titles.append({"type": "subtitle", "text": markdown(english)})
    metadata = {
        "title": titles,
        "pagetitle": markdown(booklet.titles.zh),
        "creator": [person for person in people if person["role"] == "aut"],
        "contributor": [person for person in people if person["role"] != "aut"],
        "identifier": [{"text": booklet.identifier}],
        # pandoc has words for zh-Hant, not for its regions; `finish` says the language exactly.
        "lang": "-".join(booklet.language.split("-")[:2]),
        "date": booklet.date or booklet.revised,
        "rights": markdown(plain(booklet.rights)),
        "description": markdown(
            f"Chinese with English glosses, vocabulary and notes ({booklet.edition.name})."
        ),
        "toc-title": "目录" if booklet.language == "zh-Hans" else "目錄",
    }
    # An empty element of Dublin Core is not valid.
    return {key: value for key, value in metadata.items() if value}
