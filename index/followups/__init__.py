"""Rewrite follow-up questions of a conversation, without a language model."""
