"""Questions that workers answer for bots, over a queue in PostgreSQL."""
