"""Both works of the project, in all scripts there and back."""

import pytest

from diglot.model import Script
from diglot.project import Project
from diglot.script import convert, project
from tests.builder import ROOT

PROJECT = Project(ROOT)
SCRIPTS = (Script.HANS, Script.HANT, Script.HANT_TW, Script.HANT_HK)
# Taiwan prints 紮實 as well as the 扎實 of the quotations.
EITHER = {("扎", "紮")}


@pytest.mark.parametrize("to", SCRIPTS)
@pytest.mark.parametrize("name", PROJECT.names())
def test_no_character_is_lost_or_shifted(name: str, to: Script) -> None:
    work = PROJECT.work(name)
    source = work.info.script.script
    words = {term.term: term.hant for term in work.terms if term.hant}
    for sentence in (sentence for pair in work.text.pairs for sentence in pair.source):
        text = sentence.text
        there = convert(text, to, source, words=words, marks=sentence.marks)
        back = convert(there, source, to, words=words)
        assert project(there, to) == project(text, source)
        assert {(a, b) for a, b in zip(text, back, strict=True) if a != b} <= EITHER
