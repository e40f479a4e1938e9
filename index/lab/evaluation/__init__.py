"""Measure search and answers on question sets in SQuAD's format."""
