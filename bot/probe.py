"""Asks a bot that runs on this machine how it is."""

from __future__ import annotations

import http.client
import json

HOST = "127.0.0.1"
TIMEOUT_SECONDS = 4.0


class Silent(Exception):
    """The bot does not answer at its port.

    Attributes:
        reason: What happened instead. refused: Whether nothing listens there.
    """

    def __init__(self, reason: str, *, refused: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.refused = refused


def ask_health(port: int, timeout_seconds: float = TIMEOUT_SECONDS) -> list[str]:
    """Return what the bot says is wrong with it, nothing where all is well. Raises Silent."""
    connection = http.client.HTTPConnection(HOST, port, timeout=timeout_seconds)
    try:
        connection.request("GET", "/health")
        said = json.loads(connection.getresponse().read())
        return [str(each) for each in said["wrong"]]
    except ConnectionRefusedError as error:
        raise Silent("nothing listens there", refused=True) from error
    except TimeoutError as error:
        raise Silent(f"no answer in {timeout_seconds:g} seconds") from error
    except OSError as error:
        raise Silent(error.strerror or str(error)) from error
    except (http.client.HTTPException, ValueError, TypeError, KeyError) as error:
        raise Silent("another program answers there") from error
    finally:
        connection.close()
