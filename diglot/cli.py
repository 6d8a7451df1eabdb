"""The command: thin, and quick to start, since each stage is imported when it is called for."""

import re
import sys
from collections.abc import Callable, Iterator
from functools import wraps
from pathlib import Path
from typing import BinaryIO, ParamSpec, cast

import click

from diglot.errors import DiglotError, Exit, Severity

P = ParamSpec("P")


def _reporting(command: Callable[P, None]) -> Callable[P, None]:
    """Turn a `DiglotError` into messages and an exit code."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            command(*args, **kwargs)
        except DiglotError as error:
            for problem in error.problems:
                click.echo(problem, err=True)
            sys.exit(error.exit_code)

    return run


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="diglot")
@click.option(
    "-C",
    "folder",
    type=click.Path(path_type=Path),
    default=Path(),
    help="Work in the project of this folder.",
)
@click.pass_context
def main(context: click.Context, folder: Path) -> None:
    """Build bilingual Chinese-English study booklets."""
    context.obj = folder


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
@_reporting
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
@_reporting
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
@_reporting
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
@_reporting
def clean(folder: Path, orphans: bool) -> None:
    """Remove what builds made from output/, and what they remember; nothing else."""
    from diglot.build.clean import clean, clean_orphans
    from diglot.root import find_root

    for path in (clean_orphans if orphans else clean)(find_root(folder)):
        click.echo(f"output/{path} removed")


@main.command()
@click.argument("works", nargs=-1, metavar="[WORK]...")
@click.option("--since", metavar="REV", help="Find sources edited since a revision of git, too.")
@click.pass_obj
@_reporting
def check(folder: Path, works: tuple[str, ...], since: str | None) -> None:
    """List what is wrong in works, and what a person should look at.

    Exits with 1 if anything is wrong; warnings alone exit with 0.
    """
    from diglot.changes.history import text_at
    from diglot.check import check_work
    from diglot.project import find_project

    project = find_project(folder)
    project.editions()
    problems = [
        problem
        for name in works or project.names()
        for problem in check_work(
            project.work(name), text_at(project, name, since) if since is not None else None
        )
    ]
    for problem in problems:
        click.echo(problem)
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    click.echo(f"errors: {errors}, warnings: {len(problems) - errors}", err=True)
    if errors:
        sys.exit(Exit.PROBLEMS)


@main.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--report", type=click.Choice(["json"]), help="Show the edits instead of the text.")
@click.option("--off", multiple=True, metavar="RULE", help="Switch a rule off.")
@_reporting
def normalize(file: Path, report: str | None, off: tuple[str, ...]) -> None:
    """Show a source text normalized, or each edit and what is left for review."""
    from diglot.source.read import read_source, report_json

    source = read_source(file.read_bytes(), str(file), off=off)
    click.echo(report_json(source) if report else source.normalized.text, nl=False)


@main.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--name", metavar="NAME", help="The work's name; by default the file's.")
@click.pass_obj
@_reporting
def new(folder: Path, file: Path, name: str | None) -> None:
    """Make a work from a Chinese text file: pairs with empty glosses, metadata to fill in."""
    from diglot.new import make_work
    from diglot.project import find_project

    project = find_project(folder)
    made = make_work(project, file.read_bytes(), str(file), name or file.stem)
    click.echo(f"{project.path(made)}: fill in work.toml, then write the glosses in text.md")


_text_file = click.argument(
    "file",
    type=click.Path(exists=True, dir_okay=False, allow_dash=True),
    metavar="FILE|-",
)


def _lines(file: str) -> Iterator[str]:
    from diglot.source.stream import read_lines

    with click.open_file(file, "rb") as data:
        yield from read_lines(cast(BinaryIO, data), file)


@main.command()
@_text_file
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line of the text.")
@click.option(
    "--dictionary",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="A newer CC-CEDICT, plain or gzip.",
)
@_reporting
def words(file: str, as_json: bool, dictionary: Path | None) -> None:
    """Show the words of a text line by line, with readings, levels and senses.

    A question mark follows a reading that is not sure. - reads UTF-8 from standard input.
    """
    from diglot.words import Annotator, annotated, to_json, to_table

    show = to_json if as_json else to_table
    lines = (line.rstrip("\r\n") for line in _lines(file))
    for number, found in annotated(lines, Annotator(dictionary)):
        click.echo(show(number, found))


@main.command()
@_text_file
@click.option(
    "--to",
    required=True,
    type=click.Choice(["hans", "hant", "hant-tw", "hant-hk"]),
    help="Simplified, Traditional, or Traditional as in Taiwan or Hong Kong.",
)
@click.option("--quotes", is_flag=True, help="Use the region's quotation marks, too.")
@_reporting
def convert(file: str, to: str, quotes: bool) -> None:
    """Show a text in another script; what is in that script already stays as it is.

    - reads UTF-8 from standard input.
    """
    from diglot import script
    from diglot.model import Script

    text, wanted = "".join(_lines(file)), Script(to)
    source = script.detect(text) or (Script.HANT if wanted is Script.HANS else Script.HANS)
    if source is Script.HANT and wanted is not Script.HANT:
        source = script.region(text)
    text = script.convert(text, wanted, source)
    click.echo(script.regional_quotes(text, wanted) if quotes else text, nl=False)


@main.command()
@click.argument("work")
@click.option("--json", "as_json", is_flag=True, help="Show a JSON array.")
@click.pass_obj
@_reporting
def review(folder: Path, work: str, as_json: bool) -> None:
    """List what is doubtful in a work's Chinese, the most doubtful first.

    Readings, conversions and characters, each with what to write to settle it.
    """
    from diglot.project import find_project
    from diglot.review import list_doubts, to_json, to_text

    project = find_project(folder)
    read = project.work(work)
    source = read.folder / "source.txt"
    cases = list_doubts(
        read,
        read.info.edition or project.editions(),
        project.read(source) if source.exists() else None,
    )
    click.echo(to_json(cases) if as_json else "".join(map(to_text, cases)), nl=False)
    click.echo(f"cases: {len(cases)}", err=True)


@main.command()
@click.argument("work")
@click.argument(
    "file", required=False, type=click.Path(path_type=Path, exists=True, dir_okay=False)
)
@click.option("--dry-run", is_flag=True, help="Only show what would happen.")
@click.option("--replace", is_flag=True, help="Take the text even if it is another altogether.")
@click.pass_obj
@_reporting
def sync(folder: Path, work: str, file: Path | None, dry_run: bool, replace: bool) -> None:
    """Bring a work in step with a new version of its source text; no gloss is lost.

    Shows each pair to which something happens, then how many there are of each kind. Without a
    file, finishes a sync that was cut off.
    """
    from diglot.project import find_project
    from diglot.sync import show
    from diglot.sync.work import resume
    from diglot.sync.work import sync as bring_in_step

    project = find_project(folder)
    if file is None:
        finished = resume(project, work)
        click.echo(f"{work}: {'finished' if finished else 'nothing was cut off'}", err=True)
        return
    synced = bring_in_step(project, work, file, anyway=replace, dry=dry_run)
    for line in show.lines(synced.changes, synced.left_out):
        click.echo(line)
    click.echo(f"{work}: {show.counts(synced.changes)}", err=True)


@main.command()
@click.argument("work")
@click.argument("ids", nargs=-1, metavar="[ID]...")
@click.option("--all", "every", is_flag=True, help="Approve all pairs of the work.")
@click.pass_obj
@_reporting
def accept(folder: Path, work: str, ids: tuple[str, ...], every: bool) -> None:
    """Approve glosses: delete the comments that say what their sources were before."""
    from diglot.project import find_project
    from diglot.sync.work import accept as approve

    if bool(ids) == every:
        raise click.UsageError("Name pairs, or say --all.")
    approved = approve(find_project(folder), work, ids, every=every)
    click.echo(f"{work}: approved {' '.join(f'^{id_}' for id_ in approved) or 'nothing'}")


@main.command()
@click.argument("name")
@click.argument("works", nargs=-1, metavar="[WORK]...")
@click.option("--at", "revision", metavar="REV", default="", help="As it was at a git revision.")
@click.pass_obj
@_reporting
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
@_reporting
def changes(
    folder: Path, work: str, since: str | None, as_json: bool, sheet: bool, edition: str | None
) -> None:
    """List what changed in a work since it was released, pair by pair."""
    from diglot.changes import show
    from diglot.changes.compare import compare
    from diglot.changes.release import past
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
    found = compare(former.text, read.text)
    shown = show.to_json(work, former.name, found) if as_json else "".join(show.lines(found))
    click.echo(shown, nl=False)
    click.echo(f"{work}: since {former.name}: {show.counts(found) or 'nothing'}", err=True)


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
@_reporting
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


@main.command("print-test")
@click.option(
    "--sheet",
    type=click.Choice(["A5", "B5", "A4", "B4", "A3", "letter", "tabloid"]),
    default="A4",
    show_default=True,
    help="What booklets will be printed on.",
)
@click.pass_obj
@_reporting
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
