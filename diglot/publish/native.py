"""Native libraries that a build can do without, at a price."""

from ctypes import CDLL
from ctypes.util import find_library

from diglot.errors import Problem, Severity


def slow_subsetting() -> Problem | None:
    """Say so if WeasyPrint cannot subset fonts with HarfBuzz: what is not set in parts takes long.

    Asked of the system's loader, since to ask WeasyPrint would take a second.
    """
    harfbuzz = find_library("harfbuzz")
    if harfbuzz and find_library("harfbuzz-subset") and CDLL(harfbuzz).hb_version_atleast(4, 1, 0):
        return None
    return Problem(
        "n-024",
        "HarfBuzz's subset library (4.1 or newer) is missing: printed covers take much longer",
        "Run make: it installs the library where the system offers it.",
        severity=Severity.WARNING,
    )
