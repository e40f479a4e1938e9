"""Answers without any LLM: exact sentences with their footnotes, or a refusal."""

from index.answering.answerer import Answerer

__all__ = ["Answerer"]
