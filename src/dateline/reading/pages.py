"""What a web page says of its article in JSON-LD; and pages that are a wall before one, not the article."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.patterns import lazy
from dateline.reading.markup import plain_text
from dateline.reading.records.fields import fold_name, people, plain

if TYPE_CHECKING:
    from lxml.html import HtmlElement  # type: ignore[import-untyped]

_ARTICLES = frozenset(
    """
    newsarticle article reportagenewsarticle analysisnewsarticle opinionnewsarticle reviewnewsarticle
    backgroundnewsarticle liveblogposting blogposting advertisercontentarticle satiricalarticle report
    """.split()
)
_DEEPEST = 12
_FEW_WORDS = 120  # a page with more of them is more than a wall
_WALLS = (
    (lazy(r"(?:we(?: and our (?:\d+ )?partners)? (?:use|value|store).{0,60}(?:cookies|privacy)|"
          r"before you continue|accept (?:all )?cookies|cookie (?:consent|settings|policy)|"
          r"manage (?:your )?(?:consent|preferences)|your privacy choices)", 18),
     "the page asks to accept cookies instead of showing the article"),
    (lazy(r"(?:are you (?:a )?(?:human|robot)|verify(?:ing)? (?:that )?you are (?:a )?human|captcha|"
          r"unusual traffic|checking your browser|just a moment\.\.\.|"
          r"access (?:to this page has been )?denied|"
          r"request (?:was )?blocked|enable javascript and cookies to continue|attention required)", 18),
     "the page asks whether a person reads it instead of showing the article"),
    (lazy(r"(?:404[\s:–-]*(?:error|page|not)|page (?:was |is )?(?:not|can ?not be|could not be) found|"
          r"(?:page|article|story).{0,40}(?:no longer|not) (?:available|exists?)|error 404|410 gone|"
          r"too many requests|service unavailable|bad gateway|internal server error)", 18),
     "the page says that there is no such article, or that it can't be had now"),
)  # fmt: skip
_OFFER = lazy(r"paywall|subscri(?:be|ption)[-_]?(?:offer|wall|prompt|banner|promo|box|cta)"
              r"|regwall|metered|piano-|premium-(?:wall|offer)|newsletter[-_]?(?:sign|form|box|promo)",
              re.IGNORECASE)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    """What a page's JSON-LD says of its article; "" and None where it says nothing."""

    title: str = ""
    text: str = ""
    published: str | None = None
    source: str = ""
    url: str = ""
    authors: tuple[str, ...] = ()
    paid: bool = False  # it says that not all may read it


def told_article(page: HtmlElement) -> Told:
    """The article of the page's JSON-LD: the one with the longest text."""
    found = [_told(one) for one in _linked(page)]
    return max(found, key=lambda one: (len(one.text), bool(one.title)), default=Told())


def is_wall(page: HtmlElement) -> str | None:
    """What the page shows instead of an article; None where it may show one."""
    body = page.find("body")
    title = " ".join((page.findtext(".//title") or "").split())
    shown = [
        " ".join(one.split())
        for node in (body if body is not None else page).iter()
        if isinstance(node.tag, str) and node.tag not in ("script", "style", "noscript", "template")
        for one in (node.text, node.tail if node is not body else "")
        if one and one.strip()
    ]
    words = " ".join(shown)
    if len(words.split()) > _FEW_WORDS or told_article(page).text:
        return None
    for pattern, why in _WALLS:
        if pattern.search(words[:2000]) or pattern.fullmatch(title):
            return why
    return None


def makes_its_text(page: HtmlElement) -> bool:
    """True where scripts have the data of a page whose body shows next to nothing."""
    body = page.find("body")
    if body is None:
        return False
    shown = sum(
        len((node.text or "").strip()) for node in body.iter()
        if isinstance(node.tag, str) and node.tag not in ("script", "style")
    )  # fmt: skip
    return shown < 200 and any(len(node.text or "") > 200 or node.get("src") for node in page.iter("script"))


def drop_offers(page: HtmlElement) -> bool:
    """Takes out what sells a subscription, by its name; True where there was such. Never most of the page."""
    dropped = False
    for element in [one for one in page.iter("div", "section", "aside") if _is_offer(one)]:
        paragraphs = sum(1 for _ in element.iter("p"))
        if element.getparent() is not None and paragraphs <= 4:
            element.drop_tree()
            dropped = True
    return dropped


def states_a_day(page: HtmlElement, day: str | None) -> bool:
    """False for a first of January that stands in no more than a year, as that of a copyright."""
    if not day or not day.endswith("-01-01"):
        return day is not None
    year = day[:4]
    for node in page.iter("meta", "time", "script", "abbr", "span", "p", "div"):
        said = " ".join([*(str(value) for value in node.attrib.values()), node.text or ""])
        if re.search(
            rf"{year}-?0?1-?0?1|(?:january|jan\.?)\s+0?1(?:st)?,?\s+{year}|0?1(?:st)?\s+jan\w*\.?\s+{year}",
            said,
            re.IGNORECASE,
        ):
            return True
    return False


def _is_offer(element: HtmlElement) -> bool:
    named = f"{element.get('class', '')} {element.get('id', '')}"
    return _OFFER.search(named) is not None and len(element.text_content()) < 1500


def _linked(page: HtmlElement) -> Iterator[Mapping[str, object]]:
    """The articles of the page's JSON-LD, wherever they stand in it."""
    for script in page.iter("script"):
        if "ld+json" not in script.get("type", ""):
            continue
        try:
            value = json.loads(script.text or "", strict=False)
        except (ValueError, RecursionError):
            continue
        yield from _articles(value, 0)


def _articles(value: object, depth: int) -> Iterator[Mapping[str, object]]:
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for one in value:
            yield from _articles(one, depth + 1)
    elif isinstance(value, Mapping):
        kinds = value.get("@type")
        kinds = kinds if isinstance(kinds, list) else [kinds]
        if any(isinstance(kind, str) and fold_name(kind.rpartition("/")[2]) in _ARTICLES for kind in kinds):
            yield value
        for name in ("@graph", "mainEntity", "mainEntityOfPage", "hasPart"):
            yield from _articles(value.get(name), depth + 1)


def _told(one: Mapping[str, object]) -> Told:
    authors = people(one.get("author"))
    url = plain(one.get("url"))
    published = one.get("datePublished")
    return Told(
        title=plain(one.get("headline") or one.get("name")),
        text=plain_text(plain(one.get("articleBody"))),
        published=published if isinstance(published, str) else None,
        source=plain(one.get("publisher")),
        url=url if url.startswith("http") else "",
        paid=str(one.get("isAccessibleForFree", "")).casefold() == "false",
        authors=tuple(authors if isinstance(authors, list) else filter(None, [authors])),
    )
