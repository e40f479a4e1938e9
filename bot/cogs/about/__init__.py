"""Help, privacy, and the introduction to a server."""
