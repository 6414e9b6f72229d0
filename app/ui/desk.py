"""What a page is given (Desk) and what a page is (Page)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from app.jobs.workshop import Workshop
    from app.services.accounts import Who
    from app.services.berkas import Head
    from app.sop.model import Sop
    from app.ui.tasks import Tasks


@dataclass(frozen=True)
class Desk:
    """One officer at one computer, in one role. All a page gets; nothing is global."""

    sop: Sop
    who: Who
    tasks: Tasks
    workshop: Workshop
    office: Any
    settings_dir: Path
    clock: Callable[[], datetime]
    """The server's time, timezone-aware UTC."""


class Page(QWidget):
    """One page of the shell. It asks `desk.tasks`, shows frozen dataclasses, and tells the shell by signals."""

    title: str = ""
    subtitle: str = ""
    wide_search: ClassVar[bool] = True
    """Whether the top bar keeps its search box; a page with many tools of its own says False."""
    counts: ClassVar[bool] = False
    """Whether its number on the rail is kept true while another page is in front."""
    stands: Head | None = None
    """The file on the screen as it was read; when it turns out to be elsewhere the page reads again."""

    moved = Signal()
    """A berkas moved: work lists are no longer true."""
    open_berkas = Signal(int)
    go = Signal(str, object)
    """Page key, argument for its `arrive`."""
    back = Signal()
    fact = Signal(str)
    titled = Signal(str)
    said = Signal(str, object, str)
    """Sentence, undo function or None, tone: the shell shows it as a toast."""
    count = Signal(int)
    """How many wait here: the number on the rail."""
    strip = Signal(object)
    """A widget for the 44 px strip under the top bar, or None."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk

    def arrive(self, argument: object) -> None:
        """The page comes to the front with an argument (None if it has none). Pages refresh here or not at all."""
        self.refresh()

    def refresh(self) -> None:
        """Read again what is shown; typed text stays."""

    def live(self) -> None:
        """Somebody may have changed something: look, without a word, whether what is shown is still true."""
        shown = self.stands
        if shown is not None:
            self.desk.tasks.ask(
                partial(_head, self.desk.sop, shown.id), partial(self._compare, shown), self._not_compared,
                owner=self, keep=False, quiet=True,
            )  # fmt: skip

    def _compare(self, shown: Head, now: Head) -> None:
        place = (now.n, now.stage, now.holder)
        if shown is self.stands and (shown.n, shown.stage, shown.holder) != place:
            self.refresh()

    def _not_compared(self, _error: Exception) -> None:
        """The next look will tell."""

    def leave(self) -> bool:
        """Whether the page may go away now; drafts are kept first. False keeps it in front."""
        return True

    def footer(self) -> QWidget | None:
        """The bar of acts under the page, asked once."""
        return None

    def toolbar(self) -> list[QWidget]:
        """Tools for the top bar, asked once."""
        return []

    def say(self, text: str, undo: Callable[[], None] | None = None, tone: str = "ok") -> None:
        """Tell what was done; with `undo` it can be taken back for ten seconds."""
        self.said.emit(text, undo, tone)

    def set_title(self, title: str) -> None:
        """Another title in the top bar."""
        self.title = title
        self.titled.emit(title)

    def set_fact(self, fact: str) -> None:
        """The one fact beside the title."""
        self.subtitle = fact
        self.fact.emit(fact)


def _head(sop: Sop, berkas_id: int) -> Head:
    from app.services import berkas  # noqa: PLC0415 - runs in the database thread

    return berkas.head(sop, berkas_id)
