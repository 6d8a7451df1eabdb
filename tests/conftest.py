"""What several tests share."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from diglot import pipeline
from diglot.pipeline import Job
from diglot.publish.render import render
from tests.builder import TinyProject

# How long an example takes says more of the machine than of the code.
settings.register_profile("diglot", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("diglot")

_TEMPLATES = {
    "pdf": "print/booklet.html.j2",
    "booklet": "print/booklet.html.j2",
    "cover": "print/booklet.html.j2",
    "epub": "epub/book.md.j2",
}


@pytest.fixture(scope="session", autouse=True)
def _cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Derived tables stay out of the home directory."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture
def project(tmp_path: Path) -> TinyProject:
    """A project with one tiny work, ``w``, that has nothing wrong."""
    return TinyProject(tmp_path)


@pytest.fixture
def unset(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a build stop at the page: what would be typeset is written as it is."""

    run = pipeline.run

    def page(job: Job, base: bytes = b"") -> bytes:
        if job.format not in _TEMPLATES:
            return run(job, base)
        template = _TEMPLATES[job.format]
        text = render(template, job.booklet, job.templates, job.typefaces, job.version)
        return base or text.encode()

    monkeypatch.setattr(pipeline, "run", page)
