"""Sentences, passages and words of a text, as exact character offsets."""
