"""Threads, rate limits and the folder watch."""
