"""Simulated users in many servers: what they do with the bot, and what the bot answers."""
