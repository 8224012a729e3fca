from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.reading import read_file
from dateline.types import Article, Skipped

BODY = "The council of Arnhope opened a library on Monday, and hundreds came to see it."
MORE = "Entry is free for all who live in the town."
RSS = f"""<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>Arnhope Echo</title><item><title>Library &amp; hall</title><link>https://echo.example/1</link>
<pubDate>Thu, 04 Mar 2021 05:00:00 GMT</pubDate><author>desk@echo.example (Ann Lee)</author>
<description>Short.</description>
<content:encoded><![CDATA[<p>{BODY}</p><p>{MORE}</p><figure><figcaption>Photo</figcaption></figure>]]>
</content:encoded></item></channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Arnhope Echo</title>
<entry><title>Library &amp; hall</title>
<link rel="self" href="https://echo.example/self"/><link href="https://echo.example/1"/>
<author><name>Ann Lee</name>
</author><updated>2021-03-04T05:00:00Z</updated>
<content type="html">&lt;p>{BODY}&lt;/p>&lt;p>{MORE}&lt;/p></content>
</entry></feed>"""
NITF = f"""<nitf><head><docdata><date.issue norm="20210304"/></docdata></head><body><body.head><hedline>
<hl1>Library &amp; hall</hl1></hedline>
<byline>By Ann Lee</byline></body.head>
<body.content><p>{BODY}</p><p>{MORE}</p>
</body.content></body></nitf>"""
NEWSML = f"""<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/"><itemMeta><versionCreated>2021-03-04T05:00:00Z
</versionCreated></itemMeta><contentMeta><headline>Library &amp; hall</headline><by>Ann Lee</by></contentMeta>
<contentSet><inlineXML><html><body><p>{BODY}</p><p>{MORE}</p></body></html></inlineXML></contentSet></newsItem>"""
OTHER = f"""<export><story><headline>Library &amp; hall</headline>
<published>2021-03-04</published>
<byline>Ann Lee</byline>
<body><p>{BODY}</p><p>{MORE}</p></body></story></export>"""
TRAFILATURA = f"""<doc title="Library &amp; hall" author="Ann Lee" date="2021-03-04" url="https://echo.example/1">
<main><p>{BODY}</p><p>{MORE}</p></main></doc>"""
SGML = f"""<!DOCTYPE lewis SYSTEM "lewis.dtd"><REUTERS TOPICS="NO" NEWID="7">
<DATE> 4-MAR-2021 05:01:01.79</DATE>
<AUTHOR>Ann Lee</AUTHOR><TEXT>&#2;<TITLE>Library &amp; hall</TITLE><BODY>{BODY}

{MORE}&#3;</BODY></TEXT></REUTERS>"""


def read(path: Path, text: str) -> list[Article | Skipped]:
    path.write_text(text)
    return list(read_file(path))


@pytest.mark.parametrize("text", [RSS, ATOM, NITF, NEWSML, OTHER, TRAFILATURA, SGML])
def test_the_fields_of_the_formats_of_the_wire(tmp_path: Path, text: str) -> None:
    (one,) = read(tmp_path / ("a.sgm" if text is SGML else "a.xml"), text)
    assert isinstance(one, Article), one
    assert (one.title, one.text, str(one.day)) == ("Library & hall", f"{BODY}\n\n{MORE}", "2021-03-04")
    assert one.authors == ("Ann Lee",)


def test_what_wordpress_exports_beside_posts_is_left(tmp_path: Path) -> None:
    item = "<item><title>{0}</title><wp:post_type>{1}</wp:post_type><wp:status>{2}</wp:status>"
    item += "<content>{3}</content></item>"
    items = [item.format("A", "post", "publish", BODY), item.format("B", "attachment", "inherit", BODY)]
    items.append(item.format("C", "post", "draft", BODY))
    export = f'<rss xmlns:wp="http://wordpress.org/export/1.2/"><channel>{"".join(items)}</channel></rss>'
    one, two = read(tmp_path / "a.xml", export)
    assert isinstance(one, Article)
    assert isinstance(two, Skipped)
    assert "draft" in two.reason


def test_entities_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret words")
    bomb = f"""<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a SYSTEM "file://{tmp_path}/secret">]>
    <rss><channel><item><title>A</title><description>{BODY} &a;</description></item></channel></rss>"""
    assert "secret words" not in str(read(tmp_path / "a.xml", bomb))


def test_a_sitemap_is_told(tmp_path: Path) -> None:
    (one,) = read(tmp_path / "a.xml", "<urlset><url><loc>https://e.example/1</loc></url></urlset>")
    assert isinstance(one, Skipped)
    assert "sitemap: 1 address" in one.reason


@settings(max_examples=100, deadline=None)
@given(
    start=st.sampled_from([RSS, ATOM, NITF, SGML, OTHER]),
    cut=st.integers(0, 900),
    noise=st.binary(max_size=30),
)
def test_damaged_xml_costs_itself_alone(
    tmp_path_factory: pytest.TempPathFactory, start: str, cut: int, noise: bytes
) -> None:
    path = tmp_path_factory.mktemp("any") / "a.xml"
    path.write_bytes(start.encode()[:cut] + noise + start.encode()[cut:])
    assert all(one.text if isinstance(one, Article) else one.reason for one in read_file(path))
