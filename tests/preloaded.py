"""What every fork (tests/forks.py) has from its start: imported once, by what it is forked from.

All that starts no thread and depends on no variable: each fork loads the models itself.
"""

from importlib import import_module

from index.sources.document import language_of

MODULES = """
    bot.app bot.cli.commands bot.remote.worker bot.web.app
    index.library index.models.runtime tests.readings tests.soak.steps
    alembic.command alembic.config psycopg
    chromadb chromadb.config chromadb.api.rust chromadb.telemetry.product.posthog
""".split()

for name in MODULES:
    import_module(name)

language_of("It unpacks its model for the first text that it is given.")
