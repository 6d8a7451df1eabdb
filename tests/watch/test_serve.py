"""The watch page is for this machine's browser alone, and shows what a session has."""

import asyncio
import http.client
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress

import pytest
import uvicorn

from diglot.build.workers import Here
from diglot.project import Project
from diglot.serve import LOOPBACK
from diglot.watch import session as watching
from diglot.watch.paper import Paper
from diglot.watch.serve import application
from diglot.watch.session import Session
from tests.builder import ROOT, TinyProject


@pytest.fixture
def served(project: TinyProject, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """The port of a server with the project's work."""
    monkeypatch.setattr(watching, "set_whole", lambda job, parts: Paper(b"%PDF-", 1, {"1": 1}))
    session = Session(project.project, "w", "", Here())
    with serving(session) as port:
        yield port


@contextmanager
def serving(session: Session, project: Project | None = None) -> Iterator[int]:
    """Serve a session, and with its project follow what is saved there; gives the port."""
    served = application(session, project)
    config = uvicorn.Config(
        served, host=LOOPBACK, port=0, log_level="warning", timeout_graceful_shutdown=1
    )
    server = uvicorn.Server(config)

    async def run() -> None:
        if project is None:
            await session.saved()
            await asyncio.sleep(0.05)
        await server.serve()

    thread = threading.Thread(target=lambda: asyncio.run(run()))
    thread.start()
    while not server.started:
        assert thread.is_alive()
        time.sleep(0.01)
    yield server.servers[0].sockets[0].getsockname()[1]
    server.should_exit = True
    thread.join()


def get(port: int, path: str, host: str = LOOPBACK) -> tuple[int, str, bytes]:
    with closing(http.client.HTTPConnection(LOOPBACK, port)) as connection:
        connection.request("GET", path, headers={"Host": host})
        answer = connection.getresponse()
        return answer.status, answer.headers.get_content_type(), answer.read()


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "text/html"),
        ("/page.js", "text/javascript"),
        ("/page.css", "text/css"),
        ("/screen", "text/html"),
        ("/pdf", "application/pdf"),
    ],
)
def test_pages(served: int, path: str, kind: str) -> None:
    status, found, data = get(served, path)
    assert (status, found) == (200, kind)
    assert data


def test_the_screen_is_the_edition(served: int) -> None:
    assert "The rivers are long." in get(served, "/screen")[2].decode()


def test_there_is_nothing_else(served: int) -> None:
    for path in ("/content/w/text.md", "/../content", "/page.py", "/sheet/x"):
        assert get(served, path)[0] == 404


def test_a_page_of_another_site_that_found_the_port_gets_nothing(served: int) -> None:
    for host in ("evil.example", "evil.example:80", "127.0.0.1.evil.example", "10.0.0.1"):
        assert get(served, "/screen", host)[0] == 400
    assert get(served, "/screen", f"localhost:{served}")[0] == 200


def test_events_say_what_there_is(served: int) -> None:
    with closing(http.client.HTTPConnection(LOOPBACK, served)) as connection:
        connection.request("GET", "/events")
        answer = connection.getresponse()
        assert answer.headers.get_content_type() == "text/event-stream"
        assert answer.readline().startswith(b'data: {"title": "w-study", "screen": 1')
        answer.close()


def test_a_work_that_there_is_not_is_not_watched(project: TinyProject) -> None:
    result = project.run("watch", "v", "--no-open")
    assert result.exit_code == 1
    assert "w-001" in result.stderr


def test_a_port_that_is_taken_is_said(served: int, project: TinyProject) -> None:
    done = subprocess.run(
        [
            *(sys.executable, "-m", "diglot", "-C", str(project.root)),
            *("watch", "w", "--no-open", "--port", str(served)),
        ],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    assert done.returncode == 3
    assert f"error n-026: port {served} cannot be used: Address already in use" in done.stderr


def test_it_ends_when_it_is_asked_to_and_leaves_no_process(project: TinyProject) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "diglot", "-C", str(project.root), "watch", "w", "--no-open"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    ) as process:
        assert process.stdout
        address = process.stdout.readline().rstrip("/\n")
        port = int(address.rpartition(":")[2])
        for _ in range(600):
            with suppress(ConnectionError):
                assert get(port, "/page.js")[0] == 200
                break
            time.sleep(0.1)
        # A browser that is looking is no reason to wait, or to complain.
        browser = http.client.HTTPConnection(LOOPBACK, port)
        browser.request("GET", "/events")
        assert browser.getresponse().readline().startswith(b"data: ")
        process.terminate()
        assert process.communicate() == ("", "")
        browser.close()
    assert process.returncode == 0
