"""Which article a follow-up is asked of, in which words, and what is shown as the rewriting."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from types import SimpleNamespace

import pytest

from index.errors import UnknownArticle
from index.followups.asking import Conversation
from index.followups.checks import Checks
from index.followups.rewriting import rewritings
from index.followups.turns import Turn
from index.model import (
    PUBLIC,
    THRESHOLDS,
    Answer,
    AnswerSentence,
    Certainty,
    Citation,
    Recalled,
    Span,
)
from index.strings import SAYS_SO
from tests.builders import article

CAT = Turn("Where was the cat Minka found?", "The Orlen Shelter found Minka in Orlen. [1]")


@dataclass
class FakeLibrary:
    """Is as sure of each question, in the article ("cat") and in all (None), as it is told."""

    sure: dict[tuple[str, str | None], float] = field(default_factory=dict)
    asked: list[tuple[str, str | None]] = field(default_factory=list)
    removed: bool = False
    recalled: list[tuple[str, str | None, Recalled]] = field(default_factory=list)
    recalls: bool = False
    beside: str = ""

    def recall(self, question, spaces, article_id, earlier, *, what):
        self.recalled.append((question, article_id, what))
        self.earlier = earlier
        sure = Certainty.SURE if self.recalls else Certainty.NONE
        return Answer(question, sure, (), (), (), float(self.recalls))

    def story(self, article_id, spaces):
        return [SimpleNamespace(id=one) for one in (article_id, self.beside) if one]

    found: dict[str, str] = field(default_factory=dict)

    def search(self, text: str, *_: object, **__: object) -> list[SimpleNamespace]:
        article = self.found.get(text)
        near = SimpleNamespace(article=SimpleNamespace(id="cat"), text="A cat.")
        own = SimpleNamespace(article=SimpleNamespace(id=article, title="Own"), text=f"{text} More")
        return [near, own] if article else [near]

    likely: dict[str, str] = field(default_factory=dict)

    def about(self, text: str, _spaces: object) -> SimpleNamespace | None:
        article = self.likely.get(text)
        return SimpleNamespace(id=article, title="A dog") if article else None

    said: str = ""
    cites: str = "cat"
    nearest: str = ""
    texts: dict[str, str] = field(default_factory=dict)

    thresholds = THRESHOLDS

    def text(self, article_id: str, _spaces: object) -> str:
        return self.texts.get(article_id, "")

    def go_on(self, question, spaces, article_ids, *, alone, earlier, thresholds):
        self.earlier = earlier
        return self._answer(question, " ".join(article_ids))

    def ask(self, question, spaces, *, article_id, thresholds):
        return self._answer(question, article_id)

    def _answer(self, question, article_id):
        if article_id and self.removed:
            raise UnknownArticle(article_id)
        self.asked.append((question, article_id))
        confidence = self.sure.get((question, article_id), 0.9 if question == CAT.question else 0.1)
        certainty = THRESHOLDS.certainty(confidence)
        said = self.said or f"{article_id} says, of {question.split()[-1]} {question}"
        sentences = (AnswerSentence(said, (1,)),)
        start = max(self.texts.get("cat", said).find(said), 0)
        cited = (
            SimpleNamespace(
                article=SimpleNamespace(id=self.cites, title="A cat"),
                span=Span(start, start + 1),
                quote=said,
            ),
        )
        answer = Answer(question, certainty, sentences, cited, (), confidence)
        if self.nearest:
            start = self.texts[article_id or "cat"].index(self.nearest)
            article, span = SimpleNamespace(id="cat"), Span(start, start + len(self.nearest))
            near = SimpleNamespace(article=article, span=span, quote=self.nearest, number=1)
            answer = replace(answer, nearest=near, sentences=(), citations=())
        return answer


def ask(question, sure, *turns, **more) -> tuple[Answer, FakeLibrary]:
    library = FakeLibrary(sure, **more)
    return Conversation(library, (PUBLIC,), None, turns or (CAT,)).ask(question, None), library


def test_as_it_stands_where_the_reader_is_surer_of_that():
    sure = {("who is her owner?", "cat"): 0.6, ("Who is Minka's owner?", "cat"): 0.4}
    answer, _ = ask("who is her owner?", sure)
    assert (answer.question, answer.rewritten, answer.within) == ("who is her owner?", None, "cat")


def test_rewritten_where_the_reader_is_surer_of_that():
    turn = Turn("What did Hegseth say about NATO?", "Hegseth labeled it unrealistic.", "cat")
    sure = {("did he backtrack?", "cat"): 0.4, ("Did Hegseth backtrack?", "cat"): 0.6}
    answer, library = ask("did he backtrack?", sure, turn)
    assert (answer.rewritten, answer.within) == ("Did Hegseth backtrack?", "cat")
    assert all(article == "cat" for _, article in library.asked)


def test_a_pronoun_is_nobody_elses_in_another_article():
    """ "What are they accused of?" was answered from any article, of anybody."""
    answer, library = ask("what are they accused of?", {("what are they accused of?", None): 0.9})
    assert not answer.answered
    assert answer.rewritten is None
    assert ("what are they accused of?", None) not in library.asked


CARMEN = Turn("Who wrote the opera Carmen?")


@pytest.mark.parametrize("question", ["where did they find it?", "is she old?"])
def test_after_a_refusal_about_another_a_pronoun_is_nothing_of_the_article_before(question):
    sure = {(question, one): 0.9 for one in ("cat", None)}
    sure |= {("Where did they find the opera Carmen?", None): 0.9}
    said = "They found Minka in a loft."
    answer, _ = ask(question, sure, CAT, CARMEN, said=said, texts={"cat": said})
    assert (answer.answered, answer.rewritten) == (False, None)


def test_after_a_refusal_about_another_a_question_with_a_subject_is_asked_of_all():
    question = "what did they find in the wells of lindby?"
    answer, _ = ask(question, {(question, None): 0.9}, CAT, CARMEN)
    assert answer.answered


def test_what_is_said_of_another_is_looked_for_in_all_articles():
    turn = Turn("What did Hegseth say about NATO?", "Hegseth labeled it unrealistic.", "cat")
    rewritten = "What did Macron say about NATO?"
    answer, _ = ask("and Macron?", {(rewritten, None): 0.9}, turn)
    assert (answer.question, answer.rewritten, answer.within) == ("and Macron?", rewritten, None)


@pytest.mark.parametrize(("elsewhere", "within"), [(0.7, "cat"), (0.9, None)])
def test_a_short_question_without_a_name_may_go_on(elsewhere, within):
    question = "when does the shelter open?"
    answer, _ = ask(question, {(question, "cat"): 0.65, (question, None): elsewhere})
    assert answer.within == within


def test_a_question_with_a_name_of_its_own_is_asked_of_all_articles():
    answer, library = ask("Who owns the dog Biscuit?", {})
    assert answer.within is None
    assert library.asked == [("Who owns the dog Biscuit?", None)]


def test_an_uncertain_rewriting_is_not_shown():
    turn = Turn("What did Hegseth say about NATO?", "Hegseth labeled it unrealistic.", "cat")
    answer, _ = ask("did he resign?", {}, turn)
    assert not answer.answered
    assert answer.rewritten is None


BY_REDS, ABOUT_REDS = "What did reds say about NATO?", "What did Hegseth say about reds?"


@pytest.mark.parametrize(
    ("sure", "rewritten"),
    [
        ({(BY_REDS, "cat"): 0.8}, BY_REDS),
        ({(ABOUT_REDS, "cat"): 0.8}, ABOUT_REDS),
        ({(ABOUT_REDS, None): 0.8}, ABOUT_REDS),
        ({(BY_REDS, "cat"): 0.4}, None),
        ({}, None),
    ],
)
def test_of_two_rewritings_only_a_sure_one_is_shown(sure, rewritten):
    turn = Turn("What did Hegseth say about NATO?", "Hegseth labeled it unrealistic.", "cat")
    answer, _ = ask("and reds?", sure, turn)
    assert answer.answered == bool(sure)
    assert answer.rewritten == rewritten


@pytest.mark.parametrize("question", ["when?", "really?"])
def test_what_stands_behind_the_last_question_is_read_and_not_shown(question):
    turn = Turn("How much will the bridge cost?", "It will cost £41m. [1]", "cat")
    behind = f"{turn.question} {question.capitalize()}"
    answer, library = ask(question, {(behind, "cat"): 0.9}, turn)
    assert library.asked == [(behind, "cat")]
    assert (answer.answered, answer.rewritten) == (True, None)


def test_a_guess_is_asked_only_of_the_last_article():
    """ "And Priya Nair?", of a museum, was surely answered with what she said elsewhere."""
    turn = Turn("Is the museum free on Sundays?", "The museum is free. [1]", "cat")
    guess = "What did Priya Nair say?"
    answer, library = ask("and Priya Nair?", {(guess, None): 0.9}, turn)
    assert (answer.answered, answer.rewritten) == (False, None)
    assert library.asked == [(guess, "cat")]


def test_a_rewriting_by_a_language_model_is_shown():
    whole = "Was it Minka whom the Orlen Shelter found?"
    library = FakeLibrary({(whole, "cat"): 0.9})
    answer = Conversation(library, (PUBLIC,), None, [CAT]).ask("her?", None, whole)
    assert answer.rewritten == whole


def test_a_name_in_small_letters_is_not_shown():
    turn = Turn("What did Hegseth say about NATO?", "Hegseth labeled it unrealistic.", "cat")
    for meant in ("What did vance say about NATO?", "What did Hegseth say about vance?"):
        answer, _ = ask("and vance?", {(meant, "cat"): 0.8}, turn)
        assert (answer.answered, answer.rewritten) == (True, None)


@pytest.mark.parametrize(
    ("question", "text", "shown"),
    [
        ("and jd vance?", "Then JD Vance spoke.", "What did JD Vance say about NATO?"),
        ("and reds?", "The reds lost. Reds won.", "What did Hegseth say about reds?"),
        ("and the ferry?", "The ferry sank.", "What did Hegseth say about the ferry?"),
    ],
)
def test_a_name_in_small_letters_is_read_as_the_article_writes_it(question, text, shown):
    turn = Turn("What did Hegseth say about NATO?", "Hegseth labeled it unrealistic.", "cat")
    answer, _ = ask(question, {(shown, "cat"): 0.8}, turn, texts={"cat": text})
    assert answer.rewritten == shown


def test_no_more_is_read_once_the_reader_is_sure():
    turn = Turn("What did Hegseth say about NATO?", "Hegseth labeled it unrealistic.", "cat")
    _, library = ask("and reds?", {(ABOUT_REDS, "cat"): 0.8}, turn)
    assert library.asked == [(ABOUT_REDS, "cat")]


def test_the_only_rewriting_of_an_ellipsis_is_shown_with_a_refusal_too():
    turn = Turn("What did Hegseth say about NATO?", "Hegseth labeled it unrealistic.", "cat")
    answer, _ = ask("and JD Vance?", {}, turn)
    assert (answer.answered, answer.rewritten) == (False, "What did JD Vance say about NATO?")


def test_what_was_said_before_is_no_reason():
    turn = Turn("What did Hegseth say about NATO?", "cat says. [1]", "cat")
    sure = {(f"{turn.question} Why did he say that?", "cat"): 0.9}
    for said, is_told in (("cat says.", False), ("He feared a war.", True)):
        answer, _ = ask("why did he say that?", sure, turn, said=said)
        assert answer.answered is is_told


HOLT = Turn("Who spoke of waves?", "Captain Runa Holt said the waves were high. [1]", "cat")
REFUSED = Turn("What is the capital of Peru?")


@pytest.mark.parametrize(
    ("question", "turns", "article", "what"),
    [
        ("tell me more", (CAT, HOLT), "cat", Recalled.FURTHER),
        ("and what else?", (HOLT, Turn("how did she get there?")), "cat", Recalled.FURTHER),
        ("tell me more", (HOLT, REFUSED), None, Recalled.FURTHER),
        ("who said that?", (HOLT,), "cat", Recalled.WHO_SAID),
        ("and says who?", (HOLT,), "cat", Recalled.WHO_SAID),
        ("for how long?", (Turn("the capital of Peru"),), None, Recalled.WHO_SAID),
    ],
)
def test_more_and_who_spoke_is_told_from_the_last_article_alone(question, turns, article, what):
    """ "Who said that?" after a captain's words was answered with a president's."""
    answer, library = ask(question, {}, *turns)
    assert library.recalled == [(question, article, what)]
    assert (answer.within, library.asked) == (article, [])


@pytest.mark.parametrize(("nearest", "article"), [("Lima is old, Holt said.", "cat"), ("", None)])
def test_who_said_that_after_a_refusal_is_asked_of_the_sentence_that_it_showed(nearest, article):
    """It was refused, though the refusal had just quoted somebody as closest."""
    texts = {"cat": f"A cat. {nearest}"}
    _, library = ask("who said that?", {}, HOLT, REFUSED, nearest=nearest, texts=texts)
    assert library.recalled == [("who said that?", article, Recalled.WHO_SAID)]
    assert library.earlier == [nearest] * bool(nearest)


POOL = Turn("what is closed?", "The pool is closed from 3 March until 5 May. [1]", "pool")


@pytest.mark.parametrize(
    ("question", "what"),
    [
        ("from when?", Recalled.SINCE_WHEN),
        ("and since when", Recalled.SINCE_WHEN),
        ("till when?", Recalled.UNTIL_WHEN),
        ("Until when?", Recalled.UNTIL_WHEN),
    ],
)
def test_from_when_is_asked_of_the_last_answer_itself(question, what):
    """It was answered with the date of something else in the article."""
    answer, library = ask(question, {}, POOL, recalls=True)
    assert library.recalled == [(question, "pool", what)]
    assert (answer.within, library.asked, library.earlier) == ("pool", [], (POOL.answer,))


def test_from_when_is_asked_of_the_article_if_the_last_answer_has_no_such_time():
    _, library = ask("from when?", {}, POOL)
    assert library.recalled
    assert library.asked


@pytest.mark.parametrize(
    "who", ["who wrote it?", "Who is the author?", "who wrote this story on the ferry"]
)
def test_when_after_who_wrote_it_asks_for_the_date_of_the_article(who):
    """It was read as "When did Ferry write it?", of a title's first word."""
    wrote = Turn(who, "I don't know who wrote “Ferry runs aground”.", "ferry")
    answer, library = ask("and when?", {("When was it published?", "ferry"): 0.9}, wrote)
    assert library.asked == [("When was it published?", "ferry")]
    assert (answer.question, answer.rewritten) == ("and when?", "When was it published?")


HALE = Turn("Who won the chess final?", "Hale beat Lund. [1]", "chess")


@pytest.mark.parametrize(
    "question",
    [
        "back to chess: why did he lose?",
        "ok, as for Lund, why did he lose?",
        "going back to Hale, why did he lose?",
        "About chess: why did he lose?",
    ],
)
def test_a_subject_before_a_question_goes_back_to_where_it_was_spoken_of(question):
    """It was refused."""
    rest = "why did he lose?"
    answer, library = ask(question, {(rest, "chess"): 0.8}, HALE, CAT)
    assert (answer.question, answer.within, answer.answered) == (question, "chess", True)
    assert library.asked == [(rest, "chess")]


def test_a_subject_goes_back_to_the_article_that_has_it():
    """ "Back to NATO" got another critic, as NATO was in no question or answer but in the text."""
    rest, question = "what did he plan?", "back to NATO: what did he plan?"
    texts = {"chess": "NATO plays chess."}
    answer, _ = ask(question, {(rest, "chess"): 0.8}, HALE, CAT, texts=texts)
    assert (answer.within, answer.answered) == ("chess", True)


def test_a_subject_of_a_refused_question_is_looked_for_too():
    refused = Turn("How much does the NATO depot cost?")
    question, rest = "back to NATO: what did he say?", "what did he say?"
    sure = {(rest, "dog"): 0.7, (rest, None): 0.95}
    for found in ({"likely": {"NATO": "dog"}}, {"found": {"NATO": "dog"}}):
        answer, _ = ask(question, sure, refused, CAT, **found)
        assert (answer.within, answer.confidence) == ("dog", 0.7)


def test_a_subject_that_nobody_spoke_of_is_looked_for():
    question, rest = "about the dog: what did it cost?", "what did it cost?"
    answer, library = ask(question, {(rest, "dog"): 0.8}, CAT, likely={"the dog": "dog"})
    assert (answer.question, answer.within, answer.rewritten) == (question, "dog", None)
    assert all(article == "dog" for _, article in library.asked)


def test_a_subject_that_no_article_is_surely_about_is_asked_of_all():
    question = "back to the roof: what did it cost?"
    answer, library = ask(question, {(question, None): 0.8, ("what did it cost?", "cat"): 0.9}, CAT)
    assert (answer.answered, answer.confidence) == (True, 0.8)
    assert {article for _, article in library.asked} == {None}


def test_what_only_looks_like_a_subject_is_part_of_the_question():
    question = "About 30 people, who were they?"
    _, library = ask(question, {(question, None): 0.8}, HALE)
    assert all(asked == question for asked, _ in library.asked)


@pytest.mark.parametrize(
    "turn",
    [
        Turn("who rescued the dog?", "Retired firefighter Tom Ahlers fought through the reeds."),
        Turn("who wrote it?", "I don't know who wrote “Ferry runs aground off Orlen”."),
        Turn("who wrote it?", "“Ferry Adrift For Hours” is by Jane Doe."),
        Turn("who is ingrid dahl?", "Ingrid Dahl, the captain, was on the bridge."),
        Turn("who was hurt?", "Nobody was hurt. Heavy rain fell on the deck."),
    ],
)
@pytest.mark.parametrize(
    "question", ["why?", "when did he say that?", "is she ok?", "how?", "where was he then?"]
)
def test_no_word_is_asked_about_that_is_no_name(turn, question):
    """A sentence's or title's first word and "nobody" were taken for persons."""
    nonsense = re.compile(
        r"\b(?:did|is|was|does) (?:Retired|Ferry|i don't|Heavy)|\b(?:did|is) Nobody"
        r"|\bis ingrid dahl\W+that\b",
        re.IGNORECASE,
    )
    assert not any(map(nonsense.search, rewritings(question, [turn])))


RENT = Turn("What is the rent in Vienna?", "It is 11 euros. [1]", "cat")


@pytest.mark.parametrize("graz", ["and Graz?", "What is the rent in Graz?"])
def test_a_refused_question_of_another_place_does_not_end_the_article(graz):
    """After it, all was asked of all articles."""
    assert Conversation(FakeLibrary(), (), None, (RENT, Turn(graz))).last_article() == "cat"


@pytest.mark.parametrize(("question", "named"), [("and Graz?", True), ("who sues?", False)])
def test_what_a_refused_fragment_names_is_told_from_the_last_article(question, named):
    answer, library = ask(question, {}, RENT, recalls=True)
    assert bool(library.recalled) == named
    if named:
        assert library.recalled == [(question, "cat", Recalled.NAMED)]
        assert library.earlier == ("Graz", RENT.question)
        assert (answer.certainty, answer.within) == (Certainty.PERHAPS, "cat")


@pytest.mark.parametrize(
    ("said", "sure", "named"),
    [("It is dear.", 0.3, True), ("The vaccine is free.", 0.3, False), ("It is dear.", 0.8, False)],
)
def test_what_an_unsure_answer_to_a_fragment_lacks_is_told_of_what_it_names(said, sure, named):
    """ "What about the vaccine?" was answered, unsurely, with why the schools were closed."""
    question, meant = "what about the vaccine?", "Why was the vaccine closed in Vargen?"
    turn = Turn("Why were schools closed in Vargen?", "Children fell ill. [1]", "cat")
    sure = {(meant, "cat"): sure}
    _, library = ask(question, sure, turn, recalls=True, said=said)
    assert bool(library.recalled) == named


@pytest.mark.parametrize(
    ("question", "sure", "answered"),
    [
        ("how many goats does she have?", 0.9, True),
        ("how many goats does she have?", 0.3, False),
        ("how many goats has Marta Lindqvist got on her farm in the north?", 0.9, False),
    ],
)
def test_after_a_refusal_the_article_that_it_showed_may_answer(question, sure, answered):
    """Who read there of Marta Lindqvist was told nothing of her goats."""
    near = "Marta Lindqvist, who keeps goats, was named the best."
    library = FakeLibrary({(question, "cat"): sure}, nearest=near, texts={"cat": near})
    turns = (Turn("Who was named the best in Tromsø?"),)
    answer = Conversation(library, (PUBLIC,), None, turns).ask(question, None)
    other = (Turn("Who pays for the Harlow Bridge?"),)
    assert not Conversation(library, (PUBLIC,), None, other).ask(question, None).answered
    assert answer.certainty is (Certainty.PERHAPS if answered else Certainty.NONE)
    assert (answer.within == "cat") is answered


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("how many flats were let in May?", True),
        ("how many flats were sold in May?", False),
        ("who let flats in May?", False),
    ],
)
def test_the_nearest_sentence_with_an_amount_and_all_words_may_answer_how_many(question, told):
    texts = {"cat": "In May, landlords let 40 flats."}
    answer, _ = ask(question, {}, RENT, nearest=texts["cat"], texts=texts)
    assert answer.answered == told
    assert not told or answer.certainty is Certainty.PERHAPS


def test_an_article_that_was_spoken_of_earlier_may_be_meant():
    chess = Turn("Who won the chess title?", "Ines Moreau won it. [1]", "cat")
    otters = Turn("How much do otters eat?", "A kilogram a day. [1]", "dog")
    sure = {("who is her coach?", "cat"): 0.8}
    answer, _ = ask("who is her coach?", sure, chess, otters)
    assert (answer.answered, answer.within) == (True, "cat")


def test_a_question_word_alone_is_asked_of_nothing_else():
    """ "Since when?" was answered from an article on something else."""
    turn = Turn("and emergencies?", "Emergencies are treated. [1]", "cat")
    answer, library = ask("since when?", {("since when?", None): 0.9}, turn)
    assert not answer.answered
    assert ("since when?", None) not in library.asked


def test_who_she_is_of_two_is_not_shown():
    """ "What did she say?" of his wife was shown as "What did Vliet say?"."""
    told = "Joost van Vliet found it, said Annelies Bos. [1]"
    turn = Turn("Who found it?", told, "cat")
    found = rewritings("what did she do?", [turn])
    assert found == ("What did Vliet do?", "What did Annelies Bos do?")
    answer, _ = ask("what did she do?", {(found[0], "cat"): 0.9}, turn)
    assert (answer.answered, answer.rewritten) == (True, None)


def test_a_doubt_gets_the_answer_again_and_what_it_is_worth():
    library = FakeLibrary(recalls=True)
    answer = Conversation(library, (), None, (RENT,)).again("is this true?")
    assert library.recalled == [("is this true?", "cat", Recalled.AGAIN)]
    assert (answer.note, answer.within) == (SAYS_SO, "cat")
    assert Conversation(library, (), None, (RENT, REFUSED)).again("is this true?") is None


def test_a_refused_question_about_another_ends_the_article():
    nato = Turn("What did Hegseth say about NATO?", "Hegseth labeled it unrealistic.", "cat")
    macron = Turn("What did Macron say about NATO?")
    again = Turn("What did Hegseth say about NATO today?")
    last = [
        Conversation(FakeLibrary(), (), None, (nato, one)).last_article() for one in (macron, again)
    ]
    assert last == [None, "cat"]


def test_an_article_that_was_removed_is_asked_no_more():
    turn = Turn("Who is Minka?", "A cat.", "cat")
    answer, _ = ask("who is her owner?", {}, turn, removed=True)
    assert not answer.answered


def test_the_last_article_is_the_one_that_has_the_answers_words():
    """ "Tell me more" after an answer to "What did he say?" went on from another article."""
    turn = Turn("What did he say?", "He left. [1] He slept. [1]")
    library = FakeLibrary(found={"He left.": "dog"})
    assert Conversation(library, (PUBLIC,), None, [turn]).last_article() == "dog"
    assert not library.asked


BRIDGE = Turn("Why is the Harlow Bridge closed?", "Divers found cracks in the piers. [1]", "cat")


@pytest.mark.parametrize(
    ("said", "answered"),
    [("The insurer paid for the painting.", False), ("The council pays for the bridge.", True)],
)
def test_another_article_answers_only_on_what_is_meant(said, answered):
    """ "Who pays for it?", of a bridge, was surely answered with the insurer of a painting."""
    sure = {("Who pays for the Harlow Bridge?", None): 0.9}
    answer, _ = ask("who pays for it?", sure, BRIDGE, said=said, texts={"cat": said})
    assert answer.answered is answered


def test_of_several_articles_only_those_on_what_is_meant_answer():
    """ "Who is against it?", of night trams, got the critic of a depot beside their opponents."""
    sentences = ("The insurer paid for a painting.", "The council pays for the bridge.")
    articles = (article("dog", "A dog"), article("cat", "A cat"))
    quotes = [
        Citation(n, one, Span(0, len(said)), said)
        for n, (one, said) in enumerate(zip(articles, sentences, strict=True), 1)
    ]
    said = tuple(AnswerSentence(text, (n,)) for n, text in enumerate(sentences, 1))
    given = Answer("who pays for it?", Certainty.SURE, said, tuple(quotes), (), 0.9)
    checks = Checks(FakeLibrary(), (PUBLIC,), THRESHOLDS, (BRIDGE,))
    answer = checks.of_what_is_meant(given.question, "Who pays for the Harlow Bridge?", given)
    assert (answer.text, answer.certainty) == (f"{sentences[1]} [1]", Certainty.PERHAPS)
    assert [one.article.id for one in answer.citations] == ["cat"]


def test_a_refusal_of_what_was_not_meant_does_not_show_the_rewriting():
    """ "When can she run again?", of a sprinter, was read as of a manager, and refused."""
    sure = {("Who pays for the Harlow Bridge?", None): 0.9}
    said = "The insurer paid for the painting."
    answer, _ = ask("who pays for it?", sure, BRIDGE, said=said, texts={"cat": said})
    assert (answer.answered, answer.rewritten) == (False, None)
    macron = "What did Macron say about NATO?"
    nato = Turn("What did Hegseth say about NATO?", "Hegseth labeled it unrealistic.", "cat")
    answer, _ = ask("and Macron?", {(macron, None): 0.9}, nato, said=said, texts={"cat": said})
    assert (answer.answered, answer.rewritten) == (False, macron)


@pytest.mark.parametrize(
    ("question", "wording", "certainty"),
    [
        ("did she appeal?", "did she appeal?", Certainty.PERHAPS),
        ("and Macron?", "What did Macron say about NATO?", Certainty.SURE),
        ("what did the court decide?", "what did the court decide?", Certainty.SURE),
    ],
)
def test_what_the_last_article_lacks_another_on_its_story_has(question, wording, certainty):
    """ "Did she appeal?" was refused, as the next day's article tells it; "she" is likely the same.

    "What did the court decide?" was surely answered with another story's court.
    """
    turn = Turn("What did Hegseth say about NATO?", "Hegseth labeled it unrealistic.", "cat")
    sure = {(wording, "cat dog"): 0.8, (wording, None): 0.9}
    said = "So say Macron and the court."
    answer, _ = ask(question, sure, turn, beside="dog", cites="dog", said=said)
    assert (answer.certainty, answer.within) == (certainty, "dog")


@pytest.mark.parametrize(
    ("said", "answered"), [("It burned down.", False), ("The result was a draw.", True)]
)
def test_another_story_answers_only_in_words_that_this_one_lacks(said, answered):
    """ "What was the result?", of an appeal, was surely answered with a fire's."""
    sure = {("what was the result?", None): 0.9}
    more = {"said": said, "cites": "fire", "texts": {"cat": "A cat appealed."}}
    answer, _ = ask("what was the result?", sure, HOLT, **more)
    assert answer.answered is answered


def test_what_that_takes_no_other_article_knows():
    sure = {("how long will that take?", None): 0.9}
    answer, _ = ask("how long will that take?", sure, BRIDGE)
    assert not answer.answered


SAID = "He praised the deal."


@pytest.mark.parametrize(
    ("text", "certainty"),
    [
        (f"Lund came late. {SAID}", Certainty.PERHAPS),
        (f"Mr Lund praised nobody. {'Rain fell. ' * 40}{SAID}", Certainty.NONE),
        (f"Trump came. {SAID} Lund left.", Certainty.NONE),
    ],
)
def test_an_answer_to_a_name_is_of_that_name(text, certainty):
    """ "And Lund?" was surely answered with a promise of Trump's."""
    turn = Turn("What did Vance say about NATO?", "Vance praised it. [1]", "cat")
    sure = {("What did Lund say about NATO?", "cat"): 0.9}
    answer, _ = ask("and Lund?", sure, turn, said=SAID, texts={"cat": text})
    assert answer.certainty is certainty
    named, _ = ask("and Lund?", sure, turn, said="Lund praised it.")
    assert named.certainty is Certainty.SURE


@pytest.mark.parametrize(
    ("nearest", "is_told"),
    [("He was tired.", True), ("He left because of rain.", True), ("The sun shone.", False)],
)
def test_why_is_told_perhaps_where_its_reason_stands_near(nearest, is_told):
    """The reason was shown as the closest sentence of a refusal."""
    text = "He left on Monday. He was tired. It was late. The sun shone. He left because of rain."
    turn = Turn("When did Lund leave?", "He left on Monday. [1]", "cat")
    answer, library = ask("why?", {}, turn, texts={"cat": text}, nearest=nearest, said="It")
    assert answer.certainty is (Certainty.PERHAPS if is_told else Certainty.NONE)
    assert not is_told or answer.sentences[0].text == nearest
    assert library.earlier == [turn.answer]


@pytest.mark.parametrize(
    ("said", "certainty"),
    [
        ("The shelter's kitchen closes in May.", Certainty.PERHAPS),
        ("The Orlen Shelter closes in May.", Certainty.SURE),
    ],
)
def test_what_another_thing_does_is_no_sure_answer(said, certainty):
    """ "When does it close?" on a museum was surely answered with when its wing closes."""
    answer, _ = ask("when does it close?", {("when does it close?", "cat"): 0.8}, said=said)
    assert (answer.text, answer.certainty) == (f"{said} [1]", certainty)
