import pytest

from index.lab.evaluation.data import GoldQuestion, Topic, of_part, sample
from index.lab.evaluation.questions import KINDS, PRIOR, corpus, pose
from index.search.hybrid import Scope
from tests.fake_models import HashingEmbedder
from tests.unit.index.lab.evaluation.builders import SKY, TOWN, entry, title_of, write


def posed(bench, topics, part="dev", foreign=(), limit=9):
    return list(pose(bench, topics, part, foreign, limit))


def of_kind(questions, kind):
    return [q for q in questions if q.kind == kind]


def test_the_kinds_and_how_many(bench, topics):
    foreign = sample(topics, 3, answerable=True)
    found = posed(bench, topics, foreign=foreign)
    assert [len(of_kind(found, kind)) for kind in KINDS] == [4, 2, 4, 3]
    assert [len(of_kind(posed(bench, topics, limit=1), kind)) for kind in KINDS] == [1, 1, 1, 0]
    assert sum(PRIOR.values()) == pytest.approx(1)


def test_answerable_questions_bring_their_gold(bench, topics):
    texts = {d.origin: d.text for d in topics[0].paragraphs}
    for question in of_kind(posed(bench, topics), "answerable"):
        said = tuple(span.of(texts[question.paragraph]) for span in question.gold)
        assert question.gold_texts == said != ()
        assert question.scope == bench.scope


def test_gold_removed_questions_see_all_paragraphs_but_their_own(bench, topics):
    found = posed(bench, topics)
    asked = {q.text: q.paragraph for q in of_kind(found, "answerable")}
    for question in of_kind(found, "gold removed"):
        seen = {article.origin for article in question.scope.articles.values()}
        assert seen == {a.origin for a in bench.articles} - {asked[question.text]}
        assert question.gold == ()


def test_unanswerable_questions_have_no_gold_and_see_everything(bench, topics):
    found = posed(bench, topics, foreign=sample(topics, 1, answerable=True))
    for kind in ("adversarial", "other article"):
        assert {(q.gold, q.paragraph) for q in of_kind(found, kind)} == {((), "")}
        assert all(q.scope == Scope.of(bench.articles) for q in of_kind(found, kind))


def test_questions_of_another_part_are_not_posed(bench, topics):
    assert topics[0].title == title_of("dev")
    assert posed(bench, topics, part="train") == []


def test_the_same_article_under_another_name_is_no_other_article(tmp_path):
    names = [f"Wiki1k:wikinews:{number}" for number in range(10_000, 10_100)]
    name = next(
        one for one in names if of_part([Topic(one, (), (GoldQuestion("?", one, ()),))], "dev")
    )
    write(tmp_path, "a", entry(f"Wikinews {name[-5:]}", TOWN), entry(title_of("dev", 1), TOWN))
    write(tmp_path, "b", entry(name, SKY), entry(title_of("dev"), SKY))
    with corpus(tmp_path, "a", "dev", tmp_path / "work", HashingEmbedder(), 9) as one:
        assert len(of_kind(one.questions, "other article")) == 2  # each of SKY's once
