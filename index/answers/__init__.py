"""Answers without any LLM: exact sentences with their footnotes, or a refusal."""
