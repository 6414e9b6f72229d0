"""Keeps what is typed in the entry: on this PC within 400 ms, in the database as revisions, and says which of both."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from app.errors import Conflict, Unavailable
from app.services import entry
from app.services.berkas import Head
from app.services.case import Case, from_json, to_json
from app.services.entry import Revision
from app.services.keys import new_key
from app.sop.calendar import WIB
from app.ui.desk import Desk
from app.ui.drafts import Drafts

REVISION_MS, RETRY_MS, LOOK_MS = 30_000, 3_000, 450


class Keeper(QObject):
    """One file's typing. `saved` carries the revision; `conflict` an error; `lamp` a sentence and a tone."""

    saved = Signal(object)
    conflict = Signal(object)
    refused = Signal(object)
    lamp = Signal(str, str)

    def __init__(self, desk: Desk, drafts: Drafts, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._drafts = desk, drafts
        self._file: Head | None = None
        self._rev, self._base = 0, Case()
        self._typed: Case | None = None
        self._dirty = self._held = False
        self._attempt: tuple[Case, str] | None = None
        self._asked = False
        self._after: Callable[[], None] | None = None
        self._later = QTimer(self, singleShot=True, interval=REVISION_MS)
        self._later.timeout.connect(self.save)
        self._retry = QTimer(self, singleShot=True, interval=RETRY_MS)
        self._retry.timeout.connect(self._send)
        self._look = QTimer(self, singleShot=True, interval=LOOK_MS)
        self._look.timeout.connect(self._say_local)
        desk.tasks.lost.connect(self._say_local)

    def start(self, file: Head, revision: Revision | None) -> None:
        """Follow this file from this revision on."""
        self._file, self._rev = file, revision.rev if revision else 0
        self._base = revision.case if revision else Case()
        self._typed, self._dirty, self._attempt, self._after = None, False, None, None
        self._later.stop()
        self._retry.stop()
        if revision:
            self._say_saved(revision)

    def move(self, file: Head) -> None:
        """The same file, with another line on its card."""
        self._file = file

    def hold(self, on: bool) -> None:
        """While the file is in other hands nothing is sent; what is typed stays on this PC."""
        was, self._held = self._held, on
        if on:
            self._later.stop()
            self._retry.stop()
            self._after = None
        elif was and self._dirty:
            self._later.start()

    def rebase(self, revision: Revision) -> None:
        """Somebody else's revision is now what the next one follows."""
        self._rev, self._base, self._attempt = revision.rev, revision.case, None

    def base(self) -> Case:
        """The saved case that the typing follows."""
        return self._base

    def dirty(self) -> bool:
        """Whether something is typed that no revision holds yet."""
        return self._dirty

    def typed(self, case: Case, texts: dict[str, str]) -> None:
        """Something was typed."""
        if self._file is None:
            return
        self._typed, self._dirty = case, True
        self._drafts.keep(key_of(self._file), {"rev": self._rev, "case": to_json(case), "texts": texts})
        self._look.start()
        if not self._later.isActive():
            self._later.start()

    def save(self, then: Callable[[], None] | None = None) -> None:
        """Make a revision of what is typed, then do `then`; at once if there is nothing to save."""
        if self._held:
            self._say_local()
            return
        self._after = then or self._after
        if self._dirty and self._typed is not None:
            self._later.stop()
            if self._attempt is None:
                self._attempt = (self._typed, new_key())
            self._send()
        elif not self._asked:
            self._done()

    def save_now(self) -> None:
        """Ctrl+S."""
        self.save()

    def finished(self) -> None:
        """The draft of this PC is no longer needed."""
        if self._file is not None:
            self._drafts.drop(key_of(self._file))

    def _send(self) -> None:
        if self._attempt is None or self._file is None or self._asked or self._held:
            return
        (case, key), file, rev, who = self._attempt, self._file, self._rev, self._desk.who
        self._asked = True
        what = self.tr("Isian {0}").format(file.number)
        save = partial(entry.save, who, file, case, rev, key)
        self._desk.tasks.ask(save, self._stored, self._failed, owner=self, command=what)

    def _stored(self, revision: Revision) -> None:
        self._asked = False
        sent = self._attempt[0] if self._attempt else None
        self._attempt, self._rev, self._base = None, revision.rev, revision.case
        self._dirty = self._typed is not sent
        if self._dirty:
            # Typed on while it was being saved: the rest follows.
            self.save()
            return
        self.finished()
        self._say_saved(revision)
        self.saved.emit(revision)
        self._done()

    def _done(self) -> None:
        after, self._after = self._after, None
        if after is not None:
            after()

    def _failed(self, error: Exception) -> None:
        self._asked = False
        if isinstance(error, Unavailable):
            # The same attempt with the same key: an answer that was lost does not make a second revision.
            self._retry.start()
            self._say_local()
            return
        self._attempt, self._after = None, None
        self._say_local()
        (self.conflict if isinstance(error, Conflict) else self.refused).emit(error)

    def _say_saved(self, revision: Revision) -> None:
        at_local = revision.at.astimezone(WIB)
        self.lamp.emit(self.tr("Tersimpan {0}").format(at_local.strftime("%H.%M.%S")), "ok")

    def _say_local(self) -> None:
        if not self._dirty or self._file is None:
            return
        if self._drafts.trouble() is not None:
            self.lamp.emit(self.tr("Belum tersimpan, penyimpanan PC ini menolak. Jangan tutup halaman ini"), "bad")
        else:
            self.lamp.emit(self.tr("Belum tersimpan, disimpan di PC ini"), "warn")


def key_of(file: Head) -> str:
    """The local draft's key: number and page, no name."""
    return f"{file.number} entri"


def case_of(draft: dict[str, Any]) -> Case | None:
    """The case of a local draft, or None where a newer version wrote what this one cannot read."""
    try:
        return from_json(str(draft["case"]))
    except (KeyError, ValueError, TypeError):
        return None
