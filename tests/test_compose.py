"""compose.yaml, as far as it can be checked without an engine that runs it."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from dateline.cli.arguments import parser
from dateline.config import Settings

ROOT = Path(__file__).parent.parent
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]


def environment(service: dict[str, Any]) -> dict[str, str]:
    """What the image sets."""
    (told,) = re.findall(r"^ENV (.*)$", service["build"]["dockerfile_inline"], re.MULTILINE)
    return dict(pair.split("=", 1) for pair in told.split())


def of_dateline() -> dict[str, dict[str, Any]]:
    return {name: one for name, one in SERVICES.items() if one.get("image") == "dateline"}


def test_one_indexer_one_server_two_chats_and_a_proxy() -> None:
    commands = {name: one["command"][:2] for name, one in of_dateline().items()}
    assert commands == {
        "chroma": ["chroma", "run"],
        "indexer": ["dateline", "index"],
        "chat-1": ["dateline", "chat"],
        "chat-2": ["dateline", "chat"],
    }
    assert SERVICES["proxy"]["depends_on"] == ["chat-1", "chat-2"]


def test_every_command_line_is_one_that_dateline_takes() -> None:
    for name, service in of_dateline().items():
        program, *arguments = service["command"]
        if program == "dateline":
            set_to = environment(service)
            given = parser(Settings.from_environment(set_to)).parse_args(arguments)
            assert given.store == "http://chroma:8000", name
            assert given.command.__name__ == arguments[0]
            assert getattr(given, "watch", True)  # what is started goes on until it is stopped


def test_the_server_takes_its_command_line_and_is_where_the_others_look_for_it() -> None:
    program, *arguments = SERVICES["chroma"]["command"]
    options = dict(zip(arguments[1::2], arguments[2::2], strict=True))
    told = subprocess.run(
        [Path(sys.executable).parent / program, "run", "--help"], capture_output=True, text=True, check=True
    ).stdout
    assert all(option in told for option in options)
    assert environment(SERVICES["indexer"])["DATELINE_STORE"] == f"http://chroma:{options['--port']}"
    assert SERVICES["chroma"]["volumes"] == [f"chroma:{options['--path']}"]


def test_what_is_mounted_attached_and_waited_for_exists() -> None:
    for name, service in SERVICES.items():
        assert set(service["depends_on"]) <= SERVICES.keys(), name
        assert set(service["networks"]) <= COMPOSE["networks"].keys(), name
        for volume in service.get("volumes", ()):
            source, target = volume.removesuffix(":ro").rsplit(":", 1)
            assert target.startswith("/")
            if not source.startswith("$"):
                assert source in COMPOSE["volumes"], name
        assert {one["source"] for one in service.get("configs", ())} <= COMPOSE["configs"].keys()
    used = {volume.split(":")[0] for one in SERVICES.values() for volume in one.get("volumes", ())}
    assert COMPOSE["volumes"].keys() <= used


def test_each_chat_has_a_cache_of_its_own_and_the_articles_are_there() -> None:
    caches = [one["volumes"] for name, one in SERVICES.items() if name.startswith("chat")]
    assert caches == [["chat-1-cache:/cache"], ["chat-2-cache:/cache"]]
    assert environment(SERVICES["chat-1"])["DATELINE_CACHE"] == "/cache"
    mounted, *_ = SERVICES["indexer"]["volumes"]
    (sample,) = re.findall(r"\$\{ARTICLES:-(.*?)\}:/articles:ro", mounted)
    assert (ROOT / sample).is_dir()
    assert SERVICES["indexer"]["command"][2] == "/articles"


def test_only_the_proxy_can_be_reached_and_only_from_this_machine() -> None:
    assert [name for name, one in SERVICES.items() if "ports" in one] == ["proxy"]
    assert SERVICES["chroma"]["networks"] == ["inside"]
    assert COMPOSE["networks"]["inside"]["internal"] is True
    (published,) = SERVICES["proxy"]["ports"]
    host, outside, within = published.split(":")
    assert (host, outside, within) == ("127.0.0.1", "8080", "8080")
    assert f":{within} {{" in COMPOSE["configs"]["proxy"]["content"]


def test_the_proxy_leads_to_the_chats_where_they_listen() -> None:
    (told,) = re.findall(r"reverse_proxy (.*) \{", COMPOSE["configs"]["proxy"]["content"])
    listening = {
        f"{name}:{one['command'][one['command'].index('--port') + 1]}"
        for name, one in SERVICES.items()
        if name.startswith("chat")
    }
    assert set(told.split()) == listening


def test_the_image_is_made_of_files_that_are_there_and_of_all_that_the_package_needs() -> None:
    told = SERVICES["indexer"]["build"]["dockerfile_inline"]
    copied = [path for line in re.findall(r"^COPY (.*)$", told, re.MULTILINE) for path in line.split()[:-1]]
    assert all((ROOT / path).exists() for path in copied)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    needed = [project["project"]["readme"], *project["project"]["license-files"]]
    needed += [
        path.split("/")[0] for path in project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
    ]
    assert set(needed) <= set(copied)


@pytest.mark.skipif(shutil.which("caddy") is None, reason="there is no Caddy on this machine")
def test_the_proxys_file_is_one_that_caddy_takes(tmp_path: Path) -> None:
    file = tmp_path / "Caddyfile"
    file.write_text(COMPOSE["configs"]["proxy"]["content"])
    subprocess.run(["caddy", "validate", "--adapter", "caddyfile", "--config", file], check=True)
