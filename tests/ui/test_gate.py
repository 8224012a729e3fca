"""Only what the page needs is answered, and every answer says where a browser may load from."""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING

import pytest
from starlette.applications import Starlette
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from dateline_ui.gate import Gate

if TYPE_CHECKING:
    from starlette.requests import Request

SCRIPT = "window.config = {}"
PAGE = f"""<html><head>
<meta property="og:image" content="https://raw.example/x.png" /><link rel="manifest" href="/m" />
<script>{SCRIPT}</script><script type="module" src="./a.js"></script>
</head><body></body></html>"""


async def anything(request: Request) -> Response:
    return HTMLResponse(PAGE) if request.url.path == "/" else PlainTextResponse("through")


INNER = Starlette(routes=[Route("/{path:path}", anything, methods=["GET", "POST"])])


@pytest.fixture
def client() -> TestClient:
    return TestClient(Gate(INNER))


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:7860", 200),
        ("localhost:7860", 200),
        ("LocalHost", 200),
        ("[::1]:7860", 200),
        ("archive.example:7860", 421),
        ("127.0.0.1.archive.example", 421),
        ("localhost.archive.example", 421),
        ("", 421),
    ],
)
def test_on_this_machine_no_other_name_leads_to_the_archive(host: str, status: int) -> None:
    local = TestClient(Gate(INNER, local=True))
    assert local.get("/", headers={"host": host}).status_code == status
    assert TestClient(Gate(INNER)).get("/", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/gradio_api/upload",
        "/gradio_api/file=/etc/passwd",
        "/gradio_api/proxy=http://127.0.0.1:9/",
        "/gradio_api/info",
        "/gradio_api/runs",
        "/gradio_api/call/ask",
        "/monitoring",
        "/monitoring/summary",
        "/config",
        "/login",
        "/manifest.json",
        "/docs",
    ],
)
def test_what_the_page_does_not_need_does_not_exist(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == client.post(path).status_code == 404


@pytest.mark.parametrize("path", ["/assets/a.js", "/static/a.woff2", "/theme.css", "/gradio_api/queue/join"])
def test_what_the_page_needs_passes(client: TestClient, path: str) -> None:
    assert client.get(path).text == "through"


def test_only_the_scripts_of_the_page_itself_may_run(client: TestClient) -> None:
    policy = client.get("/").headers["content-security-policy"]
    digest = base64.b64encode(hashlib.sha256(SCRIPT.encode()).digest()).decode()
    assert f"script-src 'self' 'sha256-{digest}';" in policy
    assert "default-src 'none'" in policy
    assert "unsafe-eval" not in policy
    assert "http" not in policy


def test_the_page_brings_our_style_and_no_foreign_address(client: TestClient) -> None:
    page = client.get("/").text
    assert 'href="dateline.css"' in page
    assert "https://" not in page
    assert "manifest" not in page


def test_every_response_is_protected(client: TestClient) -> None:
    headers = client.get("/theme.css").headers
    assert "default-src 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
