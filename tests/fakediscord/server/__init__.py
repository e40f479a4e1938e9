"""The server: the state, its events and messages, fault injection, HTTP."""

from .core import Server
from .faults import Fault

__all__ = ["Fault", "Server"]
