from dataclasses import replace

from index.answers.candidates import Candidate
from index.answers.citing import cite
from index.model import Span
from tests.builders import article, hit

TEXT = "One came. Two came. Three came. Four came."


def pick(one_hit, *numbers, words=()):
    """Candidates by their place in the passage, in the order asked."""
    start = one_hit.passage.span.start
    texts = [one_hit.text[s.start - start : s.end - start] for s in one_hit.passage.sentences]
    return [Candidate(one_hit, n, texts[n], 1.0, words=words) for n in numbers]


def test_sentences_stand_in_reading_order_with_exact_quotes():
    cited = cite(pick(hit(TEXT, start=100), 3, 0))
    assert [s.text for s in cited.sentences] == ["One came.", "Four came."]
    assert [s.citations for s in cited.sentences] == [(1,), (2,)]
    assert [c.quote for c in cited.citations] == ["One came.", "Four came."]
    assert cited.citations[0].span == Span(100, 109)


def test_neighbours_share_one_footnote():
    cited = cite(pick(hit(TEXT), 2, 1))
    assert [s.citations for s in cited.sentences] == [(1,), (1,)]
    assert [c.quote for c in cited.citations] == ["Two came. Three came."]


def test_undated_articles_stay_in_the_order_given_and_do_not_join():
    first, second = hit("One came.", of=article("a")), hit("Two came.", of=article("b"))
    cited = cite([*pick(second, 0), *pick(first, 0)])
    assert [c.article.id for c in cited.citations] == ["b", "a"]


def test_the_newest_article_is_cited_first():
    old = replace(article("old"), published="2024-05-01")
    new = replace(article("new"), published="2025-02-14T08:00:00")
    chosen = [
        *pick(hit("No date.", of=article("none")), 0),
        *pick(hit("Old news.", of=old), 0),
        *pick(hit("New news.", of=new), 0),
    ]
    assert [c.article.id for c in cite(chosen).citations] == ["new", "old", "none"]


def test_highlights_are_offsets_into_the_joined_quote():
    (citation,) = cite(pick(hit(TEXT, start=50), 1, 2, words=(Span(0, 3),))).citations
    assert [h.of(citation.quote) for h in citation.highlights] == ["Two", "Thr"]


def test_the_same_words_elsewhere_are_one_citation_with_all_sources():
    chosen = pick(hit("One came.", of=article("a")), 0)
    other = replace(article("b"), published="2025-01-01")
    copies = [hit("One came!", of=of) for of in (article("c"), other, other)]
    rest = [hit("One came not.", of=article("d")), chosen[0].hit]
    ranked = [one for found in (*copies, *rest) for one in pick(found, 0)]
    (citation,) = cite(chosen, ranked).citations
    assert [a.id for a in citation.also] == ["b", "c"]


def test_what_has_but_one_of_two_sentences_does_not_say_the_same():
    """The correction "closes in August" stood as "also in" behind "closes in June"."""
    said = hit("The pool closes in June. Some 400 people protested.", of=article("a"))
    other = hit("The pool closes in August. Some 400 people protested.", of=article("b"))
    same = hit("Some 400 people protested. The pool closes in June.", of=article("c"))
    ranked = [*pick(said, 0, 1), *pick(other, 0, 1), *pick(same, 0, 1)]
    (citation,) = cite(pick(said, 0, 1), ranked).citations
    assert [one.id for one in citation.also] == ["c"]
    (citation,) = cite(pick(said, 1), ranked).citations
    assert [one.id for one in citation.also] == ["b", "c"]
