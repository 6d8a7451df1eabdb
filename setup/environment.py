"""Makes .venv from a hash-pinned lock and installs the project in it; if that is done, nothing.

usage: python setup/environment.py build|test      (any Python from 3.11 with venv)

What is half-made is never taken for whole: one process at a time changes the environment,
``.venv/unfinished`` stands while it does, and the stamps are written last.
"""

import fcntl
import hashlib
import shutil
import subprocess
import sys
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# What each kind of environment is made from; that for tests holds all that a build needs.
LOCKS = {"build": "requirements.lock", "test": "requirements-test.lock"}
COVERS = {"build": ("build",), "test": ("build", "test")}
# Reading systems that the tests open EPUBs with.
READERS = "tests/browser/readers"


def set_up(root: Path, kind: str) -> None:
    """Bring the environment of the project at ``root`` up to its locks.

    Raises:
        subprocess.CalledProcessError: pip or npm failed; the next call begins anew.
    """
    home = root / ".venv"
    unfinished = home / "unfinished"
    with _one_at_a_time(root / ".cache"):
        if _is_done(root, kind):
            return
        if not _is_usable(home):
            _say("Making .venv")
            shutil.rmtree(home, ignore_errors=True)
            home.mkdir()
            unfinished.touch()
            venv.create(home, symlinks=True, with_pip=True)
        unfinished.touch()
        _say(f"Installing {LOCKS[kind]}")
        # No source packages: building one would fetch what no lock pins.
        lock = str(root / LOCKS[kind])
        _pip(home, "--only-binary=:all:", "--require-hashes", "-r", lock)
        if _stamp(root, "build") != _digest(root, "build"):
            _pip(home, "--no-deps", "--no-build-isolation", "-e", str(root))
        if kind == "test":
            _say(f"Installing {READERS}")
            _npm(root / READERS)
        for covered in COVERS[kind]:
            (home / f"stamp-{covered}").write_text(_digest(root, covered))
        unfinished.unlink()


@contextmanager
def _one_at_a_time(folder: Path) -> Iterator[None]:
    # The lock goes with the process that holds it, however that ends.
    folder.mkdir(exist_ok=True)
    with (folder / "setup.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _is_done(root: Path, kind: str) -> bool:
    whole = not (root / ".venv/unfinished").exists() and (root / ".venv/bin/python").exists()
    return whole and _stamp(root, kind) == _digest(root, kind)


def _stamp(root: Path, kind: str) -> str:
    file = root / f".venv/stamp-{kind}"
    return file.read_text() if file.exists() else ""


def _digest(root: Path, kind: str) -> str:
    """Hash what is installed, by what, for which Python, and where: no environment can move."""
    names = ["pyproject.toml", "setup/system.sh", "setup/environment.py"]
    names += [LOCKS[covered] for covered in COVERS[kind]]
    names += [f"{READERS}/package-lock.json"] * (kind == "test")
    parts = [str(root).encode(), bytes(sys.version_info[:2])]
    parts += [(root / name).read_bytes() for name in names]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def _is_usable(home: Path) -> bool:
    try:
        works = not (home / "unfinished").exists() and str(home) in (home / "bin/pip").read_text()
        probe = "import pip, sys; sys.exit(sys.version_info < (3, 11))"
        command = [str(home / "bin/python"), "-c", probe]
        return works and not subprocess.run(command).returncode  # noqa: S603 (no part is content)
    except OSError:
        return False


def _pip(home: Path, *what: str) -> None:
    options = ("--quiet", "--disable-pip-version-check", "--no-input")
    command = [str(home / "bin/python"), "-m", "pip", *options, "install", *what]
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL)  # noqa: S603 (no part is content)


def _npm(folder: Path) -> None:
    # No package's own scripts: what they would download is not pinned.
    options = ("--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
    subprocess.run(["npm", "ci", *options], cwd=folder, check=True, stdin=subprocess.DEVNULL)  # noqa: S603, S607 (no part is content)


def _say(text: str) -> None:
    sys.stderr.write(f"{text}\n")


if __name__ == "__main__":
    try:
        set_up(ROOT, sys.argv[1])
    except subprocess.CalledProcessError:
        sys.exit("Packages could not be installed; pip or npm says why above.")
