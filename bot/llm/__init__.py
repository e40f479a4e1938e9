"""Answers written by a language model behind an OpenAI-compatible server, checked as they come."""
