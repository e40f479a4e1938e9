"""How much of the articles is found in web pages, against trafilatura's defaults and readability.

The pages are those of https://github.com/scrapinghub/article-extraction-benchmark and of
https://github.com/mozilla/readability (test/test-pages), with their right texts. The measure is the
benchmark's own: runs of four words, each page counting alike.
"""

from __future__ import annotations

import gzip
import importlib
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

from index import strings
from index.errors import QuestionSetError, SourceError
from index.sources import html
from index.sources.decoding import decode

RUN_WORDS = 4

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class LabelledPage:
    """A web page and the text of its article."""

    name: str
    data: bytes
    text: str


@dataclass(frozen=True, slots=True)
class ExtractionScore:
    """Means over pages, from 0 to 1; `f` is the harmonic mean of the other two."""

    precision: float
    recall: float

    @property
    def f(self) -> float:
        """Return F1."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def pages(folder: Path) -> Iterator[LabelledPage]:
    """Yield the pages of a checkout of either project. Raises QuestionSetError."""
    truth = folder / "ground-truth.json"
    if truth.is_file():
        texts = json.loads(truth.read_text(encoding="utf-8"))
        for name, fields in texts.items():
            file = folder / "html" / f"{name}.html.gz"
            if file.is_file():
                yield LabelledPage(
                    name, gzip.decompress(file.read_bytes()), fields.get("articleBody", "")
                )
        return
    sources = sorted(folder.glob("**/source.html"))
    if not sources:
        raise QuestionSetError(str(folder), strings.NO_PAGES)
    for source in sources:
        expected = source.with_name("expected.html")
        if expected.is_file():
            text = _shown(expected.read_text(encoding="utf-8"))
            yield LabelledPage(source.parent.name, source.read_bytes(), text)


def extractors() -> Mapping[str, Callable[[bytes], str]]:
    """Return what finds articles, by name; readability where readability-lxml is installed."""
    found: dict[str, Callable[[bytes], str]] = {
        "Footnote": _footnote,
        "trafilatura, defaults": _trafilatura,
    }
    try:
        document = importlib.import_module("readability").Document
    except ImportError:
        return found
    return found | {"readability": lambda data: _shown(document(decode("", data)).summary())}


def measure(extract: Callable[[bytes], str], over: Sequence[LabelledPage]) -> ExtractionScore:
    """Return how well the articles of pages are found; a page that is refused has no text."""
    scores = [score(extract(page.data), page.text) for page in over]
    # As the benchmark has it, what finds nothing in a page is not precise or imprecise there.
    precision = [p for p, _ in scores if p is not None]
    return ExtractionScore(fmean(precision or [0.0]), fmean(recall for _, recall in scores))


def score(found: str, text: str) -> tuple[float | None, float]:
    """Return the precision (None where nothing was found) and recall of a text."""
    have, want = _runs(found), _runs(text)
    right = (have & want).total()
    precision = right / have.total() if have else None
    return precision, (right / want.total() if want else float(not have))


def _runs(text: str) -> Counter[tuple[str, ...]]:
    words = _WORD.findall(text)
    count = max(1, len(words) - RUN_WORDS + 1) if words else 0
    return Counter(tuple(words[n : n + RUN_WORDS]) for n in range(count))


def _footnote(data: bytes) -> str:
    try:
        return html.parse("", data).text
    except SourceError:
        return ""


def _trafilatura(data: bytes) -> str:
    from trafilatura import extract

    return extract(decode("", data), include_comments=False) or ""


def _shown(markup: str) -> str:
    from trafilatura import html2txt

    return html2txt(f"<html><body><div>{markup}</div></body></html>", clean=False)
