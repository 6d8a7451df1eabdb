"""A sheet of what changed, for those who hold a printed edition."""

from difflib import get_close_matches
from importlib.metadata import version

from msgspec.structs import replace

from diglot.changes.release import Past
from diglot.compose.compose import compose
from diglot.config import Edition
from diglot.errors import DiglotError, Problem
from diglot.project import Project, Work
from diglot.publish.fonts import find_typefaces
from diglot.publish.page import page_of
from diglot.publish.render import render
from diglot.publish.setting import write_pdf


def make_changes_sheet(project: Project, work: Work, past: Past, edition: str | None) -> bytes:
    """Set the changes since a past state by ``print/changes-sheet.html.j2``.

    Args:
        project: Where the editions and templates are.
        work: The work.
        past: What its readers hold.
        edition: The edition that they hold, whose script and paper the sheet has; else the first.

    Raises:
        DiglotError: ``e-004``, there is no such edition; whatever composing and typesetting raise.
    """
    chosen = _edition(work.info.edition or project.editions(), edition)
    chosen = replace(chosen, bleed=0, marks=False)  # it is not for a printing house
    booklet = compose(work, chosen, past)
    typefaces = find_typefaces(booklet.script, work.info.fonts, work.folder)
    templates = project.templates()
    page = render("print/changes-sheet.html.j2", booklet, templates, typefaces, version("diglot"))
    return write_pdf(page, (), typefaces.files, page_of(chosen).zoom)


def _edition(editions: tuple[Edition, ...], name: str | None) -> Edition:
    for edition in editions:
        if name in (None, edition.name):
            return edition
    names = [edition.name for edition in editions]
    near = get_close_matches(name or "", names, n=1)
    hint = f"Did you mean “{near[0]}”?" if near else f"Editions here: {', '.join(names) or 'none'}."
    raise DiglotError(Problem("e-004", f"there is no edition “{name}”", hint))
