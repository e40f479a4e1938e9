"""`python -m tests.soak.fleet.light run`: Footnote on loopback, with models that cost nothing.

Several processes with the real ones are too much for two cores.
"""

from __future__ import annotations

from index import models
from tests.e2e.loopback_bot import main
from tests.fake_models import HashingEmbedder, OverlapReader

if __name__ == "__main__":
    models.load_embedder = lambda model, cache: HashingEmbedder()
    models.load_reader = lambda cache: OverlapReader()
    main(poll_seconds=1.0)
