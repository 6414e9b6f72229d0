"""Brings lists of web bookings in, from any page: reads and stores off the window's thread, keeps what was chosen."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from app.jobs import booking_lists
from app.jobs.booking_lists import CITY, Looked, Opened
from app.services import booking_days, booking_guess, booking_list, bookings, keys, queue_settings
from app.services.booking_days import Outlook
from app.services.booking_list import Columns
from app.services.bookings import Imported, Preview
from app.services.queue_settings import Service
from app.sop.model import Role
from app.ui.desk import Desk
from app.ui.dialogs.booking_columns import NEW
from app.ui.dialogs.booking_import import BookingDialog
from app.ui.drafts import Drafts

DRAFT = "pesanan-daring"
PAUSE_MS = 250


@dataclass(frozen=True)
class Known:
    """What the dialog begins with. `draft` is what was chosen last time and not stored."""

    sources: tuple[Columns, ...]
    services: tuple[Service, ...]
    outlook: Outlook
    draft: Columns | None


class BookingImport(QObject):
    """Belongs to a page. Of what was asked again only the last answer counts."""

    said = Signal(str, object, str)
    taken = Signal()
    """Bookings came in, or a source is read in another way now."""

    def __init__(self, over: QWidget, desk: Desk) -> None:
        super().__init__(over)
        self._over, self._desk = over, desk
        self._drafts = Drafts(desk.settings_dir / "draf")
        self._known: Known | None = None
        self._opened: Opened | None = None
        self._preview: Preview | None = None
        self._asked = 0
        self.dialog: BookingDialog | None = None
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._look)

    def open(self) -> None:
        """Show the dialog."""
        self._desk.tasks.ask(partial(_known, self._drafts), self._show, self._not_shown, owner=self)

    def _not_shown(self, error: Exception) -> None:
        self.said.emit(str(error), None, "warn")

    def _show(self, found: Known) -> None:
        self._known, self._opened, self._preview = found, None, None
        keep = self._desk.who.role is Role.ADMIN
        self.dialog = dialog = BookingDialog(self._over.window(), found.services, keep=keep)
        dialog.show_days(found.outlook)
        dialog.picked.connect(self.read)
        dialog.stored.connect(self._store)
        dialog.columns.changed.connect(self._touched)
        dialog.columns.chosen.connect(self._other_source)
        dialog.finished.connect(self._closed)
        dialog.open()

    def _closed(self) -> None:
        """A list holds people's names; it is not kept longer than it is looked at."""
        self._pause.stop()
        self._asked += 1
        self._opened = self._preview = None

    # --- reading -----------------------------------------------------------------------------------------------------

    def read(self, path: Path) -> None:
        """A file was chosen or dropped."""
        known, dialog = self._known, self.dialog
        if known is None or dialog is None:
            return
        ways = [*([known.draft] if known.draft else []), *known.sources]
        self._asked += 1
        self._desk.tasks.work(
            lambda _progress: booking_lists.open_list(path, ways), self._read, dialog.refused, owner=dialog
        )

    def _read(self, opened: Opened) -> None:
        known, dialog = self._known, self.dialog
        if known is None or dialog is None:
            return
        self._opened = opened
        names = dict.fromkeys([*(c.source for c in known.sources), opened.how.source, CITY])
        dialog.columns.offer([name for name in names if name], opened.headings)
        dialog.columns.show_how(opened.how, known=opened.how in known.sources)
        dialog.show_file(opened.name)
        self._look()

    def _other_source(self, name: str) -> None:
        known, opened, dialog = self._known, self._opened, self.dialog
        if known is None or opened is None or dialog is None or name == NEW:
            return
        there = next((c for c in known.sources if c.source == name), None)
        how = there or booking_guess.propose(name, opened.headings, known.services)
        dialog.columns.show_how(how, known=there is not None)
        self._touched()

    def _touched(self) -> None:
        if self.dialog is not None and self._opened is not None:
            self._drafts.keep(DRAFT, self.dialog.columns.how().data())
            self._preview = None
            self.dialog.wait()
            self._pause.start()

    def _look(self) -> None:
        opened, dialog = self._opened, self.dialog
        if opened is None or dialog is None:
            return
        self._asked += 1
        if not dialog.columns.check():
            dialog.ask_columns()
            return
        mine, how = self._asked, dialog.columns.how()

        def looked(found: Looked) -> None:
            if mine == self._asked:
                self._preview = found.preview
                dialog.columns.show_words(found.words, found.how)
                dialog.show_preview(found.preview)

        def refused(error: Exception) -> None:
            if mine == self._asked:
                dialog.refused(error)

        self._desk.tasks.work(lambda _progress: booking_lists.look(opened, how), looked, refused, owner=dialog)

    # --- storing -----------------------------------------------------------------------------------------------------

    def _store(self) -> None:
        found, dialog = self._preview, self.dialog
        if found is None or dialog is None:
            return
        keep = dialog.columns.how() if dialog.columns.wants_keeping() else None
        work = partial(booking_lists.bring_in, found, keep, keys.new_key())
        self._desk.tasks.work(
            work, partial(self._stored, found), dialog.refused, _Said(dialog), owner=dialog, dead=dialog.yes
        )

    def _stored(self, found: Preview, done: Imported) -> None:
        if self.dialog is None:
            return
        self._drafts.drop(DRAFT)
        self._opened = self._preview = None
        self.dialog.show_report(done, found)
        self._desk.tasks.ask(partial(_known, self._drafts), self._again, owner=self.dialog)
        self.taken.emit()

    def _again(self, found: Known) -> None:
        """Another list may follow in the same dialog."""
        self._known = found
        if self.dialog is not None:
            self.dialog.show_days(found.outlook)


class _Said(QObject):
    """Follows the storing on the dialog's line."""

    def __init__(self, dialog: BookingDialog) -> None:
        super().__init__(dialog)
        self._dialog = dialog

    def report(self, done: int, total: int, _text: str) -> None:
        """So many are in."""
        self._dialog.report_progress(done, total)

    def result(self, _label: str, _ok: bool, _reason: str) -> None:
        """Single lines are told at the end."""


def _known(drafts: Drafts) -> Known:
    draft = _drafted(drafts.offer(DRAFT))
    return Known(tuple(bookings.sources()), tuple(queue_settings.services()), booking_days.outlook(), draft)


def _drafted(kept: dict[str, Any] | None) -> Columns | None:
    """What was chosen last time, unless another version of the program wrote it."""
    try:
        return booking_list.columns(kept) if kept else None
    except TypeError:
        return None
