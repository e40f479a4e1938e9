"""Measures search and answers on question sets in SQuAD's format.

`footnote evaluate` reports on the dev part, `python -m index.evaluation` tunes on the tune part.
"""
