"""Limits of whole payloads: messages, modals, autocomplete choices."""

from __future__ import annotations

from collections.abc import Sequence

from .. import kinds
from .component import components
from .embed import embeds
from .form import ApiError, Errors, Json, Path
from .mention import allowed_mentions

MAX_CONTENT = 2000


def message(
    body: Json,
    *,
    prefix: Path = (),
    files: Sequence[str] = (),
    old: Json | None = None,
    max_content: int = MAX_CONTENT,
) -> None:
    """Validate a create (old is None) or an edit (old: the message's current fields)."""
    errors, old = Errors(prefix), old or {}
    v2 = bool(((body.get("flags") or 0) | old.get("flags", 0)) & kinds.V2)
    errors.string(("content",), body.get("content"), 0, max_content)
    errors.length(("attachments",), body.get("attachments"), 0, 10)
    for index, attachment in enumerate(body.get("attachments") or ()):
        path = ("attachments", index, "description")
        errors.string(path, attachment.get("description"), 0, 1024)
    errors.length(("nonce",), str(body.get("nonce") or ""), 0, 25)
    embeds(errors, body.get("embeds") or [], files)
    components(errors, body.get("components") or [], v2=v2, files=files)
    allowed_mentions(errors, body.get("allowed_mentions"))
    if v2:
        _no_legacy_fields(errors, body, old)
    errors.check()
    left = {key: body.get(key, old.get(key)) for key in ("content", "embeds", "components")}
    left["content"] = (left["content"] or "").strip()
    others = files or body.get("sticker_ids") or body.get("poll")
    if not any(left.values()) and not others:
        raise ApiError(400, 50006, "Cannot send an empty message")


def _no_legacy_fields(errors: Errors, body: Json, old: Json) -> None:
    for key in ("content", "embeds", "sticker_ids", "poll"):
        # an empty string counts as content; null and [] do not
        given = body.get(key) or (key == "content" and body.get(key) is not None)
        if given or (key not in body and old.get(key)):
            errors.add(
                (key,),
                "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
                f"The '{key}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2",
            )


def modal(data: Json) -> None:
    """Validate the modal of an interaction callback."""
    errors = Errors(("data",))
    errors.string(("custom_id",), data.get("custom_id"), 1, 100, required=True)
    errors.string(("title",), data.get("title"), 1, 45, required=True)
    components(errors, data.get("components") or [], modal=True)
    errors.check()


def choices(
    items: list[Json] | None, prefix: Path = ("data",), option_type: int = kinds.OPTION_STRING
) -> None:
    """Validate the choices an autocomplete callback offers of an option of that type."""
    errors = Errors(prefix)
    errors.length(("choices",), items, 0, 25)
    for index, choice in enumerate(items or ()):
        path, value = ("choices", index), choice.get("value")
        errors.string((*path, "name"), choice.get("name"), 1, 100, required=True)
        if option_type == kinds.OPTION_STRING:
            errors.string((*path, "value"), value, 1, 100, required=True)
        elif not isinstance(value, (int, float)):
            message = f'Value "{value}" is not a number.'
            errors.add((*path, "value"), "NUMBER_TYPE_COERCE", message)
    errors.check()
