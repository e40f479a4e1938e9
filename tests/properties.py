"""How many examples the tests of properties are tried with (Hypothesis)."""

from __future__ import annotations

import os
from typing import Any

from hypothesis import HealthCheck, Phase, settings

EXAMPLES = "FOOTNOTE_TEST_EXAMPLES"
"""The variable that has every property tried with so many, other ones in every run: `make soak`."""

WITHOUT_SHRINKING = (Phase.explicit, Phase.reuse, Phase.generate)
"""For examples so large that shrinking one takes minutes."""


def examples(few: int, *, slower: int = 1, **more: Any) -> settings:
    """Try a test with a few examples, the same ones in every run: nobody sees another's failure.

    In `make soak` with as many as it says, divided by `slower` where each takes that much longer
    than those of others.
    """
    many = os.environ.get(EXAMPLES)
    return settings(
        max_examples=max(1, int(many) // slower) if many else few,
        derandomize=not many,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        **more,
    )
