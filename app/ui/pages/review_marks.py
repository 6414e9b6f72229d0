"""✓ and ✗ of a reviewer, value by value; a mark holds as long as the value it was given for."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.services.fields import ValueRow
from app.services.intake import FindingRow

RIGHT, WRONG = "benar", "salah"


@dataclass(frozen=True)
class Mark:
    """One judgement; a wrong value has its reason."""

    verdict: str
    reason: str = ""


@dataclass(frozen=True)
class Tally:
    """How many values are right, wrong, and not judged yet."""

    right: int
    wrong: int
    open: int


class Marks:
    """All marks of one file by path. They are no part of the record: they guard the reviewer against forgetting."""

    def __init__(self) -> None:
        self._rows: dict[str, ValueRow] = {}
        self._marks: dict[str, Mark] = {}

    def start(self, rows: Sequence[ValueRow], kept: Mapping[str, Any], login: str) -> None:
        """Begin with what was kept on this PC: one's own marks, of values that are still the same."""
        self._rows = {r.path: r for r in rows}
        self._marks = {}
        if kept.get("login") != login:
            return
        for path, (verdict, reason, of) in dict(kept.get("marks", {})).items():
            if path in self._rows and of == fingerprint(self._rows[path]):
                self._marks[path] = Mark(verdict, reason)

    def of(self, path: str) -> Mark | None:
        """The mark of a value, or None."""
        return self._marks.get(path)

    def put(self, path: str, verdict: str, reason: str = "") -> None:
        """Judge a value; the same mark again takes it back."""
        if self._marks.get(path) == Mark(verdict, reason):
            del self._marks[path]
        else:
            self._marks[path] = Mark(verdict, reason)

    def take_back(self, path: str) -> None:
        """Not judged."""
        self._marks.pop(path, None)

    def tally(self) -> Tally:
        """The three numbers over the values."""
        right = sum(m.verdict == RIGHT for m in self._marks.values())
        wrong = sum(m.verdict == WRONG for m in self._marks.values())
        return Tally(right, wrong, len(self._rows) - right - wrong)

    def findings(self) -> list[FindingRow]:
        """The wrong ones as they are written into the file, in the order of the list."""
        wrong = ((p, self._marks[p]) for p in self._rows if p in self._marks and self._marks[p].verdict == WRONG)
        return [FindingRow(path, mark.reason) for path, mark in wrong]

    def kept(self, login: str) -> dict[str, Any]:
        """What is kept on this PC: no value, only its fingerprint."""
        marks = {p: [m.verdict, m.reason, fingerprint(self._rows[p])] for p, m in self._marks.items()}
        return {"login": login, "marks": marks}


def fingerprint(row: ValueRow) -> str:
    """Sixteen digits by which a value is known again."""
    return hashlib.sha256(f"{row.path}={row.value}".encode()).hexdigest()[:16]
