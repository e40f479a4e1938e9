"""Strings of answers that Discord, the page and the command line share."""

from __future__ import annotations

from collections.abc import Sequence

from bot.text import listed, plural
from index.model import Missing

NOT_FOUND = "I couldn't find that in the articles."
YOU_COULD_ASK = "You could ask:"
PERHAPS = "I'm not sure, but this may answer it:"
READ_AS = "I understood this as: "
ALSO = "also in: "

GREETING = "Hi! Ask me anything about the articles."
THANKS = "You're welcome!"
CHATTER = "I'm here whenever you have a question about the articles."
SORRY = "Sorry about that. Please try it in other words."
UNCLEAR = "I can't tell what that's about. Please ask a full question."
FOR_EXAMPLE = "For example:"


def with_examples(words: str, questions: Sequence[str], empty: str = "") -> str:
    """Say something, and name questions that the articles answer, or that there are none."""
    examples = [f"- {question}" for question in questions]
    more = [FOR_EXAMPLE, *examples] if examples else [empty] if empty else []
    return "\n".join([words, *more])


def in_all(articles: int) -> str:
    """Count the articles that there are now."""
    return f"{plural(articles, 'article')} in all."


def lacking(missing: Missing) -> str:
    """Say what of a question the articles know and what they lack; "" if nothing is lacking."""
    if missing.silent:
        named = listed(missing.silent, "and")
        return f"These articles mention {named}, but I didn't find anything they said."
    if not missing.absent:
        return ""
    if not missing.mentioned:
        return f"I found nothing about {listed(missing.absent, 'or')} in these articles."
    known, unknown = listed(missing.mentioned, "and"), listed(missing.absent, "or")
    return f"These articles mention {known}, but I found nothing about {unknown} in them."
