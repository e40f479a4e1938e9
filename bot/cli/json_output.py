"""The JSON of answers, searches, articles and reports; scripts rely on these shapes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.cli.strings import NO_ARTICLES
from bot.strings import NOT_FOUND
from index.model import Answer, Article, Citation, Hit, Report

Json = dict[str, Any]


def answer(given: Answer, remark: str = "") -> Json:
    """Return an answer or a refusal; both have the same keys.

    The remark tells who wrote it, or why no model did.
    """
    return {
        "question": given.question,
        "answered": given.answered,
        "certainty": given.certainty,
        "answer": _text(given),
        "sentences": [
            {
                "text": sentence.text,
                "citations": list(sentence.citations),
                "earlier": sentence.earlier,
            }
            for sentence in given.sentences
        ],
        "citations": [_citation(citation) for citation in given.citations],
        "understood": given.rewritten,
        "missing": {
            "mentioned": list(given.missing.mentioned),
            "absent": list(given.missing.absent),
            "silent": list(given.missing.silent),
        },
        "closest": [{"article_id": near.id, "title": near.title} for near in given.closest],
        "nearest": _citation(given.nearest) if given.nearest else None,
        "written_by": given.written_by,
        "remark": remark,
        "confidence": round(float(given.confidence), 4),
        "timings_ms": {step: round(float(ms), 2) for step, ms in given.timings_ms.items()},
    }


def _text(given: Answer) -> str:
    if given.no_articles:
        return NO_ARTICLES
    return given.text if given.answered else NOT_FOUND


def _citation(citation: Citation) -> Json:
    return {
        "number": citation.number,
        **_source(citation.article),
        "quote": citation.quote,
        "start": citation.span.start,
        "end": citation.span.end,
        "also": [_source(article) for article in citation.also],
    }


def _source(article: Article) -> Json:
    return {
        "article_id": article.id,
        "title": article.title,
        "source": article.source_or_file,
        "published": article.published,
    }


def search(question: str, hits: Sequence[Hit]) -> Json:
    """Return what was found, best first."""
    return {"question": question, "hits": [_hit(hit) for hit in hits]}


def _hit(hit: Hit) -> Json:
    return {
        "article_id": hit.article.id,
        "title": hit.article.title,
        "text": hit.text,
        "start": hit.passage.span.start,
        "end": hit.passage.span.end,
        "score": round(float(hit.score), 4),
    }


def article(given: Article) -> Json:
    """Return what is known of an article, without its text."""
    return {
        "article_id": given.id,
        "title": given.title,
        "source": given.source_or_file,
        "published": given.published,
        "author": given.author,
        "language": given.language,
        "space": given.space,
        "version": given.version,
        "added": given.added,
        "words": given.words,
        "passages": given.passages,
    }


def report(done: Report) -> Json:
    """Return what an indexing run did."""
    return {
        "articles": len(done.indexed),
        "passages": done.passages,
        "seconds": round(done.seconds, 3),
        "passages_per_s": round(done.passages_per_second, 1),
        "skipped": done.skipped,
        "failed": [{"file": one.name, "reason": one.reason} for one in done.failed],
        "added": [
            {"article_id": one.article.id, "title": one.article.title, "status": one.status}
            for one in done.added
        ],
    }
