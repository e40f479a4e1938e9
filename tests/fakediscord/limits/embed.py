"""Limits of embeds."""

from __future__ import annotations

from typing import Any

from .form import REQUIRED, Errors, Json, Path

MAX_EMBEDS, MAX_FIELDS, MAX_TOTAL = 10, 25, 6000
CONTENT_KEYS = ("title", "description", "fields", "footer", "author", "image", "thumbnail", "url")


def embeds(errors: Errors, items: list[Json], files: Any) -> None:
    """Check a message's embeds; the 6,000 characters count all of them together."""
    errors.length(("embeds",), items, 0, MAX_EMBEDS)
    total = 0
    for index, embed in enumerate(items):
        path = ("embeds", index)
        total += _fields(errors, embed, path) + _texts(errors, embed, path)
        errors.url((*path, "url"), embed.get("url"))
        for key in ("image", "thumbnail"):
            errors.media((*path, key, "url"), (embed.get(key) or {}).get("url"), files)
        if not any(embed.get(key) for key in CONTENT_KEYS):
            errors.add((*path, "description"), "BASE_TYPE_REQUIRED", REQUIRED)
    if total > MAX_TOTAL:
        errors.add(
            ("embeds",),
            "MAX_EMBED_SIZE_EXCEEDED",
            f"Embed size exceeds maximum size of {MAX_TOTAL}",
        )


def _fields(errors: Errors, embed: Json, path: Path) -> int:
    fields = embed.get("fields") or []
    errors.length((*path, "fields"), fields, 0, MAX_FIELDS)
    size = 0
    for index, field in enumerate(fields):
        for key, high in (("name", 256), ("value", 1024)):
            value = field.get(key)
            errors.string((*path, "fields", index, key), value, 1, high, required=True)
            size += len((value or "").strip())
    return size


def _texts(errors: Errors, embed: Json, path: Path) -> int:
    size = 0
    for keys, text, high in (
        (("title",), embed.get("title"), 256),
        (("description",), embed.get("description"), 4096),
        (("footer", "text"), (embed.get("footer") or {}).get("text"), 2048),
        (("author", "name"), (embed.get("author") or {}).get("name"), 256),
    ):
        errors.string((*path, *keys), text, 0, high)
        size += len(str(text or "").strip())
    return size
