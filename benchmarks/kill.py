"""Kills a build at random moments and builds again: is every byte what a clean build makes?

    python -m benchmarks.kill [KILLS] [SEED]

Makes a small library, builds it clean, then lets builds of it be killed (SIGKILL, to the parent
alone) at random moments, after an edit that makes all of it stale and after another that takes it
back, so that each has something to do. After each, artifacts must be whole: what stands is as a
clean build of either content makes it. Then a build must leave the bytes of a clean one, and no
other file. Prints how many kills fell into a build, and how many of them when it was half done.
"""

import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.library import CARDS, build_command, files, generate

EDIT = ("The hills are high", "The mountains are tall")


def edit(root: Path, text: tuple[str, str]) -> None:
    for file in (root / "content").glob("*/glossary.csv"):
        file.write_text(file.read_text("utf-8").replace(*text), "utf-8")


def build(root: Path) -> dict[str, bytes]:
    done = subprocess.run(build_command(root), capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr)
    return files(root / "output")


def clean(root: Path) -> dict[str, bytes]:
    shutil.rmtree(root / "output", ignore_errors=True)
    shutil.rmtree(root / ".cache", ignore_errors=True)
    return build(root)


def kill(root: Path, after: float) -> bool:
    """Kill a build; says whether it was still running."""
    with subprocess.Popen(
        build_command(root), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        time.sleep(after)
        running = process.poll() is None
        process.kill()
    return running


def stress(root: Path, kills: int, seed: int) -> tuple[int, int]:
    """Kill builds and check what they leave; gives how many ran, and how many had begun to write.

    Raises:
        AssertionError: something is torn, stale, or left over.
    """
    generate(root, works=4, pairs=2, editions=CARDS)
    before = clean(root)
    edit(root, EDIT)
    start = time.perf_counter()
    after = clean(root)
    length = time.perf_counter() - start
    whole = {path: {before[path], after[path]} for path in before}
    moments = random.Random(seed)  # noqa: S311 (moments, not secrets)
    ran = halfway = 0
    wanted, other, text = before, after, (EDIT[1], EDIT[0])
    for _ in range(kills):
        edit(root, text)
        ran += kill(root, moments.uniform(0, length))
        left = files(root / "output")
        left = {path: data for path, data in left.items() if ".diglot-" not in path}
        if left.keys() != whole.keys() or any(left[path] not in whole[path] for path in whole):
            raise AssertionError("a killed build left something torn")
        halfway += 0 < sum(left[path] == wanted[path] for path in left) < len(left)
        start = time.perf_counter()
        now = build(root)
        # Others use the machine, too: what takes longer is killed later.
        length = max(time.perf_counter() - start, 0.7 * length)
        if differing := [path for path in {**now, **wanted} if now.get(path) != wanted.get(path)]:
            raise AssertionError(f"a build after a killed one differs: {', '.join(differing)}")
        if list(root.rglob(".diglot-*")):
            raise AssertionError("a killed build left a stray file")
        wanted, other, text = other, wanted, (text[1], text[0])
    return ran, halfway


def main() -> None:
    kills, seed = (
        int(sys.argv[n]) if len(sys.argv) > n else (100, 20261122)[n - 1] for n in (1, 2)
    )
    with tempfile.TemporaryDirectory() as name:
        ran, halfway = stress(Path(name), kills, seed)
    print(f"{kills} kills, {ran} of them in a running build, {halfway} between its first and its")
    print("last artifact; every build after one gave the bytes of a clean build and no other file")


if __name__ == "__main__":
    main()
