"""`python -m tests.e2e.bot`: Footnote, but that what its reader says is kept for all tests."""

from __future__ import annotations

from bot.cli.commands import main
from tests.readings import keep_readings

if __name__ == "__main__":
    keep_readings()
    main()
