"""The command without its subcommands: its options, and how errors are said."""

import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import ParamSpec

import click

from diglot.errors import DiglotError

P = ParamSpec("P")


def reporting(command: Callable[P, None]) -> Callable[P, None]:
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
