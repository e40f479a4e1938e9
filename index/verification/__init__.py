"""Answers in a model's words: what it is asked, and what of its text may be shown."""
