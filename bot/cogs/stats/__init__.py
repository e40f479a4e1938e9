"""Statistics for a server's admins."""
