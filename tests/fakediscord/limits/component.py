"""Limits of components: where each type may stand, and how much it may hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from .. import kinds
from .control import CONTROLS, options
from .form import Errors, Json, Path

MODAL_TOP = {kinds.ACTION_ROW, kinds.TEXT_DISPLAY, kinds.LABEL}
CONTAINED = {
    kinds.ACTION_ROW,
    kinds.SECTION,
    kinds.TEXT_DISPLAY,
    kinds.MEDIA_GALLERY,
    kinds.FILE,
    kinds.SEPARATOR,
}
V2_TOP = CONTAINED | {kinds.CONTAINER}
MAX_COMPONENTS, MAX_TEXT = 40, 4000


def walk(components: Iterable[Json] | None) -> Iterator[Json]:
    """Yield all components, nested ones included."""
    for item in components or ():
        yield item
        yield from walk(item.get("components"))
        yield from walk([one for one in (item.get("accessory"), item.get("component")) if one])


def components(
    errors: Errors,
    items: list[Json],
    *,
    v2: bool = False,
    modal: bool = False,
    files: Iterable[str] = (),
    path: Path = ("components",),
) -> None:
    """Check the components of a message (of either version) or of a modal."""
    if modal or not v2:
        errors.length(path, items, 1 if modal else 0, 5)
    top = MODAL_TOP if modal else V2_TOP if v2 else {kinds.ACTION_ROW}
    _Tree(errors, modal, set(files)).level(items, path, top)
    if not v2:
        return
    every = list(walk(items))
    if len(every) > MAX_COMPONENTS:
        errors.add(
            path,
            "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED",
            f"Total number of components cannot exceed {MAX_COMPONENTS}",
        )
    texts = (item for item in every if item.get("type") == kinds.TEXT_DISPLAY)
    if sum(len(item.get("content") or "") for item in texts) > MAX_TEXT:
        errors.add(
            path,
            "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED",
            f"Components displayable text size exceeds maximum size of {MAX_TEXT}",
        )


class _Tree:
    """One walk through a message's or a modal's components."""

    def __init__(self, errors: Errors, modal: bool, files: set[str]) -> None:
        self.errors, self.modal, self.files = errors, modal, files
        self.custom_ids: set[Any] = set()

    def level(self, items: Iterable[Json] | None, path: Path, allowed: set[int]) -> None:
        for index, item in enumerate(items or ()):
            self.one(item, (*path, index), allowed)

    def one(self, item: Json, path: Path, allowed: set[int]) -> None:
        kind = item.get("type")
        if kind not in allowed:
            message = f'Value of field "type" must be one of {tuple(sorted(allowed))}.'
            self.errors.add((*path, "type"), "UNION_TYPE_CHOICES", message)
            return
        if lay_out := LAYOUTS.get(kind):
            lay_out(self, item, path)
        if kind in kinds.INTERACTIVE:
            self.custom_id(item, path)
        if control := CONTROLS.get(kind):
            control(self.errors, item, path)
        options(self.errors, item, path)

    def row(self, item: Json, path: Path) -> None:
        items, path = item.get("components") or [], (*path, "components")
        self.errors.length(path, items, 1, 5)
        allowed = {kinds.TEXT_INPUT} if self.modal else kinds.SELECTS | {kinds.BUTTON}
        self.level(items, path, allowed)
        if len(items) > 1 and any(one.get("type") != kinds.BUTTON for one in items):
            message = "The specified component exceeds the maximum width"
            self.errors.add(path, "COMPONENT_LAYOUT_WIDTH_EXCEEDED", message)

    def section(self, item: Json, path: Path) -> None:
        texts, accessory = item.get("components") or [], item.get("accessory") or {}
        self.errors.length((*path, "components"), texts, 1, 3, required=True)
        self.level(texts, (*path, "components"), {kinds.TEXT_DISPLAY})
        self.one(accessory, (*path, "accessory"), {kinds.BUTTON, kinds.THUMBNAIL})

    def container(self, item: Json, path: Path) -> None:
        items, path = item.get("components") or [], (*path, "components")
        self.errors.length(path, items, 1, float("inf"), required=True)
        self.level(items, path, CONTAINED)

    def label(self, item: Json, path: Path) -> None:
        self.errors.string((*path, "label"), item.get("label"), 1, 45, required=True)
        self.errors.string((*path, "description"), item.get("description"), 0, 100)
        allowed = kinds.SELECTS | kinds.MODAL_INPUTS
        self.one(item.get("component") or {}, (*path, "component"), allowed)

    def text_display(self, item: Json, path: Path) -> None:
        self.errors.string((*path, "content"), item.get("content"), 1, MAX_TEXT, required=True)

    def thumbnail(self, item: Json, path: Path) -> None:
        self.media(item, path, "media")
        self.errors.string((*path, "description"), item.get("description"), 0, 1024)

    def gallery(self, item: Json, path: Path) -> None:
        self.errors.length((*path, "items"), item.get("items"), 1, 10, required=True)
        for index, one in enumerate(item.get("items") or ()):
            self.media(one, (*path, "items", index), "media")

    def file(self, item: Json, path: Path) -> None:
        self.media(item, path, "file")

    def media(self, item: Json, path: Path, key: str) -> None:
        url = (item.get(key) or {}).get("url")
        self.errors.media((*path, key, "url"), url, self.files, required=True)

    def custom_id(self, item: Json, path: Path) -> None:
        path, custom_id = (*path, "custom_id"), item.get("custom_id")
        silent = item.get("style") in (kinds.LINK_STYLE, kinds.PREMIUM_STYLE)
        if not (item.get("type") == kinds.BUTTON and silent):
            self.errors.string(path, custom_id, 1, 100, required=True)
            if custom_id in self.custom_ids:
                message = "Component custom id cannot be duplicated"
                self.errors.add(path, "COMPONENT_CUSTOM_ID_DUPLICATED", message)
            self.custom_ids.add(custom_id)
        elif custom_id:
            self.errors.add(
                path,
                "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE",
                "A custom id and url cannot both be specified",
            )


LAYOUTS = {
    kinds.ACTION_ROW: _Tree.row,
    kinds.SECTION: _Tree.section,
    kinds.CONTAINER: _Tree.container,
    kinds.LABEL: _Tree.label,
    kinds.TEXT_DISPLAY: _Tree.text_display,
    kinds.THUMBNAIL: _Tree.thumbnail,
    kinds.MEDIA_GALLERY: _Tree.gallery,
    kinds.FILE: _Tree.file,
}
