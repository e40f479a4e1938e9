import pytest

from index.answers.candidates import MAX_SENTENCES, Candidate, sentence_texts
from index.answers.citing import cite
from index.answers.introducing import introduced, is_anothers
from index.model import Document, Hit
from tests.builders import hit, open_library

NAMED = "Mayor Lind of Orm opened the bridge with a long speech in front of the old town hall."


@pytest.fixture
def introduce(tmp_path):
    """Return a function: the sentences quoted for the last sentence of a text, and the quotes."""

    def of(text, *places, question=""):
        with open_library(tmp_path) as library:
            (added,) = library.ingest([Document(title="Bridge", text=text)]).added
            with library._catalog.snapshot() as snapshot:
                hits = [
                    Hit(added.article, passage, passage.span.of(text), 1.0, 0.5, 1.0)
                    for passage in snapshot.passages(added.article)
                ]
                candidates = [
                    Candidate(h, n, t, 1.0) for h in hits for n, t in enumerate(sentence_texts(h))
                ]
                wanted = [candidates[place] for place in places or (-1,)]
                chosen = introduced(snapshot, wanted, question)
        return chosen, cite(chosen).citations

    return of


def test_the_sentence_that_names_is_in_the_quote(introduce):
    chosen, (citation,) = introduce(f"The sun shone. {NAMED} She thanked the builders.")
    assert [c.text for c in chosen] == ["She thanked the builders.", NAMED]
    assert citation.quote == f"{NAMED} She thanked the builders."


def test_two_sentences_back_where_the_first_does_not_name(introduce):
    text = f"The sun shone. {NAMED} She thanked the builders. She wept."
    _, (citation,) = introduce(text)
    assert citation.quote == f"{NAMED} She thanked the builders. She wept."


def test_it_may_stand_in_the_passage_before(introduce):
    filling = " ".join(f"Speaker number {n} praised the view from the bridge." for n in range(12))
    text = f"{filling}\n\n{NAMED}\n\nShe thanked the builders. " + filling.replace("view", "work")
    passage_starts = 13
    chosen, (citation,) = introduce(text, passage_starts)
    assert [c.text for c in chosen] == ["She thanked the builders.", NAMED]
    assert chosen[0].hit.passage.n == chosen[1].hit.passage.n + 1
    assert citation.quote == f"{NAMED}\n\nShe thanked the builders."
    assert citation.quote == citation.span.of(text)


def test_the_first_sentence_has_none_before(introduce):
    chosen, _ = introduce("She thanked the builders.")
    assert len(chosen) == 1


def test_sentences_before_that_do_not_tell_who_are_left_out(introduce):
    """ "What does her coach say?" was answered with two sentences on "her" before his."""
    text = f"{NAMED} She came early. The 51-year-old was ill. Her doctor, Ina Groh, said so."
    chosen, _ = introduce(text)
    assert [c.text for c in chosen] == ["Her doctor, Ina Groh, said so."]


def test_never_more_than_three_and_none_twice(introduce):
    text = f"{NAMED} She thanked the builders. She wept. She left. She slept."
    chosen, citations = introduce(text, 1, 2, 4)
    assert len(chosen) == MAX_SENTENCES
    assert len({c.span for c in chosen}) == MAX_SENTENCES
    assert citations[0].quote.startswith(NAMED)


def test_a_further_sentence_is_left_out_where_who_is_meant_has_no_room(introduce):
    """ "He rejected calls for his resignation" stood alone as the third of an answer."""
    text = f"Rain fell. Snow lay on the bridge. {NAMED} She refused to leave."
    assert [c.text for c in introduce(text, 0, 1, 3)[0]] == [
        "Rain fell.",
        "Snow lay on the bridge.",
    ]


def test_a_further_sentence_is_left_out_where_it_needs_one_that_is_not_there(introduce):
    """How the council pays was told with the opposition leader's view of it, in two sentences."""
    text = f"Parking will cost more. Rain fell. {NAMED} She warned of floods. She wept."
    assert [c.text for c in introduce(text, 0, 3)[0]] == ["Parking will cost more."]
    assert len(introduce(text, 2, 3)[0]) == len(("She named", "She warned"))


@pytest.mark.parametrize(
    ("before", "question", "alone"),
    [
        ("The owner, Graham Orth, was not tried.", "What did Graham Orth promise?", True),
        ("Captain Ines Orth, 41, ran on Monday.", "what is orth's plan", True),
        ('"I bring the post to Orm," said Orth, who wept.', "What will Orth do with it?", True),
        ("There is no danger, according to Colonel Ines Orth.", "what did orth taste", True),
        ("Captain Ines Orth met Ada Lind.", "What did Orth promise?", False),
        ("The mayor praised Graham Orth.", "What did Orth promise?", False),
        ("Captain Ines Orth ran.", "What did the captain promise?", False),
        ("The harbour was closed.", "What did the harbour promise?", False),
    ],
)
def test_whom_the_question_names_need_not_be_named_again(introduce, before, question, alone):
    """ "What is Tully doing with her prize?" was answered with two sentences before the roof."""
    chosen, _ = introduce(f"{before} She wept. She promised a new roof.", question=question)
    assert (len(chosen) == 1) is alone


def test_what_it_is_has_to_be_told_though_the_question_names_somebody(introduce):
    text = "Ada Lind opened the bridge. It cost 3 million."
    assert len(introduce(text, question="What did Ada Lind open?")[0]) == len(("Ada", "It"))


def test_what_is_denied_is_in_the_quote(introduce):
    text = "The sun shone. The bridge, says Lind, was never checked. Builder Ina Groh denied that."
    _, (citation,) = introduce(text)
    assert citation.quote == text.removeprefix("The sun shone. ")


SAND = "Sand of Ceres Robotic said it was a good day. He said his firm's lander would fly in 2028."


@pytest.mark.parametrize(
    ("question", "wrong"),
    [
        ("When will the lander of Tarn Satellites fly?", True),
        ("When will Tarn Satellites' lander fly?", True),
        ("When will Lind's new lander fly?", True),
        ("When will the lander of Ceres Robotic fly?", False),
        ("When will the lander fly?", False),
        ("When will the rocket of Tarn fly?", False),
    ],
)
def test_his_is_not_anothers(question, wrong):
    of = hit(SAND)
    told = [Candidate(of, n, text, 1.0) for n, text in enumerate(sentence_texts(of))]
    assert is_anothers(question, told[1], told) is wrong


VOSS = "Ada Voss sued the city of Orm. She has three children, and her lawyer is Felix Groh."


@pytest.mark.parametrize(
    ("question", "wrong"),
    [
        ("How many children does Mont Figg have?", True),
        ("Who represents Max Thom?", True),
        ("And who represents Max Thom?", True),
        ("How many children does Ada have?", False),
        ("Who represents Voss?", False),
        ("Who is Felix Groh?", False),
        ("Who has three children?", False),
    ],
)
def test_she_is_not_anyone_else(question, wrong):
    of = hit(VOSS)
    told = [Candidate(of, n, text, 1.0) for n, text in enumerate(sentence_texts(of))]
    assert is_anothers(question, told[1], told) is wrong
