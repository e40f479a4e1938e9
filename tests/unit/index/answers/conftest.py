"""An index of short articles: what a test module has as ARTICLES."""

import pytest

from index.search.bm25 import Bm25Index
from index.search.hybrid import Scope
from tests.builders import article
from tests.unit.index.answers.indexing import indexed


@pytest.fixture(scope="module")
def bm25():
    return Bm25Index(None)


@pytest.fixture(scope="module")
def scope(bm25, request):
    texts = enumerate(request.module.ARTICLES)
    return Scope.of(indexed(bm25, text, article(str(n))) for n, text in texts)
