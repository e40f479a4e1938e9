"""Statistics as a picture."""

from bot.pictures.painter import NotDrawn, Painter

__all__ = ["NotDrawn", "Painter"]
