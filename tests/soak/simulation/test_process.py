import os

import pytest

from tests.soak.simulation.process import JUDGED_SECONDS, Sample, fit, growth, sample


def samples(seconds: float, memory, files=lambda n: 20, threads=lambda n: 9) -> list[Sample]:
    return [Sample(n * seconds / 40, memory(n), files(n), threads(n)) for n in range(41)]


def test_the_fit_is_the_line_that_most_points_are_on():
    points = [(float(x), 10.0 + 2 * x) for x in range(20)]
    points[7] = (7.0, 900.0)
    assert fit(points) == (10.0, 48.0)


def test_one_point_has_not_grown():
    assert fit([(3.0, 5.0)]) == (5.0, 5.0)


def test_a_leak_is_seen_through_what_comes_and_goes():
    noisy = samples(JUDGED_SECONDS, lambda n: 500 + n + 40 * (n % 3))
    memory, files, threads = growth(noisy)
    assert not memory.held
    assert "(+" in memory.seen
    assert files.held
    assert threads.held


@pytest.mark.parametrize("which", ["files", "threads"])
def test_what_is_left_open_is_seen(which):
    figures = growth(samples(JUDGED_SECONDS, lambda n: 500.0, **{which: lambda n: 20 + n}))
    assert [figure.held for figure in figures].count(False) == 1


def test_memory_of_a_short_time_is_reported_and_not_judged():
    memory, *_ = growth(samples(JUDGED_SECONDS / 2, lambda n: 500.0 + 10 * n))
    assert memory.held
    assert "+" in memory.seen


def test_a_sample_is_of_the_process():
    file = os.open(os.devnull, os.O_RDONLY)
    with_one_more = sample(os.getpid())
    os.close(file)
    assert sample(os.getpid()).files == with_one_more.files - 1
    assert with_one_more.memory_mb > 10
    assert with_one_more.threads >= 1
