"""Train the reader: `python -m index.lab.training DATA --encoder FOLDER`. Needs torch."""
