"""What the long work of a job says while it goes on, kept for a test to read."""

from __future__ import annotations


class Told:
    """A progress that keeps what it is told, and asks to stop after so many reports."""

    def __init__(self, stop_after: int = 999) -> None:
        self.reports: list[tuple[int, int, str]] = []
        self.results: list[tuple[str, bool, str]] = []
        self._stop_after = stop_after

    @property
    def stop_asked(self) -> bool:
        return len(self.reports) >= self._stop_after

    def report(self, done: int, total: int, text: str) -> None:
        self.reports.append((done, total, text))

    def result(self, label: str, ok: bool, reason: str = "") -> None:
        self.results.append((label, ok, reason))
