"""What the bot measures of itself: /metrics and /health."""
