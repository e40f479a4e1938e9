import pytest

from index.errors import SourceError
from index.lab.evaluation import systems
from index.lab.evaluation.bench import Bench
from index.lab.evaluation.data import read, sample
from index.model import Document
from tests.fake_models import HashingEmbedder
from tests.unit.index.lab.evaluation.builders import SKY, TOWN, entry, write


@pytest.mark.parametrize("weight", [0.0, 0.5, 1.0])
def test_retrieval_ranks_paragraphs(topics, bench, weight):
    found = systems.measure(bench, sample(topics, 9, answerable=True), weight)
    assert found.hit_at_5 == 1.0
    assert found.hit_at_1 >= 0.75  # the toy embedder takes one for another paragraph


def test_an_indexed_folder_is_used_again(tmp_path, topics, bench):
    class Unasked(HashingEmbedder):
        def embed(self, texts, **more):
            raise AssertionError(texts)

    again = Bench(tmp_path, topics, Unasked())
    assert again.scope == bench.scope
    again.close()


def test_what_an_earlier_file_of_the_same_titles_had_is_gone(tmp_path):
    for paragraphs, count in ((TOWN, 3), (SKY, 2)):
        bench = Bench(
            tmp_path, read(write(tmp_path, "t", entry("T", paragraphs))), HashingEmbedder()
        )
        bench.close()
        assert len(bench.articles) == count


def test_an_empty_paragraph_is_an_error_and_leaves_nothing_open(tmp_path, topics):
    broken = [topics[0].__class__("T", (Document(title="T", text=" ", origin="T/0"),), ())]
    with pytest.raises(SourceError):
        Bench(tmp_path, broken, HashingEmbedder())
