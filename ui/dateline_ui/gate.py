"""What may cross the wire: the addresses the page needs, and a policy that keeps the browser on this server.

Gradio serves far more than one page needs (uploads, files, a proxy, its own pages); here they do not exist.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

OPEN = re.compile(
    r"/|/theme\.css|/favicon\.ico|/(?:assets|static)/.+|/dateline\.(?:css|js)"
    r"|/gradio_api/(?:queue/(?:join|data)|run/predict|cancel|reset|heartbeat/\w+|startup-events)"
)
# Another site's name can be made to lead here (DNS rebinding), and its scripts would read the archive.
LOCAL = re.compile(r"(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?", re.IGNORECASE)
INLINE_SCRIPT = re.compile(rb"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", re.DOTALL)
FOREIGN = re.compile(rb"<meta\s+(?:property|name)=\"(?:og|twitter):[^>]*>\s*|<link rel=\"manifest\"[^>]*>\s*")
OWN = b'<link rel="stylesheet" href="dateline.css"><script defer src="dateline.js"></script></head>'
POLICY = (
    "default-src 'none'; script-src 'self' {scripts}; style-src 'self' 'unsafe-inline'; font-src 'self'; "
    "img-src 'self' data:; connect-src 'self'; base-uri 'self'; form-action 'none'; frame-ancestors 'none'"
)


class Gate:
    """An ASGI application in front of another. With `local`, it answers to this machine's own names alone."""

    def __init__(self, inner: ASGIApp, *, local: bool = False) -> None:
        self.inner = inner
        self.local = local

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and self.local and not LOCAL.fullmatch(called(scope)):
            await refuse(send, 421)
        elif scope["type"] == "http" and not OPEN.fullmatch(scope["path"]):
            await refuse(send, 404)
        elif scope["type"] == "http":
            await self.inner(uncompressed(scope), receive, Outgoing(send).send)
        elif scope["type"] == "lifespan":
            await self.inner(scope, receive, send)


async def refuse(send: Send, status: int) -> None:
    """Nothing but a status."""
    await send({"type": "http.response.start", "status": status, "headers": []})
    await send({"type": "http.response.body", "body": b""})


def called(scope: Scope) -> str:
    """The name by which a browser calls this server."""
    return next((value.decode("latin-1") for name, value in scope["headers"] if name == b"host"), "")


def uncompressed(scope: Scope) -> Scope:
    """The request for the page itself without an offer of compression: the page is read on its way out."""
    if scope["path"] != "/":
        return scope
    return {**scope, "headers": [pair for pair in scope["headers"] if pair[0] != b"accept-encoding"]}


class Outgoing:
    """One response: pages are held until they are whole, then sent with a policy that names their scripts."""

    def __init__(self, send: Send) -> None:
        self.forward = send
        self.start: Message | None = None
        self.page = b""

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            if is_page(message):
                self.start = message
            else:
                await self.forward({**message, "headers": [*message["headers"], *protection(())]})
        elif self.start is None:
            await self.forward(message)
        else:
            self.page += message.get("body", b"")
            if not message.get("more_body"):
                await self.deliver(self.start)

    async def deliver(self, start: Message) -> None:
        page = FOREIGN.sub(b"", self.page).replace(b"</head>", OWN, 1)
        kept = [pair for pair in start["headers"] if pair[0].lower() != b"content-length"]
        length = (b"content-length", str(len(page)).encode())
        scripts = INLINE_SCRIPT.findall(page)
        await self.forward({**start, "headers": [*kept, length, *protection(scripts)]})
        await self.forward({"type": "http.response.body", "body": page})


def is_page(start: Message) -> bool:
    """True where a response is HTML."""
    headers = dict(start["headers"])
    return bool(headers.get(b"content-type", b"").startswith(b"text/html"))


def protection(scripts: Sequence[bytes]) -> list[tuple[bytes, bytes]]:
    """Headers that let a page load from this server alone, and run these inline scripts alone."""
    hashes = " ".join(
        f"'sha256-{base64.b64encode(hashlib.sha256(one).digest()).decode()}'" for one in scripts
    )
    return [
        (b"content-security-policy", POLICY.format(scripts=hashes).encode()),
        (b"x-content-type-options", b"nosniff"),
        (b"referrer-policy", b"no-referrer"),
    ]
