"""Measures search and answers on question sets in SQuAD's format: `python -m index.evaluation`."""
