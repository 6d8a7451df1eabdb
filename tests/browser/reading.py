"""Reading systems in the browser: foliate-js and epub.js, served with books on loopback."""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, ViewportSize

READERS = Path(__file__).parent / "readers"
_TYPES = {".html": "text/html", ".js": "text/javascript", ".css": "text/css"}
# foliate-js says so of its own frames; Chromium asks every server for an icon.
_EXPECTED = "An iframe which has both allow-scripts and allow-same-origin"

_OPENED = "Boolean(globalThis.reader?.view?.renderer?.getContents?.()?.length)"
_POPUP = """async link => {
  const { FootnoteHandler } = await import('/foliate-js/footnotes.js')
  const handler = new FootnoteHandler()
  const shown = new Promise((resolve, reject) => {
    handler.addEventListener('before-render', e => document.body.append(e.detail.view))
    handler.addEventListener('render', e => {
      const body = e.detail.target.ownerDocument.body
      const text = body.textContent.replace(/\\s+/g, ' ').trim()
      resolve(text)
    })
    setTimeout(() => reject(new Error('no popup')), 20000)
  })
  const open = e => handler.handle(reader.view.book, e)
  reader.view.addEventListener('link', open, { once: true })
  const [{ doc }] = reader.view.renderer.getContents()
  doc.querySelectorAll(link.selector)[link.n].click()
  return await shown
}"""


class Shelf:
    """Books under their names, and a page of a reader to open them with."""

    def __init__(self, browser: Browser, address: str, complaints: list[str]) -> None:
        self._browser = browser
        self._address = address
        self._complaints = complaints

    def page(self, path: str, size: tuple[int, int] = (800, 1000)) -> Page:
        page = self._browser.new_page(viewport=ViewportSize(width=size[0], height=size[1]))
        page.set_default_timeout(60_000)
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self._complaints.append(str(error)))
        page.goto(self._address + path)
        return page

    def foliate(self, book: str, size: tuple[int, int] = (800, 1000)) -> Page:
        """Open a book in foliate-js."""
        page = self.page(f"/foliate-js/reader.html?url=/books/{book}.epub", size)
        for _ in range(600):  # its policy forbids what Playwright waits with
            if page.evaluate(_OPENED):
                return page
            page.wait_for_timeout(100)
        raise AssertionError(f"foliate-js does not open {book}: {self._complaints}")

    def _hear(self, message: Any) -> None:
        if message.type in ("error", "warning") and _EXPECTED not in message.text:
            self._complaints.append(message.text)


def go_to(page: Page, index: int) -> None:
    """Turn to a file of the book's spine; the reader may still be opening the first."""
    there = "index => reader.view.renderer.getContents()[0]?.index === index"
    for _ in range(50):
        page.evaluate("async index => { await reader.view.goTo(index) }", index)
        page.wait_for_timeout(50)
        if page.evaluate(there, index):
            return
    raise AssertionError(f"foliate-js does not turn to {index}")


def in_chapter(page: Page, function: str) -> Any:
    """Call ``function`` with the document that is open in foliate-js, and its style."""
    return page.evaluate(
        f"() => {{ const [{{ doc }}] = reader.view.renderer.getContents(); "
        f"return ({function})(doc) }}"
    )


def popup(page: Page, selector: str, n: int = 0) -> str:
    """Click the n-th link of the open chapter and give the text of the popup that it opens."""
    text: str = page.evaluate(_POPUP, {"selector": selector, "n": n})
    return text


@contextmanager
def served(browser: Browser, books: Mapping[str, bytes]) -> Iterator[Shelf]:
    """Serve books and readers on loopback; afterwards nothing may have complained."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self.path.partition("?")[0]
            data, type_ = _found(path, books)
            self.send_response(404 if data is None else 200)
            self.send_header("Content-Type", type_)
            self.end_headers()
            self.wfile.write(data or b"")

        def log_message(self, *arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    complaints: list[str] = []
    yield Shelf(browser, f"http://127.0.0.1:{server.server_port}", complaints)
    server.shutdown()
    server.server_close()
    assert not complaints, complaints


def _found(path: str, books: Mapping[str, bytes]) -> tuple[bytes | None, str]:
    if path == "/favicon.ico":
        return b"", "image/x-icon"
    if path.startswith("/books/"):
        return books.get(path.removeprefix("/books/").removesuffix(".epub")), "application/epub+zip"
    for folder in (READERS, READERS / "node_modules"):
        file = folder / path.lstrip("/")
        if file.is_file():
            return file.read_bytes(), _TYPES.get(file.suffix, "application/octet-stream")
    return None, "text/plain"
