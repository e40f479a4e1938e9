"""Sentences and passages of a text, as exact character offsets."""

from index.segment.paragraphs import ends_sentence, is_hard_wrapped
from index.segment.passages import passages
from index.segment.sentences import sentences
from index.segment.words import count_words

__all__ = ["count_words", "ends_sentence", "is_hard_wrapped", "passages", "sentences"]
