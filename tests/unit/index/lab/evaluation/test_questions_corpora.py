import pytest

from index.errors import QuestionSetError
from index.lab.evaluation.questions import askable, corpus, names
from tests.fake_models import HashingEmbedder
from tests.unit.index.lab.evaluation.builders import SKY, TOWN, entry, title_of, write


def test_articles_go_before_reviews_and_posts(data):
    write(data, "squadshifts_reddit")
    assert names(data) == ["sky", "town"]
    for name in ("sky", "town"):
        (data / f"{name}.json").unlink()
    assert names(data) == ["squadshifts_reddit"]


def test_files_without_questions_of_the_part_are_left_out(data):
    write(data, "other", entry(title_of("train"), SKY))
    write(data, "none", entry(title_of("dev"), {"A pier.": [("What?", "")]}))
    assert askable(data, "dev") == ["sky", "town"]
    assert askable(data, "train") == ["other"]


def test_a_folder_without_questions_is_an_error(tmp_path, data):
    (tmp_path / "empty").mkdir()
    with pytest.raises(QuestionSetError, match="no file"):
        askable(tmp_path / "empty", "dev")
    with pytest.raises(QuestionSetError, match="no answerable question falls to the tune part"):
        askable(data, "tune")
    (data / "broken.json").write_text("{")
    with pytest.raises(QuestionSetError, match=r"broken\.json"):
        askable(data, "dev")


def test_questions_of_other_files_are_foreign_unless_their_topic_is_here_as_well(tmp_path, data):
    both = [entry(title_of("dev"), TOWN), entry(title_of("dev", 1), SKY)]
    for file, count in (((both[0],), 2), (tuple(both), 0)):
        write(data, "town", *file)
        with corpus(data, "town", "dev", tmp_path, HashingEmbedder(), 9) as one:
            kinds = [q.kind for q in one.questions]
        assert kinds.count("other article") == count
        assert kinds.count("answerable") == 4 + 2 * (len(file) - 1)
