"""What artifacts are made with: Diglot's own code, libraries and fonts.

Told twice. `outline` is quick and asks too much rather than too little: names, sizes, times.
`identity` tells by content; it is the same wherever the same things are installed.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path

from diglot.build.inputs import digest, key, of_file, of_folder

# Shared libraries that typesetting calls, by the beginnings of their file names.
_LIBRARIES = (
    *("libpango-1.0", "libpangoft2-1.0", "libharfbuzz", "libharfbuzz-subset", "libfontconfig"),
    *("libfreetype", "libfribidi", "libglib-2.0", "libgobject-2.0"),
)
_LIBRARY_FOLDERS = ("/opt/homebrew/lib", "/usr/local/lib")
_FONT_SETTINGS = ("/etc/fonts", "/opt/homebrew/etc/fonts", "/usr/local/etc/fonts")
_CALIBRE = "/Applications/calibre.app/Contents/MacOS"
_FACE = "%{family}\t%{style}\t%{file}\t%{fontversion}\n"


def outline() -> dict[str, str]:
    """List the parts of the environment, each with a digest that changes if the part may have."""
    fonts, faces = _fonts()
    return {
        "Diglot's code": key(of_folder(Path(__file__).parents[1], "diglot")),
        "Python and its packages": digest(sys.version, *sorted(_packages())),
        "system libraries": digest(*map(_stamp, ("/etc/ld.so.cache", *_LIBRARY_FOLDERS))),
        "programs": digest(*map(_stamp, (_pandoc(), *_converters()))),
        "fonts": digest(faces, *map(_stamp, sorted(fonts)), *_font_settings()),
    }


@cache
def identity() -> str:
    """Name the environment by the content of all that it is, fonts by name and version.

    The content of the fonts that a booklet names is told with the booklet, and the version of what
    converts EPUBs with the artifacts that come from it.
    """
    _, faces = _fonts()
    named = sorted(
        "\t".join((family, style, Path(file).name, version))
        for family, style, file, version in (line.split("\t") for line in faces.splitlines())
    )
    return digest(
        key(of_folder(Path(__file__).parents[1], "diglot")),
        sys.version,
        *sorted(_packages()),
        *(f"{Path(file).name} {of_file(file)}" for file in sorted(_libraries())),
        _pandoc_version(),
        *named,
        *_font_settings(),
    )


def _packages() -> Iterator[str]:
    """Name installed distributions with their versions, as the names of their folders do."""
    for folder in dict.fromkeys(sys.path):
        with suppress(OSError):
            yield from (name for name in os.listdir(folder) if name.endswith(".dist-info"))  # noqa: PTH208


def _stamp(file: str) -> str:
    """Say when a file or folder was written, and how long it is."""
    try:
        status = os.stat(file)  # noqa: PTH116 (hundreds of times a build)
    except OSError:
        return "-"
    return f"{status.st_size} {status.st_mtime_ns}"


def _fonts() -> tuple[frozenset[str], str]:
    """List the files of all fonts, and what fontconfig says of their faces."""
    listed = _output("fc-list", "--format", _FACE)
    lines = sorted(line for line in listed.splitlines() if line.count("\t") == 3)
    return frozenset(line.split("\t")[2] for line in lines), "\n".join(lines)


def _font_settings() -> Iterator[str]:
    """Tell which faces stand in for others."""
    own = os.environ.get("XDG_CONFIG_HOME") or "~/.config"
    for folder in (*_FONT_SETTINGS, f"{own}/fontconfig"):
        yield key(of_folder(Path(folder).expanduser(), "fonts"))
    for name in ("FONTCONFIG_FILE", "FONTCONFIG_PATH"):
        yield os.environ.get(name, "")


def _libraries() -> Iterable[str]:
    """Find the files of the shared libraries that typesetting calls."""
    known = (line.rpartition(" => ")[2] for line in _output("ldconfig", "-p").splitlines())
    folders = (Path(folder) for folder in _LIBRARY_FOLDERS)
    files = [*known, *(str(file) for folder in folders for file in folder.glob("lib*.dylib"))]
    return {
        os.path.realpath(file)
        for file in files
        if Path(file).name.partition(".so")[0].partition(".dylib")[0].startswith(_LIBRARIES)
    }


def _pandoc() -> str:
    """Find a pandoc of the system, which pypandoc may prefer to its own."""
    return os.environ.get("PYPANDOC_PANDOC") or shutil.which("pandoc") or ""


def _converters() -> Iterator[str]:
    """Find the programs that convert EPUBs, and where Debian has what they call."""
    yield "/usr/lib/calibre/calibre"
    for name in ("ebook-convert", "kepubify"):
        yield shutil.which(name, path=f"{os.environ.get('PATH', '')}{os.pathsep}{_CALIBRE}") or ""


def _pandoc_version() -> str:
    return _output(_pandoc(), "--version").partition("\n")[0] if _pandoc() else ""


def _output(command: str, *arguments: str) -> str:
    """Let a program of the system speak; nothing, if it is not there."""
    path = shutil.which(command) or shutil.which(command, path="/sbin:/usr/sbin")
    if not path:
        return ""
    done = subprocess.run(  # noqa: S603 (no part of the command comes from content)
        [path, *arguments], capture_output=True, check=False
    )
    return done.stdout.decode("utf-8", "replace")
