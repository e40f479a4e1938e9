"""Trains the reader: `python -m index.reader.training DATA`. Needs torch; nothing else does."""
