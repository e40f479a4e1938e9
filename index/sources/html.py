"""Web pages: the article without the page around it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from index import strings
from index.errors import EmptySource, SourceError
from index.sources import mail
from index.sources.decoding import decode
from index.sources.document import ParsedSource, iso_date
from index.sources.notices import notice, phrases, without_teasers
from index.sources.page_data import article_body, embedded_text, json_ld, scripts
from index.sources.page_tree import Element, is_leaf, prepare, text_of
from index.text.sentences import count_words, ends_sentence

_SNIFF_BYTES = 1024
"""Browsers look for the charset in as much: https://html.spec.whatwg.org/#prescan."""

_CHARSET = re.compile(rb"""(?:<meta[^>]+charset|<\?xml[^>]+encoding)\s*=\s*["']?([\w:-]+)""", re.I)
_PAGE = re.compile(rb"\s*(?>(?><!--.*?-->)\s*)*+<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
_TAG = re.compile(
    rb"\s*<(?:script|iframe|h1|div|font|table|a|style|title|b|br|p|article|section|main)[\s>]", re.I
)
"""https://mimesniff.spec.whatwg.org/#rules-for-identifying-an-unknown-mime-type, and newer ones."""

_XML_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")

_DATE_OPTIONS = {"original_date": True, "extensive_search": False}
"""A date is taken from the page's metadata, never guessed from its running text."""

_MIN_SHARE = 0.3
"""Of the words that trafilatura keeps by default; with fewer, precise extraction has lost the
article (recall .03 and .06 on two of 311 news pages)."""

_MIN_SHARE_OF_BODY = 0.5
"""Of the words of the article that the page's JSON-LD has."""

_MIN_SHOWN_WORDS = 30
"""With fewer a page may have its text in data alone, from which a script makes what is shown."""


def looks_like_html(data: bytes) -> bool:
    """Tell a web page from plain text by how it starts."""
    return _PAGE.match(re.sub(rb"\A\s*<\?xml[^>]*\?>", b"", _head(data))) is not None


def starts_with_tag(data: bytes) -> bool:
    """Tell part of a web page by the tag that it starts with."""
    return _TAG.match(_head(data)) is not None and b"</" in data.replace(b"\0", b"")


def _head(data: bytes) -> bytes:
    return data[:_SNIFF_BYTES].lstrip(b"\xef\xbb\xbf\xff\xfe").replace(b"\0", b"")


def parse(name: str, data: bytes) -> ParsedSource:
    """Find the article of a page and what its metadata says. Raises SourceError."""
    declared = _CHARSET.search(data[:_SNIFF_BYTES])
    text = decode(name, data, declared=declared[1].decode("ascii") if declared else None)
    # Broken pages have made lxml and trafilatura raise AssertionError, RecursionError and others.
    try:
        return _read(name, _XML_DECLARATION.sub("", text))
    except SourceError:
        raise
    except Exception as error:
        raise SourceError(name, strings.BROKEN_PAGE) from error


def _read(name: str, markup: str) -> ParsedSource:
    # Imported here: it takes a third of a second.
    from trafilatura import extract_metadata, html2txt, load_html

    page = load_html(markup)
    if (page is None or page.tag != "html") and re.match(r"\s*<[a-z]", markup, re.I):
        # Of a part alone, trafilatura finds nothing.
        page = load_html(f"<html><head></head><body>{markup}</body></html>")
    if page is None:
        raise EmptySource(name, strings.NO_ARTICLE)
    said = extract_metadata(page, date_config=dict(_DATE_OPTIONS))
    ld, data = list(json_ld(page)), scripts(page)
    title = _title(page, said, ld)
    lead = _standfirst(page, said.description)
    prepare(page)
    locked = any(str(thing.get("isAccessibleForFree")).lower() == "false" for thing in ld)
    text = _article(page, ld)
    if not locked and count_words(text) < _MIN_SHOWN_WORDS:
        text = embedded_text(data) or text
    text = _with_standfirst(without_teasers(text), title, lead)
    shown = "\n".join(filter(None, (title, page.findtext(".//title"))))
    if reason := notice(shown, text, html2txt(page), locked=locked):
        raise EmptySource(name, reason)
    if not text or _is_menu(text):
        raise EmptySource(name, strings.NO_ARTICLE)
    mailed = mail.parse(text)
    return ParsedSource(
        mailed.text,
        title=title or mailed.title,
        source=_source(said),
        published=iso_date(said.date) if said.date else mailed.published,
        author=_author(said) or _author_of(ld) or mailed.author,
    )


_MENU_MAX_WORDS = 4


def _is_menu(text: str) -> bool:
    """Tell the names of a few pages from an article, which has a sentence."""
    lines = text.split("\n")
    return len(lines) > 1 and not any(
        ends_sentence(line) or count_words(line) > _MENU_MAX_WORDS for line in lines
    )


def _article(page: Element, ld: Iterable[Mapping[str, Any]]) -> str:
    """Return the text of the article: found precisely, where that does not lose it."""
    precise, usual = _extract(page, precise=True), _extract(page, precise=False)
    text = usual if count_words(precise) < _MIN_SHARE * count_words(usual) else precise
    body = max((article_body(thing) for thing in ld), key=count_words, default="")
    return body if count_words(text) < _MIN_SHARE_OF_BODY * count_words(body) else text


def _extract(page: Element, *, precise: bool) -> str:
    from trafilatura import bare_extraction

    found: Any = bare_extraction(page, favor_precision=precise, include_comments=False)
    return (found and found.text) or ""


def _source(said: Any) -> str | None:
    link: str | None = said.url
    if link and re.match(r"https?://", link):
        return link
    site: str | None = said.sitename
    return site


_SEPARATOR = re.compile(r"\s+[|–—·•«»:\-]+\s+|\s*\|\s*")
_SITE_SEPARATOR = re.compile(rf"{_SEPARATOR.pattern}|:\s+")
_SITE_MAX_WORDS = 5
"""Of what stands behind a headline in a title, where the page does not say its site's name."""

_GENERIC = frozenset(("home", "homepage", "news", "article", "untitled", "index", "start", "menu"))


def _title(page: Element, said: Any, ld: list[Mapping[str, Any]]) -> str | None:
    """Return the headline: never the name of the site, nor with that name behind it."""
    whole = " ".join((page.findtext(".//head/title") or page.findtext(".//title") or "").split())
    sites = {_key(site) for site in _sites(page, said, ld)}
    inner = [text_of(e) for e in page.xpath("//article//h1|//main//h1|//article//h2|//main//h2")]
    headings = {_key(text_of(heading)) for heading in page.iter("h1", "h2")}
    first, last = _ends(whole)
    for heading in page.xpath("//h1[not(ancestor::article or ancestor::main)]"):
        # The site's own name heads all of its pages and stands at an end of their titles.
        text = text_of(heading)
        if _is_brand(heading) or (
            _key(first) != _key(text) and _key(first) in headings and _key(text) not in _key(whole)
        ):
            sites.add(_key(text))
        at_end = _key(text) == _key(last) and count_words(text) < count_words(first)
        at_start = _key(text) == _key(first) and _key(last) in headings
        if at_end or (at_start and count_words(text) < count_words(last)):
            sites.add(_key(text))
    headlines = (thing.get("headline") for thing in ld if "rticle" in str(thing.get("@type")))
    others = [text_of(heading) for heading in page.xpath(_OTHER_HEADINGS)]
    candidates = [said.title, *headlines, whole, *map(text_of, page.iter("h1")), *inner, *others]
    for candidate in candidates:
        line = " ".join(candidate.split()) if isinstance(candidate, str) else ""
        line = _without_site(line, sites)
        head, tail = _ends(line)
        if tail and _key(head) in headings and count_words(tail) <= _SITE_MAX_WORDS:
            line = head
        if line and _key(line) not in sites | _GENERIC:
            return line
    return None


_OTHER_HEADINGS = "//h2[not(ancestor::nav or ancestor::aside or ancestor::footer)]"

_BRAND = re.compile(r"(?:^|[\s_-])(?:logo|brand|masthead|site-?(?:title|name))(?:[\s_-]|$)", re.I)
"""In the class or id of an element."""


def _is_brand(heading: Element) -> bool:
    """Tell the name of the site, which leads to its first page."""
    links = [link.get("href") or "" for link in heading.iter("a")]
    named = f"{heading.get('class', '')} {heading.get('id', '')}"
    return _BRAND.search(named) is not None or any(
        re.fullmatch(r"(?:https?://[^/]+)?/?(?:index\.\w+)?", link) for link in links
    )


def _sites(page: Element, said: Any, ld: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    names = ("og:site_name", "application-name", "apple-mobile-web-app-title", "twitter:site")
    for element in page.iter("meta"):
        if (element.get("property") or element.get("name")) in names and element.get("content"):
            yield element.get("content").lstrip("@")
    for thing in ld:
        publisher = thing.get("publisher")
        if isinstance(publisher, dict) and isinstance(publisher.get("name"), str):
            yield publisher["name"]
        if thing.get("@type") == "WebSite" and isinstance(thing.get("name"), str):
            yield thing["name"]
    if said.hostname:
        yield said.hostname
        yield said.hostname.partition(".")[0]


def _key(name: str) -> str:
    """Return what two ways of writing a site's name have in common."""
    return re.sub(r"[\W_]|^(?:www\.|the )", "", name.casefold())


def _ends(title: str) -> tuple[str, str]:
    """Return what stands before the first and behind the last separator of a title."""
    parts = _SEPARATOR.split(title)
    return (parts[0], parts[-1]) if len(parts) > 1 else (title, "")


def _without_site(line: str, sites: set[str]) -> str:
    """Take the site's name off the ends of a title."""
    while (ends := list(_SITE_SEPARATOR.finditer(line))) and _key(line[ends[-1].end() :]) in sites:
        line = line[: ends[-1].start()]
    if ends and _key(line[: ends[0].start()]) in sites:
        line = line[ends[0].end() :]
    return line.strip()


_AUTHOR_MAX_CHARS = 120


_BY = re.compile(r"\A(?:by|von|par|por|di|door)\s+(?=\S)", re.I)
_ABOUT = re.compile(r"\s+(?:is|was)\s+(?:an?|the|our)\b.*", re.I | re.S)
"""What a note on the author goes on with."""


def _author(said: Any) -> str | None:
    """Return the names of people; not what stands in a form or in a menu."""
    return _people((said.author or "").split(";"), site=said.sitename or "")


def _author_of(ld: Iterable[Mapping[str, Any]]) -> str | None:
    """Return those whom JSON-LD names, also where it does not say that they are people."""
    said = (thing.get("author") for thing in ld)
    authors = (one for each in said for one in (each if isinstance(each, list) else [each]))
    people = (one for one in authors if isinstance(one, dict))
    names = (one.get("name") for one in people if "rganization" not in str(one.get("@type")))
    return _people((name for name in names if isinstance(name, str)), site="")


def _people(said: Iterable[str], *, site: str) -> str | None:
    names = []
    for part in said:
        name = _ABOUT.sub("", _BY.sub("", part.strip()))
        if not phrases("no_authors").fullmatch(name) and _key(name) != _key(site):
            names.append(name)
    line = "; ".join(dict.fromkeys(names))
    return line if 0 < len(line) <= _AUTHOR_MAX_CHARS else None


_STANDFIRST = re.compile(
    r"(?:^|[\s_-])(?:stand-?first|sub-?title|sub-?head(?:line|ing)?|strap-?line|dek|deck|lede?|chapo"
    r"|intro|lead|summary|excerpt|abstract|vorspann|ingress|alternativeheadline)(?:[\s_-]|$)",
    re.I,
)
"""In the class of an element, or in another of its names."""

_BESIDE = re.compile(r"(?:^|[\s_-])(?:side-?bar|widget|related|recommend\w*)(?:[\s_-]|$)", re.I)
"""In the class or id of what holds excerpts of other articles."""

_STANDFIRST_WORDS = range(6, 100)
_NAMING = ("class", "itemprop", "data-gu-name", "data-testid", "data-component")


def _is_standfirst(element: Element) -> bool:
    return _STANDFIRST.search(" ".join(element.get(name, "") for name in _NAMING)) is not None


def _standfirst(page: Element, description: str | None) -> str:
    """Return the lines between headline and article, which extraction takes for no part of it."""
    described = _key(description or "")
    headed = False
    for element in page.iter("h1", "h2", "h3", "p", "div", "span"):
        if element.tag == "h1":
            headed = True
            continue
        marked = headed and (_is_standfirst(element) or _is_standfirst(element.getparent()))
        if not (marked or (headed and described)) or not is_leaf(element):
            continue
        text = text_of(element)
        if count_words(text) not in _STANDFIRST_WORDS or _is_beside(element):
            continue
        if marked or _key(text) == described:
            return text
    return ""


def _is_beside(element: Element) -> bool:
    return any(
        holder.tag == "aside" or _BESIDE.search(f"{holder.get('class', '')} {holder.get('id', '')}")
        for holder in element.iterancestors("div", "section", "ul", "aside")
    )


def _with_standfirst(text: str, title: str | None, lead: str) -> str:
    """Put the standfirst where it is read: under the headline, if that is in the text."""
    if not (text and lead) or _key(lead) in _key(text):
        return text
    first, _, rest = text.partition("\n")
    if title and _key(first) == _key(title):
        return f"{first}\n{lead}\n{rest}"
    return f"{lead}\n{text}"
