"""Telling people of new articles on what they follow."""
