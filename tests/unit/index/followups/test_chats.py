"""Whole conversations with the real models, of the kinds that were once rewritten badly.

"Why is the bridge every weekday closing?", "Can Sasse go to prison for this?" (of another senator),
"Who is Orlen Animal Shelter's owner?": each of `chats` is an article like those that were asked.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from index.followups.asking import Conversation
from index.followups.turns import Turn
from index.ingest import files
from index.library import Library
from index.model import PUBLIC

HERE = Path(__file__).parent
CLOSED = "The Halm bridge will be closed"
CABLES = "Workers will replace"
PRISON = "If she is convicted, Quill could go to prison"
CHARGED = "Two ambulance drivers were charged"
CHATS = {
    "weekday": [
        ("When will the Halm bridge be closed?", CLOSED),
        ("why every weekday?", CABLES),
        ("how long will it take?", "The work will take six weeks."),
    ],
    "closed": [("When will the Halm bridge be closed?", CLOSED), ("why is it closed?", CABLES)],
    "another senator": [
        ("What did Senator Bram Sorley say?", "Senator Bram Sorley"),
        ("What was Quill charged with?", "Senator Dara Quill was charged"),
        ("can she go to prison for this?", PRISON),
    ],
    "who called": [
        ("Who called on Quill to resign?", "Senator Bram Sorley"),
        ("can she go to prison for this?", PRISON),
    ],
    "owner": [
        ("Where was the parrot Coco found?", "DELM (VP)"),
        ("who is its owner?", "On Sunday the parrot will be handed to Karl Renn"),
        ("what does he say?", "Renn says his children"),
    ],
    "refused between": [
        ("Where was the parrot Coco found?", "DELM (VP)"),
        ("Who wrote the opera Carmen?", ""),
        ("where did they find it?", ""),
    ],
    "back to": [
        ("Where was the parrot Coco found?", "DELM (VP)"),
        ("When will the Halm bridge be closed?", CLOSED),
        (
            "back to the parrot: who is its owner?",
            "On Sunday the parrot will be handed to Karl Renn",
        ),
        ("about the bridge: why is it closed?", CABLES),
    ],
    "no reason": [
        ("Who was charged after the death of Edda Falk?", CHARGED),
        ("and why?", "Prosecutors said that Lena Moor"),
        ("how much did they pay?", ""),
    ],
    "several": [
        ("Who was charged after the death of Edda Falk?", CHARGED),
        ("what are they accused of?", CHARGED),
        ("who represents them?", "Ole Brun, who represents Moor"),
    ],
    "another firm": [("When will the bottling line of Zell Beer be ready?", "")],
}
"""A question after the other, and the words with which a quoted sentence begins; "" for none."""

GOOD = ("What does Karl Renn say?", "Why is the Halm bridge closed?")
"""Rewritings that say what is meant."""


@pytest.fixture(scope="module")
def library(tmp_path_factory, embedder, reader):
    with Library.open(tmp_path_factory.mktemp("data"), embedder, reader, chroma=False) as library:
        library.ingest(files(sorted((HERE / "chats").glob("*.md"))))
        yield library


@pytest.mark.model
@pytest.mark.parametrize("chat", CHATS.values(), ids=list(CHATS))
def test_a_chat_goes_on_and_shows_no_bad_rewriting(library, chat):
    turns: list[Turn] = []
    for question, right in chat:
        answer = Conversation(library, (PUBLIC,), None, turns).ask(question, None)
        quoted = [one.text for one in answer.sentences]
        assert any(text.startswith(right) for text in quoted) if right else not quoted, question
        assert answer.rewritten in (None, *GOOD)
        turns.append(Turn(answer.read_as, answer.text or None, answer.first_article))
