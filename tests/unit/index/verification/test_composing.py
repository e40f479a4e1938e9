from index.verification.composing import Composition, Removed
from index.verification.parsing import WrittenSentence as Said
from index.verification.prompt import sources_of
from index.verification.verifier import Reason, Verifier
from tests.builders import text_of
from tests.fake_models import OverlapReader
from tests.unit.bot.llm.builders import harbour

PRAISE = Said("Mayor Ilse Berg praised the divers.", (1,))
FERRIES = Said("Norvik said it would return with two ferries in May.", (1,))


def composed(*drafts: Said):
    answer = harbour()
    composition = Composition(answer, sources_of(answer), Verifier(OverlapReader()), "tiny")
    for draft in drafts:
        composition.add(draft)
    return composition.result()


def test_sentences_are_cited_by_exact_quotes_each_numbered_once():
    written = composed(PRAISE, FERRIES, Said("Ilse Berg is the mayor.", (1,)))
    assert written.holds
    assert [s.citations for s in written.answer.sentences] == [(1,), (2,), (1,)]
    assert [c.number for c in written.answer.citations] == [1, 2]
    for citation in written.answer.citations:
        assert citation.span.of(text_of("harbour")) == citation.quote


def test_a_quote_stands_where_a_sentence_on_the_answer_is_not_borne():
    false = Said("Mayor Ilse Berg praised the 20 divers.", (1,))
    written = composed(FERRIES, false, Said("Norvik will return with 7 ferries.", (1,)))
    assert [(r.reason, r.quoted) for r in written.removed] == [
        (Reason.NUMBER, True), (Reason.NUMBER, False),
    ]  # fmt: skip
    assert written.answer.sentences[1].text == harbour().sentences[0].text
    assert not written.holds


def test_numbers_that_were_not_given_are_dropped():
    written = composed(Said(PRAISE.text, (1, 9)), Said(FERRIES.text, (7,)))
    assert [s.citations for s in written.answer.sentences] == [(1,)]
    assert written.removed == (Removed(FERRIES.text, Reason.UNCITED),)
    assert written.holds  # half is enough


def test_a_sentence_without_a_number_or_with_a_link_is_left_out():
    written = composed(Said(PRAISE.text, ()), Said(f"{FERRIES.text} norvik.example", (1,)))
    assert [removed.reason for removed in written.removed] == [Reason.UNCITED, Reason.LINK]
    assert not written.answer.sentences
    assert not written.holds


def test_what_is_said_twice_is_shown_once():
    assert len(composed(PRAISE, PRAISE).answer.sentences) == 1


def test_a_pronoun_is_checked_as_whom_the_sentence_before_it_means():
    hale = Said("Tomas Hale warned that the new cranes would cost 60 jobs.", (1,))
    lost = Said("He said that no jobs would be lost.", (1,))
    berg = Said("She said that no jobs would be lost.", (1,))
    assert [r.reason for r in composed(hale, lost).removed] == [Reason.ROLE]
    assert composed(PRAISE, berg).removed == ()


def test_a_pronoun_behind_a_sentence_that_was_removed_means_nobody():
    bad = Said("Norvik ordered 7 ferries for Anna Lind.", (1,))
    written = composed(bad, Said("She praised the divers.", (1,)))
    assert written.removed[-1].reason is Reason.PRONOUN
    assert composed(Said("They cleared 310 tonnes of debris.", (1,))).answer.sentences == ()
