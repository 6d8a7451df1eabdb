"""The watch page: served to this machine's browser alone, as what is saved changes it."""

import asyncio
import json
import signal
import webbrowser
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from importlib.resources import files
from pathlib import Path
from socket import socket

import uvicorn
import watchfiles
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from diglot.build.workers import workers
from diglot.project import Project
from diglot.serve import LOOPBACK, listen
from diglot.store import PREFIX
from diglot.watch.paper import Paper, picture
from diglot.watch.session import Session, Shown, first_of

_HOSTS = [LOOPBACK, "localhost"]
_STEP = 10  # milliseconds: an editor's writing and renaming of one file take less
_PAGE = {"page.html": "text/html", "page.css": "text/css", "page.js": "text/javascript"}
_SAFE = {
    "Content-Security-Policy": "default-src 'self'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
_FRAMED = {**_SAFE, "Content-Security-Policy": "frame-ancestors 'self'; form-action 'none'"}


def watch(
    project: Project, work: str, edition: str, port: int, told: Callable[[str], None], *, show: bool
) -> None:
    """Serve the watch page of a work until it is interrupted.

    Args:
        project: The project whose files are watched.
        work: The work's name.
        edition: The edition's name; empty: the first one.
        port: On which port of the loopback interface; 0: any that is free.
        told: Is given the page's address, once.
        show: Whether to open it in the browser.

    Raises:
        DiglotError: ``n-026``, the port is taken.
    """
    listener = listen(LOOPBACK, port)
    address = f"http://{LOOPBACK}:{listener.getsockname()[1]}/"
    told(address)
    if show:
        webbrowser.open(address)
    # Uvicorn hands a signal on when it has ended; the workers are still to be ended then.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    # One for proofs, one for whole booklets.
    with suppress(KeyboardInterrupt), workers(2) as pool:
        session = Session(project, work, edition, pool.executor)
        config = uvicorn.Config(
            application(session, project), log_level="warning", timeout_graceful_shutdown=1
        )
        _Server(config, session).run([listener])


def application(session: Session, project: Project | None = None) -> Starlette:
    """Make the application; with a project its files are watched as long as it runs."""

    @asynccontextmanager
    async def watching(_: Starlette) -> AsyncIterator[None]:
        task = asyncio.create_task(_follow(session, project)) if project else None
        yield
        if task:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    pages = _Pages(session)
    return Starlette(
        routes=[
            Route("/", _file("page.html")),
            *(Route(f"/{name}", _file(name)) for name in _PAGE),
            Route("/favicon.ico", lambda _: Response(status_code=204)),
            Route("/events", pages.events),
            Route("/screen", pages.screen),
            Route("/sheet/{page:int}", pages.sheet),
            Route("/pdf", pages.pdf),
        ],
        middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=_HOSTS)],
        lifespan=watching,
    )


class _Server(uvicorn.Server):
    """Ends the streams of events first: browsers would wait for more, and it for them."""

    def __init__(self, config: uvicorn.Config, session: Session) -> None:
        super().__init__(config)
        self._session = session

    async def shutdown(self, sockets: list[socket] | None = None) -> None:
        await self._session.end()
        await super().shutdown(sockets)


class _Pages:
    """What the browser fetches of a session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def events(self, _: Request) -> Response:
        async def stream() -> AsyncIterator[str]:
            async for shown in self._session.changes():
                yield f"data: {json.dumps(_told(shown), ensure_ascii=False)}\n\n"

        return StreamingResponse(stream(), media_type="text/event-stream", headers=_SAFE)

    async def screen(self, _: Request) -> Response:
        draft = self._session.shown.draft
        if draft is None:
            raise HTTPException(404)
        return Response(draft.screen, media_type="text/html", headers=_FRAMED)

    async def sheet(self, request: Request) -> Response:
        try:
            drawn = await asyncio.to_thread(picture, self._paper().pdf, request.path_params["page"])
        except IndexError:
            raise HTTPException(404) from None
        return Response(drawn, media_type="image/png", headers=_SAFE)

    async def pdf(self, _: Request) -> Response:
        return Response(self._paper().pdf, media_type="application/pdf", headers=_SAFE)

    def _paper(self) -> Paper:
        if self._session.shown.paper is None:
            raise HTTPException(404)
        return self._session.shown.paper


async def _follow(session: Session, project: Project) -> None:
    """Tell the session of everything that is saved."""
    await session.saved()
    folders = (project.content, project.root / "templates")
    ours: Callable[[object, str], bool] = lambda _, path: not Path(path).name.startswith(PREFIX)  # noqa: E731
    async for _ in watchfiles.awatch(*folders, watch_filter=ours, step=_STEP, debounce=100):
        await session.saved()


def _file(name: str) -> Callable[[Request], Response]:
    data = files("diglot.watch").joinpath(name).read_bytes()
    return lambda _: Response(data, media_type=_PAGE[name], headers=_SAFE)


def _told(shown: Shown) -> dict[str, object]:
    """Say to the page what there is to show; it fetches the rest."""
    pair = shown.draft.pair if shown.draft else ""
    paper = shown.paper
    return {
        "title": shown.draft.paper.booklet.name if shown.draft else "",
        "screen": shown.screen,
        "pair": pair,
        "sheet": shown.sheet,
        "sheets": paper.pages if paper else 0,
        "page": paper.pairs.get(pair, 1) if paper else 0,
        "proof": shown.proof,
        "broken": shown.broken,
        "problems": first_of(shown.problems),
    }
