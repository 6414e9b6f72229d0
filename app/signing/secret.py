"""Passphrases as bytearrays that can be wiped; str copies are made nowhere below the window."""

from __future__ import annotations


def from_text(text: str) -> bytearray:
    """Gives the passphrase as typed, in UTF-8, for a function that wipes it after use."""
    return bytearray(text, "utf-8")


def wipe(secret: bytearray) -> None:
    """Overwrites every byte in place; the length stays, so that nobody holding the object sees it change size."""
    # Slice assignment writes into the same buffer; `secret[:] = b""` would free it unwiped.
    secret[:] = bytes(len(secret))
