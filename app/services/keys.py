"""Idempotency keys for whoever presses a button: one key per press, the same on every retry of that press."""

from __future__ import annotations

from app.models.base import derived, job_keys, new_key

__all__ = ["derived", "job_keys", "new_key"]
