"""A source text from its bytes: what `diglot normalize` and `diglot new` read."""

import json

import pytest

from diglot.errors import DiglotError
from diglot.source.read import read_source, report_json


def test_the_report_names_encoding_script_and_every_edit_with_its_place() -> None:
    report = json.loads(report_json(read_source("这里,那边。\n".encode("gb18030"), "a.txt")))
    assert (report["encoding"], report["bom"], report["script"]) == ("gb18030", False, "hans")
    assert report["edits"] == [
        {"line": 1, "column": 3, "before": ",", "after": "，", "rule": "punctuation"}
    ]
    assert report["review"] == []


def test_a_rule_that_is_switched_off_makes_no_edit() -> None:
    source = read_source("你好,世界。".encode(), "a.txt", off=["punctuation"])
    assert source.normalized.edits == ()


@pytest.mark.parametrize(
    ("rule", "hint"),
    [
        ("quote", "Did you mean “quotes”?"),
        (
            "x",
            "Rules: broken-bytes, compose, dashes, ellipsis, invisible, line-breaks, "
            "mixed-script, page-debris, punctuation, quotes, radicals, residue, spaces, "
            "under-converted, unknown, wrapped-lines.",
        ),
    ],
)
def test_s_007_a_rule_that_does_not_exist(rule: str, hint: str) -> None:
    with pytest.raises(DiglotError) as caught:
        read_source("你好。".encode(), "a.txt", off=[rule])
    assert str(caught.value) == f"error s-007: there is no rule “{rule}”\n  Hint: {hint}"
