"""Articles, passages, answers and libraries made by hand, for all tests."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from index.answers.candidates import Candidate, sentence_texts
from index.answers.question import Question
from index.library import Library
from index.model import (
    PUBLIC,
    Answer,
    AnswerSentence,
    Article,
    Certainty,
    Citation,
    Document,
    Hit,
    Missing,
    Passage,
    Space,
    Span,
)
from index.search.bm25 import analyze, field_of
from index.store.catalog import Catalog
from index.store.connections import make_folder
from index.store.database import DATABASE
from index.text import passages, sentences
from tests.fake_models import HashingEmbedder

SEED = Path(__file__).parents[1] / "seeds" / "000_32a433d7d855f8fc.txt"
SEED_TITLE = "Unsettling Clarity in Trump's Ukraine Strategy Raises Concerns Among Allies"
HARBOUR = (
    "The harbour of Lindholm reopened on Monday after 14 months of repairs that cost 23 million "
    "euros. Mayor Ilse Berg praised the divers, who cleared 310 tonnes of debris from the basin. "
    "Shipping company Norvik said it would return with two ferries in May. Union leader Tomas Hale "
    "warned that the new cranes would cost 60 jobs. Berg said no jobs would be lost. The city did "
    "not say when the second quay will open."
)
CLINIC = (
    "Health Secretary Nadia Petrov said on Tuesday that hospitals had treated 1,250 patients for "
    "the fever since March, up from 900 a month earlier. Doctor Samuel Okafor of the Western "
    "Clinic disagreed with her figures and put the number at more than 2,000. No deaths have been "
    "reported. Petrov rejected calls for a travel ban, saying it would do more harm than good. "
    "Schools in Westbay will stay open, while those in Eastport closed on 3 April. The vaccine is "
    "not yet approved for children under 12."
)
ARTICLES = {
    "seed": (SEED_TITLE, SEED.read_text(encoding="utf-8")),
    "harbour": ("Harbour of Lindholm reopens", HARBOUR),
    "clinic": ("Fever spreads along the coast", CLINIC),
}
"""Title and text by name: the seed article and two with numbers and names."""

EMBEDDER = HashingEmbedder()
ONE, TWO = Space("1001"), Space("1002")
"""Of two servers."""


def document(title: str = "Harbour opens", text: str | None = None, **more: str) -> Document:
    """Return a document of two sentences, which differ for each title."""
    words = "" if title == "Harbour opens" else f" for {title}"
    made = f"The harbour opened on Monday. Mayor Lind cut the ribbon{words}."
    return Document(title=title, text=made if text is None else text, **more)


def long_document(title: str, sentences: int, subject: str = "barge") -> Document:
    """Return a document of many different sentences, a dozen words each."""
    text = " ".join(
        f"The {subject} number {n} left {f'quay {n % 7}' if n else title} at dawn with a load of"
        f" timber {n}."
        for n in range(sentences)
    )
    return Document(title=title, text=text)


@functools.cache
def _empty_database() -> bytes:
    with TemporaryDirectory() as folder:
        Catalog(Path(folder) / DATABASE).close()
        return (Path(folder) / DATABASE).read_bytes()


def new_database(folder: Path) -> Path:
    """Put a copy of an empty database into a folder that has none: making one takes 50 ms."""
    make_folder(folder)
    file = folder / DATABASE
    if not file.exists():
        file.write_bytes(_empty_database())
    return file


def open_library(folder: Path, *, chroma: bool = False, **more: Any) -> Library:
    """Open a library with the toy embedder."""
    if not more.get("database_url"):
        new_database(folder)
    return Library.open(folder, HashingEmbedder(), chroma=chroma, **more)


def article(id: str = "a1", title: str = "Title", **changes: Any) -> Article:
    """Return an article of one passage in public, without source and date."""
    fields = {
        "space": PUBLIC, "version": "1", "source": None, "published": None, "author": None,
        "language": "en", "origin": None, "added": "2026-01-01T00:00:00+00:00", "words": 1,
        "passages": 1,
    } | changes  # fmt: skip
    return Article(id=id, title=title, **fields)


def hit(
    text: str = "It rained.", *, of: Article | None = None, start: int = 0, score: float = 1.0
) -> Hit:
    """Return a passage, cut into sentences, that starts at `start` of its article."""
    spans = (
        Span(s.start + start, s.end + start)
        for s in sentences.sentences(text, title="", language="en")
    )
    passage = Passage(0, Span(start, start + len(text)), tuple(spans))
    return Hit(of or article(), passage, text, score, dense=0.5, bm25=1.0)


def text_of(name: str) -> str:
    """Return the whole text of one of ARTICLES."""
    return ARTICLES[name][1]


def hits_of(name: str) -> list[Hit]:
    """Return the passages of one of ARTICLES, as the index cuts them."""
    title, text = ARTICLES[name]
    return list(hits(replace(article(name, title), source=f"https://news.example/{name}"), text))


def hits(of: Article, text: str) -> Iterator[Hit]:
    """Yield the passages of a text, as the index cuts them."""
    spans = sentences.sentences(text, title=of.title, language=of.language)
    for passage in passages.passages(text, spans):
        yield Hit(of, passage, passage.span.of(text), score=1.0, dense=0.5, bm25=1.0)


def citation(
    quote: str = "It rained.",
    *,
    number: int = 1,
    of: Article | None = None,
    start: int = 0,
    highlights: Sequence[Span] = (),
    also: Sequence[Article] = (),
) -> Citation:
    """Return a quote that starts at `start` of its article."""
    span = Span(start, start + len(quote))
    return Citation(number, of or article(), span, quote, tuple(highlights), tuple(also))


def answer(*cited: Citation, question: str = "Why?", **changes: Any) -> Answer:
    """Return an answer whose sentences are the quotes; without one, a refusal."""
    fields = {
        "certainty": Certainty.SURE if cited else Certainty.NONE,
        "sentences": tuple(AnswerSentence(one.quote, (one.number,)) for one in cited),
        "citations": cited,
        "hits": (),
        "confidence": 0.9 if cited else 0.1,
    } | changes
    return Answer(question, **fields)


def refusal(*hits: Hit, missing: Missing | None = None, **changes: Any) -> Answer:
    """Return an answer that says nothing, with the passages that came closest."""
    return answer(hits=hits, missing=missing or Missing(), **changes)


def question(
    text: str, weights: Mapping[str, float] | None = None, names: Sequence[str] = ()
) -> Question:
    """Return a question whose words all weigh the same, unless given otherwise."""
    terms = analyze(text, field_of("en"))
    by_term = dict.fromkeys(terms, 1.0)
    for word, weight in (weights or {}).items():
        by_term |= dict.fromkeys(analyze(word, field_of("en")), weight)
    return Question(text, EMBEDDER.embed([text])[0], {"en": by_term}, names)


def candidates(text: str, *, scores: Iterable[float], good_enough: float = 99.0) -> list[Candidate]:
    """Return the sentences of one passage with these scores, best first."""
    one = hit(text)
    found = [
        Candidate(one, index, sentence, float(score), good_enough=score >= good_enough)
        for index, (sentence, score) in enumerate(zip(sentence_texts(one), scores, strict=False))
    ]
    return sorted(found, key=lambda c: -c.score)
