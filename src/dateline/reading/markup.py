"""HTML that stands in a field of a record, as the text that a reader sees."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from dateline.patterns import lazy

if TYPE_CHECKING:
    from lxml.html import HtmlElement  # type: ignore[import-untyped]

_TAG = lazy(
    r"</?(?:p|br|div|span|a|b|i|u|em|strong|ul|ol|li|h[1-6]|table|t[drh]|tbody|blockquote|figure|figcaption|img"
    r"|section|article|main|body|html|head|script|style|iframe|hr|pre|code|aside|sup|sub|small|font|center"
    r"|header|footer|picture|source|time|cite|q|dl|dt|dd|block|para|hl2)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_BLOCK = lazy(r"<(?:p|br|div|li|h[1-6]|td|blockquote|section)\b", re.IGNORECASE)
_BLANK_LINES = lazy(r"\n\s*\n")
_ANY_LINES = lazy(r"\n+")
_ENTITY = lazy(r"&(?:#\d{1,6}|#[xX][0-9a-fA-F]{1,5}|[A-Za-z][A-Za-z0-9]{1,30});")
_BLOCKS = frozenset(
    """
    p div ul ol li h1 h2 h3 h4 h5 h6 table tr blockquote section article main body header footer pre hr dl dt
    dd block para hl2 hedline center
    """.split()
)
_GONE = frozenset(
    """
    script style figure figcaption aside iframe noscript template nav form button svg head title picture audio
    video object embed select textarea
    """.split()
)
_ASIDE = lazy(
    r"(?:related|read more|read also|see also|also read|more on this|recommended|photo|image|picture"
    r"|advertisement|subscribe(?: now)?|sign up|continue reading|share this)\b\s*(?::.*|[^.!?]{0,60})",
    re.IGNORECASE | re.DOTALL,
)
_LONGEST_ASIDE = 200  # characters
_DEEPEST = 250


def plain_text(text: str) -> str:
    """The text of a field without tags, its paragraphs apart and its entities read once."""
    if "<" in text and _TAG.search(text):
        return _without_tags(text)
    return html.unescape(text) if "&" in text and _is_escaped(text) else text


def _is_escaped(text: str) -> bool:
    """True where what stands as an entity never stands as itself: all was written so, not by accident."""
    entities = set(_ENTITY.findall(text))
    meant = {html.unescape(entity) for entity in entities}
    bare = _ENTITY.sub("", text)
    return bool(entities) and not any(one in bare for one in meant)


def plain_line(text: str) -> str:
    """The same of a headline or a name."""
    return " ".join(plain_text(text).split()) if "<" in text or "&" in text else text


def _without_tags(text: str) -> str:
    from lxml import etree  # type: ignore[import-untyped]
    from lxml.html import HTMLParser, document_fromstring

    lines = (
        _BLANK_LINES if _BLOCK.search(text) else _ANY_LINES
    )  # those of a text with no paragraphs are its own
    text = lines.sub("<br>", text)
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        tree = document_fromstring(f"<div>{text}</div>".encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return _TAG.sub(" ", text)
    return paragraphs_of(tree)


def paragraphs_of(tree: HtmlElement) -> str:
    """The paragraphs of an element, a blank line between them, without what stands beside the text."""
    parts: list[str] = [""]
    _collect(tree, parts, 0)
    found = [" ".join(line for line in map(_squeezed, part.split("\n")) if line) for part in parts]
    return "\n\n".join(part for part in found if part and not _is_aside(part))


def _collect(element: HtmlElement, parts: list[str], depth: int) -> None:
    name = element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""
    if name and name not in _GONE and depth < _DEEPEST:
        block = name in _BLOCKS
        if block or name == "br":
            parts.append("")
        if name in ("td", "th") and parts[-1]:
            parts[-1] += " "
        parts[-1] += element.text or ""
        for child in element:
            _collect(child, parts, depth + 1)
        if block:
            parts.append("")
    parts[-1] += element.tail or ""


def _squeezed(line: str) -> str:
    return " ".join(line.split())


def _is_aside(part: str) -> bool:
    """True for a pointer to other articles, a caption or an offer, which are no part of the report."""
    return len(part) <= _LONGEST_ASIDE and _ASIDE.fullmatch(part) is not None
