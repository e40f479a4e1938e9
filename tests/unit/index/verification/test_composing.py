from index.models.reader import OverlapReader
from index.verification.composing import Composition, Removed
from index.verification.parsing import Draft
from index.verification.prompt import sources_of
from index.verification.verifier import Reason, Verifier
from tests.unit.bot.llm.given import harbour
from tests.unit.index.verification.articles import text_of

PRAISE = Draft("Mayor Ilse Berg praised the divers.", (1,))
FERRIES = Draft("Norvik said it would return with two ferries in May.", (1,))


def composed(*drafts: Draft):
    answer = harbour()
    composition = Composition(answer, sources_of(answer), Verifier(OverlapReader()), "tiny")
    for draft in drafts:
        composition.add(draft)
    return composition.result()


def test_sentences_are_cited_by_exact_quotes_each_numbered_once():
    written = composed(PRAISE, FERRIES, Draft("Ilse Berg is the mayor.", (1,)))
    assert written.holds
    assert [s.citations for s in written.answer.sentences] == [(1,), (2,), (1,)]
    assert [c.number for c in written.answer.citations] == [1, 2]
    for citation in written.answer.citations:
        assert citation.span.of(text_of("harbour")) == citation.quote


def test_a_quote_stands_where_a_sentence_on_the_answer_is_not_borne():
    false = Draft("Mayor Ilse Berg praised the 20 divers.", (1,))
    written = composed(FERRIES, false, Draft("Norvik will return with 7 ferries.", (1,)))
    assert [(r.reason, r.quoted) for r in written.removed] == [
        (Reason.NUMBER, True), (Reason.NUMBER, False),
    ]  # fmt: skip
    assert written.answer.sentences[1].text == harbour().sentences[0].text
    assert not written.holds


def test_numbers_that_were_not_given_are_dropped_by_name():
    written = composed(Draft(PRAISE.text, (1, 9)), Draft(FERRIES.text, (7,)))
    assert written.unknown == (9, 7)
    assert written.removed == (Removed(FERRIES.text, Reason.UNCITED),)
    assert written.holds  # half is enough


def test_a_sentence_without_a_number_or_with_a_link_is_left_out():
    written = composed(Draft(PRAISE.text, ()), Draft(f"{FERRIES.text} norvik.example", (1,)))
    assert [removed.reason for removed in written.removed] == [Reason.UNCITED, Reason.LINK]
    assert not written.answer.sentences
    assert not written.holds


def test_what_is_said_twice_is_shown_once():
    assert len(composed(PRAISE, PRAISE).answer.sentences) == 1


def test_a_pronoun_is_checked_as_whom_the_sentence_before_it_means():
    hale = Draft("Tomas Hale warned that the new cranes would cost 60 jobs.", (1,))
    lost = Draft("He said that no jobs would be lost.", (1,))
    berg = Draft("She said that no jobs would be lost.", (1,))
    assert [r.reason for r in composed(hale, lost).removed] == [Reason.ROLE]
    assert composed(PRAISE, berg).removed == ()


def test_a_pronoun_behind_a_sentence_that_was_removed_means_nobody():
    bad = Draft("Norvik ordered 7 ferries for Anna Lind.", (1,))
    written = composed(bad, Draft("She praised the divers.", (1,)))
    assert written.removed[-1].reason is Reason.PRONOUN
    assert composed(Draft("They cleared 310 tonnes of debris.", (1,))).answer.sentences == ()
