"""Files that may not be read, for the superuser too."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# include/uapi/linux/capability.h
_VERSION = 0x20080522
_DAC_OVERRIDE, _DAC_READ_SEARCH = 1, 2
_Sets = ctypes.c_uint32 * 6
"""Effective, permitted and inheritable capabilities: the lower 32, then the upper."""


@contextmanager
def denied(path: Path) -> Iterator[None]:
    """Let nobody read a file or a folder: this thread gives up what root may beyond others."""
    mode = path.stat().st_mode
    path.chmod(0)
    try:
        if sys.platform == "linux" and os.geteuid() == 0:
            with _ordinary():
                yield
        else:
            yield
    finally:
        path.chmod(mode)


@contextmanager
def _ordinary() -> Iterator[None]:
    libc = ctypes.CDLL(None, use_errno=True)
    header, held = (ctypes.c_uint32 * 2)(_VERSION, 0), _Sets()
    _check(libc.capget(header, held))
    given_up = _Sets(*held)
    given_up[0] &= ~(1 << _DAC_OVERRIDE | 1 << _DAC_READ_SEARCH)
    _check(libc.capset(header, given_up))
    try:
        yield
    finally:
        _check(libc.capset(header, held))


def _check(result: int) -> None:
    if result:
        raise OSError(ctypes.get_errno(), "capabilities cannot be changed")
