"""Libraries of many works: does what a build takes grow as they do, and do processes share it?

    python -m benchmarks.scale [WORKS] [FORMAT]

Builds generated libraries of a quarter, a half and all of WORKS (1000), each work in FORMAT (csv,
which costs next to nothing, so that what remains is the build's own work; pdf shows typesetting),
then builds them again with nothing to do. The largest is built with one process and with two.
Prints seconds on the clock and of processors, and the memory of the largest process.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.library import build_command, generate

MEASURE = """
import resource, subprocess, sys, time
start = time.perf_counter()
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(time.perf_counter() - start, used.ru_utime + used.ru_stime, used.ru_maxrss)
"""
_PER_MB = 1000 if sys.platform == "linux" else 1_000_000  # what ru_maxrss counts in


def build(root: Path, *arguments: str) -> tuple[float, float, float]:
    """Build; gives seconds on the clock, seconds of processors, megabytes."""
    command = [sys.executable, "-c", MEASURE, *build_command(root, *arguments)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    clock, busy, memory = map(float, done.stdout.split())
    return clock, busy, memory / _PER_MB


def report(name: str, figures: tuple[float, float, float]) -> None:
    clock, busy, memory = figures
    print(f"{name:42} {clock:8.2f} {busy:8.2f} {memory:6.0f} MB", flush=True)


def main() -> None:
    works = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    kind = sys.argv[2] if len(sys.argv) > 2 else "csv"
    editions = f'[[edition]]\nname = "study"\nformats = ["{kind}"]\n'
    for number in (works // 4, works // 2, works):
        with tempfile.TemporaryDirectory() as name:
            root = Path(name)
            generate(root, number, 2, editions)
            one = build(root, "--jobs", "1")
            report(f"{number} works, one process", one)
            report(f"{number} works, nothing to do", build(root))
            if number == works:
                for made in ("output", ".cache"):
                    shutil.rmtree(root / made)
                two = build(root, "--jobs", "2")
                report(f"{number} works, two processes", two)
                print(f"two processes are {one[0] / two[0]:.2f} times as fast as one")


if __name__ == "__main__":
    main()
