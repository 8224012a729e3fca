"""The chat window: a Gradio page over one archive, and the server that shows it."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, fields
from functools import partial
from importlib.resources import files
from typing import TYPE_CHECKING

from dateline.errors import DatelineError
from dateline_ui import handlers, render

if TYPE_CHECKING:
    from gradio import Blocks, Button, Markdown, State, Textbox
    from gradio.components import Component
    from starlette.requests import Request
    from starlette.routing import BaseRoute
    from starlette.types import ASGIApp

    from dateline.archive import Archive

AT_ONCE = 8  # questions answered at the same time, by everybody
WAITING = 64  # questions that may wait for their turn
ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16">'
    '<rect width="16" height="16" fill="#8c2b1d"/>'
    '<path d="M3 5h10M3 8h10M3 11h6" stroke="#fff" stroke-width="1.4"/></svg>'
)


Update = dict["Component", object]


@dataclass(frozen=True, slots=True)
class Shown:
    """The components that change: the fields of a handlers.Page, by the same names."""

    conversation: State
    earlier: Markdown
    current: Markdown
    pane: Markdown
    question: Textbox
    notice: Markdown

    def components(self) -> list[Component]:
        return [getattr(self, one.name) for one in fields(self)]

    def update(self, page: handlers.Page) -> Update:
        """What Gradio is told: the new value of every component that changes."""
        values = [getattr(page, one.name) for one in fields(self)]
        return {one: value for one, value in zip(self.components(), values, strict=True) if value is not None}


@dataclass(frozen=True, slots=True)
class Pressed:
    """The buttons."""

    examples: tuple[Button, ...]
    send: Button
    stop: Button
    new: Button


def serve(
    archive: Archive, *, host: str = "127.0.0.1", port: int = 7860, ready: Callable[[str], None] | None = None
) -> None:
    """Shows the archive in the browser until interrupted. `ready` gets the address once it answers.

    Port 0 takes any free one. Raises DatelineError where the address can't be had.
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
        config = uvicorn.Config(application(archive), log_level="warning", timeout_graceful_shutdown=1)
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


def application(archive: Archive) -> ASGIApp:
    """The page and what it loads, behind the gate."""
    import gradio as gr
    from fastapi import FastAPI

    from dateline_ui.gate import Gate

    served = gr.mount_gradio_app(
        FastAPI(openapi_url=None, routes=own_files()),
        page(archive),
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
    return Gate(served)


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


def page(archive: Archive) -> Blocks:
    """The page: masthead, conversation and question field, and the reading pane beside them."""
    import gradio as gr

    overview = archive.overview()
    unopened = handlers.block(render.outlets(overview))
    blocks: Blocks = gr.Blocks(title="dateline", analytics_enabled=False, fill_width=True)
    with blocks:
        html("masthead", handlers.block(render.masthead(overview, archive.mode, archive.notices)))
        with gr.Row(elem_id="room"):
            shown, pressed = layout(archive.examples(), unopened)
        connect(archive, shown, pressed, unopened)
    blocks.queue(default_concurrency_limit=AT_ONCE, max_size=WAITING, api_open=False)
    return blocks


def html(name: str, value: str = "") -> Markdown:
    """A place for HTML. Gradio's own HTML component would need a policy that lets the page evaluate text."""
    import gradio as gr

    return gr.Markdown(value, elem_id=name, latex_delimiters=[])


def layout(questions: Sequence[str], unopened: str) -> tuple[Shown, Pressed]:
    """The chat and, beside it, the reading pane."""
    import gradio as gr

    with gr.Column(elem_id="chat"):
        with gr.Column(elem_id="scroller"), gr.Column(elem_id="transcript"):
            html("first", handlers.block(render.first_page()))
            with gr.Column(elem_id="examples"):
                examples = tuple(gr.Button(question) for question in questions)
            earlier, current = html("earlier"), html("current")
        notice = html("notice")
        with gr.Row(elem_id="ask"):
            question = gr.Textbox(
                elem_id="question",
                label="Question",
                show_label=False,
                container=False,
                placeholder="Ask about the articles",
                max_lines=5,
                autofocus=True,
            )
            send = gr.Button("Ask", elem_id="send")
            stop = gr.Button("Stop", elem_id="stop")
        new = gr.Button("New conversation", elem_id="new")
    shown = Shown(gr.State(()), earlier, current, html("pane", unopened), question, notice)
    return shown, Pressed(examples, send, stop, new)


def connect(archive: Archive, shown: Shown, pressed: Pressed, unopened: str) -> None:
    """What happens when something is pressed. Leaving a question unanswered closes its stream."""
    import gradio as gr

    def ask(question: str, conversation: handlers.Conversation) -> Generator[Update]:
        with contextlib.closing(handlers.ask(archive, question, conversation)) as pages:
            for page in pages:
                yield shown.update(page)

    def stop(conversation: handlers.Conversation) -> Update:
        return shown.update(handlers.stopped(conversation))

    def fail(conversation: handlers.Conversation) -> Update:
        return shown.update(handlers.broken(conversation))

    def renew() -> Update:
        return shown.update(handlers.renewed(unopened))

    quietly = {"outputs": shown.components(), "show_progress": "hidden", "api_visibility": "private"}
    on = partial(gr.on, **quietly)
    asking = [on([shown.question.submit, pressed.send.click], ask, [shown.question, shown.conversation])]
    asking += [on(example.click, ask, [example, shown.conversation]) for example in pressed.examples]
    for question in asking:
        question.failure(fail, [shown.conversation], queue=False, **quietly)
    on(pressed.stop.click, stop, [shown.conversation], cancels=asking, queue=False)
    on(pressed.new.click, renew, [], cancels=asking, queue=False)
