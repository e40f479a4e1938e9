"""The command line: `footnote`, or `python -m bot`."""

from bot.cli.entry import main

__all__ = ["main"]
