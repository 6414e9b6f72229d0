"""Lines of threads for everything but the database's own questions: long work, pictures, waiting for news."""

from __future__ import annotations

import threading
from collections import deque
from contextlib import nullcontext, suppress

from app.ui.lane import Hooks, Job, Told, tell_desks


class Line:
    """Threads that take jobs from one line; with `around`, each job has a connection of its own."""

    def __init__(self, name: str, told: Told, hooks: Hooks, *, threads: int = 1, around: bool = False) -> None:
        self._told, self._hooks, self._around = told, hooks, around
        self._line: deque[Job] = deque()
        self._changed = threading.Condition()
        self._closed = False
        self._threads = [threading.Thread(target=self._run, name=name, daemon=True) for _ in range(threads)]
        for thread in self._threads:
            thread.start()

    def put(self, job: Job) -> None:
        """Ask it after all others."""
        with self._changed:
            self._line.append(job)
            self._changed.notify()

    def pending(self) -> list[int]:
        """Numbers of what has not been begun."""
        with self._changed:
            return [job.number for job in self._line]

    def drop(self) -> list[int]:
        """Forget what has not been begun, and say which; what was begun is finished."""
        with self._changed:
            dropped = [job.number for job in self._line]
            self._line.clear()
        return dropped

    def close(self) -> None:
        """End after what was asked."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def join(self) -> None:
        """Wait for the end."""
        for thread in self._threads:
            thread.join()

    def _run(self) -> None:
        while (job := self._next()) is not None:
            self._serve(job)
            del job

    def _next(self) -> Job | None:
        with self._changed:
            self._changed.wait_for(lambda: bool(self._line) or self._closed)
            return self._line.popleft() if self._line else None

    def _serve(self, job: Job) -> None:
        opened = False
        try:
            with self._hooks.patience(job.waiting) if job.waiting else nullcontext():
                if self._around:
                    self._hooks.start()
                    opened = True
                with self._hooks.keys(job.key) if self._around else nullcontext():
                    result = job.fn()
        except Exception as error:  # noqa: BLE001 - as in the database thread
            self._told.back(job.number, False, error)
        else:
            tell_desks(self._hooks, job)
            self._told.back(job.number, True, result)
        if opened:
            with suppress(Exception):
                self._hooks.stop()
