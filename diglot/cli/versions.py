"""Commands for what changed since a work was published."""

import re
from pathlib import Path

import click

from diglot.cli.group import main, reporting


@main.command()
@click.argument("name")
@click.argument("works", nargs=-1, metavar="[WORK]...")
@click.option("--at", "revision", metavar="REV", default="", help="As it was at a git revision.")
@click.pass_obj
@reporting
def release(folder: Path, name: str, works: tuple[str, ...], revision: str) -> None:
    """Record what you publish under a name, to tell later what changed since."""
    from diglot.changes.release import release as record
    from diglot.project import find_project

    project = find_project(folder)
    for file in record(project, name, works or project.names(), revision):
        click.echo(project.path(file))


@main.command()
@click.argument("work")
@click.option("--since", metavar="RELEASE|REV", help="A release or a git revision; the last one.")
@click.option("--json", "as_json", is_flag=True, help="Show a JSON object.")
@click.option("--sheet", is_flag=True, help="Make a sheet to print, for those who have the book.")
@click.option("--edition", metavar="NAME", help="The sheet's script and paper; the first one's.")
@click.pass_obj
@reporting
def changes(
    folder: Path, work: str, since: str | None, as_json: bool, sheet: bool, edition: str | None
) -> None:
    """List what changed in a work since it was released: pairs, titles, people, terms."""
    from diglot.changes import show
    from diglot.changes.compare import compare
    from diglot.changes.release import compare_with, past
    from diglot.project import find_project

    project = find_project(folder)
    read = project.work(work)
    former = past(project, read, since)
    if sheet:
        from diglot.publish.changes_sheet import make_changes_sheet
        from diglot.store import write_whole

        name = re.sub(r"[^\w.-]+", "-", former.name)
        file = project.output / work / f"{work}-changes-since-{name}.pdf"
        write_whole(file, make_changes_sheet(project, read, former, edition))
        click.echo(project.path(file))
        return
    found = compare(former.text, read.text), compare_with(read, former)
    shown = show.to_json(work, former.name, *found) if as_json else "".join(show.lines(*found))
    click.echo(shown, nl=False)
    known = "" if former.about else " (of title and terms it is not known how they were)"
    click.echo(f"{work}: since {former.name}: {show.counts(*found) or 'nothing'}{known}", err=True)


@main.command()
@click.argument("old", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.argument("new", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--write",
    "target",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write a PDF of the sheets to print again.",
)
@reporting
def reprint(old: Path, new: Path, target: Path | None) -> None:
    """List the pages, or the sheets of a booklet, that differ from an earlier PDF."""
    from diglot.numbers import ranges
    from diglot.publish import reprint as printing
    from diglot.store import write_whole

    data = new.read_bytes()
    found = printing.reprint(old.read_bytes(), data, (str(old), str(new)))
    what = "sheets" if found.booklet else "pages"
    click.echo(f"{what} to print again: {ranges(found.numbers) or 'none'} (of {found.count})")
    if found.gone:
        click.echo(f"{what} of the earlier one to take out at its end: {found.gone}")
    if target and not found.booklet:
        raise click.UsageError("Sheets are written from two files whose names end in -booklet.pdf.")
    if target and found.numbers:
        write_whole(target, printing.only(data, found.numbers))
        click.echo(f"{target}: print it on both sides, flipped on the short edge, at 100 %")
