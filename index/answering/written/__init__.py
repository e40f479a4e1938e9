"""Answers in a model's words: what it is asked, and what of its text may be shown.

Nothing here asks a model; see bot.writing.
"""

from index.answering.written.composing import Composition, Removed, Written
from index.answering.written.parsing import Draft, SentenceParser
from index.answering.written.prompt import ANSWER_TOKENS, Message, Prompt, build, tokens_of
from index.answering.written.sources import Source, sources_of
from index.answering.written.verification import Reason, Verifier

__all__ = [
    "ANSWER_TOKENS",
    "Composition",
    "Draft",
    "Message",
    "Prompt",
    "Reason",
    "Removed",
    "SentenceParser",
    "Source",
    "Verifier",
    "Written",
    "build",
    "sources_of",
    "tokens_of",
]
