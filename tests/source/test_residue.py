"""The residue rule over the documents of ``residue.txt``, each with its expected outcome."""

from pathlib import Path

import pytest
import regex

from diglot.source.normalize import RULE_NAMES, normalize

ONLY_RESIDUE = RULE_NAMES - {"residue"}
MARKED = regex.compile("‹([^›]*)›")


def _documents() -> dict[str, tuple[str, str]]:
    text = (Path(__file__).parent / "residue.txt").read_text(encoding="utf-8")
    documents = {}
    for part in text.split("\n=== ")[1:]:
        title, _, body = part.partition("\n")
        outcome, _, name = title.partition(": ")
        documents[name] = (outcome, body.strip())
    return documents


DOCUMENTS = _documents()


def test_there_are_at_least_sixty_documents_of_every_outcome() -> None:
    assert len(DOCUMENTS) >= 60
    assert {outcome for outcome, _ in DOCUMENTS.values()} == {"keep", "clean", "review"}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_is_left_alone_cleaned_or_listed(name: str) -> None:
    outcome, marked = DOCUMENTS[name]
    text = MARKED.sub(r"\1", marked)
    result = normalize(text, off=ONLY_RESIDUE)

    assert result.text == (MARKED.sub("", marked) if outcome == "clean" else text)
    assert [review.text for review in result.review] == (
        MARKED.findall(marked) if outcome == "review" else []
    )


SHORT = "京津冀協(xié)同發(fā)展"


def test_a_work_can_have_its_residue_stripped_in_spite_of_a_shut_gate() -> None:
    assert normalize(SHORT, residue="strip").text == "京津冀協同發展"


def test_strip_takes_only_valid_readings() -> None:
    assert (
        normalize("長(cháng/zhǎng)發(fā)展(bō)", residue="strip").text == "長(cháng/zhǎng)發展(bō)"
    )


def test_a_work_can_keep_its_readings_without_being_asked_about_them() -> None:
    result = normalize(SHORT, residue="keep")
    assert (result.text, result.review) == (SHORT, ())


def test_a_shut_gate_says_why() -> None:
    (first, _) = normalize(SHORT).review
    assert (first.line, first.column, first.rule) == (1, 4, "residue")
    assert first.reason == "pinyin that a conversion may have left: only 2 in the text"


def test_half_a_character_is_reported_with_what_it_may_have_been() -> None:
    result = normalize("有P(guān)部門與X(bā)")
    assert result.text == "有P(guān)部門與X(bā)"
    assert [(r.column, r.text, r.rule) for r in result.review] == [(2, "P(guān)", "broken-bytes")]
    assert result.review[0].reason == "half a character: perhaps 關, whose last GBK byte is 'P'"
