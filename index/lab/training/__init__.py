"""Train the reader: `python -m index.lab.training DATA`. Needs torch; nothing else does."""
