"""Follow-ups of a conversation, understood without any LLM."""
