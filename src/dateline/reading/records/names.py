"""Under which names the fields of an article stand: data, best first.

Names are folded: without case, underscores, hyphens, spaces and what stands before a colon, so that
"publishedAt", "published_at" and "dc:published-at" are one. A dot leads into a nested object.
"""

from __future__ import annotations

from collections.abc import Mapping

TEXT = """
    text body content articlebody maintext fulltext articletext articlecontent bodytext contenttext
    article story storybody storytext newstext newscontent newsbody fullarticle fullcontent fullstory
    contentencoded encoded contenthtml bodyhtml bodyxhtml htmlbody htmlcontent contentplain contentmarkdown
    contentraw textcontent plaintext rawtext rawcontent cleantext cleanedtext textclean bodies contents
    contentelements contentblocks bodyelements bodyblocks blocks.body fields.body fields.bodytext
    paragraphs document documenttext doctext postcontent posttext pagetext pagecontent
    transcript html htmltext
    texthtml texttext textbody messagebody contentblob
    texte contenu corps corpsdelarticle inhalt volltext artikeltext texto contenido cuerpo testo contenuto
    corpo conteudo tekst tresc treść inhoud artikel metin içerik icerik текст содержание содержимое 正文 内容
    內容 全文 文章内容 本文 記事本文 본문 내용 기사본문 متن النص نص المحتوى טקסט תוכן
""".split()

EXCERPT = """
    leadparagraph lede lead abstract snippet description shortdescription longdescription summary excerpt
    teaser trailtext fields.trailtext standfirst fields.standfirst subheadline subheading subtitle dek deck
    introduction intro desc descriptiontext customexcerpt metadescription ogdescription descriptions
    resumen résumé chapo chapô sommario zusammenfassung vorspann 摘要 аннотация 概要 요약
""".split()

TITLE = """
    title headline headlines headtitle hedline hl1 articletitle articleheadline newstitle storytitle
    storyheadline posttitle pagetitle webtitle fields.headline mainheadline heading header titletext
    titleplain titlefull fulltitle longtitle metatitle ogtitle rsstitle subject name
    titel überschrift ueberschrift schlagzeile titre titulo título titular encabezado titolo tytul tytuł
    nagłówek naglowek titulek cím cim başlık baslik kop rubrik overskrift otsikko заголовок название
    标题 標題 题目 標題文 タイトル 見出し 제목 عنوان العنوان כותרת
""".split()

PUBLISHED = """
    published publishedat publishedon publisheddate publishedtime publisheddatetime publisheddategmt
    datepublished datepublish datepublication publicationdate publicationtime publicationdatetime publishdate
    publishdatetime publishedparsed publishtime publishat publishts
    publishedts publishtimestamp publishingdate
    pubdate pubdatetime pubtime pubdatets webpublicationdate fields.firstpublicationdate firstpublished
    firstpublishedat firstpublisheddate firstpublicationdate firstpublishdate originalpublicationdate
    releasedate releasedat issuedate dateissued issued displaydate displaydatetime versioncreated
    firstcreated contentcreated articledate newsdate storydate postdate posteddate postedon postedat posted
    dateposted datetimepub datetime dateandtime date datetimeutc dateutc dategmt postdategmt pubdateutc
    seendate datestr datestring rawdate isodate dateiso dateline.date docdate loaddate
    created createdat createdon createddate createdtime creationdate datecreated dateadded addedat
    entrydate createdutc timestamp time ts
    datum datumzeit erscheinungsdatum erschienen veröffentlicht veroeffentlicht veröffentlichtam
    veröffentlichungsdatum veroeffentlichungsdatum publikationsdatum datepublicationfr datedepublication
    datedeparution parution publiele publiéle fecha fechapublicacion fechapublicación fechadepublicacion
    fechadepublicación data datapublicacao datadepublicacao datapubblicazione datadipubblicazione
    datapublikacji publicado publicadoen pubblicato opublikowano publicatiedatum gepubliceerd tarih
    yayintarihi yayımtarihi дата датапубликации опубликовано 日期 发布时间 发布日期 發布時間 發佈日期
    发表时间 时间 日付 公開日 配信日時 掲載日 날짜 작성일 발행일 등록일 تاريخ التاريخ תאריך
""".split()

SOURCE = """
    sitename metasitename ogsitename sourcename sourcetitle source.name source.title publishername publisher
    publishers outlet outletname newsoutlet mediaoutlet publication publicationname publicationtitle
    fields.publication newspaper newspapername newspapertitle journal media mediasource mediename medianame
    medium newssource newssite newsagency agency paper papername provider providername source sources
    sourceinfo.publisher html.sourceinfo.publisher infosources
    sourcehostname sourceid distributor infosource organisation organization org
    brand feedtitle thread.site thread.sitefull site website websitename channel domain domainname
    sourcedomain sourceuri cleanurl hostname host netloc
    quelle zeitung fuente periodico periódico medio fonte jornal veículo veiculo giornale
    testata zrodlo źródło
    gazeta bron krant kaynak gazete источник издание сми 来源 來源 媒体 媒體 报纸 発行元 新聞社 媒体名 출처
    언론사 신문사 المصدر מקור
""".split()

URL = """
    url link weburl articleurl articlelink pageurl storyurl posturl newsurl newslink permalink permalinkurl
    canonicalurl canonicallink canonical originalurl finalurl resolvedurl respondedurl requestedurl
    mainentityofpage sharelink shareurl fullurl externalurl webpage address href
    links.permalink html.respondedurl html.requestedurl
    links.canonical links.web links.self source sourceurl sourcelink guid id
    enlace lien adresse adresseweb ссылка 链接 連結 网址 網址 記事url 링크 주소 الرابط קישור
""".split()

AUTHORS = """
    authors author byline bylines bylinetext authorsbyline authorsname authorname authornames authorbyline
    fields.byline creator creators writer writers writtenby reporter reporters journalist journalists
    contributor contributors credits.by primaryauthor postauthor articleauthor authorlist by embedded.author
    correspondent columnist
    autor autoren autorin verfasser autores auteur auteurs autore autori redakteur periodista yazar автор
    авторы 作者 记者 記者 著者 執筆者 저자 기자 الكاتب מחבר
""".split()

ID = """
    id articleid newsid documentid docid docno storyid postid itemid recordid uuid guid key accessionnumber
""".split()

PLACE = "place located location dateline.place city".split()
KIND = "kind type articletype contenttype documenttype section sectionname category newsdesk".split()

CONTAINERS = frozenset(
    """
    articles items data results docs documents entries entry posts post stories story news hits rows records
    item record list feed response result payload value values edges node nodes children content contents
    collection page pages search newsitems newsitem channel rss array dataset db table output export dump
    messages threads embedded elements
    """.split()
)  # what holds articles, and is none
ASIDE = frozenset("meta metadata attributes info header head fields properties params extra thread".split())
RELATED = frozenset(
    """
    related relatedarticles relateditems relatedcontent relatedstories recommendations recommended readmore
    mostread mostpopular popular trending seealso alsoread links references enclosures media images image
    videos video gallery comments authors author tags categories keywords taxonomy multimedia thumbnail
    sections navigation menu breadcrumb ads
    """.split()
)  # what stands beside an article, and is another thing

FOR: Mapping[str, tuple[str, ...]] = {
    "text": tuple(TEXT),
    "excerpt": tuple(EXCERPT),
    "title": tuple(TITLE),
    "published": tuple(PUBLISHED),
    "source": tuple(SOURCE),
    "url": tuple(URL),
    "authors": tuple(AUTHORS),
    "id": tuple(ID),
    "place": tuple(PLACE),
    "kind": tuple(KIND),
}
# Parts by which a name that is not in the table says what it is of; and those that make it another thing.
TELLING: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "text": (("articlebody", "bodytext", "fulltext", "maintext", "articletext", "storytext", "contenttext"),
             ("url", "link", "length", "count", "size", "type", "hash", "lang")),
    "title": (("title", "headline"), ("site", "author", "url", "image", "sub", "page", "alt", "len", "job")),
    "published": (("publish", "pubdate", "publication", "released", "postdate", "date"),
                  ("updat", "modif", "crawl", "download", "scrap", "fetch", "access", "retriev", "index",
                   "expir", "embargo", "birth", "edit", "load", "process", "insert", "collect", "publisher",
                   "candidate", "valid", "end", "start", "event", "validat",
                   "mandate", "page", "last", "unpublish")),
    "source": (("sitename", "publisher", "outlet", "newspaper", "publicationname"),
               ("url", "link", "id", "logo", "country", "type", "date", "lang")),
    "url": (("articleurl", "weburl", "permalink", "canonical", "pageurl", "storyurl", "newsurl"),
            ("image", "thumb", "api", "logo", "author", "video")),
    "authors": (("author", "byline", "reporter", "journalist"), ("id", "url", "image", "count", "link", "bio",
                "mail", "twitter", "avatar")),
}  # fmt: skip
