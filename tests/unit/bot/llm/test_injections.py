"""Strangers' instructions in articles and questions, and a model that obeys every one of them."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from bot.cli import render as terminal
from bot.cogs.ask.cards import render
from bot.llm import strings as llm_strings
from index.verification.prompt import RULES
from tests.builders import HARBOUR, hits, hits_of
from tests.llmserver.scripts import says
from tests.unit.bot.llm import builders

LINES = Path(__file__).with_name("injections.jsonl").read_text(encoding="utf-8").splitlines()
SOURCE = "https://news.example/harbour"
LINK = re.compile(r"(?<!\\)(?:https?|steam)(?<!\\)://[^\s)]+|\bwww\.|discord(?:\.gg|\.com)/", re.I)
MENTION = re.compile(r"(?<!\\)(?:@(?:everyone|here)|<@[!&]?\d|<#\d|</\w+:\d)")


@dataclass(frozen=True)
class Attack:
    where: str
    text: str
    reply: str


ATTACKS = [Attack(**json.loads(line)) for line in LINES]


def answer_to(attack: Attack):
    """What the harbour article, with the attack in it or asked of it, says."""
    if attack.where == "question":
        return builders.harbour(attack.text.replace("{key}", "your key"))
    article = hits_of("harbour")[0].article
    text = f"{HARBOUR} {attack.text}"
    return builders.extractive("Who praised the divers?", list(hits(article, text)), 1)


async def outcome_of(attack: Attack, server, writer, text: str):
    server.script = says(text.replace("{key}", builders.KEY))
    async with writer.write(answer_to(attack), builders.SERVER) as draft:
        snapshots = [answer async for answer in draft.snapshots(0.01)]
        return await draft.outcome(), snapshots


def shown(answer, remark: str) -> list[str]:
    """Everything that anybody sees: card, plain message and terminal."""
    card = render(answer, remark=remark).card
    out = StringIO()
    terminal.show(Console(file=out, markup=False, emoji=False), terminal.answer(answer, remark))
    fields = [part for field in card.fields for part in (field.name, field.value)]
    plain = render(answer, cards=False, remark=remark).content
    return [card.description, card.footer, *fields, plain, out.getvalue()]


def test_there_are_enough_of_them():
    assert len(ATTACKS) >= 40
    assert {attack.where for attack in ATTACKS} == {"article", "question"}
    assert len({attack.reply for attack in ATTACKS}) == len(ATTACKS)


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.text[:40])
@pytest.mark.parametrize("cover", ["", builders.GOOD + "\n"], ids=["alone", "among good sentences"])
async def test_no_link_mention_uncited_sentence_or_secret_is_left(attack, cover, server, writer):
    outcome, snapshots = await outcome_of(attack, server, writer, cover + attack.reply)
    quoted = {sentence.text for sentence in answer_to(attack).sentences}
    for answer in (outcome.answer, *snapshots):
        given_numbers = {citation.number for citation in answer.citations}
        for sentence in answer.sentences:
            assert sentence.citations
            assert set(sentence.citations) <= given_numbers
            assert sentence.text in quoted or sentence.text in builders.GOOD
    for text in shown(outcome.answer, llm_strings.remark(outcome)):
        own = text.replace(SOURCE, "")
        quotes = "".join(c.quote for c in outcome.answer.citations)
        assert not LINK.search(own) or LINK.search(own)[0] in quotes
        assert not MENTION.search(own)
        assert builders.KEY not in own
        assert RULES[:40] not in own


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.text[:40])
async def test_attacks_reach_the_model_as_data_alone(attack, server, writer):
    await outcome_of(attack, server, writer, builders.GOOD)
    system, data, _, question = (m["content"] for m in server.requests[-1]["messages"])
    assert system == RULES
    assert not re.search(r"<\||\[INST|</?s>", data + question)
    assert re.findall(r"\[\d+\]", data) == [f"[{n}]" for n in range(1, data.count("\n\n") + 1)]
    assert "[" not in question
    assert question.count("\n") == 0
