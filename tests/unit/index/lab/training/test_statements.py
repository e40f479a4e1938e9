import re
from collections import Counter

import pytest

from index.lab.training.statements import (
    BY_ROLE_SHARE,
    WHETHER_SHARE,
    WHO_IS_SHARE,
    WHO_SHARE,
    Statements,
)
from index.text.words import entries
from tests.unit.index.lab.training import given

COUNT = 2000
ROLES = entries("index.lab.training", "roles")
LAST_NAMES = entries("index.lab.training", "last_names")
LASTS = re.compile(rf"\b({'|'.join(LAST_NAMES)})\b")
ITEMS = [
    *given.all_items(),
    given.item("The President and General Kane left Kyiv.", "Who?", "Kane", title="War"),
    given.item("Kane was the mayor, but Prime Minister Olm left.", "Who?", "Olm", title="War"),
]
SUBJECTS = {a.of(i.paragraph.text) for i in ITEMS for a in i.answers}
SUBJECTS = {words for words in SUBJECTS if words[0].isalpha()}  # no years
WHO_IS = re.compile(r"Who is .*\?|What is the role of .*|What is .*'s position\?")


@pytest.fixture(scope="module")
def drawn():
    statements = Statements(ITEMS)
    return [statements.draw(given.rng(n)) for n in range(COUNT)]


def said(passage):
    """Who says what in a report: pairs of a last name (None for nobody) and what is said."""
    found, speaker = [], None
    for sentence in passage.removesuffix(".").split(". "):
        clause = next(c for c in CLAUSES if c.casefold() in sentence.casefold())
        around = sentence.casefold().replace(clause.casefold(), "")
        names = LASTS.findall(sentence.replace(clause, ""))
        if names:
            speaker = names[0]
        assert bool(around) == (speaker is not None)  # without a speaker it is the lead
        found.append((speaker, clause))
    return found


def clauses():
    """Every sentence of the set without its full stop."""
    paragraphs = {item.paragraph for item in ITEMS}
    texts = {span.of(p.text).rstrip(".") for p in paragraphs for span in p.sentences}
    return sorted(texts, key=len, reverse=True)


CLAUSES = clauses()


def subject_of(question):
    """What a question asks about; None for the person."""
    return max((s for s in SUBJECTS if s in question), key=len, default=None)


def asked(example):
    """The last name (None for nobody) and the subject (None for the person) of a question."""
    question = example.question
    subject = subject_of(question)
    if names := LASTS.findall(question):
        return names[0], subject
    role = next((r for r in ROLES if f"the {r.lower()}" in question), None)
    return (role and by_role(example.passage, role)), subject


def by_role(passage, role):
    """The last name of who is introduced with a role."""
    last = LASTS.pattern
    introduced = rf"(?<!Former )\b{role} \w+ {last}|{last}, the {role.lower()}\b"
    found = re.search(introduced, passage)
    return next(filter(None, found.groups())) if found else "somebody else"


def form(question):
    """Which kind of question it is: a share of each is to be unanswered."""
    if WHO_IS.fullmatch(question) and subject_of(question) is None:
        return "who is"
    if question.startswith("Who "):
        return "who"
    return "whether" if question.startswith("Did ") else "what"


def spoke_of(passage, who, subject):
    return [
        clause
        for speaker, clause in said(passage)
        if speaker is not None
        and who in (None, speaker)
        and subject.casefold() in clause.casefold()
    ]


def test_who_is_said_not_to_have_spoken_did_not(drawn):
    unanswered = [e for e in drawn if e.answer is None]
    found = Counter()
    for example in unanswered:
        who, subject = asked(example)
        if form(example.question) != "who is":
            assert subject is not None
            assert not spoke_of(example.passage, who, subject), example
            found[who is None] += 1
    assert found[False] > COUNT / 5
    assert found[True] > COUNT / 40


def test_an_answer_is_what_the_person_said_of_the_subject(drawn):
    found = 0
    for example in drawn:
        who, subject = asked(example)
        if example.answer is None or who is None or subject is None:
            continue
        found += 1
        words = example.answer.of(example.passage).casefold()
        assert words in {c.casefold() for c in spoke_of(example.passage, who, subject)}, example
    assert found > COUNT / 4


def test_who_spoke_is_answered_by_a_speakers_name(drawn):
    found = 0
    for example in drawn:
        who, subject = asked(example)
        if who is not None or example.answer is None:
            continue
        found += 1
        words = example.answer.of(example.passage)
        (last,) = LASTS.findall(words)
        assert spoke_of(example.passage, last, subject), example
        assert words.endswith(last) or words.casefold().endswith(tuple(map(str.casefold, ROLES)))
        assert not words.endswith(",")
    assert found > COUNT / 20


def test_who_somebody_is_is_answered_by_the_persons_own_role(drawn):
    found = 0
    for example in drawn:
        if form(example.question) != "who is" or example.answer is None:
            continue
        found += 1
        who, _ = asked(example)
        span, passage = example.answer, example.passage
        role = span.of(passage)
        assert role.casefold() in {r.casefold() for r in ROLES}, example
        before, after = passage[: span.start], passage[span.end :]
        assert re.match(rf" \w+ {who}\b", after) or before.endswith(f"{who}, the "), example
    assert found > COUNT / 50


def test_who_is_not_said_to_be_anything_is_named_without_a_role(drawn):
    found = Counter()
    for example in drawn:
        if form(example.question) != "who is" or example.answer is not None:
            continue
        who, _ = asked(example)
        role = "|".join(ROLES)
        found[who in example.passage] += 1
        introduced = rf"\b({role}) \w+ {who}\b|\b{who}, the ({role})\b"
        assert not re.search(introduced, example.passage, re.IGNORECASE), example
    assert min(found[True], found[False]) > COUNT / 100  # the others are not in the report at all


def test_the_form_of_a_question_does_not_tell_whether_it_is_answered(drawn):
    asked_in, unanswered = Counter(), Counter()
    for example in drawn:
        asked_in[form(example.question)] += 1
        unanswered[form(example.question)] += example.answer is None
    shares = {name: unanswered[name] / count for name, count in asked_in.items()}
    assert set(shares) == {"what", "whether", "who", "who is"}
    assert 0.3 < shares.pop("who is") < 0.7  # as often as a report names somebody without a role
    assert all(0.25 < share < 0.5 for share in shares.values()), shares
    assert asked_in["whether"] / COUNT == pytest.approx(WHETHER_SHARE, abs=0.03)
    assert asked_in["who"] / COUNT == pytest.approx(WHO_SHARE, abs=0.03)
    assert asked_in["who is"] / COUNT == pytest.approx(WHO_IS_SHARE, abs=0.03)


def test_three_of_five_are_answered_whatever_the_person(drawn):
    share = sum(e.answer is not None for e in drawn) / COUNT
    assert share == pytest.approx(0.61, abs=0.03)
    unanswered = Counter(
        who in {speaker for speaker, _ in said(e.passage)}
        for e in drawn
        if e.answer is None and (who := asked(e)[0])
    )
    assert unanswered[True] > 2 * unanswered[False] > 0  # most are of somebody in the report


def test_reports_have_several_speakers_and_headings_of_the_set(drawn):
    speakers = Counter(len({who for who, _ in said(e.passage)} - {None}) for e in drawn)
    assert set(speakers) == {2, 3}
    assert {e.heading for e in drawn} == {"Northern ports", "River towns", "War"}
    assert {e.kind for e in drawn} == {"statement"}


def test_the_same_seed_draws_the_same(drawn):
    statements = Statements(list(reversed(ITEMS)))
    assert [statements.draw(given.rng(n)) for n in range(50)] == drawn[:50]


def test_long_clauses_and_subjects_that_are_no_names_are_not_used():
    long = f"Kane {'very ' * 60}left Kyiv."
    quote = 'Kane said "no" to Kyiv.'
    year = "Kane left in 1412."
    kept = "Kane left Olm."
    texts = {long: "Kyiv", quote: "Kyiv", year: "1412", kept: "Olm"}
    statements = Statements([given.item(text, "?", answer) for text, answer in texts.items()])
    drawn = [statements.draw(given.rng(n)) for n in range(20)]
    assert all("Kane left Olm" in e.passage for e in drawn)
    assert not any(
        word in e.passage for e in drawn for word in ("very", "no", "1412") if word != "no"
    )


def test_some_people_are_called_by_a_role_that_the_report_tells(drawn):
    named = [e for e in drawn if form(e.question) == "what"]
    called = [e for e in named if not LASTS.findall(e.question)]
    assert 0.4 * BY_ROLE_SHARE < len(called) / len(named) < BY_ROLE_SHARE
    assert all(asked(e)[0] != "somebody else" for e in called if e.answer is not None)
    assert any(e.answer is None for e in called)
