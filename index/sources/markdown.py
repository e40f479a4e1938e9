"""Markdown: front matter and the text without its markup."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token

from index import strings
from index.errors import SourceError
from index.sources.decoding import clean, decode
from index.sources.document import ParsedSource
from index.sources.tables import as_pipes, rule

_FRONT_MATTER = re.compile(r"\A---[^\S\n]*\n(.*?)^(?:---|\.\.\.)[^\S\n]*(?:\n|\Z)", re.S | re.M)
_MAX_FRONT_MATTER_CHARS = 10_000
_LINE = re.compile(r"^(\w[\w -]*):[^\S\n]+(\S.*)\n(?![^\S\n])", re.M)
"""A name and all of its value, as the next line is no part of it."""

_COMMENT = re.compile(r"(?:^|\s)#\s.*")
_UNSEEN = re.compile(r"<!--.*?(?:-->|\Z)|<(script|style)\b.*?(?:</\1\s*>|\Z)", re.S | re.I)
_TAG = re.compile(r"</?[a-z][^>]*>|<[!?][^>]*>", re.I)


def parse(name: str, data: bytes) -> ParsedSource:
    """Read front matter and body. Raises SourceError."""
    text = clean(decode(name, data)).lstrip("\n")
    fields, body = _split(name, text)
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(body)
    return ParsedSource(
        "\n\n".join(filter(None, map(str.strip, _blocks(tokens)))),
        title=_field(fields, "title") or _first_heading(tokens),
        source=_field(fields, "source", "url"),
        published=_field(fields, "published", "date"),
        author=_field(fields, "author"),
        language=_field(fields, "language", "lang"),
    )


def _split(name: str, text: str) -> tuple[Mapping[str, Any], str]:
    match = _FRONT_MATTER.match(text)
    if not match:
        return {}, text
    if len(match[1]) > _MAX_FRONT_MATTER_CHARS:
        raise SourceError(name, strings.long_front_matter(_MAX_FRONT_MATTER_CHARS))
    try:
        fields = _load(_LINE.sub(_quoted, match[1]))
    except _NOT_YAML as error:
        mark = getattr(error, "problem_mark", None)
        reason = strings.broken_front_matter(mark.line + 2 if mark else None)
        raise SourceError(name, reason) from error
    if fields is None or fields == "":
        return {}, text[match.end() :]
    if not isinstance(fields, dict):
        # Two rules around a paragraph, not front matter.
        return {}, text
    return {str(key).lower(): value for key, value in fields.items()}, text[match.end() :]


_NOT_YAML = (yaml.YAMLError, RecursionError, ValueError)


def _load(text: str) -> Any:
    # BaseLoader is as safe as safe_load and keeps what is written: with safe_load the
    # title "No" is False and the time 12:30:00 is 45000.
    return yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506


def _quoted(line: re.Match[str]) -> str:
    """Quote what people write but YAML refuses ("Talks: the end") or cuts ("The #MeToo years")."""
    value = _COMMENT.sub("", line[2]).strip()
    if not value or (value[0] in "\"'[{|>" and _is_yaml(line[0])):
        return line[0]
    inside, ends = value[1:-1], value[:1] + value[-1:]
    # 'It's on', but not "Yes" and "no": an even number of marks inside belong to words there.
    if ends in ("''", '""') and (not inside.count(ends[0]) or inside.count(ends[0]) % 2):
        value = inside
    return f"{line[1]}: {json.dumps(value, ensure_ascii=False)}\n"


def _is_yaml(line: str) -> bool:
    try:
        _load(line)
    except _NOT_YAML:
        return False
    return True


def _field(fields: Mapping[str, Any], *keys: str) -> str | None:
    for key in keys:
        value = fields.get(key)
        if isinstance(value, list):
            value = ", ".join(item for item in value if isinstance(item, str))
        if isinstance(value, str) and value.strip():
            return value
    return None


def _first_heading(tokens: list[Token]) -> str | None:
    for opening, content in pairwise(tokens):
        if opening.type == "heading_open" and (line := _inline(content.children or ()).strip()):
            return line
    return None


def _blocks(tokens: Iterable[Token]) -> Iterable[str]:
    """Yield paragraphs, headings, list items, code and table rows, each as one text."""
    row: list[str] | None = None
    for token in tokens:
        if token.type == "tr_open":
            row = []
        elif token.type == "tr_close" and row is not None:
            yield as_pipes(row)
            row = None
        elif token.type == "tbody_open":
            yield rule(2)
        elif token.type == "inline":
            line = _inline(token.children or ())
            if row is None:
                yield line
            else:
                row.append(line)
        elif token.type in ("fence", "code_block"):
            yield token.content.strip("\n")
        elif token.type == "html_block":
            yield html.unescape(_TAG.sub("", _UNSEEN.sub("", token.content)))


def _inline(children: Iterable[Token]) -> str:
    parts: list[str] = []
    struck = 0  # what no longer holds
    for token in children:
        struck += (token.type == "s_open") - (token.type == "s_close")
        if token.type == "s_close" and parts:
            parts[-1] = parts[-1].removesuffix(" ")
        if struck:
            continue
        if token.type in ("text", "code_inline"):
            parts.append(token.content)
        elif token.type == "softbreak":
            parts.append(" ")
        elif token.type == "hardbreak":
            parts.append("\n")
    return "".join(parts)
