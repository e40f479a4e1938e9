"""Index, list, re-read and remove articles."""
