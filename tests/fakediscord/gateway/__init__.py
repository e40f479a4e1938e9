"""The gateway (v10): sessions that survive their connection, and switches to break it."""

from .connection import Connection
from .session import Session
from .switches import Gateway

__all__ = ["Connection", "Gateway", "Session"]
