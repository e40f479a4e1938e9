"""One package a feature: its cog, views, cards and strings."""
