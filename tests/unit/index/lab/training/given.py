"""A made-up question set: towns whose paragraphs are alike, so that names and years mislead."""

from __future__ import annotations

import random

from index.lab.evaluation.data import Asked, Topic
from index.lab.training.examples import Example, Item, Paragraph, items
from index.model import Document, Span

_TEXT = (
    "{town} is a small port on the northern bank of the river. {founder} founded the first market "
    "in {year}. Before the long war the town exported {goods} to {rival}. "
    "The oldest bridge was built by {builder}."
)
_QUESTIONS = (
    ("Who founded the first market in {town}?", "{founder}"),
    ("When did {founder} found the market?", "{year}"),
    ("In {year}, who founded a market?", "{founder}"),
    ("What did {town} export before the war?", "{goods}"),
    ("Who built the oldest bridge in {town}?", "{builder}"),
    ("Where was {goods} exported to?", "{rival}"),
    ("Who founded the first museum in {town}?", None),
)
_TOWNS = (
    ("Arnsby", "Ilse Marten", "1412", "salt", "Norvik", "Otto Krane"),
    ("Norvik", "Bram Holl", "1530", "dried cod", "Arnsby", "Rita Sund"),
    ("Tolbeck", "Hedda Voss", "1377", "black tar", "Norvik", "Emil Dahl"),
    ("Wexmoor", "Colm Reddy", "1699", "rye", "Tolbeck", "Nora Finch"),
    ("Estrava", "Ines Prado", "1803", "cork", "Velim", "Paulo Reis"),
    ("Velim", "Jana Hruba", "1255", "glass beads", "Estrava", "Karel Zeman"),
)


def topics(*, adversarial: bool = True) -> list[Topic]:
    """Two topics of three paragraphs, six answerable questions each and one that is not."""
    return [
        _topic("Northern ports", _TOWNS[:4], adversarial),
        _topic("River towns", _TOWNS[4:], adversarial),
    ]


def topic_of(title: str, text: str, question: str, answer: str) -> Topic:
    """A topic of one paragraph and one question."""
    name = f"{title}/0"
    span = Span(text.index(answer), text.index(answer) + len(answer))
    paragraph = Document(title=title, text=text, origin=name)
    return Topic(title, (paragraph,), (Asked(question, name, (span,)),))


def all_items(*, adversarial: bool = True) -> list[Item]:
    """The set's questions."""
    return items(topics(adversarial=adversarial))


def item(text: str, question: str, *answers: str, title: str = "Title", topic: int = 0) -> Item:
    """A question on a paragraph; each answer is marked where it first stands."""
    spans = tuple(Span(text.index(a), text.index(a) + len(a)) for a in answers)
    return Item(question, f"{title}/0", Paragraph(title, text), spans, topic)


def example(passage: str, question: str, answer: str | None, heading: str = "Title") -> Example:
    """A question read with a passage."""
    start = passage.index(answer) if answer is not None else 0
    span = None if answer is None else Span(start, start + len(answer))
    return Example(question, heading, passage, span, "answerable")


def rng(seed: object = 1) -> random.Random:
    """A generator of its own."""
    return random.Random(str(seed))


def _topic(title: str, towns: tuple[tuple[str, ...], ...], adversarial: bool) -> Topic:
    paragraphs, questions = [], []
    for number, town in enumerate(towns):
        facts = dict(
            zip(("town", "founder", "year", "goods", "rival", "builder"), town, strict=True)
        )
        name, text = f"{title}/{number}", _TEXT.format(**facts)
        paragraphs.append(Document(title=title, text=text, origin=name))
        for question, answer in _QUESTIONS:
            if answer is None and not adversarial:
                continue
            words = (answer or "").format(**facts)
            spans = (Span(text.index(words), text.index(words) + len(words)),) if words else ()
            questions.append(Asked(question.format(**facts), name, spans))
    return Topic(title, tuple(paragraphs), tuple(questions))
