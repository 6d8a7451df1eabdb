"""An exact key tells everything that goes into an artifact, and nothing else."""

from dataclasses import replace

import msgspec
import pytest

from diglot.build.page import page_key
from diglot.config import Edition, Format, Layout, Once
from diglot.pipeline import Job, jobs_of
from tests.builder import TinyProject


def job(project: TinyProject, kind: Format, **options: object) -> Job:
    edition = Edition(name="study", formats=(kind,))
    edition = msgspec.structs.replace(edition, **options)
    (only,) = jobs_of(project.work(), [edition], project.project.templates(), lambda *_: True)
    return only


def sees(job: Job, template: str, comment: str) -> bool:
    """Whether the key is another when something stands at the end of a template."""
    templates = {**job.templates, template: job.templates[template].rstrip("\n") + comment}
    return page_key(job, "") != page_key(replace(job, templates=templates), "")


@pytest.mark.parametrize(
    ("kind", "options", "template"),
    [
        (Format.PDF, {}, "print/booklet.css"),
        (Format.BOOKLET, {}, "print/booklet.css"),
        (Format.EPUB, {}, "epub/book.css"),
        (Format.EPUB, {}, "epub/cover.html.j2"),
        (Format.AZW3, {}, "epub/cover.html.j2"),
        (Format.KEPUB, {}, "epub/book.css"),
        (Format.EPUB, {"page_list": True}, "print/booklet.css"),
        (Format.COVER, {}, "print/jacket.html.j2"),
        (Format.WEB, {}, "web/page.css"),
        (Format.ANKI, {}, "anki/card.css"),
        (Format.PDF, {"layout": Layout.FACING}, "print/booklet.css"),
        (Format.PDF, {"once": Once.SPREAD}, "print/booklet.css"),
    ],
)
def test_a_change_in_what_it_is_set_from_is_seen(
    project: TinyProject, kind: Format, options: dict[str, object], template: str
) -> None:
    assert sees(job(project, kind, **options), template, "/* another */")


@pytest.mark.parametrize(
    ("kind", "template"),
    [
        (Format.PDF, "epub/book.css"),
        (Format.PDF, "web/page.css"),
        (Format.EPUB, "print/booklet.css"),
        (Format.WEB, "print/booklet.html.j2"),
        (Format.WEB, "epub/book.css"),
        (Format.ANKI, "macros.html.j2"),
        (Format.ANKI, "web/page.css"),
        (Format.CSV, "anki/card.css"),
    ],
)
def test_a_change_elsewhere_is_not(project: TinyProject, kind: Format, template: str) -> None:
    assert not sees(job(project, kind), template, "/* another */")


@pytest.mark.parametrize(
    ("kind", "options", "template"),
    [
        (Format.WEB, {}, "web/text.html.j2"),
        (Format.WEB, {}, "macros.html.j2"),
        (Format.ANKI, {}, "anki/front.html.j2"),
        (Format.PDF, {"layout": Layout.FACING}, "print/facing.html.j2"),
        (Format.PDF, {"once": Once.SPREAD}, "print/booklet.html.j2"),
    ],
)
def test_nor_is_a_comment(
    project: TinyProject, kind: Format, options: dict[str, object], template: str
) -> None:
    made = job(project, kind, **options)
    assert not sees(made, template, "{# another #}")
    assert sees(made, template, "another")


@pytest.mark.parametrize(
    "call",
    [
        '{% include "shelf/shelf.css" %}',
        '{% include "shelf/" ~ booklet.work ~ ".css" %}',
        "{% import booklet.work as any %}",
        '{% include ["none.css", "shelf/shelf.css"] %}',
    ],
)
def test_what_a_template_calls_from_elsewhere_is_seen(project: TinyProject, call: str) -> None:
    """However it names it: too much is taken rather than too little."""
    made = job(project, Format.WEB)
    assert not sees(made, "shelf/shelf.css", "/* another */")
    calling = {**made.templates, "web/text.html.j2": made.templates["web/text.html.j2"] + call}
    assert sees(replace(made, templates=calling), "shelf/shelf.css", "/* another */")


def test_what_converts_it_counts_for_what_is_converted(
    project: TinyProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    jobs = [job(project, kind) for kind in (Format.EPUB, Format.AZW3, Format.KEPUB)]
    keys = []
    for version in ("6.13.0", "8.5.0"):
        monkeypatch.setattr("diglot.build.page.converters", lambda version=version: version)
        keys.append([page_key(made, "") for made in jobs])
    assert [one == other for one, other in zip(*keys, strict=True)] == [True, False, False]


def test_so_is_what_makes_it(project: TinyProject) -> None:
    made = job(project, Format.PDF)
    assert page_key(made, "one") != page_key(made, "another")
