"""Messages to Discord as HTML: cards, their markdown, and the buttons below them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

import discord
from markupsafe import Markup, escape

from bot.discord.embeds import Payload
from bot.discord.markdown import safe_url

_TOKEN = re.compile(
    r"\\(?P<escaped>.)\u200b?"
    r"|(?P<bold>\*\*)"
    r"|`(?P<code>[^`\n]*)`"
    r"|<t:(?P<seconds>-?\d{1,12}):(?P<style>[a-zA-Z])>"
    r"|\[\[(?P<linked>\d+)\]\]\((?P<page>[^()\s]*)\)"
    r"|\[(?P<label>(?:\\.|[^\\\]\n])*)\]\((?P<url>[^()\s]*)\)"
    r"|\[(?P<number>\d+)\]",
    re.DOTALL,
)
"""What the cards use of Discord's markdown. `bot.discord.markdown.escape` has put a backslash
before whatever else would be one of these in the words of an article."""

_BLOCKS = {"> ": "blockquote", "-# ": "small", "- ": "ul"}

Numbered = Mapping[int, str]
"""The addresses of the quotes by the numbers of their footnotes."""


def html(markdown: str, places: Numbered | None = None) -> Markup:
    """Return markdown of a card as HTML; footnote marks lead to their places."""
    places = places or {}
    made: list[Markup] = []
    for kind, lines in groupby(markdown.split("\n"), _kind):
        # What ends a quote in Discord is the end of its line.
        inline = [_inline(line.removeprefix(kind), places) for line in lines]
        if kind == "- ":
            items = Markup("").join(Markup("<li>{}</li>").format(one) for one in inline)
            made.append(Markup("<ul>{}</ul>").format(items))
        elif kind:
            tag = Markup(_BLOCKS[kind])  # noqa: S704 - one of three
            text = Markup("<br>").join(inline)
            made.append(Markup("<{0}>{1}</{0}>").format(tag, text))
        elif any(inline):
            text = Markup("<br>").join(one for one in inline if one)
            made.append(Markup("<p>{}</p>").format(text))
    return Markup("\n").join(made)


def inline_html(markdown: str) -> Markup:
    """Return markdown of one line, such as a date, without a paragraph around it."""
    return _inline(markdown, {})


def _kind(line: str) -> str:
    return next((start for start in _BLOCKS if line.startswith(start)), "")


def _inline(text: str, places: Numbered) -> Markup:
    made, is_bold, at = Markup(""), False, 0
    for token in _TOKEN.finditer(text):
        made += escape(text[at : token.start()])
        at = token.end()
        if token["bold"]:
            is_bold = not is_bold
            made += Markup("<strong>") if is_bold else Markup("</strong>")
        else:
            made += _token(token, places)
    made += escape(text[at:])
    return made + Markup("</strong>") if is_bold else made


def _token(token: re.Match[str], places: Numbered) -> Markup:
    if token["escaped"] is not None:
        return escape(token["escaped"])
    if token["code"] is not None:
        return Markup("<code>{}</code>").format(token["code"])
    if token["seconds"] is not None:
        return _time(int(token["seconds"]), token["style"])
    if token["label"] is not None:
        return _link(_inline(token["label"], {}), token["url"])
    number = int(token["number"] or token["linked"])
    if number not in places:  # of an earlier answer
        mark = escape(f"[{number}]")
        return _link(mark, token["page"]) if token["linked"] else mark
    return Markup('<a class="mark" href="{}">[{}]</a>').format(places[number], number)


def _link(label: Markup, url: str) -> Markup:
    """Return a link to a web page, or to a place on this one."""
    if re.match(r"/(?![/\\])", url):
        return Markup('<a href="{}">{}</a>').format(url, label)
    if safe_url(url) is None:
        return label
    return Markup('<a href="{}" rel="noreferrer noopener" target="_blank">{}</a>').format(
        url, label
    )


def _time(seconds: int, style: str) -> Markup:
    """Return a moment; app.js shows it in the reader's own time zone and way."""
    try:
        moment = datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        return Markup("")
    day, clock = f"{moment.day} {moment:%B %Y}", f"{moment:%H:%M} UTC"
    words = {"D": day, "t": clock}.get(style, f"{day}, {clock}")
    return Markup('<time datetime="{}" data-style="{}">{}</time>').format(
        moment.isoformat(), style, words
    )


@dataclass(frozen=True, slots=True)
class Button:
    """A button; its `id` says what it does, as in Discord."""

    id: str
    label: str
    style: str
    disabled: bool = False


_STYLES = {1: "primary", 2: "secondary", 3: "success", 4: "danger"}
"""https://discord.com/developers/docs/components/reference#button-button-styles"""


def buttons(view: discord.ui.View | None) -> tuple[Button, ...]:
    """Return the buttons of a message, as discord.py would send them."""
    return tuple(_buttons(view.to_components())) if view else ()


def _buttons(components: Sequence[Mapping[str, Any]]) -> Iterator[Button]:
    for one in components:
        yield from _buttons(one.get("components", ()))
        if one["type"] == 2 and "custom_id" in one:
            style = _STYLES.get(one["style"], "secondary")
            yield Button(one["custom_id"], one["label"], style, one.get("disabled", False))


@dataclass(frozen=True, slots=True)
class Rendered:
    """A message as templates show it: a payload, its buttons, where its footnotes lead."""

    payload: Payload = field(default_factory=Payload)
    buttons: tuple[Button, ...] = ()
    places: Numbered = field(default_factory=dict)

    def line(self, markdown: str) -> Markup:
        """Return one line of markdown of the payload as HTML."""
        return _inline(markdown, self.places)

    def html(self, markdown: str) -> Markup:
        """Return markdown of the payload as HTML."""
        return html(markdown, self.places)
