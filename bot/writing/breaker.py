"""A server that is down is left in peace for a while."""

from __future__ import annotations

import time
from collections.abc import Callable

REST_SECONDS = 60.0


class Breaker:
    """Closed while all is well. Open after a failure; then one try at a time, a minute apart."""

    def __init__(
        self, rest_seconds: float = REST_SECONDS, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._rest_seconds = rest_seconds
        self._clock = clock
        self._until: float | None = None

    @property
    def is_open(self) -> bool:
        """Whether the server has failed and not yet done well again."""
        return self._until is not None

    def allows(self) -> bool:
        """Tell whether to try; where the rest is over the next one rests until this try is done."""
        if self._until is None:
            return True
        if self._clock() < self._until:
            return False
        self.trip()
        return True

    def trip(self) -> None:
        """Begin a rest."""
        self._until = self._clock() + self._rest_seconds

    def close(self) -> None:
        """Note that all is well."""
        self._until = None
