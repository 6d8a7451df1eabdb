"""Files are put in place whole or not at all."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from diglot.errors import DiglotError, Exit
from diglot.store import aside, sweep, write_whole


def files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def failure(file: Path, data: bytes = b"new") -> DiglotError:
    with pytest.raises(DiglotError) as caught:
        write_whole(file, data)
    assert caught.value.exit_code is Exit.ENVIRONMENT
    return caught.value


@pytest.fixture
def ended_process() -> int:
    """The number of a process that ran a moment ago."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def test_a_file_is_written_with_its_folders(tmp_path: Path) -> None:
    write_whole(tmp_path / "a" / "b" / "c.pdf", b"new")
    assert files(tmp_path) == ["a", "a/b", "a/b/c.pdf"]
    assert (tmp_path / "a/b/c.pdf").read_bytes() == b"new"


def test_an_earlier_file_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"a much longer old file")
    write_whole(tmp_path / "a", b"new")
    assert (tmp_path / "a").read_bytes() == b"new"
    assert files(tmp_path) == ["a"]


def test_w_008_a_full_disk_leaves_the_earlier_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a").write_bytes(b"old")

    def fill(file: Path, data: bytes) -> int:
        with file.open("wb") as half:
            half.write(data[:1])
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", fill)
    assert str(failure(tmp_path / "a")) == (
        f"{tmp_path}/a: error w-008: this file cannot be written: No space left on device\n"
        "  Hint: Free space or mend the permissions; an earlier version of the file is unchanged."
    )
    assert files(tmp_path) == ["a"]
    assert (tmp_path / "a").read_bytes() == b"old"


def test_w_008_a_folder_where_the_file_should_be_stays(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    assert "w-008: this file cannot be written: " in str(failure(tmp_path / "a"))
    assert files(tmp_path) == ["a", "a/b"]


def test_w_008_a_file_where_the_folder_should_be_stays(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")
    assert "w-008: this file cannot be written: " in str(failure(tmp_path / "a" / "b"))
    assert (tmp_path / "a").read_bytes() == b"old"


def test_a_kill_while_writing_leaves_the_earlier_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a").write_bytes(b"old")

    def kill(file: Path, data: bytes) -> int:
        file.open("wb").close()
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "write_bytes", kill)
    with pytest.raises(KeyboardInterrupt):
        write_whole(tmp_path / "a", b"new")
    assert (tmp_path / "a").read_bytes() == b"old"


class TestSweep:
    """What a killed process left is removed; what a running one makes, and all else, stays."""

    def test_files_and_folders_of_ended_processes_go(
        self, tmp_path: Path, ended_process: int
    ) -> None:
        (tmp_path / "w" / f".diglot-{ended_process}-new").mkdir(parents=True)
        (tmp_path / "w" / f".diglot-{ended_process}-new" / "source.txt").touch()
        (tmp_path / "w" / f".diglot-{ended_process}-w.pdf").touch()
        sweep(tmp_path)
        assert files(tmp_path) == ["w"]

    def test_those_of_running_processes_stay(self, tmp_path: Path) -> None:
        part = aside(tmp_path / "w.pdf")
        part.touch()
        (tmp_path / f".diglot-{os.getppid()}-w.pdf").touch()
        sweep(tmp_path)
        assert sorted(tmp_path.iterdir()) == sorted(
            [part, tmp_path / f".diglot-{os.getppid()}-w.pdf"]
        )

    def test_other_files_stay(self, tmp_path: Path) -> None:
        names = [".diglot-", ".diglot-x-y", ".diglot-²-y", f".diglot-{'9' * 30}-y", "diglot-1-y"]
        for name in names:
            (tmp_path / name).touch()
        sweep(tmp_path)
        assert files(tmp_path) == sorted(names)

    def test_a_process_of_somebody_else_is_running_too(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def forbid(process: int, signal: int) -> None:
            raise PermissionError

        monkeypatch.setattr(os, "kill", forbid)
        (tmp_path / ".diglot-1-w.pdf").touch()
        sweep(tmp_path)
        assert files(tmp_path) == [".diglot-1-w.pdf"]

    def test_there_may_be_no_folder_yet(self, tmp_path: Path) -> None:
        sweep(tmp_path / "output")
        assert files(tmp_path) == []
