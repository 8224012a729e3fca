"""The chat window: a Gradio page over one archive, and the server that shows it."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Callable, Sequence
from importlib.resources import files
from ipaddress import ip_address
from typing import TYPE_CHECKING

from dateline.errors import DatelineError

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.routing import BaseRoute
    from starlette.types import ASGIApp

    from dateline.archive import Archive
    from dateline.bridge.found import Found

ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16">'
    '<rect width="16" height="16" fill="#8c2b1d"/>'
    '<path d="M3 5h10M3 8h10M3 11h6" stroke="#fff" stroke-width="1.4"/></svg>'
)


def serve(
    archive: Archive,
    *,
    host: str = "127.0.0.1",
    port: int = 7860,
    found: Sequence[Found] = (),
    ready: Callable[[str], None] | None = None,
) -> None:
    """Shows the archive in the browser until interrupted. `ready` gets the address once it answers.

    Models that were found can be chosen on the page, where only this machine can reach it. Port 0 takes any
    free one. Raises DatelineError where the address can't be had.
    """
    import uvicorn

    listening = listen(host, port)
    address = f"http://{reachable(host)}:{listening.getsockname()[1]}"

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            if ready and self.started:
                ready(address)

        async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
            # An open page holds streams that never end by themselves.
            for connection in self.server_state.connections:
                connection.transport.close()
            await super().shutdown(sockets)

    with listening, contextlib.suppress(KeyboardInterrupt):
        config = uvicorn.Config(
            application(archive, local=is_local(host), found=found if is_local(host) else ()),
            log_level="warning",
            timeout_graceful_shutdown=1,
        )
        Server(config).run(sockets=[listening])


def listen(host: str, port: int) -> socket.socket:
    """A socket bound to the address."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except (OSError, OverflowError) as error:
        reason = getattr(error, "strerror", None) or "not a port"
        raise DatelineError(
            f"can't show the chat at {host}:{port}: {reason}; choose another address with --port or --host"
        ) from error


def reachable(host: str) -> str:
    """The host as it stands in an address; this machine, where the server listens everywhere."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    return f"[{host}]" if ":" in host else host


def is_local(host: str) -> bool:
    """True where only this machine can reach a server that listens there."""
    if host == "localhost":
        return True
    with contextlib.suppress(ValueError):
        return ip_address(host).is_loopback
    return False


def application(archive: Archive, *, local: bool, found: Sequence[Found] = ()) -> ASGIApp:
    """The page and what it loads, behind the gate; `local`: for browsers on this machine alone."""
    import gradio as gr
    from fastapi import FastAPI

    from dateline_ui.gate import Gate
    from dateline_ui.page import page

    served = gr.mount_gradio_app(
        FastAPI(openapi_url=None, routes=own_files()),
        page(archive, found),
        path="/",
        theme=gr.themes.Base(font=["system-ui", "sans-serif"], font_mono=["monospace"]),
        footer_links=[],
        run_history=False,
        enable_monitoring=False,
        show_error=False,
        ssr_mode=False,
        pwa=False,
        mcp_server=False,
    )
    return Gate(served, local=local)


def own_files() -> list[BaseRoute]:
    """The style, the script and the icon of the page."""
    from starlette.responses import Response
    from starlette.routing import Route

    folder = files("dateline_ui")
    contents = {
        "/dateline.css": (folder.joinpath("style.css").read_text("utf-8"), "text/css"),
        "/dateline.js": (folder.joinpath("page.js").read_text("utf-8"), "text/javascript"),
        "/favicon.ico": (ICON, "image/svg+xml"),
    }

    async def file(request: Request) -> Response:
        content, kind = contents[request.url.path]
        return Response(content, media_type=kind)

    return [Route(path, file) for path in contents]
