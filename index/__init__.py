"""Footnote's index: articles, search and answers. Knows nothing of Discord or the environment."""
