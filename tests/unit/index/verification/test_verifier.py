"""Written sentences, kept and removed: 83 of them by hand, half of them subtly false."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest

from index.verification.verifier import Reason, Verifier
from tests.builders import hits_of, text_of
from tests.fake_models import OverlapReader

KEPT, REMOVED = 0.90, 0.90
"""The floors; .95 and .93 seen with the weights of November 2026."""

LINES = Path(__file__).with_name("sentences.jsonl").read_text(encoding="utf-8").splitlines()
ROWS = [json.loads(line) for line in LINES]
FALSE_KINDS = {"number", "negated", "speaker", "name"}


def judge(verifier: Verifier, row: Mapping[str, object]):
    hits = hits_of(str(row["article"]))
    return verifier.judge(str(row["sentence"]), hits)


def test_the_set_is_large_and_even():
    borne = Counter(row["borne"] for row in ROWS)
    assert len(ROWS) >= 60
    assert abs(borne[True] - borne[False]) <= 0.1 * len(ROWS)
    assert {row["kind"] for row in ROWS if not row["borne"]} == FALSE_KINDS
    assert len({(row["article"], row["sentence"]) for row in ROWS}) == len(ROWS)


@pytest.mark.model
def test_true_sentences_are_kept_and_false_ones_removed(reader):
    verifier = Verifier(reader)
    verdicts = [(row, judge(verifier, row).reason) for row in ROWS]
    kept = [reason is None for row, reason in verdicts if row["borne"]]
    removed = [reason is not None for row, reason in verdicts if not row["borne"]]
    wrong = [(row["sentence"], reason) for row, reason in verdicts if row["borne"] != (not reason)]
    assert sum(kept) >= KEPT * len(kept), wrong
    assert sum(removed) >= REMOVED * len(removed), wrong


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("The repairs cost 23 million euros.", None),
        ("The repairs cost 24 million euros.", Reason.NUMBER),
        ("The repairs took 310 months.", Reason.NUMBER),
        ("Norvik said it would return with 2 ferries in May.", None),
        ("Mayor Tomas Berg praised the divers.", Reason.NAME),
        ("Mayor Anna Lind praised the divers.", Reason.NAME),
        ("Berg said that jobs would be lost.", Reason.NEGATION),
        ("The harbour closed on Monday after 14 months of repairs.", Reason.NEGATION),
        ("Tomas Hale said that no jobs would be lost.", Reason.ROLE),
        ("Divers, divers, divers.", Reason.FORM),
        ("The divers cleared debris. " * 16, Reason.FORM),
        ("Fishing in the bay has become easier since then.", Reason.WORDS),
    ],
)
def test_a_reason_says_what_is_wrong(sentence, reason):
    verdict = judge(Verifier(OverlapReader()), {"article": "harbour", "sentence": sentence})
    assert verdict.reason is reason


def test_the_evidence_is_quoted_exactly():
    text = text_of("clinic")
    for row in ROWS:
        if row["article"] == "clinic":
            for support in judge(Verifier(OverlapReader()), row).evidence.supports:
                assert support.span.of(text) == support.quote


def test_a_sentence_that_begins_with_a_pronoun_brings_whom_it_means():
    sentence = "Hegseth maintained that his position was rooted in realism."
    verdict = judge(Verifier(OverlapReader()), {"article": "seed", "sentence": sentence})
    (support,) = verdict.evidence.supports
    assert support.quote.startswith("In an attempt to clarify his suggestions")
    assert "Yet, he maintained this position was rooted in realism" in support.quote
