"""A build as people see it."""

from collections.abc import Iterable

import click

from diglot.build import events
from diglot.build.events import Event


def show(told: Iterable[Event], *, explain: bool = False) -> None:
    """Print a line for each artifact that is put in place; with ``explain`` for every one."""
    for event in told:
        match event:
            case events.Planned(_, stale) if stale:
                from diglot.publish.native import slow_subsetting

                if warning := slow_subsetting():
                    click.echo(warning, err=True)
            case events.Built(path, reason, size):
                why = f": {reason}" if explain else ""
                click.echo(f"output/{path}  {size / 1000:,.0f} kB{why}")
            case events.Same(path, reason) if explain:
                click.echo(f"output/{path}  as it was, though {reason}")
            case events.Current(path) if explain:
                click.echo(f"output/{path}  current")
            case events.Orphan(path):
                hint = "diglot clean --orphans removes it"
                click.echo(f"output/{path} belongs to no edition any more: {hint}", err=True)
