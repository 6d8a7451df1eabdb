"""What can be wrong, and how it is said: a stable code, a place, a message, a hint.

Every code is explained in ``docs/problems.md`` and pinned by a test.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum


class Exit(IntEnum):
    """Exit codes of the command."""

    OK = 0
    PROBLEMS = 1  # the content has problems that a person must mend
    USAGE = 2  # the command was called wrongly (click's own code)
    ENVIRONMENT = 3  # a font, a native library or a tool is missing


class Severity(StrEnum):
    """An error stops a build; a warning is for a person to weigh."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something stands: a path as the user writes it, and a line from 1 (0: the file)."""

    path: str
    line: int = 0

    def __str__(self) -> str:
        return f"{self.path}:{self.line}" if self.line else self.path


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: what, where, and what to do about it."""

    code: str
    message: str
    hint: str
    place: Place | None = None
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        where = f"{self.place}: " if self.place else ""
        return f"{where}{self.severity} {self.code}: {self.message}\n  Hint: {self.hint}"


class DiglotError(Exception):
    """Bad input or a lacking environment; carries every problem found and the exit code."""

    def __init__(self, *problems: Problem, exit_code: Exit = Exit.PROBLEMS) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems
        self.exit_code = exit_code

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle whole, so that a worker's error reaches the parent as it was raised."""
        return _restore, (self.problems, self.exit_code)


def did_you_mean(name: str, valid: Sequence[str], otherwise: str) -> str:
    """Return a hint that names what ``name`` was meant for, or if nothing is near ``otherwise``."""
    from difflib import get_close_matches  # here, because most commands need no hint

    near = get_close_matches(name, valid, n=1)
    return f"Did you mean “{near[0]}”?" if near else otherwise


def _restore(problems: tuple[Problem, ...], exit_code: Exit) -> DiglotError:
    return DiglotError(*problems, exit_code=exit_code)
