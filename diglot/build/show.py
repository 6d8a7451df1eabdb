"""A build as it is seen: by people in a pipe or at a terminal, and by programs."""

import sys
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict

import click

from diglot.build import events
from diglot.build.events import Event
from diglot.errors import DiglotError, Problem

_WIDTH = 60  # columns for the artifact's name


def show(told: Iterable[Event], *, explain: bool = False) -> None:
    """Print a line for each artifact that is put in place; with ``explain`` for every one.

    At a terminal the last line says what is being made, how many are left and how long it takes.

    Raises:
        DiglotError: what the build raises.
    """
    with _Progress() as progress:
        for event in told:
            progress.note(event)
            if line := _line(event, explain=explain):
                progress.clear()
                click.echo(line, err=isinstance(event, events.Orphan))
            if isinstance(event, events.Planned) and event.stale:
                _warn_if_slow()
            progress.draw()


def show_json(told: Iterable[Event]) -> None:
    """Print each event as one line of JSON; problems are events, too.

    Raises:
        SystemExit: the build failed; with its exit code.
    """
    import msgspec

    def tell(event: str, values: object) -> None:
        named = msgspec.to_builtins(values)
        click.echo(msgspec.json.encode({"event": event, **named}))

    began = time.perf_counter()
    counts: Counter[str] = Counter()
    code = 0
    try:
        for event in told:
            name = type(event).__name__.lower()
            counts[name] += 1
            tell(name, asdict(event))
    except DiglotError as error:
        for problem in error.problems:
            tell("problem", asdict(problem))
        code = error.exit_code
    seconds = round(time.perf_counter() - began, 3)
    tell("done", {"built": counts["built"], "seconds": seconds, "exit_code": int(code)})
    if code:
        sys.exit(code)


def _line(event: Event, *, explain: bool) -> str:
    match event:
        case events.Built(path, reason, size):
            return f"output/{path}  {size / 1000:,.0f} kB" + (f": {reason}" if explain else "")
        case events.Same(path, reason) if explain:
            return f"output/{path}  as it was, though {reason}"
        case events.Current(path) if explain:
            return f"output/{path}  current"
        case events.Orphan(path):
            hint = "diglot clean --orphans removes it"
            return f"output/{path} belongs to no edition any more: {hint}"
    return ""


def _warn_if_slow() -> None:
    from diglot.publish.native import slow_subsetting

    warning: Problem | None = slow_subsetting()
    if warning:
        click.echo(warning, err=True)


class _Progress:
    """The line at the end of a terminal; in a pipe nothing."""

    def __init__(self) -> None:
        self._shown = _at_terminal()
        self._began = time.perf_counter()
        self._stale = self._done = self._built = 0
        self._total = 0
        self._making: dict[str, None] = {}

    def __enter__(self) -> "_Progress":
        return self

    def __exit__(self, *error: object) -> None:
        self.clear()
        if self._shown and self._total and error[0] is None:
            current = self._total - self._built
            took = _time(time.perf_counter() - self._began)
            click.echo(f"{self._built} built, {current} as they were, {took}", err=True)

    def note(self, event: Event) -> None:
        match event:
            case events.Planned(total, stale):
                self._total, self._stale = total, stale
            case events.Making(path):
                self._making[path] = None
            case events.Built(path) | events.Same(path):
                self._making.pop(path, None)
                self._done += 1
                self._built += isinstance(event, events.Built)

    def clear(self) -> None:
        if self._shown:
            click.echo("\r\x1b[K", err=True, nl=False)

    def draw(self) -> None:
        if not self._shown or not self._stale:
            return
        passed = time.perf_counter() - self._began
        left = passed / self._done * (self._stale - self._done) if self._done else None
        about = f", about {_time(left)} left" if left is not None else ""
        name = next(iter(self._making), "").rpartition("/")[2]
        shown = name if len(name) <= _WIDTH else f"{name[: _WIDTH - 1]}…"
        self.clear()
        text = f"{self._done} of {self._stale} in {_time(passed)}{about}" + (
            f": {shown}" if shown else ""
        )
        click.echo(text, err=True, nl=False)


def _at_terminal() -> bool:
    return sys.stderr.isatty()


def _time(seconds: float) -> str:
    whole = round(seconds)
    return f"{seconds:.1f} s" if seconds < 10 else f"{whole // 60}:{whole % 60:02} min"
