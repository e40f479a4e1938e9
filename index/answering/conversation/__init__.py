"""Follow-ups of a conversation, understood without any LLM."""

from index.answering.conversation.repeating import only_repeats
from index.answering.conversation.speakers import Speaks, is_speaker
from index.answering.conversation.turns import MAX_TURNS, Turn, recent
from index.answering.conversation.understanding import understood

__all__ = ["MAX_TURNS", "Speaks", "Turn", "is_speaker", "only_repeats", "recent", "understood"]
