"""Messages between people and the bot: which are questions, and what they go on from."""
