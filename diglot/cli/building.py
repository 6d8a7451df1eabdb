"""Commands that make what readers get, and show it."""

import sys
from pathlib import Path

import click

from diglot.cli.group import main, reporting


@main.command()
@click.argument("works", nargs=-1, metavar="[WORK]...")
@click.option("--edition", metavar="NAME", help="Only this edition.")
@click.option(
    "--format",
    "formats",
    multiple=True,
    type=click.Choice(["pdf", "epub", "booklet", "cover", "anki", "csv", "azw3", "kepub", "web"]),
    help="Only this format; may be given more than once.",
)
@click.option("--jobs", type=click.IntRange(1), help="How many processes; as many as cores.")
@click.option("--cluster", metavar="ADDRESS", default="", help="By a Dask cluster.")
@click.option("--explain", is_flag=True, help="Say of each artifact why it is made, or is not.")
@click.option("--json", "as_json", is_flag=True, help="Tell events as JSON, one a line.")
@click.pass_obj
@reporting
def build(
    folder: Path,
    works: tuple[str, ...],
    edition: str | None,
    formats: tuple[str, ...],
    jobs: int | None,
    cluster: str,
    explain: bool,
    as_json: bool,
) -> None:
    """Build booklets into output/: all works, editions and formats, or those named.

    Makes only what is not current: what it would be made from has changed.
    """
    from diglot.build.show import show, show_json
    from diglot.build.start import start
    from diglot.build.survey import Selection
    from diglot.root import find_root

    asked = Selection(tuple(dict.fromkeys(works)), edition, formats)
    told = start(find_root(folder), asked, jobs or 0, cluster)
    if as_json:
        show_json(told)
    else:
        show(told, explain=explain)


@main.command()
@click.argument("work")
@click.option("--edition", metavar="NAME", default="", help="This edition; else the first.")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="0: any that is free.")
@click.option("--open/--no-open", "opens", default=True, help="Open the page in the browser.")
@click.pass_obj
@reporting
def watch(folder: Path, work: str, edition: str, port: int, opens: bool) -> None:
    """Show a work in the browser while it is edited: on the screen, on paper, what is wrong."""
    from diglot.project import find_project
    from diglot.watch.serve import watch

    project = find_project(folder)
    project.folder(work)
    watch(project, work, edition, port, click.echo, show=opens)


@main.command()
@click.option("--lan", is_flag=True, help="To the e-readers of the local network, too.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="0: any that is free.",
)
@click.pass_obj
@reporting
def serve(folder: Path, lan: bool, port: int) -> None:
    """Serve output/ with its library page and catalogues: to this machine alone, or with --lan."""
    from diglot.root import find_root
    from diglot.serve import serve

    def told(addresses: tuple[str, ...]) -> None:
        for address in addresses:
            click.echo(f"{address}  catalogue: {address}opds.xml")
        if lan and sys.stdout.isatty():
            import segno

            segno.make(addresses[0]).terminal(compact=True)

    serve(find_root(folder) / "output", port, told, lan=lan)


@main.command()
@click.option("--orphans", is_flag=True, help="Only what no edition asks for any more.")
@click.pass_obj
@reporting
def clean(folder: Path, orphans: bool) -> None:
    """Remove what builds made from output/, and what they remember; nothing else."""
    from diglot.build.clean import clean, clean_orphans
    from diglot.root import find_root

    for path in (clean_orphans if orphans else clean)(find_root(folder)):
        click.echo(f"output/{path} removed")


@main.command("print-test")
@click.option(
    "--sheet",
    type=click.Choice(["A5", "B5", "A4", "B4", "A3", "letter", "tabloid"]),
    default="A4",
    show_default=True,
    help="What booklets will be printed on.",
)
@click.pass_obj
@reporting
def print_test(folder: Path, sheet: str) -> None:
    """Make a sheet to print first: it shows whether a printer prints booklets right."""
    from diglot.config import Sheet
    from diglot.project import find_project
    from diglot.publish.print_test import make_print_test
    from diglot.store import write_whole

    project = find_project(folder)
    file = project.output / f"print-test-{sheet}.pdf"
    write_whole(file, make_print_test(Sheet(sheet), project.templates()))
    click.echo(f"{project.path(file)}: print it on both sides, flipped on the short edge, at 100 %")
