from collections.abc import Sequence

from index.answers.reader_scoring import MOST_READ, NEAR_FIRST, STEPS, ReaderJudge
from index.answers.scoring import SentenceVectors
from index.model import Hit, Span
from index.models.reader import Reader, Reading, SentenceReading
from tests.builders import EMBEDDER, article, hit, question
from tests.fake_models import OverlapReader


class Scripted:
    """Scores the sentences that it was told about, and notes what it was given to read."""

    def __init__(self, scores: dict[str, float], span: Span = Span(0, 3)) -> None:  # noqa: B008
        self.scores = scores
        self.span = span
        self.read_texts: list[str] = []

    def read(self, _question: str, hits: Sequence[Hit]) -> list[Reading]:
        self.read_texts += [one.text for one in hits]
        return [self._reading(one) for one in hits]

    def _reading(self, one: Hit) -> Reading:
        texts = [s.of(one.text) for s in one.passage.sentences]
        found = tuple(SentenceReading(self.scores.get(t, -9.0), self.span) for t in texts)
        return Reading(max(s.score for s in found), found)


def by(reader: Reader) -> ReaderJudge:
    return ReaderJudge(reader, SentenceVectors(EMBEDDER))


def test_the_sentence_in_which_the_reader_finds_the_answer_is_first():
    text = "NATO met in Munich. Hegseth dismissed membership."
    reader = Scripted({"Hegseth dismissed membership.": 6.0})
    judged = by(reader).judge(question("What of NATO in Munich?"), [hit(text)])
    best = judged.ranked[0]
    assert (best.text, best.words) == ("Hegseth dismissed membership.", (Span(0, 3),))


def test_quotation_marks_are_marked_with_their_words():
    text = '"No, never," Lind said.'
    judged = by(Scripted({text: 6.0}, Span(1, 10))).judge(
        question("What did Lind say?"), [hit(text)]
    )
    assert judged.ranked[0].words == (Span(0, 12),)


def test_a_further_sentence_has_to_be_likely_itself():
    text = (
        "Hegseth dismissed NATO membership. Hegseth called NATO membership unrealistic. Rye grows."
    )
    one, other, _ = (span.of(text) for span in hit(text).passage.sentences)
    judged = by(Scripted({one: 9.0, other: 8.0})).judge(
        question("Hegseth NATO membership"), [hit(text)]
    )
    assert [c.good_enough for c in judged.ranked] == [True, True, False]


def test_a_question_that_names_a_row_is_answered_from_that_row_alone():
    rows = [f"Village: {name}; Yes: {n}; No: 398." for n, name in enumerate(("Oberau", "Unterau"))]
    of = article("a")
    one, other = hit(rows[1], of=of), hit(rows[0], of=of, start=500)
    reader = Scripted({rows[0]: 5.0, rows[1]: 9.0})
    judged = by(reader).judge(question("How many in Oberau voted no?"), [one, other])
    assert [c.text for c in judged.ranked] == [rows[0]]


def test_a_reader_that_finds_nothing_makes_unsure():
    text = "NATO met in Munich."
    sure = by(Scripted({text: 8.0})).judge(question("NATO Munich"), [hit(text)])
    unsure = by(Scripted({})).judge(question("NATO Munich"), [hit(text)])
    assert unsure.probability < 0.5 < sure.probability


def many(count):
    return [hit(f"Number {n} came.", of=article(f"a{n:02}")) for n in range(count)]


def test_further_hits_are_read_only_while_nothing_is_sure():
    hits = many(MOST_READ + 3)
    sure, unsure = Scripted({hits[1].text: 9.0}), Scripted({})
    by(sure).judge(question("Number 1"), hits)
    by(unsure).judge(question("Number 1"), hits)
    assert len(sure.read_texts) == STEPS[0]
    assert len(unsure.read_texts) == MOST_READ


def test_an_answer_further_down_is_found():
    hits = many(8)
    reader = Scripted({hits[6].text: 5.0})
    assert by(reader).judge(question("came"), hits).ranked[0].hit is hits[6]


def test_after_the_first_only_hits_nearly_as_good_are_read():
    hits = [
        hit(f"Number {n} came.", of=article(f"a{n:02}"), score=score)
        for n, score in enumerate([1.0, 0.9, 0.3, 0.3, NEAR_FIRST, NEAR_FIRST - 0.01])
    ]
    reader = Scripted({})
    by(reader).judge(question("Number 1"), hits)
    assert reader.read_texts == [one.text for one in hits[:5]]


def test_another_persons_words_come_last():
    text = "Lind said that it was late. Brandt said that it was early."
    late, early = (span.of(text) for span in hit(text).passage.sentences)
    scores = Scripted({late: 9.0, early: 8.0})
    judged = by(scores).judge(question("What did Brandt say?"), [hit(text)])
    assert [(c.text, c.good_enough) for c in judged.ranked] == [(early, True), (late, False)]
    judged = by(scores).judge(question("What was said?"), [hit(text)])
    assert [c.text for c in judged.ranked] == [late, early]


def test_what_somebody_said_about_the_whole_subject_is_likely_the_answer():
    text = "Lind said that the harbour was late. Brandt praised the harbour of Orm."
    said, other = (span.of(text) for span in hit(text).passage.sentences)
    unsure = by(Scripted({said: -2.0, other: -1.0}))
    little = dict.fromkeys(("what", "did", "say", "about", "the"), 0.0)
    asked = question("What did Lind say about the harbour?", little)
    judged = unsure.judge(asked, [hit(text)])
    assert judged.ranked[0].text == said
    assert judged.probability > 0.5
    asked = question("What did Lind say about the mill?", little)
    judged = unsure.judge(asked, [hit(text)])
    assert judged.probability < 0.5


def test_signals_speak_of_the_best_sentence_and_its_passage():
    hits = [hit("Lind opened the harbour. Oats grow.", score=0.8), hit("Rye grows.", score=0.4)]
    asked = question("Lind harbour Brandt")
    judge = by(OverlapReader())
    seen = judge.signals(asked, judge.read(asked, hits))
    assert seen.hybrid == 0.8
    assert seen.score > 0
    alone = EMBEDDER.embed(["Lind opened the harbour."])[0]
    assert round(seen.sentence_dense, 5) == round(float(alone @ asked.vector), 5)


def test_what_has_a_name_only_as_a_word_is_not_read_where_others_have_the_name():
    """ "Is Ask sorry?" was surely answered with a donor who "asked not to be named"."""
    donor, ask = hit("A donor asked not to be named."), hit("Ask denied this.", of=article("a2"))
    reader = Scripted({donor.text: 9.0, ask.text: 1.0})
    judged = by(reader).judge(question("is Ask sorry"), [donor, ask])
    assert [one.text for one in judged.ranked] == [ask.text]
    assert by(reader).judge(question("is Ask sorry"), [donor]).ranked[0].text == donor.text
    assert by(reader).judge(question("is ask sorry"), [donor, ask]).ranked[0].text == donor.text


def test_the_words_of_another_role_come_last():
    chair, town = "Its chair, Tove Lien, said that eels count.", "The town has kept silent."
    of = hit(f"The anglers want a fine. {chair} {town}")
    judged = by(Scripted({chair: 9.0, town: 1.0})).judge(
        question("What does the town say about the eels?"), [of]
    )
    assert judged.ranked[0].text == town
    assert not next(one for one in judged.ranked if one.text == chair).good_enough


def test_another_kind_of_thing_comes_last_and_ends_no_reading():
    """ "Who won the women's race?" was answered with the winner of the men's."""
    men, told = hit("Lind won the men's race."), hit("It rained.", of=article("a2"), score=0.9)
    women = hit("Brandt won the women's race.", of=article("a3"), score=0.8)
    scores = Scripted({men.text: 9.0, told.text: -9.0, women.text: 8.0})
    asked = question("Who won the women's race?")
    judged = by(scores).judge(asked, [men, told, women])
    assert [one.text for one in judged.ranked] == [women.text, told.text, men.text]
    assert not judged.ranked[-1].good_enough
    assert by(scores).judge(asked, [men, told]).probability < 0.25


def test_what_an_interviewer_asks_comes_last():
    """ "Does the minister back it?" was answered with "Will the minister support that?"."""
    text = 'Will the minister support that? She likes the button. Who would not like it: "Who?"'
    asks, likes, quoted = (span.of(text) for span in hit(text).passage.sentences)
    scores = Scripted({asks: 9.0, likes: 1.0, quoted: 0.5})
    judged = by(scores).judge(question("Does the minister back it?"), [hit(text)])
    assert [one.text for one in judged.ranked] == [likes, quoted, asks]
    assert not judged.ranked[-1].good_enough


def test_the_age_of_a_thing_beside_a_person_comes_last():
    """ "how old is liam brennan" was answered with the age of his bakery."""
    bakery, told = hit("Liam Brennan owns the 140-year-old bakery."), hit("It rained.")
    asked = question("how old is liam brennan")
    judged = by(Scripted({bakery.text: 3.0})).judge(asked, [bakery, told])
    assert [one.text for one in judged.ranked] == [told.text, bakery.text]
    assert not judged.ranked[-1].good_enough


def test_what_is_told_the_other_way_round_comes_last():
    text = "Tony Breck came to Orm in May. He replaced Dario Conti. Jo Lind took over on Sunday."
    reader = Scripted({"He replaced Dario Conti.": 6.0})
    judged = by(reader).judge(question("who replaced Tony Breck"), [hit(text)])
    last = judged.ranked[-1]
    assert last.text == "He replaced Dario Conti."
    assert last.excluded
    assert not last.good_enough
