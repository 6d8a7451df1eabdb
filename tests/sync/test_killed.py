"""A sync that is killed at any of its steps: nothing is lost, and the next command finishes it."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from diglot import journal
from diglot.store import write_whole
from tests.builder import TinyProject
from tests.sync.test_sync import SOURCE, TEXT

# Pairs go from each file into the other, one changes, one is new, one becomes obsolete.
NEW = """山中

晚上我们回到村里，听老人讲故事。

路上有许多卖水果的人。

山很高，我们总是去那里看日出。
"""
FILES = ("text/01.md", "text/02.md", "source.txt")
_WRITING = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "shutil.rmtree"}


@pytest.fixture
def parted(project: TinyProject) -> TinyProject:
    """A project whose work stands in two files."""
    cut = TEXT.index("> 今天")
    (project.root / "content/w/text.md").unlink()
    project.write("content/w/text/01.md", TEXT[:cut])
    project.write("content/w/text/02.md", TEXT[cut:])
    project.write("content/w/source.txt", SOURCE)
    project.write("new.txt", NEW)
    return project


def sync(project: TinyProject) -> str:
    result = project.run("sync", "w", str(project.root / "new.txt"))
    assert result.exit_code == 0, result.output
    return result.output


def killed(project: TinyProject, at: int, call: Callable[[TinyProject], object]) -> bool:
    """Call in a process of its own that is killed before the nth change to a file; was it?"""
    child = os.fork()
    if not child:
        left = iter(range(at, -1, -1))

        def count(event: str, arguments: tuple[object, ...]) -> None:
            inside = bool(arguments) and str(arguments[0]).startswith(str(project.root))
            if inside and _writes(event, arguments) and not next(left):
                os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(count)
        call(project)
        os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def _writes(event: str, arguments: tuple[object, ...]) -> bool:
    if event != "open":
        return event in _WRITING
    return isinstance(arguments[2], int) and bool(arguments[2] & os.O_WRONLY)


def texts(project: TinyProject) -> Mapping[str, bytes]:
    return {name: project.content()[f"content/w/{name}"] for name in FILES}


@pytest.mark.parametrize("finish", [["sync", "w"], ["accept", "w", "0"], ["sync", "w", "new.txt"]])
def test_at_every_step(finish: list[str], parted: TinyProject) -> None:
    before = parted.content()
    sync(parted)
    after = parted.content()
    assert all(after[f"content/w/{name}"] != before[f"content/w/{name}"] for name in FILES)
    finish = [str(parted.root / "new.txt") if word == "new.txt" else word for word in finish]
    steps, kept, cut_off = 0, 0, 0
    for steps in range(100):
        for path, data in before.items():
            parted.write(path, data)
        if not killed(parted, steps, sync):
            break
        checked = parted.run("check")
        whole = "w-009" not in checked.stderr
        if whole:  # nothing has happened yet, or everything
            ends = [{name: end[f"content/w/{name}"] for name in FILES} for end in (before, after)]
            assert texts(parted) in ends
            kept += 1
        else:
            assert checked.exit_code == 1
            cut_off += 1
        assert parted.run(*finish).exit_code == 0
        if not whole or "new.txt" in finish[-1]:
            assert parted.content() == after
        assert not [path for path in parted.content() if ".diglot" in path]
    # Journal, its files, and their way into place: all of them were steps.
    assert steps >= 10
    assert kept > 3
    assert cut_off > 3
    assert parted.content() == after


def test_m_005_a_file_that_was_edited_since_is_not_overwritten(parted: TinyProject) -> None:
    def half(folder: Path) -> None:
        (folder / journal.NAME).rename(parted.root / "kept")

    before = texts(parted)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(journal, "finish", half)
        sync(parted)
    assert texts(parted) == before
    (parted.root / "kept").rename(parted.root / "content/w" / journal.NAME)
    edited = parted.add("content/w/text/02.md", "\nMind the dog.\n")
    standing = parted.content()
    for command in (["sync", "w"], ["accept", "w", "--all"]):
        result = parted.run(*command)
        assert (result.exit_code, result.stdout) == (1, "")
        assert result.stderr == (
            f"{edited}: error m-005: this file was edited after a sync was cut off, which has yet "
            "to write it\n"
            f"  Hint: In {parted.root / 'content/w' / journal.NAME} are the files as they were "
            "(before) and as they were to become (after): put together what you want to keep, "
            "then delete that folder.\n"
        )
        assert parted.content() == standing
    assert set(standing) > {
        f"content/w/.diglot-journal/{state}/{name}"
        for state in ("before", "after")
        for name in FILES
    }


def test_w_009_nothing_is_made_of_a_work_that_is_not_whole(parted: TinyProject) -> None:
    parted.write(f"content/w/{journal.NAME}/after/text/01.md", "half")
    for command in (["check"], ["build"], ["sync", "--dry-run", "w", str(parted.root / "new.txt")]):
        result = parted.run(*command)
        assert (result.exit_code, result.stderr) == (
            1,
            "content/w: error w-009: a sync of this work was cut off before all its files were "
            "written\n  Hint: Call diglot sync w: it writes the others.\n",
        )


def test_a_disk_that_fills_up_in_between_leaves_the_rest_to_the_next_call(
    parted: TinyProject,
) -> None:
    written: list[Path] = []

    def full(file: Path, data: bytes) -> None:
        if written:
            (file.parent / "gone" / "gone").write_bytes(b"")
        written.append(file)
        write_whole(file, data)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(journal, "write_whole", full)
        with pytest.raises(FileNotFoundError):
            sync(parted)
    assert parted.run("sync", "w").stderr == "w: finished\n"
    standing = texts(parted)
    sync(parted)
    assert texts(parted) == standing


def test_a_sync_without_a_file_says_when_there_is_nothing_to_finish(parted: TinyProject) -> None:
    assert parted.run("sync", "w").stderr == "w: nothing was cut off\n"


def test_two_who_write_at_once_wait_for_each_other(parted: TinyProject) -> None:
    text = TEXT.replace("> 山很", "<!-- was: 山。 -->\n> 山很").replace(
        "> 晚上", "<!-- was: 夜。 -->\n> 晚上"
    )
    (parted.root / "content/w/text/02.md").unlink()
    command = [sys.executable, "-m", "diglot", "-C", str(parted.root), "accept", "w"]
    parted.write("content/w/text/01.md", text)
    with journal.locked(parted.root / "content/w"):
        both = [subprocess.Popen([*command, id_], stdout=subprocess.DEVNULL) for id_ in "13"]
        with pytest.raises(subprocess.TimeoutExpired):
            both[0].wait(2)
        assert parted.content()["content/w/text/01.md"].decode() == text
    assert [process.wait(60) for process in both] == [0, 0]
    assert parted.content()["content/w/text/01.md"].decode() == TEXT
