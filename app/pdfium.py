"""The one lock around pypdfium2, which is not thread-safe; every caller holds it from open to close."""

from __future__ import annotations

import threading

LOCK = threading.RLock()
