"""How fast texts are annotated, beside the plain libraries in one run, each in its own process.

Run ``python benchmarks/annotate.py [FILE]``: the time to import and load from cache and to read
the first sentence, characters (hanzi) a second after that, and the highest memory. The libraries
give readings alone; Diglot gives words, readings, senses and levels.
"""

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

SYSTEMS = {
    "diglot": """
from pathlib import Path
from diglot.words import Annotator
annotator = Annotator(cache_folder=Path(sys.argv[2]))
run = annotator.annotate
""",
    "diglot, one sentence a call": """
from pathlib import Path
from diglot.words import Annotator
annotator = Annotator(cache_folder=Path(sys.argv[2]))
def run(text):
    for line in text.splitlines():
        annotator.annotate(line)
""",
    "g2pM": """
from g2pM import G2pM
model = G2pM()
def run(text):
    for line in text.splitlines():
        model(line, char_split=True)
""",
    "pypinyin": """
from pypinyin import pinyin
def run(text):
    for line in text.splitlines():
        pinyin(line)
""",
    "jieba and pypinyin": """
import jieba
from pypinyin import pinyin
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
print(json.dumps([loaded - started, done - loaded, memory]))
"""


def sample() -> str:
    """The project's own sentences, ten times in different orders of lines."""
    path = Path(__file__).parent.parent / "tests" / "words" / "readings.tsv"
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
    lines = [re.sub(r"[\[\]]", "", row[1]) for row in rows if not row[0].startswith("#")]
    return "\n".join("\n".join(lines[i:] + lines[:i]) for i in range(0, 200, 20))


def measure(body: str, text: Path, cache: str) -> tuple[float, float, float] | None:
    command = [sys.executable, "-c", FRAME.format(body=body), str(text), cache]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    if "ModuleNotFoundError" in result.stderr:
        return None
    result.check_returncode()
    load, run, memory = json.loads(result.stdout.splitlines()[-1])
    return load, run, memory


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        text = Path(folder, "text.txt")
        given = Path(sys.argv[1]).read_text(encoding="utf-8") if sys.argv[1:] else sample()
        text.write_text(given, encoding="utf-8")
        hanzi = len(re.findall(r"[\u3400-\u9fff]", given))
        first = measure(SYSTEMS["diglot"], text, folder)
        print(
            f"{hanzi} hanzi; diglot's first load, without a cache: {first[0]:.2f} s"
            if first
            else ""
        )
        print(f"{'':30}{'load s':>8}{'hanzi/s':>10}{'MB':>6}{'x':>7}")
        base = 0.0
        for name, body in SYSTEMS.items():
            found = measure(body, text, folder)
            if found is None:
                print(f"{name:30}not installed")
                continue
            load, run, memory = found
            base = base or hanzi / run
            print(
                f"{name:30}{load:8.2f}{hanzi / run:10.0f}{memory:6.0f}{base / (hanzi / run):7.1f}"
            )


if __name__ == "__main__":
    main()
