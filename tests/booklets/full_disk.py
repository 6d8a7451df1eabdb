"""Builds on a disk that is full, as a program for a mount namespace of its own.

    python -m tests.booklets.full_disk FOLDER

Mounts a small tmpfs at FOLDER and builds a project on it: whole, then edited while the disk is full
but for ever more room, until a build succeeds. Prints for each how it ended and what it said; fails
if a build left anything but whole artifacts, the earlier ones or the new.
"""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from benchmarks.library import CARDS, build_command, files, generate
from tests.builder import artifacts

_SIZE = 8_000_000
_STEP = 4 * 4096  # bytes; tmpfs gives pages of memory
_EDIT = ("The hills are high", "The mountains are tall " * 3000)


def fill(file: Path, room: int) -> None:
    """Fill the disk, but for so many bytes."""
    free = os.statvfs(file.parent)
    with file.open("ab") as target:
        target.write(bytes(max(0, free.f_bavail * free.f_frsize - room)))


def build(root: Path) -> subprocess.CompletedProcess[str]:
    # Processes side by side would take the same room in another order.
    command = build_command(root, "--jobs", "1")
    return subprocess.run(command, capture_output=True, text=True, check=False)


def main() -> None:
    disk = Path(sys.argv[1])
    options = f"size={_SIZE},mode=700"
    subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", disk], check=True)
    root = disk / "project"
    generate(root, works=1, pairs=3, editions=CARDS)
    first = build(root)
    before = artifacts(root / "output")
    glossary = root / "content/work-00000/glossary.csv"
    glossary.write_text(glossary.read_text("utf-8").replace(*_EDIT), "utf-8")
    report = [(first.returncode, first.stderr)]
    left: list[Mapping[str, bytes]] = []
    room = 0
    while len(report) == 1 or report[-1][0] != 0:
        fill(disk / "filler", room)
        done = build(root)
        (disk / "filler").unlink()
        report.append((done.returncode, done.stderr.replace(str(root), "")))
        left.append(artifacts(root / "output"))
        room += _STEP
        if strays := [path for path in files(root) if "/.diglot-" in f"/{path}"]:
            raise SystemExit(f"left unfinished: {strays}")
    for path in before:
        whole = before[path], left[-1][path]
        if whole[0] == whole[1] or any(each.get(path) not in whole for each in left):
            raise SystemExit(f"{path} is torn, gone or was not edited")
    print(json.dumps(report))  # noqa: T201


if __name__ == "__main__":
    main()
