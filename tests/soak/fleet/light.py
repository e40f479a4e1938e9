"""`python -m tests.soak.fleet.light run`: Footnote on loopback, with models that cost nothing.

Several processes with the real ones are too much for two cores.
"""

from __future__ import annotations

from index import models
from tests.e2e.loopback_bot import main
from tests.fake_models import HashingEmbedder, OverlapReader

DIMENSION = 384
"""As the real one's: of 64, a name's may be another word's with the opposite sign, and then ten
articles that differ in it alone are nearer to its question than its own, which is not read."""

if __name__ == "__main__":
    models.load_embedder = lambda model, cache: HashingEmbedder(DIMENSION)
    models.load_reader = lambda cache: OverlapReader()
    main(poll_seconds=1.0)
