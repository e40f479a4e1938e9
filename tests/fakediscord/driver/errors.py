"""What a user's action can fail with.

Exception
├── Refused
└── AssertionError
    └── waiting.HarnessTimeout
        └── InteractionFailed
"""

from ..waiting import HarnessTimeout


class Refused(Exception):
    """The Discord client or server does not let this user do that; the bot never hears of it."""


class InteractionFailed(HarnessTimeout):
    """'The application did not respond'."""
