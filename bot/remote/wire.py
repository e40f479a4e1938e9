"""Questions and answers as text, for the queue; both sides are of one release."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any

from pydantic import TypeAdapter

from bot.answering import Inquiry
from index.errors import UnknownArticle
from index.model import Answer, Article


@dataclass(frozen=True, slots=True)
class Result:
    """What a worker found: an answer, or that there is no such article as was to be asked.

    `unknown` and `near` are those of UnknownArticle.
    """

    answer: Answer | None = None
    unknown: str = ""
    near: tuple[Article, ...] = ()

    @classmethod
    def of_error(cls, error: UnknownArticle) -> Result:
        """Return the error as a result."""
        return cls(None, error.article_id, tuple(error.near))

    def unwrap(self) -> Answer:
        """Return the answer. Raises UnknownArticle."""
        if self.answer is None:
            raise UnknownArticle(self.unknown, self.near)
        return self.answer


_INQUIRY = TypeAdapter(Inquiry)
_RESULT = TypeAdapter(Result)


def dump(value: Inquiry | Result) -> str:
    """Return a value as ASCII: PostgreSQL takes neither U+0000 nor lone surrogates."""
    return json.dumps(asdict(value), default=_number)


def inquiry(text: str) -> Inquiry:
    """Read a question."""
    # Not validate_json, which refuses lone surrogates.
    return _INQUIRY.validate_python(json.loads(text))


def result(text: str) -> Result:
    """Read a result."""
    return _RESULT.validate_python(json.loads(text))


def _number(value: Any) -> Any:
    """Return one of NumPy's numbers as Python's."""
    return value.item()
