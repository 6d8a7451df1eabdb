"""The labels of the templates, in every script."""

import jinja2
import jinja2.nodes
import pytest

from diglot.model import Script
from diglot.project import Project
from diglot.script import convert, convert_label
from tests.builder import ROOT

TEMPLATES = Project(ROOT).templates()
LABELS = {
    constant.value
    for name, text in TEMPLATES.items()
    if name.endswith(".j2")
    for constant in jinja2.Environment(autoescape=True).parse(text).find_all(jinja2.nodes.Const)
    if isinstance(constant.value, str) and any("一" <= char <= "鿿" for char in constant.value)
}


def test_the_templates_have_labels() -> None:
    assert {"书名", "目录"} <= LABELS


@pytest.mark.parametrize("to", [Script.HANS, Script.HANT, Script.HANT_TW, Script.HANT_HK])
def test_each_label_is_converted_as_a_text_would_be(to: Script) -> None:
    converted = {label: convert_label(label, to) for label in LABELS}
    assert converted == {label: convert(label, to, Script.HANS) for label in LABELS}
