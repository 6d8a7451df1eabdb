"""The shelf is served as it stands, to this machine unless one asks for more."""

import http.client
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.builder import ROOT, TinyProject
from tests.shelf.served import Server

FILES = {
    "index.html": "<p>山",
    "opds.xml": "<feed/>",
    "opds.json": "{}",
    "SHA256SUMS": "",
    "w/opds.xml": "<feed/>",
    "w/opds.json": '{"links": [{"rel": "self", "href": "opds.json"}]}',
    "opds-all.xml": '<feed xmlns="http://www.w3.org/2005/Atom"><link rel="self" href="x"/></feed>',
    "w/w-a.epub": "epub",
    "w/w-a.kepub.epub": "kepub",
    "w/w-a.azw3": "azw3",
    "w/w-a.pdf": "pdf",
    "w/w-a.csv": "term",
    "w/.diglot-1-w-a.pdf": "half",
}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = TinyProject(tmp_path_factory.mktemp("project"))
    for path, text in FILES.items():
        project.write(f"output/{path}", text)
    (project.root / "output/w/out.txt").symlink_to(project.root / "content/w/text.md")
    return project.root


@pytest.fixture(scope="module")
def server(root: Path) -> Iterator[Server]:
    server = Server(root)
    yield server
    server.process.terminate()
    server.process.communicate()


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/index.html", "text/html; charset=utf-8"),
        ("/opds.xml", "application/atom+xml;profile=opds-catalog;kind=navigation"),
        ("/w/opds.xml", "application/atom+xml;profile=opds-catalog;kind=acquisition"),
        ("/opds.json", "application/opds+json"),
        ("/SHA256SUMS", "text/plain; charset=utf-8"),
        ("/w/w-a.epub", "application/epub+zip"),
        ("/w/w-a.kepub.epub", "application/kepub+zip"),
        ("/w/w-a.azw3", "application/vnd.amazon.mobi8-ebook"),
        ("/w/w-a.pdf", "application/pdf"),
        ("/w/w-a.csv", "text/csv; charset=utf-8"),
    ],
)
def test_files_have_the_types_that_readers_go_by(server: Server, path: str, kind: str) -> None:
    status, headers, data = server.get(path)
    assert (status, headers["Content-Type"]) == (200, kind)
    assert data.decode() == FILES[path.strip("/") or "index.html"]
    assert headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("path", ["/w/opds.json", "/opds-all.xml"])
def test_a_catalogue_says_where_it_is_served(server: Server, path: str) -> None:
    status, headers, data = server.get(f"{path}?query", "192.168.1.7:8000")
    assert status == 200
    assert f'"http://192.168.1.7:8000{path}"' in data.decode()
    assert int(headers["Content-Length"]) == len(data)


@pytest.mark.parametrize(
    "path",
    [
        "/../content/w/text.md",
        "/%2e%2e/content/w/text.md",
        "/w/..%2f..%2fcontent/w/text.md",
        "//etc/passwd",
        "/w/..%5c..%5ccontent",
        "/w/out.txt",
        "/w/.diglot-1-w-a.pdf",
        "/w/",
        "/w",
        "/none%00",
        "/" + "a" * 5000,
    ],
)
def test_nothing_else_is_served(server: Server, path: str) -> None:
    assert server.get(path)[0] == 404


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost:8000", "[::1]:8000", "192.168.1.7:8000"])
def test_an_address_is_no_one_else_s(server: Server, host: str) -> None:
    assert server.get("/", host)[0] == 200


def test_the_machine_s_own_name_is_its_own(server: Server) -> None:
    name = socket.gethostname().partition(".")[0]
    assert server.get("/", f"{name}.local:8000")[0] == 200


@pytest.mark.parametrize("host", ["example.org", "127.0.0.1.example.org", "localhost.x", "", "[]"])
def test_another_name_is_refused(server: Server, host: str) -> None:
    status, _, data = server.get("/", host)
    assert (status, data) == (400, b"This is not the name of this machine.")


def test_it_is_asked_for_files_only(server: Server) -> None:
    assert server.get("/", method="POST")[0] == 405
    assert server.get("/index.html", method="HEAD")[2] == b""


def test_what_a_reader_has_already_is_not_sent_again(server: Server) -> None:
    _, headers, _ = server.get("/w/w-a.epub")
    assert headers["Cache-Control"] == "no-cache"
    assert server.get("/w/w-a.epub", If_None_Match=headers["ETag"])[0] == 304


def test_by_itself_only_this_machine_reaches_it(server: Server) -> None:
    expected = (
        f"http://127.0.0.1:{server.port}/  catalogue: http://127.0.0.1:{server.port}/opds.xml"
    )
    assert server.said.strip() == expected
    with socket.socket() as probe:
        probe.bind(("127.0.0.2", 0))
        with pytest.raises(ConnectionRefusedError):
            probe.connect(("127.0.0.2", server.port))


def test_with_lan_it_says_where_others_reach_it(root: Path) -> None:
    server = Server(root, "--lan")
    try:
        assert "127.0.0.1" not in server.said
        assert server.get("/", "192.168.1.7")[0] == 200
        with closing(http.client.HTTPConnection("127.0.0.2", server.port)) as elsewhere:
            elsewhere.request("GET", "/")
            assert elsewhere.getresponse().status == 200
    finally:
        server.process.terminate()
        server.process.communicate()


def test_w_010_nothing_is_built(project: TinyProject) -> None:
    result = project.run("serve")
    assert (result.exit_code, result.stderr) == (
        1,
        "output: error w-010: there is nothing to serve\n  Hint: Call diglot build.\n",
    )


def test_n_026_the_port_is_taken(root: Path, server: Server) -> None:
    command = [sys.executable, "-m", "diglot", "-C", str(root), "serve", "--port", str(server.port)]
    done = subprocess.run(
        command, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True
    )
    assert done.returncode == 3
    assert f"error n-026: port {server.port} cannot be used: Address already in use" in done.stderr
