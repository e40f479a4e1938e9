from index.answering.citing import cite
from index.answering.reading import SentenceVectors
from index.answering.sentences import candidates
from index.model import Span
from tests.index.answering.builders import EMBEDDER, article, hit, question

TEXT = "One came. Two came. Three came. Four came."


def pick(one_hit, *numbers):
    """Candidates by their place in the passage, in the order asked."""
    by_index = {c.index: c for c in candidates(question("x"), [one_hit], SentenceVectors(EMBEDDER))}
    return [by_index[n] for n in numbers]


def nothing(_sentence, _language):
    return ()


def test_sentences_stand_in_reading_order_with_exact_quotes():
    cited = cite(pick(hit(TEXT, offset=100), 3, 0), nothing)
    assert [s.text for s in cited.sentences] == ["One came.", "Four came."]
    assert [s.citations for s in cited.sentences] == [(1,), (2,)]
    assert [c.quote for c in cited.citations] == ["One came.", "Four came."]
    assert cited.citations[0].span == Span(100, 109)


def test_neighbours_share_one_footnote():
    cited = cite(pick(hit(TEXT), 2, 1), nothing)
    assert [s.citations for s in cited.sentences] == [(1,), (1,)]
    assert [c.quote for c in cited.citations] == ["Two came. Three came."]


def test_neighbours_of_different_articles_do_not_join():
    first, second = hit("One came.", of=article("a")), hit("Two came.", of=article("b"))
    cited = cite([*pick(second, 0), *pick(first, 0)], nothing)
    assert [c.article.id for c in cited.citations] == ["b", "a"]


def test_highlights_are_offsets_into_the_joined_quote():
    cited = cite(pick(hit(TEXT, offset=50), 1, 2), lambda _s, _l: (Span(0, 3),))
    (citation,) = cited.citations
    assert [h.of(citation.quote) for h in citation.highlights] == ["Two", "Thr"]
