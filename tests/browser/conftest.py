"""A browser for all the tests of this folder: the system's Chromium, driven by Playwright."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    ViewportSize,
    sync_playwright,
)

PHONE = ViewportSize(width=390, height=844)
DESKTOP = ViewportSize(width=1280, height=900)

# Those that setup/system.sh is content with.
_COMMANDS = ("chromium", "chromium-browser", "google-chrome")
_MACOS = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")

NewPage = Callable[..., Page]


def find_browser() -> Path:
    """Find the system's Chromium or Chrome."""
    commands = filter(None, map(shutil.which, _COMMANDS))
    return next(map(Path, commands), _MACOS)


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """The browser, started once and gone before other tests may want an event loop."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser())
        yield browser
        browser.close()


@pytest.fixture
def new_page(chromium: Browser) -> Iterator[NewPage]:
    """Open a new page: ``new_page(viewport=PHONE, offline=True, color_scheme="dark", …)``.

    It takes what Playwright's ``Browser.new_context`` takes; each page has a profile of its own,
    unless another page's ``context`` is given. When the test is over, no page may have written an
    error or a warning to its console, nor met an exception that nothing caught.
    """
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def heard(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            complaints.append(message.text)

    def new(context: BrowserContext | None = None, **options: object) -> Page:
        if context is None:
            context = chromium.new_context(**({"viewport": DESKTOP} | options))  # type: ignore[arg-type]  # options of new_context
            contexts.append(context)
        page = context.new_page()
        page.on("console", heard)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield new
    for context in contexts:
        context.close()
    assert complaints == []
