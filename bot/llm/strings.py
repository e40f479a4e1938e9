"""Strings of written answers; plain text, to be escaped where it is shown."""

from __future__ import annotations

from collections.abc import Mapping

from bot.llm.draft import DraftOutcome, Fault

OWN_WORDS = "In the articles' own words: "
NOTES: Mapping[Fault, str] = {
    Fault.UNREACHABLE: "I can't reach the language model.",
    Fault.KEY: "the language model refused the key.",
    Fault.MODEL: "the server doesn't have this language model.",
    Fault.BUSY: "the language model is busy.",
    Fault.REFUSED: "the language model refused the question.",
    Fault.SERVER: "the language model failed.",
    Fault.SLOW: "the language model took too long.",
    Fault.CUT: "the language model stopped mid-sentence.",
    Fault.GARBAGE: "the language model sent nothing readable.",
    Fault.EMPTY: "the language model wrote nothing.",
    Fault.UNBORNE: "the language model didn't stick to the articles.",
    Fault.RESTING: "the language model failed a moment ago.",
    Fault.SPENT: "today's language model tokens are used up.",
}
_LOOK = "check the server's log"
REMEDIES: Mapping[Fault, str] = {
    Fault.UNREACHABLE: "start the server, or fix LLM_BASE_URL",
    Fault.KEY: "fix LLM_API_KEY",
    Fault.MODEL: "fix LLM_MODEL, or LLM_BASE_URL (it usually ends in /v1)",
    Fault.BUSY: "wait, or raise the key's limit",
    Fault.SLOW: "raise LLM_TIMEOUT, or use a smaller model",
    Fault.GARBAGE: "fix LLM_BASE_URL (it usually ends in /v1)",
    Fault.CUT: "fix LLM_BASE_URL (it usually ends in /v1), or use another model",
} | dict.fromkeys((Fault.REFUSED, Fault.SERVER, Fault.EMPTY), _LOOK)
"""For those who run the bot, of whatever one try can meet."""

WRITING = "Writing …"
STOP = "Stop"
NOT_YOURS = "Only the person who asked or a server manager can stop this."


def remark(outcome: DraftOutcome, *, mark: bool = True) -> str:
    """Say who wrote an answer or why no model did; "" where there is nothing to tell.

    With `mark` False it is left out that a model wrote, never that one failed.
    """
    if outcome.fault:
        return OWN_WORDS + NOTES[outcome.fault]
    if outcome.answer.written_by and mark:
        return f"Written by {outcome.answer.written_by}, checked against the quotes."
    return ""
