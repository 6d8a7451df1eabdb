"""Kindles and Kobos: a finished EPUB, converted by what people install for it.

calibre writes AZW3, and from its version 8 on KEPUB; else kepubify does. Neither is needed for
anything else, so that one is missing is said only when it is asked for.
"""

import io
import os
import re
import shutil
import struct
import subprocess
import tempfile
import uuid
import zipfile
from datetime import datetime
from functools import cache
from pathlib import Path

from lxml import etree

from diglot.errors import DiglotError, Exit, Problem
from diglot.publish.archive import pack
from diglot.publish.package import MODIFIED, OPF

_MACOS = "/Applications/calibre.app/Contents/MacOS"
_KEPUB_SINCE = 8
_TIMEOUT = 600  # seconds
_AS_IT_IS = (  # the EPUB's own sizes, contents and breaks
    "--disable-font-rescaling",
    "--no-chapters-in-toc",
    "--chapter=/",
    "--page-breaks-before=/",
    "--chapter-mark=none",
    "--language=zh",  # the first of the two, which calibre would forget
)
_STEADY = Path(__file__).with_name("in_calibre.py")
_DATES = 36  # where a PalmDB header says when it was created and changed
_FIRST = 78  # where it says where its first record begins
_UID = 32  # where that record has the file's number
_IDENTIFIER = re.compile(rb"calibre:([0-9a-f-]{36})")


def make_azw3(epub: bytes, identifier: str) -> bytes:
    """Convert an EPUB for Kindles.

    calibre gives every conversion a new identifier, by which a Kindle would take it for another
    book, and the time of day; in their place come ``identifier`` (a UUID) and the EPUB's instant.

    Raises:
        DiglotError: ``n-005``, calibre is not installed; ``n-007``, it refuses.
    """
    tool = _tool("ebook-convert")
    if not tool:
        raise _missing("n-005", "AZW3 needs calibre, which is not installed", "azw3")
    made = _run([*_steady(tool), "{in}", "{out}", *_AS_IT_IS], epub, "azw3")
    return settled(made, identifier, _modified(epub))


def make_kepub(epub: bytes, identifier: str) -> bytes:
    """Convert an EPUB for Kobos, with identifier and instant as in an AZW3.

    Raises:
        DiglotError: ``n-006``, neither calibre 8 nor kepubify is installed; ``n-007``, it refuses.
    """
    tool = _tool("ebook-convert")
    if tool and _version(tool) >= _KEPUB_SINCE:
        made = _run([tool, "{in}", "{out}", *_AS_IT_IS], epub, "kepub")
        return repacked(made, identifier, _modified(epub))
    if kepubify := _tool("kepubify"):
        made = _run([kepubify, "--output", "{out}", "{in}"], epub, "kepub.epub")
        return repacked(made, identifier, _modified(epub))
    what = "KEPUB needs calibre 8 or newer, or kepubify, and none is installed"
    raise _missing("n-006", what, "kepub")


@cache
def converters() -> str:
    """Name what converts EPUBs here, with the versions."""
    tools = filter(None, map(_tool, ("ebook-convert", "kepubify")))
    with tempfile.TemporaryDirectory(prefix="diglot-") as folder:
        return "\n".join(_call([tool, "--version"], Path(folder)).stdout for tool in tools)


def settled(azw3: bytes, identifier: str, modified: str) -> bytes:
    """Give an AZW3 its identifier and date (the records of a PalmDB; MOBI's first record)."""
    data = bytearray(azw3)
    moment = int(datetime.fromisoformat(modified).timestamp())
    struct.pack_into(">II", data, _DATES, *[max(moment, 0)] * 2)
    (record,) = struct.unpack_from(">I", data, _FIRST)
    code = uuid.UUID(identifier)
    data[record + _UID : record + _UID + 4] = code.bytes[:4]
    if random := _IDENTIFIER.search(azw3):
        return bytes(data).replace(random[1], str(code).encode())
    return bytes(data)


def repacked(kepub: bytes, identifier: str, modified: str) -> bytes:
    """Pack a KEPUB anew, with its identifier and dates in place of those of the conversion."""
    with zipfile.ZipFile(io.BytesIO(kepub)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    for name in (name for name in files if name.endswith(".opf")):
        package = re.sub(
            rb"uuid:[0-9a-f-]{36}", f"uuid:{uuid.UUID(identifier)}".encode(), files[name]
        )
        files[name] = re.sub(rb'(?<=W3CDTF">)[^<]+', modified.encode(), package)
    return pack(files, "mimetype")


def _steady(tool: str) -> list[str]:
    """Call ``ebook-convert`` so that the same EPUB gives the same bytes, if calibre lets us."""
    debug = Path(tool).with_name("calibre-debug")
    return [str(debug), "-e", str(_STEADY), "--"] if debug.is_file() else [tool]


def _modified(epub: bytes) -> str:
    """Read when an EPUB of Diglot's says it was modified."""
    with zipfile.ZipFile(io.BytesIO(epub)) as archive:
        package = etree.fromstring(archive.read("EPUB/content.opf"))
    found: str = package.findtext(f".//{OPF}meta[@property='{MODIFIED}']")
    return found


def _tool(name: str) -> str | None:
    return shutil.which(name) or shutil.which(name, path=_MACOS)


def _version(tool: str) -> int:
    """Read calibre's major version; 0 if it does not say one."""
    with tempfile.TemporaryDirectory(prefix="diglot-") as folder:
        match = re.search(r"calibre (\d+)", _call([tool, "--version"], Path(folder)).stdout)
    return int(match[1]) if match else 0


def _missing(code: str, message: str, kind: str) -> DiglotError:
    hint = f"Install calibre (calibre-ebook.com), or take {kind} out of the edition's formats."
    return DiglotError(Problem(code, message, hint), exit_code=Exit.ENVIRONMENT)


def _run(command: list[str], epub: bytes, ending: str) -> bytes:
    """Run a converter in a folder of its own; ``{in}`` and ``{out}`` are its files."""
    with tempfile.TemporaryDirectory(prefix="diglot-") as name:
        source, made = Path(name) / "book.epub", Path(name) / f"made.{ending}"
        source.write_bytes(epub)
        files = {"{in}": str(source), "{out}": str(made)}
        done = _call([files.get(part, part) for part in command], Path(name))
        if done.returncode or not made.is_file():
            said = (done.stderr.strip() or done.stdout.strip() or "it says nothing").splitlines()
            message = f"{Path(command[0]).name} refuses the EPUB: {said[-1]}"
            hint = "Try the EPUB itself; if it opens, install a newer version of the converter."
            raise DiglotError(Problem("n-007", message, hint), exit_code=Exit.ENVIRONMENT)
        return made.read_bytes()


def _call(command: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    """Call a converter without the user's settings and plugins, and without a chance order."""
    own = {
        "CALIBRE_CONFIG_DIRECTORY": str(folder / "config"),
        "CALIBRE_TEMP_DIR": str(folder),
        "LC_ALL": "C.UTF-8",
        "PYTHONHASHSEED": "0",
        "QT_QPA_PLATFORM": "offscreen",
    }
    try:
        return subprocess.run(  # noqa: S603 (no part is content)
            command,
            env={**os.environ, **own},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=_TIMEOUT,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return subprocess.CompletedProcess(command, 1, "", str(error))
