"""The watch page in a browser: it follows what is saved, to the pair that was edited."""

import io

import pytest
from pikepdf import Pdf
from playwright.sync_api import expect

from diglot.build.workers import Here
from diglot.watch import session as watching
from diglot.watch.paper import Paper
from diglot.watch.session import Session
from tests.browser.conftest import NewPage
from tests.builder import TEXT, TinyProject
from tests.watch.test_serve import serving

EDITED = TEXT.replace("rivers are long", "waters run far")


@pytest.fixture
def _set(monkeypatch: pytest.MonkeyPatch) -> None:
    """Empty pages stand for typeset ones."""
    blank = io.BytesIO()
    with Pdf.new() as pdf:
        for _ in range(3):
            pdf.add_blank_page()
        pdf.save(blank)
    paper = Paper(blank.getvalue(), 3, {"0": 1, "1": 2})
    monkeypatch.setattr(watching, "set_proof", lambda job, pair: paper)
    monkeypatch.setattr(watching, "set_whole", lambda job, parts: paper)


@pytest.mark.browser
@pytest.mark.usefixtures("_set")
def test_the_page_follows_what_is_saved(project: TinyProject, new_page: NewPage) -> None:
    session = Session(project.project, "w", "", Here())
    with serving(session, project.project) as port:
        page = new_page()
        page.goto(f"http://127.0.0.1:{port}/")
        screen = page.frame_locator("#screen")
        expect(screen.get_by_text("The rivers are long.")).to_be_visible()
        expect(page.locator("#paper img")).to_have_count(3)

        project.write("content/w/text.md", EDITED)
        expect(screen.get_by_text("The waters run far.")).to_be_visible()
        expect(page.locator("#paper img.here")).to_have_attribute("alt", "Page 2")
        assert page.frames[1].url.endswith("#pair-1")

        project.write("content/w/text.md", EDITED + "\n> 水。 ^1\n")
        expect(page.get_by_role("status")).to_contain_text("the last good edition")
        expect(page.locator("#problems")).to_contain_text("p-003")
        expect(screen.get_by_text("The waters run far.")).to_be_visible()

        project.write("content/w/text.md", EDITED + "\n> 水。 ^2\n")
        expect(page.get_by_role("status")).to_contain_text("w-study, pair 2")
        expect(page.locator("#problems")).to_contain_text("p-101")
        page.close()
