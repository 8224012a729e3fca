"""Markdown: front matter in YAML, TOML or JSON gives the fields, the first heading the headline."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping

from dateline.patterns import lazy
from dateline.reading.article import make_article
from dateline.reading.clean import clean
from dateline.reading.origin import Origin
from dateline.reading.published import parse_published
from dateline.reading.records.fields import Folded, folded
from dateline.reading.streams import Unpacked
from dateline.reading.text import split_headline, whole
from dateline.types import Article, Skipped

_LONGEST = 1 << 16  # characters of front matter
_YAML = lazy(r"(?:<!--.*?-->\s*)?---[ \t]*\n(.*?)\n?(?:---|\.\.\.)[ \t]*(?:\n|$)", re.DOTALL)
_TOML = lazy(r"\+\+\+[ \t]*\n(.*?)\n\+\+\+[ \t]*(?:\n|$)", re.DOTALL)
_ATX = lazy(r"#[ \t]+(.{1,300}?)[ \t]*#*[ \t]*(?:\n|$)")
_SETEXT = lazy(r"(\S.*)\n=+[ \t]*(?:\n|$)")
_DAY_IN_NAME = lazy(r"(?:^|/)(\d{4}-\d\d-\d\d)-[^/]*$")
_RULES = lazy(r"(?m)^[ \t]*(?:-{3,}|\*{3,}|_{3,})[ \t]*$\n?")
_MARKS = (
    (lazy(r"<!--.*?-->", re.DOTALL), ""),
    (lazy(r"(?m)^\[\^[^\]]+\]:.*$\n?"), ""),  # footnotes
    (lazy(r"(?ms)^(```|~~~).*?^\1[ \t]*$\n?"), ""),  # code
    (lazy(r"\{%.*?%\}|\{\{[<%].*?[>%]\}\}|\{\{[^{}]*\}\}", re.DOTALL), ""),  # templates
    (lazy(r"%%.*?%%", re.DOTALL), ""),  # remarks
    (lazy(r"!\[\[[^\]]*\]\]|!\[[^\]]*\]\([^)]*\)"), ""),  # pictures
    (lazy(r"\[\^[^\]]+\]"), ""),
    (lazy(r"(?m)^>[ \t]*\[![^\]]*\].*(?:\n>.*)*\n?"), ""),  # callouts
    (lazy(r"\[\[(?:[^\]|]*\|)?([^\]|]*)\]\]"), r"\1"),
    (lazy(r"\[([^\]\n]+)\]\((?:[^()\s]|\([^()]*\))*(?:\s+\"[^\"]*\")?\)"), r"\1"),
    (lazy(r"\[([^\]\n]+)\]\[[^\]\n]*\]"), r"\1"),
    (lazy(r"(?m)^\[[^\]\n]+\]:\s+\S+.*$\n?"), ""),
    (lazy(r"<(https?://[^>\s]+)>"), r"\1"),
    (lazy(r"==(\S(?:[^=\n]*\S)?)=="), r"\1"),
    (lazy(r"(?<![\w*])(\*{1,3})(?=\S)([^*\n]*?\S)\1(?![\w*])"), r"\2"),
    (lazy(r"(?<![\w_])(_{1,3})(?=\S)([^_\n]*?\S)\1(?![\w_])"), r"\2"),
    (lazy(r"(?m)^\|?[ \t:|-]*-{3,}[ \t:|-]*$\n?"), ""),  # the rule below a table's header
    (lazy(r"(?m)^[ \t]*#{1,6}[ \t]+(.*?)[ \t#]*$"), r"\1"),
    (lazy(r"(?m)^>[ \t]?"), ""),
    (lazy(r"(?m)^\|[ \t]*(.*?)[ \t]*\|?$"), r"\1"),
)


def read_markdown(stream: Unpacked, origin: Origin) -> Iterator[Article | Skipped]:
    """The article of a Markdown file."""
    text = whole(stream, origin)
    if not isinstance(text, str):
        yield text
        return
    record, text = front_matter(text)
    heading = _ATX.match(text) or _SETEXT.match(text)
    if heading:
        title, text = heading.group(1), text[heading.end() :]
    else:
        title, text = ("", text) if record.get("title") else split_headline(text)
    if not record.get("title"):
        record["title"] = without_marks(title)
    if not any(record.get(name) for name in ("date", "published", "publishdate", "pubdate")) and (
        day := _DAY_IN_NAME.search(origin.name)
    ):
        record["published"] = parse_published(day[1])
    yield make_article(record | {"text": without_marks(text)}, origin.only())


def front_matter(text: str) -> tuple[Folded, str]:
    """What the front matter says, and the text behind it; a rule at the top is none."""
    if (found := _TOML.match(text)) and (value := _toml(found[1])) is not None:
        return folded(value), text[found.end() :].lstrip()
    if (found := _YAML.match(text)) and (value := _yaml(found[1])) is not None:
        return folded(value), text[found.end() :].lstrip()
    if text.startswith("{") and not text.startswith(("{{", "{%")):
        try:
            value, end = json.JSONDecoder().raw_decode(text[:_LONGEST])
        except (ValueError, RecursionError):
            return {}, text
        if isinstance(value, dict) and text[end:].strip():
            return folded(value), text[end:].lstrip()
    return {}, text


def without_marks(text: str) -> str:
    """The text as Markdown shows it: without its marks, pictures, code and templates."""
    for pattern, instead in _MARKS:
        text = pattern.sub(instead, text)
    return clean(_RULES.sub("", text))


def _toml(text: str) -> Mapping[str, object] | None:
    try:
        return dict(tomllib.loads(text)) if len(text) <= _LONGEST else None
    except (tomllib.TOMLDecodeError, RecursionError):
        return None


def _yaml(text: str) -> Mapping[str, object] | None:
    """The mapping; where it is no YAML, as with a second colon in a line, what its lines say."""
    import yaml

    if len(text) > _LONGEST:
        return None
    try:
        value = yaml.load(text, _loader())
    except (yaml.YAMLError, ValueError, RecursionError):
        pairs = (line.partition(":") for line in text.split("\n") if line[:1].isalpha() and ":" in line)
        return {name: value.strip().strip("\"'") for name, _, value in pairs} or None
    return value if isinstance(value, dict) else {} if value is None and not text.strip() else None


def _loader() -> type:
    """A loader of plain values; dates stay as they are written, and nothing is repeated by a reference."""
    import yaml

    class Loader(yaml.SafeLoader):  # type: ignore[misc]
        def compose_node(self, parent: object, index: object) -> object:
            if self.check_event(yaml.AliasEvent):  # ten of ten of ten: a bomb
                raise yaml.YAMLError("a reference")
            return super().compose_node(parent, index)

    Loader.yaml_implicit_resolvers = {
        sign: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
        for sign, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }
    return Loader
