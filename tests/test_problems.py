"""Every code is explained in ``docs/problems.md`` and pinned by a test."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
CODE = r"[a-z]-\d{3}"


def codes(folder: str, pattern: str) -> set[str]:
    texts = (file.read_text(encoding="utf-8") for file in (ROOT / folder).rglob("*.py"))
    return {code for text in texts for code in re.findall(pattern, text)}


SAID = codes("diglot", rf'"({CODE})"')


def test_every_code_is_explained_and_no_other() -> None:
    explained = re.findall(
        rf"^### ({CODE})$", (ROOT / "docs/problems.md").read_text(encoding="utf-8"), re.M
    )
    assert sorted(explained) == sorted(SAID)


def test_every_code_is_pinned_by_a_test() -> None:
    assert sorted(SAID - codes("tests", rf"\b({CODE})\b")) == []
