from tests.soak.checks.properties import Tried, parse

PRINTED = """\
....                                                                     [100%]
============================ Hypothesis Statistics =============================
tests/index/test_b.py::test_words:

  - during reuse phase (0.01 seconds):
    - Typical runtimes: < 1ms, of which < 1ms in data generation
    - 1 passing, 1 failing, and 0 invalid test cases
  - during generate phase (0.83 seconds):
    - Typical runtimes: ~ 0-6 ms, of which ~ 0-1 ms in data generation
    - 38 passing, 2 failing, and 5 invalid test cases
    - Events:
      * 28.89%, refused: UndecodableSource
  - during shrink phase (4.73 seconds):
    - 1043 passing, 503 failing, and 15 invalid test cases

  - Stopped because settings.max_examples=40


tests/bot/test_a.py::TestLibrary::runTest:

  - during generate phase (0.29 seconds):
    - 60 passing, 0 failing, and 4 invalid test cases

  - Stopped because settings.max_examples=60


=========================== short test summary info ============================
FAILED tests/index/test_b.py::test_words - AssertionError
1 failed, 3 passed in 11.03s
"""


def test_the_examples_of_each_property_are_counted_without_those_of_shrinking():
    assert parse(PRINTED) == [
        Tried("bot/test_a.py::TestLibrary::runTest", 60, 0),
        Tried("index/test_b.py::test_words", 39, 3),
    ]


def test_what_printed_no_statistics_has_none():
    assert parse("no tests ran in 0.01s\n") == []
