"""How often a conversion is what a copy editor would print: convert beside plain OpenCC."""

import csv
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from opencc import OpenCC

from diglot.model import Script
from diglot.script import convert

_SENTENCES = Path(__file__).parents[1] / "tests" / "script" / "conversion.tsv"

# OpenCC's own configuration for each direction, and the one without a region's forms.
_PLAIN = {
    "hans hant-tw": ("s2tw", "s2t"),
    "hans hant-hk": ("s2hk", "s2t"),
    "hant-tw hans": ("tw2s", "t2s"),
    "hant-hk hans": ("hk2s", "t2s"),
    "hant-tw hant-hk": ("t2hk", "t2hk"),
    "hant-hk hant-tw": ("t2tw", "t2tw"),
}


def report() -> Iterator[str]:
    """A table by direction, then the sentences that convert gets wrong."""
    with _SENTENCES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    yield "| direction | sentences | Diglot | OpenCC, regional | OpenCC, plain |"
    yield "|---|---|---|---|---|"
    failures: list[str] = []
    totals = [0, 0, 0, 0]
    for direction, configs in _PLAIN.items():
        cases = [(row["input"], row["expected"]) for row in rows if row["direction"] == direction]
        source, to = map(Script, direction.split())
        ours = partial(convert, to=to, source=source)
        tools: list[Callable[[str], str]] = [ours, *(OpenCC(name).convert for name in configs)]
        right = [sum(tool(text) == expected for text, expected in cases) for tool in tools]
        yield _row(f"{source} to {to}", [len(cases), *right])
        totals = [a + b for a, b in zip(totals, [len(cases), *right], strict=True)]
        failures += [f"- {t} → {ours(t)}, not {e}" for t, e in cases if ours(t) != e]
    yield _row("all", totals)
    yield ""
    yield "Converted wrongly:" if failures else "None is converted wrongly."
    yield from failures


def _row(name: str, counts: list[int]) -> str:
    total, *right = counts
    shares = (f"{count} ({count / total:.1%})" for count in right)
    return f"| {name} | {total} | {' | '.join(shares)} |"
