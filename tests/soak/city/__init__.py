"""Many people in many servers, what they do with the bot, and what they see of it."""
