"""How fast texts are annotated, beside the plain libraries in one run, each in its own process.

Run ``python benchmarks/annotate.py [FILE]``: the time to import modules, then to load from cache
and to read the first sentence, characters (hanzi) a second after that, and the highest memory: the
median of several processes that take turns, and in brackets the least and the most. The libraries
give readings alone; Diglot gives words, readings, senses and levels. What loads its dictionary as
it is imported (jieba's ``rjieba`` in Diglot) counts as loading, NumPy as a module.
"""

import json
import re
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

TURNS = 5
Figures = tuple[float, float, float, float]

SYSTEMS = {
    "diglot": """
import numpy
from pathlib import Path
from diglot.words import Annotator
imported = time.perf_counter()
annotator = Annotator(cache_folder=Path(sys.argv[2]))
run = annotator.annotate
""",
    "diglot, one sentence a call": """
import numpy
from pathlib import Path
from diglot.words import Annotator
imported = time.perf_counter()
annotator = Annotator(cache_folder=Path(sys.argv[2]))
def run(text):
    for line in text.splitlines():
        annotator.annotate(line)
""",
    "g2pM": """
from g2pM import G2pM
imported = time.perf_counter()
model = G2pM()
def run(text):
    for line in text.splitlines():
        model(line, char_split=True)
""",
    "pypinyin": """
from pypinyin import pinyin
imported = time.perf_counter()
def run(text):
    for line in text.splitlines():
        pinyin(line)
""",
    "jieba and pypinyin": """
import jieba
from pypinyin import pinyin
imported = time.perf_counter()
jieba.initialize()
def run(text):
    for line in text.splitlines():
        for word in jieba.cut(line, HMM=False):
            pinyin(word)
""",
}

FRAME = """
import json, resource, sys, time
started = time.perf_counter()
{body}
run("银行的行长在西安看见了他的女儿。")
loaded = time.perf_counter()
text = open(sys.argv[1], encoding="utf-8").read()
run(text)
done = time.perf_counter()
memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
hanzi = sum("\u3400" <= char <= "\u9fff" for char in text)
figures = imported - started, loaded - imported, hanzi / (done - loaded), memory
print(json.dumps(figures))
"""


def sample() -> str:
    """The project's own sentences, ten times in different orders of lines."""
    path = Path(__file__).parent.parent / "tests" / "words" / "readings.tsv"
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
    lines = [re.sub(r"[\[\]]", "", row[1]) for row in rows if not row[0].startswith("#")]
    return "\n".join("\n".join(lines[i:] + lines[:i]) for i in range(0, 200, 20))


def measure(body: str, text: Path, cache: str) -> Figures | None:
    """Seconds to import and to load, hanzi a second, megabytes; None: it is not installed."""
    command = [sys.executable, "-c", FRAME.format(body=body), str(text), cache]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    if "ModuleNotFoundError" in result.stderr:
        return None
    result.check_returncode()
    imported, loaded, speed, memory = json.loads(result.stdout.splitlines()[-1])
    return imported, loaded, speed, memory


def shown(name: str, runs: list[Figures], base: float) -> str:
    columns = list(zip(*runs, strict=True))
    middle = [statistics.median(column) for column in columns]
    least, most = min(columns[1]), max(columns[1])
    return (
        f"{name:30}{middle[0]:9.2f}{middle[1]:8.2f} ({least:.2f}-{most:.2f})"
        f"{middle[2]:10.0f}{middle[3]:6.0f}{base / middle[2]:7.1f}"
    )


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        text = Path(folder, "text.txt")
        text.write_text(
            Path(sys.argv[1]).read_text(encoding="utf-8") if sys.argv[1:] else sample(),
            encoding="utf-8",
        )
        if first := measure(SYSTEMS["diglot"], text, folder):
            print(f"diglot's first load, without a cache: {first[1]:.2f} s")
        runs: dict[str, list[Figures]] = {name: [] for name in SYSTEMS}
        for _ in range(TURNS):
            for name, body in SYSTEMS.items():
                if found := measure(body, text, folder):
                    runs[name].append(found)
        print(f"{'':30}{'import s':>9}{'load s':>8}{'':14}{'hanzi/s':>9}{'MB':>6}{'x':>7}")
        base = statistics.median(run[2] for run in runs["diglot"])
        for name, turns in runs.items():
            print(shown(name, turns, base) if turns else f"{name:30}not installed")


if __name__ == "__main__":
    main()
