"""Evaluation and training; nothing at run time imports it."""
