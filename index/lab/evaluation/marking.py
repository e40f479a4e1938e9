"""A question set of one's own: questions that were answered wrongly, with the right answer."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Any

FILE = Path("marked") / "marked.json"
"""In the data folder; its folder is one for `footnote evaluate`."""

_LINE = re.compile(r"\S[^\n]*")


def mark(file: Path, question: str, title: str, text: str, answer: str | None) -> int:
    """Add a question on an article and return how many there are; a question is there once.

    `answer` are words of the text, None where the article does not answer. All of the file belongs
    to the dev part: nothing is tuned on it. Raises ValueError if the text has no such words.
    """
    data = json.loads(file.read_text(encoding="utf-8"))["data"] if file.exists() else []
    topic = next((topic for topic in data if topic["title"] == title), None)
    if topic is None:
        topic = {"title": title, "part": "dev", "paragraphs": []}
        data.append(topic)
    contexts = [line[0].rstrip() for line in _LINE.finditer(text)]
    known = {paragraph["context"] for paragraph in topic["paragraphs"]}
    topic["paragraphs"] += [{"context": c, "qas": []} for c in contexts if c not in known]
    for paragraph in topic["paragraphs"]:
        paragraph["qas"] = [one for one in paragraph["qas"] if one["question"] != question]
    place = next((c for c in contexts if answer is None or answer in c), None)
    if place is None:
        raise ValueError(answer)
    paragraph = next(p for p in topic["paragraphs"] if p["context"] == place)
    paragraph["qas"].append(_question(question, place, answer))
    _write(file, data)
    return sum(len(p["qas"]) for topic in data for p in topic["paragraphs"])


def _question(question: str, context: str, answer: str | None) -> dict[str, Any]:
    found = [] if answer is None else [{"text": answer, "answer_start": context.index(answer)}]
    return {
        "id": hashlib.sha256(question.encode()).hexdigest()[:12],
        "question": question,
        "answers": found,
        "is_impossible": not found,
        "kind": "marked",
    }


def _write(file: Path, data: list[Any]) -> None:
    """Replace the file in one step."""
    file.parent.mkdir(parents=True, exist_ok=True)
    partial = file.with_suffix(".partial")
    partial.write_text(json.dumps({"data": data}, ensure_ascii=False, indent=1), encoding="utf-8")
    partial.replace(file)
