"""The library page in a browser: accessible, light and dark, on a phone, without a network."""

from pathlib import Path

import pytest

from tests.browser.axe import violations
from tests.browser.conftest import DESKTOP, PHONE, NewPage
from tests.builder import TinyProject
from tests.shelf.conftest import fill

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = fill(TinyProject(tmp_path_factory.mktemp("library")))
    assert project.build().exit_code == 0
    return project.project.output


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_axe_finds_nothing_wrong_and_nothing_is_wider_than_the_screen(
    output: Path, new_page: NewPage, scheme: str, viewport: object
) -> None:
    page = new_page(viewport=viewport, color_scheme=scheme, offline=True)
    page.goto((output / "index.html").as_uri())
    page.click("summary >> nth=0")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_covers_are_shown(output: Path, new_page: NewPage) -> None:
    page = new_page()
    page.goto((output / "index.html").as_uri())
    widths = page.eval_on_selector_all("img", "images => images.map(each => each.naturalWidth)")
    assert widths == [320, 320]


def test_a_title_that_turns_text_around_turns_only_itself(output: Path, new_page: NewPage) -> None:
    page = new_page()
    page.goto((output / "index.html").as_uri())
    left = "node => node.getBoundingClientRect().left"
    name, after = (page.eval_on_selector(f"article {css}", left) for css in ("h3 bdi", "h3 .name"))
    assert name < after


def test_the_keyboard_comes_to_every_file(output: Path, new_page: NewPage) -> None:
    page = new_page()
    page.goto((output / "index.html").as_uri())
    links = page.locator("a").count()
    reached = set()
    for _ in range(links + page.locator("summary").count()):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.getAttribute('href')"))
    assert len(reached - {None}) == len(
        set(page.eval_on_selector_all("a", "all => all.map(a => a.href)"))
    )
