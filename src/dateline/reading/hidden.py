"""Text of a web page that no reader sees, taken out of its tree before anything is read from it.

A page's own style sheets are read as far as they name elements by a tag, a class or an id alone. Linked ones
are not there; and whether white words stand on white can't be known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from dateline.patterns import lazy

if TYPE_CHECKING:
    from lxml.html import HtmlElement  # type: ignore[import-untyped]

_WHOLE = frozenset(("html", "head", "body"))  # pages hide these until they are loaded
_NOTHING = r"[+-]?(?:0+\.?0*|\.0+)(?:[a-z]+|%)?"
_FAR = r"-\d{3,}.*"
_HIDING = {
    "display": "none",
    "visibility": "hidden|collapse",
    "content-visibility": "hidden",
    "color": f"transparent|rgba\\(.*,{_NOTHING}\\)",
    "font-size": _NOTHING,
    "opacity": _NOTHING,
    "clip": r"rect\((?:0|1px).*",
    "clip-path": r"inset\((?:50|100)%.*",
    "transform": rf"scale[xy]?\({_NOTHING}[,)].*",
    **dict.fromkeys(("text-indent", "left", "right", "top", "margin-left"), _FAR),
}  # property → what it may say, without spaces
_CUTTING = dict.fromkeys(("height", "width", "max-height", "max-width"), _NOTHING)  # with overflow: hidden
_LONGEST = 100  # characters of a value
_STREAMED = lazy(r"[A-Za-z0-9_]*S:[0-9a-f]+")
_SHOWING = frozenset(("display", "visibility", "opacity", "font-size"))

_REMARK = lazy(r"/\*(?:[^*]++|\*(?!/))*+(?:\*/|$)")
_CONDITIONED = lazy(r"@[^@{};]*+(?:;|\{(?:[^{}]++|\{[^{}]*+\})*+\})")  # @import; @media print { ... }
_RULE = lazy(r"(?<![^{}])([^{}]*+)\{([^{}]*+)\}")
_SIMPLE = lazy(r"[a-z][a-z0-9]*|(?:[a-z][a-z0-9]*)?[.#][\w-]+", re.IGNORECASE)


def drop_hidden(page: HtmlElement) -> None:
    """Takes out every element that is not shown, with all that is in it; the text behind it stays."""
    hiding = _hiding(page)
    for element in [one for one in page.iter() if _is_hidden(one, hiding)]:
        if element.getparent() is not None:
            element.drop_tree()


def _is_hidden(element: HtmlElement, hiding: frozenset[str]) -> bool:
    if not isinstance(element.tag, str) or element.tag in _WHOLE:
        return False
    if element.tag == "template" or ("hidden" in element.attrib and not _is_streamed(element)):
        return True
    if element.get("aria-hidden", "").strip().lower() == "true":
        return True
    return _hides(_declared(element.get("style", ""))) or not hiding.isdisjoint(_selectors(element))


def _is_streamed(element: HtmlElement) -> bool:
    """True for what React sends behind the page and moves into it: `<div hidden id="S:0">`."""
    return _STREAMED.fullmatch(element.get("id", "")) is not None


def _declared(style: str) -> dict[str, str]:
    """What is said of each property, in small letters and without spaces."""
    plain = "".join(_REMARK.sub("", style).lower().split()).replace("!important", "")
    pairs = (declaration.partition(":") for declaration in plain.split(";"))
    return {name.removeprefix("-webkit-"): value[:_LONGEST] for name, _, value in pairs if value}


def _hides(declared: dict[str, str]) -> bool:
    hiding = _HIDING | (_CUTTING if declared.get("overflow") == "hidden" else {})
    return any(name in hiding and re.fullmatch(hiding[name], value) for name, value in declared.items())


def _selectors(element: HtmlElement) -> Iterator[str]:
    """The simple selectors that choose an element."""
    yield element.tag
    names = [f".{name}" for name in element.get("class", "").split()]
    names += [f"#{name}" for name in element.get("id", "").split()]
    for name in names:
        yield name
        yield element.tag + name


def _hiding(page: HtmlElement) -> frozenset[str]:
    """Simple selectors of the page's style sheets whose last rule hides what they choose, on any screen."""
    hides: dict[str, bool] = {}
    for sheet in page.iter("style"):
        if next(sheet.iterancestors("noscript"), None) is not None:  # for readers without script
            continue
        for rule in _RULE.finditer(_CONDITIONED.sub("", _REMARK.sub("", sheet.text or ""))):
            declared = _declared(rule[2])
            hidden = _hides(declared)
            if hidden or not _SHOWING.isdisjoint(declared):
                named = (one.strip() for one in rule[1].split(","))
                hides |= {one: hidden for one in named if _SIMPLE.fullmatch(one)}
    return frozenset(one for one, hidden in hides.items() if hidden)
