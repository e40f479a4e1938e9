import json
from collections import Counter

import pytest

from index.lab.training.examples import load
from index.lab.training.mixture import (
    COUNTS,
    FILES,
    LATEST,
    PASSAGES,
    PLAIN,
    ROUND_EXAMPLES,
    Mixture,
    sources,
)
from index.model import Span
from index.models.reader import Reading, SentenceReading
from tests.unit.index.lab.evaluation.builders import SKY, TOWN, entry, title_of, write

NAMES = sorted(["plain_news", "latest_news", *(name for names in FILES.values() for name in names)])


@pytest.fixture
def folder(tmp_path):
    """Every file the recipe reads, with the same two topics of the train part and one of dev."""
    folder, passages = tmp_path / "qa", tmp_path / PASSAGES
    folder.mkdir()
    passages.parent.mkdir()
    texts = {"wikinews:1#0": LAKE, "wikinews:1#1": POND}
    lines = (json.dumps({"id": name, "text": text}) for name, text in texts.items())
    passages.write_text("\n".join(lines))
    train, dev = title_of("train"), title_of("dev")
    more = {"The lamp was lit in May.": [("Why was the lamp lit?", "in May")]}
    more[MISLEADING] = [("What passed the hill?", "comets")]
    for name in NAMES:
        first = entry(train, TOWN | more)
        write(folder, name, first, entry(title_of("train", 1), SKY), entry(dev, SKY))
    named = entry("Wikinews 1", {LAKE: [("What froze?", "The lake")]})
    for paragraph in named["paragraphs"]:
        del paragraph["context"]
        paragraph["passage"] = "wikinews:1#0"
    write(folder, "wikinews", named | {"part": "train"})
    return folder


LAKE = "The lake froze in June."
POND = "The pond did not freeze."


def given(folder):
    plain = [folder / "plain_news.json", folder / "wikinews.json"]
    return sources(folder, plain, [folder / "latest_news.json"])


MISLEADING = "Some seventy comets passed the hill."


def misled(examples):
    """Read as if MISLEADING answered every question, in its first two words."""
    return [
        Reading(0.0, (SentenceReading(5.0 if e.passage == MISLEADING else -5.0, Span(5, 12)),))
        for e in examples
    ]


def test_a_round_has_the_shares_and_depends_on_its_number_alone(folder):
    made = Mixture(given(folder), seed=1, read=misled)
    first, second = made.draw(0), made.draw(1)
    kinds = [example.kind for example in first]
    assert {kind: kinds.count(kind) for kind in COUNTS} == COUNTS
    assert len(second) == ROUND_EXAMPLES
    again = Mixture(given(folder), seed=1, read=misled)
    assert again.draw(1) == second
    assert again.draw(0) == first
    assert Mixture(given(folder), seed=2, read=misled).draw(0) != first


def test_answers_are_where_they_are_said_to_be(folder):
    for example in Mixture(given(folder), seed=1, read=misled).draw(0):
        assert all(answer.of(example.passage).strip() for answer in example.answers)
        assert all(0 <= s.start < s.end <= len(example.passage) for s in example.sentences)
        if example.kind in ("natural near miss", "adversarial"):
            assert not example.answers


def test_a_mined_negative_does_not_say_the_answer(folder):
    said = {q: a for paragraphs in (TOWN, SKY) for qas in paragraphs.values() for q, a in qas}
    said |= {"Why was the lamp lit?": "in May", "What passed the hill?": "comets"}
    drawn = Mixture(given(folder), seed=1, read=misled).draw(0)
    mined = [e for e in drawn if e.kind.startswith("mined") and not e.answers]
    assert mined
    assert not any(said[e.question] in e.passage for e in mined)


def test_the_mined_passage_is_the_one_that_misleads_the_reader(folder):
    mixture = Mixture(given(folder), seed=1, read=misled)
    drawn = [example for number in range(3) for example in mixture.draw(number)]
    own = ("What passed the hill?", "How often does the comet return?")  # "every seventy years"
    mined = [e for e in drawn if e.kind == "mined natural"]
    assert not any(e.passage == MISLEADING for e in mined if e.question in own)
    others = [e.passage == MISLEADING for e in mined if e.question not in own]
    assert sum(others) > 0.3 * len(others)  # 3 of the 6 others are read; by chance .17


def test_a_question_is_asked_of_other_passages_of_its_article(folder):
    found = given(folder).items
    pairs = [item for item in found["beside story"] if item.question == "Why was the lamp lit?"]
    assert pairs
    assert not any(item.answers or "in May" in item.paragraph.text for item in pairs)
    assert {item.topic for item in pairs} == {title_of("train")}
    (other,) = found["beside"]
    assert (other.question, other.paragraph.text, other.answers) == ("What froze?", POND, ())


def test_an_answer_to_a_plain_question_stands_in_one_sentence():
    parts = ("train", "tune", "dev")
    items = [item for path in (PLAIN, LATEST) for part in parts for item in load(path, part)]
    answers = [(item.paragraph, answer) for item in items for answer in item.answers]
    assert len(answers) > 1000
    for paragraph, answer in answers:
        assert any(s.start <= answer.start and answer.end <= s.end for s in paragraph.sentences)


def test_only_the_train_part_is_learned_from(folder):
    topics = {item.topic for found in given(folder).items.values() for item in found}
    assert topics == {title_of("train"), title_of("train", 1), "Wikinews 1"}


def test_a_paragraph_may_be_named_by_its_passage(folder):
    (item,) = (item for item in given(folder).items["plain"] if item.topic == "Wikinews 1")
    assert item.paragraph.text == LAKE
    assert [answer.of(LAKE) for answer in item.answers] == ["The lake"]


def test_near_misses_are_as_frequent_in_what_is_asked_for(folder):
    asked = {"why": ("lit", "lost", "late", "loud"), "how much": ("oil", "tar", "wax", "ink")}
    answered = [(f"{sort} {one}?", "May") for sort, ones in asked.items() for one in ones]
    missed = [("why red?", ""), *((f"how much {one}?", "") for one in (*"abcdef", "cost"))]
    write(folder, "plain_news", entry(title_of("train"), {"It was May.": answered + missed}))
    items = sources(folder, [folder / "plain_news.json"]).items["plain near miss"]
    drawn = Counter(item.question.split(" ")[0] for item in items)
    assert drawn == {"why": 3, "how": 4}  # of 8 to 8; but none is drawn oftener than three times


def test_an_article_of_the_kept_back_parts_is_nowhere(tmp_path, folder):
    kept = title_of("dev", 3)
    number = kept.split()[-1]
    write(folder, "natural_news", entry(kept, SKY), entry(title_of("train"), TOWN))
    other = next(
        name
        for name in (f"wikinews {'x' * n} {number}" for n in range(99))
        if title_of_part(name, tmp_path) == "train"
    )
    write(folder, "qadiscourse_wikinews", entry(other, SKY), entry(title_of("train"), TOWN))
    topics = {item.topic for found in given(folder).items.values() for item in found}
    assert topics == {title_of("train"), title_of("train", 1), "Wikinews 1"}


def title_of_part(title, folder):
    """The part that a topic of this title is in."""
    path = write(folder / "one", "set", entry(title, SKY))
    return next(part for part in ("train", "tune", "dev") if load(path, part))
