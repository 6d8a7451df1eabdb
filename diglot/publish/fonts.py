"""The faces a booklet is set in: found on the system by fontconfig, or named by the work."""

import io
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont, TTLibError

from diglot.config import Fonts
from diglot.errors import DiglotError, Exit, Place, Problem
from diglot.model import Script
from diglot.publish.assets import read_inside

# In order of preference. The regions' faces differ in the forms of characters and in where
# punctuation stands, so one never stands in for another.
CHINESE = {
    Script.HANS: ("Noto Serif CJK SC", "Noto Serif SC", "Source Han Serif SC"),
    Script.HANT: ("Noto Serif CJK TC", "Noto Serif TC", "Source Han Serif TC"),
    Script.HANT_TW: ("Noto Serif CJK TC", "Noto Serif TC", "Source Han Serif TC"),
    Script.HANT_HK: ("Noto Serif CJK HK", "Noto Serif HK", "Source Han Serif HC"),
}
# Latin faces with every letter of pinyin, of a weight that stands well beside Noto Serif CJK.
LATIN = ("Gentium Book Plus", "Gentium Plus", "Gentium Book", "Gentium", "Noto Serif")

INSTALL = "Run make: it installs the fonts; README.md says how to do it by hand."


@dataclass(frozen=True, slots=True)
class Face:
    """A file of a family: ``style`` is regular, bold, italic or bold italic.

    ``own`` says that it is the work's own file, and not installed on the system; ``index`` counts
    the faces of a collection (.ttc) from 0.
    """

    family: str
    style: str
    file: Path
    version: str
    own: bool = False
    index: int = 0

    @property
    def stamp(self) -> tuple[str, int, int, int]:
        """Name it as it stands on this machine: its file, which face of it, its size and time."""
        status = self.file.stat()
        return str(self.file), self.index, status.st_size, status.st_mtime_ns


@dataclass(frozen=True, slots=True)
class Typefaces:
    """The faces of a booklet; the first of each is the regular one."""

    chinese: tuple[Face, ...]
    latin: tuple[Face, ...]
    rare: tuple[Face, ...] = ()  # for what these lack

    @property
    def all(self) -> tuple[Face, ...]:
        """Every face."""
        return (*self.chinese, *self.latin, *self.rare)

    @property
    def stamps(self) -> tuple[tuple[str, int, int, int], ...]:
        """Name them all as they stand on this machine."""
        return tuple(face.stamp for face in self.all)

    @property
    def files(self) -> frozenset[Path]:
        """Every file that may be read while typesetting."""
        return frozenset(face.file for face in self.all)


def find_typefaces(script: Script, wanted: Fonts, folder: Path) -> Typefaces:
    """Find the faces for a script; a work may name a family or a file inside its ``folder``.

    Raises:
        DiglotError: ``f-001``, a family is not installed; ``f-002``, a file is no font; ``r-00…``
            for a path that leads out of the work; ``n-002``, fontconfig is not installed.
    """
    named = wanted.hans if script is Script.HANS else wanted.hant
    return Typefaces(
        _faces(named, CHINESE[script], folder, "Chinese"),
        _faces(wanted.latin, LATIN, folder, "Latin"),
        _faces(wanted.rare, (), folder, "further") if wanted.rare else (),
    )


def _faces(named: str, usual: tuple[str, ...], folder: Path, what: str) -> tuple[Face, ...]:
    if named.lower().endswith((".ttf", ".otf")):
        return (_from_file(named, folder),)
    families = (named,) if named else usual
    for family in families:
        if faces := _installed_faces(family, installed()):
            return faces
    problem = Problem("f-001", f"no {what} font is installed: {' or '.join(families)}", INSTALL)
    raise DiglotError(problem, exit_code=Exit.ENVIRONMENT)


def _installed_faces(family: str, faces: Iterable[Face]) -> tuple[Face, ...]:
    order = ("regular", "bold", "italic", "bold italic")
    found = {face.style: face for face in faces if face.family == family}
    return tuple(found[style] for style in order if style in found) if "regular" in found else ()


@cache
def installed() -> tuple[Face, ...]:
    """List the faces that fontconfig knows, in a stable order.

    Raises:
        DiglotError: ``n-002``, fontconfig is not installed.
    """
    listed = fc_list("--format", "%{family}\t%{style}\t%{file}\t%{fontversion}\t%{index}\n")
    faces: list[Face] = []
    for line in sorted(listed.splitlines()):
        families, styles, file, version, index = line.split("\t")
        style = styles.split(",")[0].casefold()
        number = int(index) & 0xFFFF  # above it fontconfig counts the instances of a variable font
        faces.extend(
            Face(family, style, Path(file), _version(version), index=number)
            for family in families.split(",")
        )
    return tuple(faces)


def fc_list(*arguments: str) -> str:
    """Return what fontconfig's ``fc-list`` says.

    Raises:
        DiglotError: ``n-002``, fontconfig is not installed.
    """
    try:
        return subprocess.run(  # noqa: S603 (no part of the command comes from content)
            ["fc-list", *arguments],  # noqa: S607 (on PATH wherever it is installed)
            check=True,
            capture_output=True,
            text=True,
            encoding="utf-8",
        ).stdout
    except (OSError, subprocess.CalledProcessError) as error:
        problem = Problem("n-002", f"fontconfig's fc-list cannot be run: {error}", INSTALL)
        raise DiglotError(problem, exit_code=Exit.ENVIRONMENT) from None


def _version(fixed: str) -> str:
    """Write fontconfig's 16.16 fixed-point version as a font's own, such as 6.101."""
    return f"{int(fixed) / 65536:.3f}" if fixed.isdigit() else ""


def _from_file(name: str, folder: Path) -> Face:
    file, data = read_inside(name, folder)
    try:
        with TTFont(io.BytesIO(data), lazy=True) as font:
            family = font["name"].getDebugName(1) or file.stem
            version = f"{font['head'].fontRevision:.3f}"
    except (TTLibError, KeyError, ValueError, OSError):
        place = Place(f"{folder.name}/work.toml")
        problem = Problem("f-002", f"{name} is not a font", "Name a .ttf or .otf file.", place)
        raise DiglotError(problem) from None
    return Face(family, "regular", file, version, own=True)
