"""Feeds that servers follow: found, checked again and again, and told of."""
