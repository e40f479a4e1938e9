"""Question sets made by hand, in SQuAD's format."""

from __future__ import annotations

import json
from itertools import count, islice
from pathlib import Path
from typing import Any

from index.lab.evaluation.data import GoldQuestion, Part, Topic, of_part

TOWN = {
    "The pier burned in 1901. It was rebuilt in stone.": [
        ("When did the pier burn?", "1901"),
        ("What was the pier rebuilt in?", "stone"),
        ("When did the pier sink?", ""),
    ],
    "The mill grinds rye and wheat. Its wheel is new.": [
        ("What does the mill grind?", "rye"),
        ("Who grinds the mill's barley?", ""),
    ],
    "The ferry crosses the sound at noon. Children ride free.": [
        ("When does the ferry cross the sound?", "noon")
    ],
}
"""Paragraphs with their questions and answers; "" where there is none."""

SKY = {
    "The comet returns every seventy years. Astronomers wait for it.": [
        ("How often does the comet return?", "every seventy years")
    ],
    "The telescope stands on a hill. It sees far.": [
        ("Where does the telescope stand?", "on a hill")
    ],
}


def title_of(part: Part, n: int = 0) -> str:
    """The n-th made-up title whose questions belong to a part."""
    names = (f"Title {number}" for number in count())
    return next(islice((name for name in names if _part_of(name) == part), n, None))


def entry(title: str, paragraphs: dict[str, list[tuple[str, str]]]) -> dict[str, Any]:
    """One topic."""
    return {
        "title": title.replace(" ", "_"),
        "paragraphs": [
            {"context": context, "qas": [_question(context, *one) for one in questions]}
            for context, questions in paragraphs.items()
        ],
    }


def write(folder: Path, name: str, *entries: dict[str, Any]) -> Path:
    """A file of topics."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.json"
    path.write_text(json.dumps({"version": "v2.0", "data": entries}), encoding="utf-8")
    return path


def write_sets(folder: Path) -> Path:
    """Two small files, all of whose questions are in the dev part."""
    write(folder, "sky", entry(title_of("dev", 1), SKY))
    write(folder, "town", entry(title_of("dev"), TOWN))
    return folder


def _question(context: str, question: str, answer: str) -> dict[str, Any]:
    answers = [{"text": answer, "answer_start": context.index(answer)}] if answer else []
    return {"id": question, "question": question, "answers": answers, "is_impossible": not answers}


def _part_of(title: str) -> Part:
    topic = Topic(title, (), (GoldQuestion("?", f"{title}/0", ()),))
    parts: tuple[Part, ...] = ("train", "tune", "dev")
    return next(part for part in parts if of_part([topic], part))
