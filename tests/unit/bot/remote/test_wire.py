from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering import Inquiry
from bot.remote import wire
from bot.remote.wire import Result
from index.errors import UnknownArticle
from index.followups.turns import Turn
from index.model import PUBLIC, Document, Form, Space, Thresholds
from tests import strategies
from tests.builders import answer, article, citation, hit
from tests.properties import examples

words = strategies.texts(3)
maybe = st.none() | words
inquiries = st.builds(
    Inquiry,
    question=words,
    spaces=st.sampled_from([(PUBLIC,), (Space("42"), PUBLIC)]),
    article=maybe,
    turns=st.lists(st.builds(Turn, words, maybe, maybe), max_size=3).map(tuple),
    thresholds=st.none() | st.builds(Thresholds, st.floats(0, 1), st.floats(0, 1)),
    documents=st.lists(st.builds(Document, words, words, source=maybe), max_size=2).map(tuple),
    about=words,
    whole=maybe,
)


def sent(text):
    """What is read of a text that went through the queue."""
    assert text.isascii()
    assert "\0" not in text
    return text


@given(inquiries)
def test_a_question_arrives_as_it_was_sent(inquiry):
    assert wire.inquiry(sent(wire.dump(inquiry))) == inquiry


@examples(20)
@given(
    strategies.answers(),
    st.floats(0, 1),
    st.dictionaries(words, st.floats(0, 1e9), max_size=3),
    st.sampled_from(Form),
    st.booleans(),
)
def test_an_answer_arrives_as_it_was_sent(found, confidence, timings, form, flag):
    found = replace(
        found,
        confidence=confidence,
        timings_ms=timings,
        corpus="7",
        no_articles=flag,
        perhaps_there=not flag,
        within="abc",
        form=form,
        note="3 articles",
    )
    arrived = wire.result(sent(wire.dump(Result(found)))).unwrap()
    assert arrived == found
    assert type(arrived.certainty) is type(found.certainty)
    assert type(arrived.form) is type(found.form)
    assert {type(c) for c in arrived.citations} == {type(c) for c in found.citations}


def test_numbers_of_numpy_arrive_as_the_same_numbers():
    found = answer(
        citation(), hits=(hit(score=np.float32(0.1)),), confidence=np.float64(0.3), corpus="7"
    )
    arrived = wire.result(wire.dump(Result(found))).unwrap()
    assert arrived == found


def test_what_a_library_answers_arrives(library):
    library.ingest([Document("Harbour", "The harbour opened on Monday. Lind cut the ribbon.")])
    for question in ("Who cut the ribbon?", "Who is Okafor?", "How many articles are there?"):
        found = library.ask(question)
        assert wire.result(wire.dump(Result(found))).unwrap() == found


def test_an_unknown_article_arrives_with_what_is_near():
    error = UnknownArticle("Harbor", [article("a1", "Harbour")])
    with pytest.raises(UnknownArticle) as caught:
        wire.result(wire.dump(Result.of_error(error))).unwrap()
    assert (caught.value.article_id, caught.value.near) == ("Harbor", (error.near[0],))
