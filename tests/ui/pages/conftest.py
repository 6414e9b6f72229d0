"""Pages work on a real office: their threads have connections of their own."""

from __future__ import annotations

from tests.support.desks import tasks

__all__ = ["tasks"]
