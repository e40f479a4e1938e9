"""A question as search and answering need it: its vector, its subject and their weights."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from index.models.embedder import Vectors
from index.search.bm25 import Bm25Index, analyze, field_of
from index.text import words


@dataclass(frozen=True, slots=True)
class Question:
    """`vector` is (dimension,); `terms` maps a language to {stem: weight (0 to 1)}.

    A stem's weight is its inverse document frequency, relative to that of a word which no passage
    has: 1.0 for unknown words, near 0 for words that most passages share. `earlier` are answers
    whose sentences must not be given again.
    """

    text: str
    vector: Vectors
    terms: Mapping[str, Mapping[str, float]]
    names: Sequence[str]
    earlier: Sequence[str] = ()

    def is_repeated(self, sentence: str) -> bool:
        """Tell whether an earlier answer had the sentence."""
        return any(sentence in answer for answer in self.earlier)

    def coverage(self, text: str, language: str) -> float:
        """Return which share (0 to 1, by weight) of the question's subject the text mentions."""
        terms = self.terms[language]
        whole = sum(terms.values())
        if not whole:
            return 0.0
        found = set(analyze(text, field_of(language)))
        return sum(weight for term, weight in terms.items() if term in found) / whole

    def names_covered(self, texts: Iterable[str], language: str) -> float:
        """Return the share (0 to 1) of the question's names and numbers that the texts mention."""
        field = field_of(language)
        wanted = {term for name in self.names for term in analyze(name, field)}
        if not wanted:
            return 1.0
        found = {term for text in texts for term in analyze(text, field)}
        return len(wanted & found) / len(wanted)


def weigh(text: str, vector: Vectors, bm25: Bm25Index, languages: Iterable[str]) -> Question:
    """Weigh the question's words by how rare they are in the index."""
    subject = " ".join(words.subject_words(text))
    terms = {
        language: {
            term: bm25.idf(term, field_of(language))
            for term in analyze(subject, field_of(language))
        }
        for language in languages
    }
    return Question(text, vector, terms, words.names(text))
