"""One thing that the rules found in a case."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

Level: TypeAlias = Literal["error", "warning", "info"]


@dataclass(frozen=True)
class Issue:
    """What is wrong at a path and what to do about it.

    An error keeps the draft from being printed. A warning wants an answer: another value, or "Biarkan" (with a
    reason if `needs_reason`). An info is only told. `suggestion` is the value that "Pakai ..." would put in, as text
    (dates as ISO); `missing` marks a field that is merely still empty.
    """

    path: str
    level: Level
    text: str
    suggestion: str | None = None
    needs_reason: bool = False
    missing: bool = False


Found: TypeAlias = Iterator[Issue]


def error(path: str, text: str, suggestion: str | None = None) -> Issue:
    """Blocks the draft."""
    return Issue(path, "error", text, suggestion)


def warning(path: str, text: str, suggestion: str | None = None, *, reason: bool = False) -> Issue:
    """Wants an answer."""
    return Issue(path, "warning", text, suggestion, needs_reason=reason)


def info(path: str, text: str) -> Issue:
    """Only told."""
    return Issue(path, "info", text)


def missing(path: str, text: str) -> Issue:
    """A required field that is still empty."""
    return Issue(path, "error", text, missing=True)
