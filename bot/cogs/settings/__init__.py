"""A server's settings and their log."""
