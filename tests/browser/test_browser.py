"""The browser that the tests of this folder look at pages with."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error

from tests.browser.axe import violations
from tests.browser.conftest import PHONE, NewPage

pytestmark = pytest.mark.browser

PAGE = (
    '<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>t</title><main><h1>{}</h1></main>'
)


@pytest.fixture
def address(tmp_path: Path) -> str:
    file = tmp_path / "page.html"
    file.write_text(PAGE.format("山"))
    return file.as_uri()


def test_a_page_opens_from_its_file_on_a_phone_without_a_network(
    address: str, new_page: NewPage
) -> None:
    page = new_page(viewport=PHONE, offline=True)
    page.goto(address)
    assert page.inner_text("h1") == "山"
    assert page.evaluate("innerWidth") == PHONE["width"]
    with pytest.raises(Error, match="ERR_INTERNET_DISCONNECTED"):
        page.goto("http://127.0.0.1:9/")


def test_axe_finds_nothing_on_a_sound_page_and_what_is_wrong_on_another(
    address: str, new_page: NewPage, tmp_path: Path
) -> None:
    page = new_page()
    page.goto(address)
    assert violations(page) == []
    (tmp_path / "page.html").write_text(PAGE.format('<img src="data:,">山'))
    page.goto(address)
    assert [violation.partition(":")[0] for violation in violations(page)] == ["image-alt"]


def test_chinese_has_a_face_in_this_browser(address: str, chromium: Browser) -> None:
    page = chromium.new_page()
    page.goto(address)
    session = page.context.new_cdp_session(page)
    session.send("DOM.enable")
    session.send("CSS.enable")
    root = session.send("DOM.getDocument")["root"]["nodeId"]
    node = session.send("DOM.querySelector", {"nodeId": root, "selector": "h1"})["nodeId"]
    (face,) = session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
    assert "CJK" in face["familyName"] or "Han" in face["familyName"]
    page.close()
