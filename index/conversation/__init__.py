"""Follow-ups of a conversation, understood without any LLM."""

from index.conversation.repeating import only_repeats
from index.conversation.speakers import Speaks, is_speaker
from index.conversation.turns import MAX_TURNS, Turn, recent
from index.conversation.understanding import understood

__all__ = ["MAX_TURNS", "Speaks", "Turn", "is_speaker", "only_repeats", "recent", "understood"]
