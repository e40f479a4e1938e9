import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.changes import Changes, changed_words, compare
from tests.builders import article

ARTICLE = article()
MEETING = "The council met on Monday in the old town hall."
VOTE = "It voted by nine to four to keep the ferry running."
MAYOR = "Mayor Lind cut the ribbon and went home."
RAIN = "Rain is expected over the weekend."


def changes(old: list[str], new: list[str]) -> Changes:
    return compare((ARTICLE, old), (ARTICLE, new))


def test_the_same_sentences_are_no_change_whatever_their_blanks():
    assert changes([MEETING, VOTE], [MEETING, VOTE.replace(" ", "\n")]) == Changes()


def test_sentences_come_go_and_are_reworded():
    reworded = VOTE.replace("nine to four", "ten to three")
    found = changes([MEETING, VOTE, MAYOR], [RAIN, MEETING, reworded])
    assert found == Changes(added=(RAIN,), changed=((VOTE, reworded),), removed=(MAYOR,))


def test_another_sentence_in_its_place_is_not_a_rewording():
    found = changes([MEETING, MAYOR], [MEETING, "Zyx!"])
    assert found == Changes(added=("Zyx!",), removed=(MAYOR,))


def test_each_old_sentence_goes_with_the_new_one_most_like_it():
    nearly, same = "It voted by nine to five.", VOTE.replace("ferry", "bridge")
    found = changes([VOTE], [nearly, same])
    assert found == Changes(added=(nearly,), changed=((VOTE, same),))


def test_details_that_differ_are_named():
    new = replace(ARTICLE, title="Another", published="2026-01-01")
    found = compare((ARTICLE, [MEETING]), (new, [MEETING]))
    assert found == Changes(details=("title", "published"))


@given(*[st.lists(st.sampled_from([MEETING, VOTE, MAYOR, RAIN, "A", "B"]), max_size=9)] * 2)
def test_every_sentence_is_listed_once(old, new):
    found = changes(old, new)
    was, now = [pair[0] for pair in found.changed], [pair[1] for pair in found.changed]
    kept = len(old) - len(found.removed) - len(was)
    assert kept == len(new) - len(found.added) - len(now)
    assert not set(found.removed + tuple(was)) - set(old)
    assert not set(found.added + tuple(now)) - set(new)
    assert all(was != now for was, now in found.changed)


def test_the_longest_article_rewritten_takes_no_time():
    old = [f"Sentence {n} tells of barge {n * 7} and its load." for n in range(10_000)]
    new = [s if n % 3 else s.replace("barge", "ship") for n, s in enumerate(old)]
    began = time.perf_counter()
    assert len(changes(old, new).changed) == 3_334
    assert len(changes(old, [s.upper() for s in old]).added) == 10_000
    assert time.perf_counter() - began < 20


@pytest.mark.parametrize(
    ("old", "new", "pairs"),
    [
        ("It cost £38.4m, he said.", "It cost £41m, he said.", [("£38.4m", "£41m")]),
        ("They voted for it.", "They voted against it.", [("for", "against")]),
        ("It is open.", "It is not open.", [("", "not")]),
        ("In late June, two left.", "In August two left.", [("late June,", "August")]),
        ("Same.", "Same.", []),
        ("", "New words.", [("", "New words.")]),
    ],
)
def test_the_words_that_differ(old, new, pairs):
    assert [(a.of(old), b.of(new)) for a, b in changed_words(old, new)] == pairs
