"""Answers of the articles, and writers that put them in other words."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace

from pydantic import SecretStr

from bot.llm.client import OpenAIModel
from bot.llm.writer import Breaker, Writer
from bot.settings import LanguageModelSettings
from index.answers.candidates import sentence_texts
from index.model import Answer, Certainty, Citation, Hit, Space
from index.store.usage import Tokens
from index.verification.verifier import Verifier
from tests.builders import answer, hits_of
from tests.fake_models import OverlapReader

KEY = "sk-canary-7f3a9b2c4d"
MODEL = "tiny-model"
SERVER = Space("42")
TIMEOUT_SECONDS = 1.0

GOOD = (
    "Mayor Ilse Berg praised the divers. [1]\n"
    "They cleared 310 tonnes of debris from the basin. [1]\n"
    "Norvik said it would return with two ferries in May. [1]"
)


def harbour(question: str = "Who praised the divers?", sentence: int = 1) -> Answer:
    """What the articles say to a question: one sentence of the harbour article."""
    return extractive(question, hits_of("harbour"), sentence)


def extractive(question: str, hits: Sequence[Hit], sentence: int) -> Answer:
    """An answer that quotes a sentence of the first passage."""
    hit = hits[0]
    text = sentence_texts(hit)[sentence]
    citation = Citation(1, hit.article, hit.passage.sentences[sentence], text)
    return answer(citation, question=question, hits=tuple(hits), corpus="state-1")


def refused() -> Answer:
    """A question that the articles do not answer."""
    return replace(harbour(), certainty=Certainty.NONE, sentences=(), citations=())


def settings(url: str, timeout_seconds: float = TIMEOUT_SECONDS) -> LanguageModelSettings:
    """A model at a server, with the canary for a key."""
    return LanguageModelSettings(url, MODEL, SecretStr(KEY), timeout_seconds)


def writer(
    url: str,
    counts: Tokens,
    *,
    timeout_seconds: float = TIMEOUT_SECONDS,
    breaker: Breaker | None = None,
) -> Writer:
    """A writer with the toy reader."""
    return Writer(
        OpenAIModel(settings(url, timeout_seconds)),
        Verifier(OverlapReader()),
        counts,
        asyncio.to_thread,
        timeout_seconds=timeout_seconds,
        breaker=breaker,
    )
