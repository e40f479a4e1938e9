"""`python -m tests.e2e.light_bot run` and `worker`: Footnote with models that cost nothing.

For what takes several processes or a hundred questions, too much for the real models on two cores.
Nothing is answered while there is a file at HOLD.
"""

from __future__ import annotations

import os
import time
from pathlib import Path

from bot import answering, flow
from bot.cli.commands import main
from bot.remote import worker
from index import models
from tests.fake_models import HashingEmbedder, OverlapReader
from tests.forks import Fork

RUN = Fork("tests.e2e.light_bot", "run")
HOLD = "HOLD_ANSWERS"
"""The variable that names the file."""


def find_answer(library, asked):
    while HOLD in os.environ and Path(os.environ[HOLD]).exists():
        time.sleep(0.02)
    return answering.find_answer(library, asked)


if __name__ == "__main__":
    models.load_embedder = lambda model, cache: HashingEmbedder()
    models.load_reader = lambda cache: OverlapReader()
    flow.find_answer = worker.find_answer = find_answer
    main()
