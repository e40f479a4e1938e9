"""What a page says of itself in data: JSON-LD, and what its scripts make the page of."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from html import unescape
from itertools import islice
from typing import Any

from index.sources.page_tree import Element
from index.text.sentences import count_words

_MAX_THINGS = 200
"""Of JSON-LD; pages with more have lists of other articles."""

_CDATA = re.compile(r"\A\s*(?://|/\*)?\s*<!\[CDATA\[(?:\*/)?|(?://|/\*)?\s*\]\]>(?:\*/)?\s*\Z")
_TRAILING_COMMA = re.compile(r",(?=\s{0,20}[}\]])")

_BLOCK_TAGS = re.compile(r"</?(?:p|br|div|h\d|li|ul|ol)\b[^<>]*>", re.I)
_OTHER_TAGS = re.compile(r"</?[a-z][^<>]*>", re.I)


def json_ld(page: Element) -> Iterator[Mapping[str, Any]]:
    """Yield what a page says of itself in JSON-LD (https://schema.org/NewsArticle)."""
    waiting: list[Any] = []
    for script in page.iter("script"):
        if "ld+json" in (script.get("type") or "") and script.text:
            text = _CDATA.sub("", script.text)
            for written in (text, _TRAILING_COMMA.sub("", text)):
                try:
                    waiting.append(json.loads(written, strict=False))
                    break
                except (ValueError, RecursionError):
                    continue
    for _ in range(_MAX_THINGS):
        if not waiting:
            return
        thing = waiting.pop(0)
        if isinstance(thing, list):
            waiting[:0] = thing[:_MAX_THINGS]
        elif isinstance(thing, dict):
            yield thing
            waiting += [thing[key] for key in ("@graph", "mainEntity") if key in thing]


def article_body(thing: Mapping[str, Any]) -> str:
    """Return the text of an article in JSON-LD, which may hold markup, or what a live blog says."""
    body = thing.get("articleBody")
    updates = thing.get("liveBlogUpdate")
    if isinstance(updates, list):
        posts = [post for post in updates[:_MAX_THINGS] if isinstance(post, dict)]
        fields = (post.get(key) for post in posts for key in ("headline", "articleBody"))
        body = "\n".join([body or "", *(field for field in fields if isinstance(field, str))])
    if not isinstance(body, str):
        return ""
    return _without_tags(body)


def _without_tags(text: str) -> str:
    text = _OTHER_TAGS.sub("", _BLOCK_TAGS.sub("\n", unescape(text)))
    return "\n".join(filter(None, map(str.strip, text.split("\n"))))


_DATA_START = re.compile(r"\A\s*(?=[{\[])|=\s*(?=[{\[])")
_MAX_STARTS = 20

_TEXT_KEY = re.compile(
    r"text|content|html|body|value|paragraph|children|rendered|markdown|copy|block|nodes?\Z",
    re.I,
)
_OTHER_KEY = re.compile(
    r"type|url|id\Z|slug|caption|credit|alt\b|teaser|related|recommend|comment|footer|menu|nav"
    r"|meta|context|seo|style|css|script|summary",
    re.I,
)
"""Of the fields of a page's data: those of an article, and what stands beside it."""

_MIN_WORDS = 60
_MIN_BLOCKS = 3
_BLOCK_MAX_WORDS = 250
"""A list with longer ones is of articles, not of paragraphs."""

_MAX_DEPTH = 60


def scripts(page: Element) -> list[str]:
    """Return the scripts that a page has within it."""
    return [script.text for script in page.iter("script") if script.text and not script.get("src")]


def embedded_text(written: Iterable[str]) -> str:
    """Return the longest text in the data of scripts, as the one of __NEXT_DATA__; "" for none.

    It is one field, or the fields of a list of paragraphs.
    """
    found = [text for one in written for data in _data(one) for text in _texts(data)]
    longest = max(found, key=count_words, default="")
    return longest if count_words(longest) >= _MIN_WORDS else ""


def _data(script: str) -> Iterator[Any]:
    """Yield what a script is, or what it assigns, where that is JSON."""
    decoder = json.JSONDecoder(strict=False)
    end = 0
    for start in islice(_DATA_START.finditer(script), _MAX_STARTS):
        if start.end() >= end:
            try:
                data, end = decoder.raw_decode(script, start.end())
            except (ValueError, RecursionError):
                continue
            yield data


def _texts(node: Any, depth: int = 0) -> Iterator[str]:
    """Yield each field that may be an article, and each list of paragraphs as one text."""
    if depth > _MAX_DEPTH:
        return
    if isinstance(node, list):
        lines = [child for child in node if not isinstance(child, str) or " " in child.strip()]
        blocks = [text for child in lines if (text := _without_tags(_block(child, depth)))]
        if len(blocks) >= _MIN_BLOCKS and max(map(count_words, blocks)) <= _BLOCK_MAX_WORDS:
            yield "\n".join(blocks)
        for child in node:
            yield from (
                [_without_tags(child)] if isinstance(child, str) else _texts(child, depth + 1)
            )
    elif isinstance(node, dict):
        for key, child in node.items():
            if _OTHER_KEY.search(key):
                continue
            if isinstance(child, str) and _TEXT_KEY.search(key):
                yield _without_tags(child)
            else:
                yield from _texts(child, depth + 1)


def _block(node: Any, depth: int) -> str:
    """Return the text of a paragraph, which may be in parts, with its tags."""
    if isinstance(node, str):
        return node
    if depth > _MAX_DEPTH:
        return ""
    if isinstance(node, list):
        return "".join(_block(child, depth + 1) for child in node)
    if not isinstance(node, dict):
        return ""
    fields = (node[key] for key in node if _TEXT_KEY.search(key) and not _OTHER_KEY.search(key))
    return "".join(_block(field, depth + 1) for field in fields)
