"""Follow-ups on six made-up articles with the real models, written before any was asked.

`articles` holds the articles, `dialogues.jsonl` a question, the follow-up to it, and how a right
answer begins; none where a refusal is right. Three faults of code that they showed were mended, so
they are a floor, and no measure of what is new.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.followups.asking import Conversation
from index.followups.turns import Turn
from index.ingest import files
from index.library import Library
from index.model import PUBLIC, Answer, Certainty

HERE = Path(__file__).parent
DIALOGUES = [json.loads(line) for line in (HERE / "dialogues.jsonl").read_text().splitlines()]
RIGHT, WRONG, SURELY_WRONG = 0.8, 0.08, 0.05


@pytest.fixture(scope="module")
def library(tmp_path_factory, embedder, reader) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("data")
    with Library.open(folder, embedder, reader, chroma=False) as library:
        library.ingest(files(sorted((HERE / "articles").glob("*.txt"))))
        yield library


def ask(library: Library, question: str, turns: list[Turn]) -> Answer:
    return Conversation(library, (PUBLIC,), None, turns).ask(question, None)


@pytest.mark.model
def test_follow_ups_are_answered_from_the_article_that_is_talked_of(library):
    refused, wrong, surely = [], [], 0
    for dialogue in DIALOGUES:
        turns: list[Turn] = []
        for earlier in dialogue["before"]:
            said = ask(library, earlier, turns)
            text = said.text if said.answered else None
            turns.append(Turn(said.read_as, text, said.first_article))
        answer, right = ask(library, dialogue["question"], turns), dialogue["right"]
        if not (any(s in answer.text for s in right) if right else not answer.answered):
            sure = f"{answer.certainty.name} {answer.confidence:.2f}"
            told = f"{dialogue['question']}  ->  {answer.rewritten}  ->  {sure} {answer.text}"
            (wrong if answer.answered else refused).append(told)
            surely += answer.certainty is Certainty.SURE
    assert 1 - len(refused + wrong) / len(DIALOGUES) >= RIGHT, "\n".join([*wrong, *refused])
    assert len(wrong) / len(DIALOGUES) <= WRONG, "\n".join(wrong)
    assert surely / len(DIALOGUES) <= SURELY_WRONG, "\n".join(wrong)
