"""Discord's error answers, and the collector of one form's field errors."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

Json = dict[str, Any]
Path = tuple[str | int, ...]  # of a field in the body, e.g. ("embeds", 0, "title")
REQUIRED = "This field is required"


class ApiError(Exception):
    """An HTTP error answer: {"code", "message"[, "errors"]}.

    Attributes
    ----------
    status, headers, body
        As they are sent.
    """

    def __init__(
        self,
        status: int,
        code: int,
        message: str,
        errors: Json | None = None,
        headers: dict[str, str] | None = None,
        **extra: Any,
    ) -> None:
        super().__init__(f"{status} {code} {message} {errors or ''}")
        self.status, self.headers = status, headers or {}
        self.body: Json = {"message": message, "code": code, **extra}
        if errors:
            self.body["errors"] = errors


def invalid_form(errors: Json) -> ApiError:
    """Make the 50035 answer that carries a tree of field errors."""
    return ApiError(400, 50035, "Invalid Form Body", errors)


class Errors:
    """Collects field errors; `check` raises one 50035 'Invalid Form Body'."""

    def __init__(self, prefix: Path = ()) -> None:
        self.prefix = tuple(prefix)
        self.tree: Json = {}

    def add(self, path: Path, code: str, message: str) -> None:
        """Note one error of the field at `path`."""
        node = self.tree
        for part in (*self.prefix, *path):
            node = node.setdefault(str(part), {})
        node.setdefault("_errors", []).append({"code": code, "message": message})

    def length(
        self, path: Path, value: Any, low: float, high: float, required: bool = False
    ) -> None:
        """Check the length of a string or list."""
        if value is None or (required and low and not len(value)):
            if required:
                self.add(path, "BASE_TYPE_REQUIRED", REQUIRED)
        elif not low <= len(value) <= high:
            if low and high != float("inf"):
                message = f"Must be between {low} and {high} in length."
                self.add(path, "BASE_TYPE_BAD_LENGTH", message)
            else:
                self.add(path, "BASE_TYPE_MAX_LENGTH", f"Must be {high} or fewer in length.")

    def string(self, path: Path, value: Any, low: int, high: int, required: bool = False) -> None:
        """Check that a value is a string of such a length, blanks around it not counted."""
        if value is not None and not isinstance(value, str):
            self.add(path, "STRING_TYPE_CONVERT", f'Could not interpret "{value}" as string.')
        else:
            self.length(path, value.strip() if value else value, low, high, required)

    def number(self, path: Path, value: Any, low: int, high: int) -> None:
        """Check that a value, if there is one, is a number within the range."""
        if value is not None and not (isinstance(value, (int, float)) and low <= value <= high):
            message = f"int value should be between {low} and {high}."
            self.add(path, "NUMBER_TYPE_RANGE", message)

    def url(
        self,
        path: Path,
        value: Any,
        schemes: Iterable[str] = ("http", "https"),
        high: int = 2048,
        required: bool = False,
    ) -> None:
        """Check a link's form, scheme and length."""
        if not value:
            if required:
                self.add(path, "BASE_TYPE_REQUIRED", REQUIRED)
        elif not re.match(rf"^({'|'.join(schemes)})://\S+$", str(value), re.IGNORECASE):
            self.add(path, "URL_TYPE_INVALID_URL", "Not a well formed URL.")
        else:
            self.length(path, value, 0, high)

    def media(self, path: Path, url: Any, files: Sequence[str], required: bool = False) -> None:
        """Check a picture's or file's link; attachment://name has to name one of `files`."""
        if url and url.startswith("attachment://"):
            if url[13:] not in files:
                self.add(
                    path,
                    "UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND",
                    f"The referenced attachment in {url} was not found.",
                )
        else:
            self.url(path, url, required=required)

    def check(self) -> None:
        """Raise what has been collected, if anything has."""
        if self.tree:
            raise invalid_form(self.tree)
