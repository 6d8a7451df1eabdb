"""Commands for a work: made, checked, reviewed, in step with its source."""

import sys
from pathlib import Path

import click

from diglot.cli.group import main, reporting
from diglot.errors import Exit, Severity


@main.command()
@click.argument("works", nargs=-1, metavar="[WORK]...")
@click.option("--since", metavar="REV", help="Find sources edited since a revision of git, too.")
@click.pass_obj
@reporting
def check(folder: Path, works: tuple[str, ...], since: str | None) -> None:
    """List what is wrong in works, and what a person should look at.

    Exits with 1 if anything is wrong; warnings alone exit with 0.
    """
    from diglot.changes.edited import edited
    from diglot.check import check_work
    from diglot.project import find_project

    project = find_project(folder)
    project.editions()
    problems = [
        problem
        for work in map(project.work, works or project.names())
        for problem in check_work(work, () if since is None else edited(project, work, since))
    ]
    for problem in problems:
        click.echo(problem)
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    click.echo(f"errors: {errors}, warnings: {len(problems) - errors}", err=True)
    if errors:
        sys.exit(Exit.PROBLEMS)


@main.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--name", metavar="NAME", help="The work's name; by default the file's.")
@click.pass_obj
@reporting
def new(folder: Path, file: Path, name: str | None) -> None:
    """Make a work from a Chinese text file: pairs with empty glosses, metadata to fill in."""
    from diglot.new import make_work
    from diglot.project import find_project

    project = find_project(folder)
    made = make_work(project, file.read_bytes(), str(file), name or file.stem)
    click.echo(f"{project.path(made)}: fill in work.toml, then write the glosses in text.md")


@main.command()
@click.argument("work")
@click.option("--json", "as_json", is_flag=True, help="Show a JSON array.")
@click.pass_obj
@reporting
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
@reporting
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
@reporting
def accept(folder: Path, work: str, ids: tuple[str, ...], every: bool) -> None:
    """Approve glosses: delete the comments that say what their sources were before."""
    from diglot.project import find_project
    from diglot.sync.work import accept as approve

    if bool(ids) == every:
        raise click.UsageError("Name pairs, or say --all.")
    approved = approve(find_project(folder), work, ids, every=every)
    click.echo(f"{work}: approved {' '.join(f'^{id_}' for id_ in approved) or 'nothing'}")
