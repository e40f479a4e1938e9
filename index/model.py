"""The values that the index takes and returns; nothing here knows how they are stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, StrEnum, auto
from pathlib import PurePath
from typing import NewType

Space = NewType("Space", str)
"""A set of articles that a set of people may see: PUBLIC, or one per Discord server (its id)."""

PUBLIC = Space("public")


class Certainty(StrEnum):
    """How sure an answer is."""

    SURE = "sure"
    PERHAPS = "perhaps"
    NONE = "none"


class Form(StrEnum):
    """What kind of answer the sentences make."""

    QUOTES = "quotes"
    SUMMARY = "summary"
    """Of one article."""
    HEADLINES = "headlines"
    """One sentence of each article of a list."""
    FACTS = "facts"
    """What is known of articles, in words of our own; the footnotes name the articles."""


class Recalled(Enum):
    """What to repeat of an earlier answer: all, its speaker, its times, or what follows it.

    Of what is NAMED there need be nothing in it.
    """

    AGAIN = auto()
    NAMED = auto()
    WHO_SAID = auto()
    SINCE_WHEN = auto()
    UNTIL_WHEN = auto()
    FURTHER = auto()


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The lowest confidences (0 to 1) of a sure answer and of an unsure one.

    If `perhaps` is not below `sure`, no answer is unsure.
    """

    sure: float
    perhaps: float

    def certainty(self, confidence: float) -> Certainty:
        """Return how sure an answer of this confidence is."""
        if confidence >= self.sure:
            return Certainty.SURE
        return Certainty.PERHAPS if confidence >= self.perhaps else Certainty.NONE

    def unsure(self, confidence: float) -> float:
        """Lower a confidence to less than sure."""
        return min(confidence, UNSURE * self.sure)


UNSURE = 0.9
"""Of the threshold of being sure: what an answer has that another reason speaks against."""


THRESHOLDS = Thresholds(sure=0.45, perhaps=0.25)
"""On natural_news's tune part .45 loses none of the 92 right answers that .42 has, and .5 two,
with 4 of 24 near misses. Of 96 near misses to 37 articles of our own 11 are answered surely, 23 at
all."""

CLOSEST = 3
"""Articles that a refusal names."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Character offsets into an article's text, end exclusive."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the words that the span covers."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Tell whether two spans share a character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Document:
    """An article as a source gave it, before it is indexed.

    `source` is shown to readers (a link or a publisher); `origin` is where the text was read from
    (a path or a link), which identifies later versions of the same article.
    `published` is an ISO 8601 date or date and time; `language` an ISO 639-1 code.
    """

    title: str
    text: str
    source: str | None = None
    published: str | None = None
    author: str | None = None
    language: str = "en"
    origin: str | None = None

    @property
    def known_as(self) -> str:
        """Return the path or link it was read from, else its title."""
        return self.origin or self.title


@dataclass(frozen=True, slots=True)
class Article:
    """One indexed article at its current version (the hash of its content)."""

    id: str
    space: Space
    version: str
    title: str
    source: str | None
    published: str | None
    author: str | None
    language: str
    origin: str | None
    added: str
    words: int
    passages: int

    @property
    def source_or_file(self) -> str | None:
        """Return the source, else the name of the file that the article was read from."""
        if self.source or not self.origin or "://" in self.origin:
            return self.source
        return PurePath(self.origin).name

    def document(self, text: str) -> Document:
        """Return the document that the version with this text was made of."""
        return Document(
            self.title, text, self.source, self.published, self.author, self.language, self.origin
        )


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of sentences of one version: `span` in the article's text, `sentences` within it."""

    n: int
    span: Span
    sentences: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found for a question.

    `score` is the hybrid score (0 to 1, comparable within one question only); `dense` the cosine
    similarity; `bm25` the raw BM25 score, 0.0 where no word matched.
    """

    article: Article
    passage: Passage
    text: str
    score: float
    dense: float
    bm25: float


@dataclass(frozen=True, slots=True)
class Citation:
    """The exact words of an article behind a footnote.

    `quote` is the article's text between `span.start` and `span.end`; `highlights` are the words
    that answer, as offsets into `quote`, in order and disjoint. `also` are further articles that
    have the same words.
    """

    number: int
    article: Article
    span: Span
    quote: str
    highlights: tuple[Span, ...] = ()
    also: tuple[Article, ...] = ()


@dataclass(frozen=True, slots=True)
class AnswerSentence:
    """One sentence of an answer and the numbers of the citations that it rests on.

    `earlier` is True if a sentence before it, from a newer article, gives another value.
    """

    text: str
    citations: tuple[int, ...]
    earlier: bool = False


@dataclass(frozen=True, slots=True)
class Missing:
    """What a refusal can say about the question's names and subjects.

    `mentioned` are in the articles, `absent` are not; `silent` are people whose words the question
    asks for and whom the articles mention without quoting. All are in the question's own words,
    and empty if unknown.
    """

    mentioned: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer in the articles' words, or a refusal (`certainty` NONE, no sentences).

    Attributes:
        rewritten: The question as it was read, if that differs (a misspelt name).
        hits: The passages nearest to the question, best first.
        confidence: Calibrated probability (0 to 1) that the best sentence answers the question.
        nearest: If this is a refusal, the best sentence, where it has to do with the question.
        suggested: If none does, questions that the articles answer.
        timings_ms: How long each step took, by its name.
        corpus: Identifies the state of the articles that were asked.
        no_articles: Whether there were no articles to ask.
        perhaps_there: Whether a refusal's articles seem to be on the question's topic, so that an
            answer may be there that was not found.
        written_by: The language model that wrote the sentences, if one did.
        within: Id of the article, if a follow-up was asked of that one alone.
        note: What a list of headlines contains.
    """

    question: str
    certainty: Certainty
    sentences: tuple[AnswerSentence, ...]
    citations: tuple[Citation, ...]
    hits: tuple[Hit, ...]
    confidence: float
    rewritten: str | None = None
    missing: Missing = Missing()
    nearest: Citation | None = None
    suggested: tuple[str, ...] = ()
    timings_ms: Mapping[str, float] = field(default_factory=dict)
    corpus: str = ""
    no_articles: bool = False
    perhaps_there: bool = False
    written_by: str | None = None
    within: str | None = None
    form: Form = Form.QUOTES
    note: str = ""

    @property
    def answered(self) -> bool:
        """Whether there is an answer, sure or not."""
        return self.certainty is not Certainty.NONE

    @property
    def read_as(self) -> str:
        """Return the question as it was read."""
        return self.rewritten or self.question

    @property
    def leads(self) -> tuple[AnswerSentence, ...]:
        """Return the sentences that only tell who is meant in one behind them, of their quote."""
        answering = [
            (citation, one)
            for citation in self.citations
            for one in self.sentences
            if one.citations == (citation.number,) and _has_first_words(citation, one.text)
        ]
        return tuple(
            lead
            for citation, one in answering
            for lead in self.sentences
            if lead.citations == one.citations
            and -1 < citation.quote.find(lead.text) < citation.quote.find(one.text)
        )

    @property
    def first_article(self) -> str | None:
        """Return the id of the only article asked, else of the first that is quoted."""
        quoted = (citation.article.id for citation in self.citations)
        return self.within or next(quoted, None)

    @property
    def closest(self) -> tuple[Article, ...]:
        """Return the articles nearest to the question, best first."""
        near = (*(hit.article for hit in self.hits), *(c.article for c in self.citations))
        return tuple({article.id: article for article in near}.values())[:CLOSEST]

    @property
    def text(self) -> str:
        """Return the sentences in order, each with its footnote marks: `He left. [1]`."""
        return " ".join(
            f"{s.text} {''.join(f'[{n}]' for n in s.citations)}".rstrip() for s in self.sentences
        )


def _has_first_words(citation: Citation, text: str) -> bool:
    """Tell whether a sentence of a quote has the first of the words that answer."""
    at = citation.quote.find(text)
    is_there = at >= 0 and bool(citation.highlights)
    return is_there and at <= citation.highlights[0].start < at + len(text)


@dataclass(frozen=True, slots=True)
class Added:
    """What became of one document: `status` is "added", "replaced", "unchanged" or "duplicate".

    A "duplicate" has the same text as an article with another title or address; `copy` is its own
    title or address. `before` is the version that was replaced.
    """

    article: Article
    status: str
    before: Article | None = None
    copy: str = ""

    @property
    def indexed(self) -> bool:
        """Whether the article is new or has a new version."""
        return self.status in ("added", "replaced")


@dataclass(frozen=True, slots=True)
class Failed:
    """An input that could not be indexed; `reason` is shown to the user."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Report:
    """What an indexing run did. `seconds` is wall time from the first read to the last publish."""

    added: tuple[Added, ...]
    failed: tuple[Failed, ...]
    seconds: float

    @property
    def skipped(self) -> int:
        """Count the articles that were unchanged."""
        return sum(a.status == "unchanged" for a in self.added)

    @property
    def duplicates(self) -> int:
        """Count the inputs with the same text as an article that exists."""
        return sum(a.status == "duplicate" for a in self.added)

    @property
    def indexed(self) -> tuple[Article, ...]:
        """Return the articles that are new or have a new version."""
        return tuple(a.article for a in self.added if a.indexed)

    @property
    def passages(self) -> int:
        """Count the passages that were embedded."""
        return sum(a.passages for a in self.indexed)

    @property
    def passages_per_second(self) -> float:
        """Return passages embedded and published per second, 0.0 when nothing was new."""
        return self.passages / self.seconds if self.seconds > 0 else 0.0


@dataclass(frozen=True, slots=True)
class Health:
    """The state of one data folder.

    `vectors` and `words` describe the Chroma and the BM25 index in plain words; `problems` are
    pairs of what is wrong and how to repair it.
    """

    articles: int
    passages: int
    spaces: int
    embedder: str
    vectors: str
    words: str
    problems: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class IndexState:
    """How far the indexes are in step with the database.

    `chroma_behind` counts the passages that Chroma lacks; they are searched exactly meanwhile.
    """

    articles: int
    passages: int
    bm25_in_step: bool
    chroma_in_step: bool
    chroma_behind: int
