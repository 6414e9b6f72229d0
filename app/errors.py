"""The three errors that may be shown to an officer; everything else is a bug."""

from __future__ import annotations


class Shown(Exception):
    """An error whose text is Indonesian, plain, kind, and says what to do next."""

    def __init__(self, message: str, *, field: str = "", code: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.field = field
        self.code = code


class Refused(Shown):
    """The request breaks a rule of the procedure or of the form; nothing was changed."""


class Conflict(Shown):
    """Somebody else was faster; what is on the screen is no longer true and must be read again."""


class Unavailable(Shown):
    """A server, device or file could not be reached; the same request may work later."""
