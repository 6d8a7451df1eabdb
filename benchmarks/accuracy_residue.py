"""What becomes of documents with pinyin in parentheses: the residue rule beside simpler ones."""

from collections.abc import Callable, Iterator
from pathlib import Path

import regex

from diglot.source.normalize import RULE_NAMES, normalize

_DOCUMENTS = Path(__file__).parents[1] / "tests" / "source" / "residue.txt"
_OTHERS = RULE_NAMES - {"residue"}
_MARKED = regex.compile("‹([^›]*)›")
_READING = regex.compile(r"(?<=\p{Han})[(（][\p{Latin}\p{M}]{1,6}[)）]")
_MARK = "[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]"
_TONED = regex.compile(rf"(?<=\p{{Han}})[(（](?=\p{{Latin}}*{_MARK})\p{{Latin}}{{1,6}}[)）]")

_TOOLS: dict[str, Callable[[str], str]] = {
    "Diglot": lambda text: normalize(text, off=_OTHERS).text,
    "deleting every syllable in parentheses": lambda text: _READING.sub("", text),
    "deleting those with a tone mark": lambda text: _TONED.sub("", text),
    "leaving everything": str,
}


def report() -> Iterator[str]:
    """A table by what should become of a document, then the documents that Diglot gets wrong."""
    text = _DOCUMENTS.read_text(encoding="utf-8")
    documents = []
    for part in text.split("\n=== ")[1:]:
        title, _, body = part.partition("\n")
        outcome, _, name = title.partition(": ")
        plain = _MARKED.sub(r"\1", body.strip())
        expected = _MARKED.sub("", body.strip()) if outcome == "clean" else plain
        documents.append((outcome, name, plain, expected))
    outcomes = ("clean", "keep", "review")
    count = {which: sum(document[0] == which for document in documents) for which in outcomes}
    heads = [f"{which} ({count[which]})" for which in outcomes]
    yield f"| | {' | '.join(heads)} | all ({len(documents)}) |"
    yield "|---|---|---|---|---|"
    for name, tool in _TOOLS.items():
        right = [outcome for outcome, _, plain, expected in documents if tool(plain) == expected]
        cells = [right.count(which) for which in outcomes]
        yield f"| {name} | {' | '.join(map(str, cells))} | {len(right)} |"
    ours = _TOOLS["Diglot"]
    failed = [f"- {name}" for _, name, plain, expected in documents if ours(plain) != expected]
    yield ""
    yield "Treated wrongly:" if failed else "None is treated wrongly."
    yield from failed
