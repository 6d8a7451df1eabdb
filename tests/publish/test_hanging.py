"""Hanging punctuation: off, unless an edition asks for it, and only in Simplified Chinese."""

from collections import Counter
from pathlib import Path

import pytest

from tests.builder import TinyProject
from tests.typeset.measure import Line, Report, measure

SENTENCE = "".join("今天天气很好大家都高兴地出门去了"[: n % 7 + 4] + "，" for n in range(40))
TEXT = "".join(f"> {SENTENCE[n:]}好。 ^{n}\n\nAll is well.\n\n" for n in range(12))


def printed(project: TinyProject, keys: str) -> Path:
    project.write("content/w/text.md", f"> # 山 ^t\n\nHills\n\n{TEXT}")
    edition = f'[[edition]]\nname = "study"\nformats = ["pdf"]\n{keys}'
    project.write("content/editions.toml", edition)
    assert project.build().exit_code == 0
    return project.root / "output/w/w-study.pdf"


def hung(report: Report) -> list[Line]:
    """Find the lines that end beyond the edge at which most end."""
    lines = [line for line in report.chinese if line.tag == "P" and not line.last]
    right = Counter(round(line.right, 1) for line in lines).most_common(1)[0][0]
    return [line for line in lines if line.right > right + 0.6 * line.size]


@pytest.mark.parametrize("layout", ["interleaved", "parallel"])
def test_marks_hang_beyond_lines_that_are_flush_without_them(
    project: TinyProject, layout: str
) -> None:
    plain = measure(printed(project, f'layout = "{layout}"\n'))
    assert hung(plain) == []
    report = measure(printed(project, f'layout = "{layout}"\nhanging = true\n'), hang=0.5)
    assert [str(fault) for fault in report.faults] == []
    lines = hung(report)
    assert len(lines) > 5
    assert {line.text[-1] for line in lines} <= set("，。、")
    assert not any(line.text[-2] in "，。、；：？！”’）》" for line in lines)
    assert len(report.chinese) <= len(plain.chinese)


def test_marks_in_the_middle_of_their_squares_never_hang(project: TinyProject) -> None:
    keys = 'layout = "interleaved"\nscript = "hant-tw"\nhanging = true\n'
    report = measure(printed(project, keys))
    assert hung(report) == []
    assert [str(fault) for fault in report.faults] == []
