"""XML: feeds, news formats of the wire, exports, and any other that names its fields."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dateline.patterns import lazy
from dateline.reading.article import make_article
from dateline.reading.encoding import NOT_TEXT, decode
from dateline.reading.markup import paragraphs_of
from dateline.reading.origin import Origin
from dateline.reading.records.fields import Folded, fold_name, folded
from dateline.reading.records.find import find_records
from dateline.reading.streams import Unpacked, read_whole
from dateline.types import Article, Skipped

if TYPE_CHECKING:
    from lxml.etree import _Element as Element  # type: ignore[import-untyped]

_LIMIT = 128 << 20  # bytes
_DECLARED = lazy(r"<\?xml[^>]*encoding\s*=\s*[\"']([\w.-]+)[\"'][^>]*\?>", 2)
_DOCUMENT = lazy(r"<(REUTERS|DOC|STORY|ARTICLE)\b([^>]*)>(.*?)</\1>", 16)
_FIELD = lazy(r"<(\w[\w-]*)[^>]*>(.*?)</\1>", 18)
_ATTRIBUTE = lazy(r"([\w-]+)=\"([^\"]*)\"")
_CONTROL = lazy(r"&#(?:\d|[12]\d|3[01]|127);|&lt;")
_DEEPEST = 200
_ITEMS = ("item", "entry")  # of feeds


def read_xml(stream: Unpacked, origin: Origin) -> Iterator[Article | Skipped]:
    """The articles of an XML or SGML file."""
    data = read_whole(stream, _LIMIT)
    if data is None:
        yield origin.skipped(f"the file is larger than {_LIMIT >> 20} MB")
        return
    found = _DECLARED.match(data[:200].decode("latin-1").lstrip("ï»¿ \r\n"))
    text = decode(data, declared=found[1] if found else None)
    if text is None:
        yield origin.skipped(NOT_TEXT)
        return
    text = text.lstrip("\ufeff \t\r\n")
    if not text:
        yield origin.skipped("the file is empty")
    elif _DOCUMENT.search(text[:20_000]) and not text.startswith("<?xml"):
        yield from _sgml(text, origin)
    else:
        yield from _xml(text, origin)


def _xml(text: str, origin: Origin) -> Iterator[Article | Skipped]:
    from lxml import etree  # type: ignore[import-untyped]

    bare = _DECLARED.sub("", text, count=1).encode("utf-8", "replace")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, recover=True, remove_comments=True,
        remove_pis=True, encoding="utf-8", load_dtd=False,
    )  # fmt: skip
    try:
        root = etree.fromstring(bare, parser)
    except etree.XMLSyntaxError as error:
        yield origin.skipped(f"it is not XML: {error.msg}")
        return
    if root is None:
        yield origin.skipped("it is not XML")
        return
    name = _local(root)
    if name in ("rss", "rdf", "feed"):
        yield from _feed(root, origin)
    elif name in ("urlset", "sitemapindex"):
        count = sum(1 for one in root if _local(one) in ("url", "sitemap"))
        yield origin.skipped(f"it is a sitemap: {count} addresses and no text")
    elif articles := [one for one in root.iter() if _local(one) in ("nitf", "newsitem", "tei", "doc")]:
        outer = [one for one in articles if not any(above in articles for above in one.iterancestors())]
        for number, one in enumerate(outer, 1):
            here = origin.only() if len(outer) == 1 else origin.item(f"item {number}")
            yield make_article(_wire(one), here)
    else:
        yield from _named(root, origin)


def _feed(root: Element, origin: Origin) -> Iterator[Article | Skipped]:
    channel = next((one for one in root if _local(one) == "channel"), root)
    outlet = next((one.text for one in channel if _local(one) == "title"), None)
    items = [one for one in root.iter() if _local(one) in _ITEMS]
    for number, item in enumerate(items, 1):
        here = origin.item(f"item {number}")
        record = _item(item)
        kind, status = record.get("posttype"), record.get("status")
        if kind not in (None, "", "post", "page", "article"):
            continue  # WordPress exports its pictures and menus too
        if status in ("draft", "trash", "auto-draft"):
            yield here.skipped(f"it is not published: {status}")
            continue
        record.setdefault("sitename", outlet)
        yield make_article(record, here)
    if not items:
        yield origin.skipped("the feed has no entries")


def _item(item: Element) -> Folded:
    """The fields of a feed's entry; its whole text before its teaser."""
    record: Folded = {}
    authors: list[str] = []
    for child in item:
        name, text = fold_name(_local(child)), _inner(child)
        if name == "link":
            href = child.get("href") or text
            if href and (child.get("rel") in (None, "alternate") or "url" not in record):
                record["url"] = href
        elif name in ("author", "creator"):
            person = next((_inner(one) for one in child if _local(one) == "name"), text)
            authors += [person] if person else []
        elif name == "source":  # of an aggregator: the outlet, or the feed that it was in
            record["sitename"] = next((_inner(one) for one in child if _local(one) == "title"), text)
        elif name not in record or not record[name]:
            record[name] = text
    record["authors"] = authors
    if not (record.get("published") or record.get("pubdate") or record.get("date")):
        record["published"] = record.get("updated") or record.get("modified")
    if encoded := record.pop("encoded", None) or record.pop("content", None):
        record["text"] = encoded
    record.pop("id", None)
    record.pop("category", None)
    return record


def _wire(root: Element) -> Folded:
    """The fields of one NITF, NewsML-G2, TEI or trafilatura document."""
    record: Folded = {fold_name(name): value for name, value in root.attrib.items()}
    name = _local(root)
    if name == "doc":  # trafilatura
        main = next((one for one in root.iter() if _local(one) == "main"), root)
        return {**record, "text": paragraphs_of(main)}
    record = {}
    first = {one: _first(root, one) for one in _TITLES + _DATES + _BYLINES + _BODIES + _OUTLETS}
    record["title"] = next((_inner(first[one]) for one in _TITLES if first[one] is not None), "")
    for one in _DATES:
        node = first[one]
        value = "" if node is None else node.get("norm") or node.get("when") or _inner(node)
        if value and "published" not in record:
            record["published"] = value
    record["authors"] = next((_inner(first[one]) for one in _BYLINES if first[one] is not None), "")
    record["source"] = next((_inner(first[one]) for one in _OUTLETS if first[one] is not None), None)
    body = next((first[one] for one in _BODIES if first[one] is not None), None)
    record["text"] = paragraphs_of(body) if body is not None else ""
    return record


_TITLES = ("hl1", "headline", "title", "head")
_DATES = (
    "date.issue",
    "date.release",
    "story.date",
    "firstcreated",
    "contentcreated",
    "versioncreated",
    "date",
)
_BYLINES = ("byttl", "byline", "by", "person", "author")
_OUTLETS = ("infosource", "distributor", "publisher")
_BODIES = ("body.content", "body", "text", "inlinexml")


def _first(root: Element, name: str) -> Element | None:
    return next((one for one in root.iter() if _local(one) == name), None)


def _named(root: Element, origin: Origin) -> Iterator[Article | Skipped]:
    """Articles of any XML whose elements have the names of fields."""
    value = _value(root, 0)
    found = list(find_records(value if isinstance(value, dict) else {_local(root): value}))
    for one in found:
        if one.record is None:
            yield origin.skipped(f"its elements name no article: {_local(root)}")
        else:
            yield make_article(one.record, origin.item(one.where) if one.where else origin.only())


def _value(node: Element, depth: int) -> object:
    """An element as a record: of several children of one name a list."""
    children = [child for child in node if isinstance(child.tag, str)]
    if (
        not children
        or depth > _DEEPEST
        or all(_local(one) in ("p", "br", "b", "i", "a", "em") for one in children)
    ):
        return paragraphs_of(node) if children else (node.text or "").strip()
    found: dict[str, object] = {str(name): value for name, value in node.attrib.items()}
    several: dict[str, list[object]] = {}
    for child in children:
        several.setdefault(_local(child), []).append(_value(child, depth + 1))
    found |= {name: one[0] if len(one) == 1 else one for name, one in several.items()}
    return found


def _sgml(text: str, origin: Origin) -> Iterator[Article | Skipped]:
    """The articles of TREC's and Reuters-21578's SGML, which is no XML."""
    for number, found in enumerate(_DOCUMENT.finditer(text), 1):
        record: Folded = {fold_name(name): value for name, value in _ATTRIBUTE.findall(found[2])}
        here = origin.item(f"document {record.get('newid') or number}")
        fields = _fields(found[3])
        record = folded({**record, **fields})
        if newid := record.get("newid"):
            record["id"] = newid
        if found[1].upper() == "REUTERS":
            record["sitename"] = "Reuters"
            record.pop("topics", None)
        yield make_article(record, here)


def _fields(text: str) -> Folded:
    found: Folded = {}
    for name, inner in _FIELD.findall(text):
        if name.upper() == "TEXT" and _FIELD.search(inner):
            found |= _fields(inner)
            rest = _CONTROL.sub(" ", _FIELD.sub("", inner)).strip()
            if rest and "body" not in found:
                found["text"] = rest
        else:
            found.setdefault(name.lower(), _CONTROL.sub(" ", inner).strip())
    return found


def _local(node: Element) -> str:
    return node.tag.rpartition("}")[2].lower() if isinstance(node.tag, str) else ""


def _inner(node: Element | None) -> str:
    """The text of an element; where it holds elements, that of their paragraphs."""
    if node is None:
        return ""
    return paragraphs_of(node) if len(node) else (node.text or "").strip()
