"""Opening a file somebody else made: never waits for a pipe, never takes a device or a folder for a file."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import BinaryIO


class NotRegularError(OSError):
    """A folder, pipe, socket or device stands where a file should be."""


def opened(path: Path, *, follow: bool) -> BinaryIO:
    """Opens for reading; asks the open file, not the path, so that nothing can be swapped in between.

    With `follow` false a link as the last step raises OSError (ELOOP). Windows opens no folder at all and has neither
    of the two flags.
    """
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    if not follow:
        flags |= getattr(os, "O_NOFOLLOW", 0)
    descriptor = os.open(path, flags)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise NotRegularError
    return os.fdopen(descriptor, "rb")
