"""The command: thin, and quick to start, since each stage is imported when it is called for."""

import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import ParamSpec

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
    type=click.Choice(["pdf", "epub", "booklet"]),
    help="Only this format; may be given more than once.",
)
@click.option("--jobs", type=click.IntRange(1), help="How many processes; as many as cores.")
@click.pass_obj
@_reporting
def build(
    folder: Path,
    works: tuple[str, ...],
    edition: str | None,
    formats: tuple[str, ...],
    jobs: int | None,
) -> None:
    """Build booklets into output/: all works, editions and formats, or those named."""
    from diglot import pipeline
    from diglot.config import Format
    from diglot.project import find_project
    from diglot.publish.native import slow_subsetting

    project = find_project(folder)
    plan = pipeline.plan(project, works, edition, tuple(map(Format, formats)))
    if warning := slow_subsetting():
        click.echo(warning, err=True)
    for built in pipeline.build(project, plan, jobs or 0):
        click.echo(f"{project.path(built.file)}  {built.size / 1000:,.0f} kB")


@main.command()
@click.argument("works", nargs=-1, metavar="[WORK]...")
@click.pass_obj
@_reporting
def check(folder: Path, works: tuple[str, ...]) -> None:
    """List what is wrong in works, and what a person should look at.

    Exits with 1 if anything is wrong; warnings alone exit with 0.
    """
    from diglot.check import check_work
    from diglot.project import find_project

    project = find_project(folder)
    project.editions()
    problems = [
        problem for name in works or project.names() for problem in check_work(project.work(name))
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
