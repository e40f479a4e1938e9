from index.model import Form
from tests.builders import document

DAYS = ("2026-03-01", "2026-03-09", "2026-02-27")

STORM = (
    "Storm damage\n\n"
    "A storm killed a woman in Orm on Friday and cut the power of 9,000 homes. "
    "It was over by noon. "
    "He had never seen such a thing, and it was a thing that he would not forget. "
    "Trains between Orm and Lindholm stood still for most of the day after trees fell on the line. "
    "“We lost the roof, the roof of the barn, and the roof of the house,” said Ada Voss. "
    "Was it the worst storm that the storm service has seen in all its years in Orm? "
    "The ferry to Eskholm turned back with 85 people, two of whom were hurt."
)


def test_the_opening_and_sentences_that_stand_alone(library):
    library.ingest([document("Storm", STORM)])
    answer = library.ask("Summarise the article")
    told = [sentence.text.split()[0] for sentence in answer.sentences]
    assert told == ["A", "Trains", "The"]
    assert answer.form is Form.SUMMARY


def test_the_newest_article_is_taken_where_none_is_named(library):
    dated = [document(day, f"It rained on {day}.", published=day) for day in DAYS]
    library.ingest([*dated, document("Undated", "It snowed.")])
    answer = library.ask("Summarise the article")
    assert {citation.article.title for citation in answer.citations} == {max(DAYS)}


def test_an_article_of_one_sentence_is_its_summary(library):
    library.ingest([document("Rain", "It rained.")])
    answer = library.ask("Summarise the article")
    assert [sentence.text for sentence in answer.sentences] == ["It rained."]
