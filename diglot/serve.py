"""Serving the shelf as it stands: to this machine, or to the e-readers of the local network."""

import ipaddress
import os
import socket
from collections.abc import Callable
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.datastructures import URL, Headers
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from diglot.errors import DiglotError, Exit, Place, Problem
from diglot.shelf.address import addressed
from diglot.shelf.media import ATOM, MEDIA, OPDS

LOOPBACK = "127.0.0.1"
EVERYWHERE = "0.0.0.0"  # noqa: S104 (what --lan asks for)

_TYPES = {  # by what a path ends with: what the system may know otherwise, or not at all
    ".apkg": MEDIA["anki"].type,
    ".azw3": MEDIA["azw3"].type,
    ".csv": "text/csv; charset=utf-8",
    ".kepub.epub": MEDIA["kepub"].type,
    ".epub": MEDIA["epub"].type,
    ".html": "text/html; charset=utf-8",
    ".json": OPDS,
    ".pdf": MEDIA["pdf"].type,
    ".xml": f"{ATOM}acquisition",
    "/SHA256SUMS": "text/plain; charset=utf-8",
}


def serve(output: Path, port: int, told: Callable[[tuple[str, ...]], None], *, lan: bool) -> None:
    """Serve an output folder until it is interrupted.

    Args:
        output: The folder.
        port: On which port; 0: any that is free.
        told: Is given the addresses at which it is served, once.
        lan: Whether to the local network, too; else to this machine alone.

    Raises:
        DiglotError: ``w-010``, nothing is built; ``n-026``, the port is taken.
    """
    if not (output / "index.html").is_file():
        place = Place(output.name)
        raise DiglotError(
            Problem("w-010", "there is nothing to serve", "Call diglot build.", place)
        )
    listener = listen(EVERYWHERE if lan else LOOPBACK, port)
    number = listener.getsockname()[1]
    hosts = (_address(), f"{_name()}.local") if lan else (LOOPBACK,)
    told(tuple(f"http://{host}:{number}/" for host in hosts if host))
    config = uvicorn.Config(
        application(output), log_level="warning", server_header=False, timeout_graceful_shutdown=1
    )
    uvicorn.Server(config).run([listener])


def listen(host: str, port: int) -> socket.socket:
    """Take a port.

    Raises:
        DiglotError: ``n-026``, it is taken.
    """
    try:
        return socket.create_server((host, port))
    except OSError as error:
        message = f"port {port} cannot be used: {error.strerror}"
        problem = Problem("n-026", message, "Name another one with --port, or 0 for any.")
        raise DiglotError(problem, exit_code=Exit.ENVIRONMENT) from None


def application(output: Path) -> Starlette:
    """Make the application that serves a folder."""
    return Starlette(
        routes=[
            Route("/favicon.ico", lambda _: Response(status_code=204)),
            Mount("/", _Files(directory=output, html=True)),
        ],
        middleware=[Middleware(_OwnHost)],
    )


class _Files(StaticFiles):
    """Files with the types that e-readers go by; nothing hidden, and nothing outside the folder.

    Catalogues are told where they are served.
    """

    def lookup_path(self, path: str) -> tuple[str, os.stat_result | None]:
        if any(part.startswith(".") for part in Path(path).parts):
            return "", None
        return super().lookup_path(path)

    def file_response(
        self,
        full_path: str | os.PathLike[str],
        stat_result: os.stat_result,
        scope: Scope,
        status_code: int = 200,
    ) -> Response:
        path = scope["path"]
        response: Response
        if _is_catalogue(path):
            address = str(URL(scope=scope).replace(query="", fragment=""))
            response = Response(addressed(Path(full_path).read_bytes(), address), status_code)
        else:
            response = super().file_response(full_path, stat_result, scope, status_code)
        if kind := _type(path):
            response.headers["Content-Type"] = kind
        response.headers["Cache-Control"] = "no-cache"  # a build may have been in between
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response


def _is_catalogue(path: str) -> bool:
    return path.rpartition("/")[2].startswith("opds") and path.endswith((".xml", ".json"))


def _type(path: str) -> str:
    if path == "/opds.xml":
        return f"{ATOM}navigation"
    return next((kind for ending, kind in _TYPES.items() if path.endswith(ending)), "")


class _OwnHost:
    """Refuses names that are not this machine's, behind which any page on the web could stand.

    An address, or the machine's own name, cannot be made to mean another machine (DNS rebinding).
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not _is_own(Headers(scope=scope).get("host", "")):
            await PlainTextResponse("This is not the name of this machine.", 400)(
                scope, receive, send
            )
        else:
            await self._app(scope, receive, send)


def _is_own(host: str) -> bool:
    name = host.rsplit(":", 1)[0] if not host.endswith("]") else host
    try:
        ipaddress.ip_address(name.strip("[]"))
    except ValueError:
        return name.casefold() in ("localhost", _name(), f"{_name()}.local")
    return True


def _name() -> str:
    return socket.gethostname().partition(".")[0].casefold()


def _address() -> str:
    """Find this machine's address in the local network; empty if it is in none.

    Nothing is sent: a datagram socket is only asked from where it would send.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # an address for documentation (RFC 5737)
        except OSError:
            return ""
        address: str = probe.getsockname()[0]
        return address
