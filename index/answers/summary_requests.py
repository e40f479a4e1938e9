"""Requests for a summary: what is one, and of what."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.text.words import subject_words

TITLE_MAX = 200
"""Characters of a title that a request names in quotation marks."""

_TITLE = rf"[\"“„«](?P<title>.{{1,{TITLE_MAX}}})[\"”“»]"

_REQUEST = re.compile(
    rf"\bwhat(?:['’]s| is| was) {_TITLE} about\W*$"
    r"|\b(?:summari[sz]e|summary|sum up|tl;?dr|the gist|main points?|key points?|overview)\b"
    r"|\bwhat(?:['’]s| is| are| was| were) "
    r"(?:it|this|that|(?:the|this|that|these|those) (?:article|story|storie|news|text|piece)s?)"
    r"(?: (?:all|mainly|mostly))? about\b"
    r"|\bwhat does (?:the|this|that) (?:article|story|text|piece) say(?: overall)?\s*\?*$",
    re.IGNORECASE,
)

_REQUEST_WORDS = {
    "summarise", "summarize", "summary", "sum", "tldr", "tl", "dr", "gist", "main", "key", "point",
    "points", "overview", "story", "text", "piece", "short", "brief", "briefly", "whole", "full",
    "sentence", "sentences", "words", "latest", "newest", "last", "recent", "today", "stories",
}  # fmt: skip


def is_request(question: str) -> bool:
    """Tell whether the question asks for a summary rather than for a fact."""
    return bool(_REQUEST.search(question))


_ANY_OTHER = re.compile(
    r"\b(?:latest|newest|last|recent|today|news|articles|stories)\b", re.IGNORECASE
)
"""In a request for a summary of what is new, whatever was spoken of."""


def refers_back(question: str) -> bool:
    """Tell whether the summary that is asked for is of the article that was spoken of last."""
    named = topic(subject_words(question)) or _ANY_OTHER.search(question)
    return is_request(question) and not named


def question_about(title: str) -> str:
    """Ask what an article is about; it is found by its title."""
    return f"What is “{title}” about?"


def title_named(request: str) -> str | None:
    """Return the title that stands in the request in quotation marks."""
    found = re.search(_TITLE, request)
    return found["title"] if found else None


def topic(asked: Sequence[str]) -> str:
    """Return what the summary is to be of, in the asker's words; "" when any article will do."""
    return " ".join(word for word in asked if word.lower() not in _REQUEST_WORDS)
