"""Requests for what is newest, on a topic or of all."""

from __future__ import annotations

import re
from collections.abc import Sequence

_NEWS = r"(?:news|update|development|headline|article|report|stor(?:y|ie))s?"

_ON = r"(?:on|about|with|from|in|regarding|concerning|around)"

_REQUEST = re.compile(
    rf"\b(?:latest|newest|most recent)(?: {_NEWS})?(?: {_ON}\b| *[?!.]*$)"
    rf"|\b(?:latest|newest|most recent|recent) {_NEWS}\b"
    rf"|\b(?:what['’]?s|what is|anything|something) new(?: {_ON}\b| *[?!.]*$)"
    rf"|\bany (?:news|updates?)\b"
    rf"|^(?:the )?(?:news|updates?) {_ON}\b",
    re.IGNORECASE,
)

_REQUEST_WORDS = {
    "latest", "newest", "most", "recent", "recently", "new", "news", "update", "updates",
    "development", "developments", "headline", "headlines", "article", "articles", "report",
    "reports", "story", "stories", "regarding", "concerning", "around", "today", "anything",
    "what's", "what’s", "whats",
}  # fmt: skip


def is_request(question: str) -> bool:
    """Tell whether the question asks for what is newest rather than for a fact."""
    return bool(_REQUEST.search(question.strip()))


def topic(subject_words: Sequence[str]) -> str:
    """Return what the news is to be on, in the asker's words; "" when any will do."""
    return " ".join(word for word in subject_words if word.lower() not in _REQUEST_WORDS)
