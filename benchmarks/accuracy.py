"""Measure how right the Chinese is, and write the figures into ``docs/accuracy.md``.

usage: python -m benchmarks.accuracy [--cpp SENTENCES LABELS]

Figures stand in the page between comments that name them. Those of the public set, which the
project does not ship, are measured if its two files are given and stay as they are if not.
"""

import argparse
from collections.abc import Iterable
from itertools import chain
from pathlib import Path

from benchmarks import accuracy_residue, accuracy_script, accuracy_words

PAGE = Path(__file__).parents[1] / "docs" / "accuracy.md"


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure accuracy; write docs/accuracy.md.")
    parser.add_argument("--cpp", nargs=2, type=Path, metavar=("SENTENCES", "LABELS"))
    arguments = parser.parse_args()
    own = accuracy_words.own_cases()
    sections: dict[str, Iterable[str]] = {
        "readings": chain(
            accuracy_words.table("own sentences", own), [""], accuracy_words.failures(own)
        ),
        "scripts": accuracy_script.report(),
        "residue": accuracy_residue.report(),
    }
    if arguments.cpp:
        cpp = accuracy_words.cpp_cases(*arguments.cpp)
        sections["cpp"] = accuracy_words.table("development split", cpp)
        sections["confidence"] = accuracy_words.confidences(cpp)
    page = PAGE.read_text(encoding="utf-8")
    for name, lines in sections.items():
        figures = "\n".join(lines)
        print(f"{name}\n\n{figures}\n")
        before, start, rest = page.partition(f"<!-- {name} -->\n\n")
        _, end, after = rest.partition("\n\n<!-- end -->")
        if not end:
            raise SystemExit(f"{PAGE} has no section {name}")
        page = before + start + figures + end + after
    PAGE.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
