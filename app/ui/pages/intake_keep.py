"""Keeps what is typed at intake: on this PC at once, in the database on a pause in typing, and says which of both."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from app.errors import Conflict
from app.services.berkas import Contact
from app.services.case import Proxy, Reporter, Route
from app.services.keys import new_key
from app.ui.drafts import Drafts
from app.ui.pages import intake_data
from app.ui.pages.intake_data import IntakeView, Saved, Typed, typed_of
from app.ui.parts.spans import clock_full

if TYPE_CHECKING:
    from app.ui.desk import Desk

PAUSE_MS = 900


def packed(typed: Typed) -> dict[str, Any]:
    """The form as JSON for the local draft."""
    return {"route": typed.route.value, "reporter": typed.reporter.value, "proxy": asdict(typed.proxy),
            "contact": asdict(typed.contact)}  # fmt: skip


def unpacked(data: dict[str, Any]) -> Typed:
    """The form of a local draft; ValueError, KeyError or TypeError where it is none."""
    return Typed(Route(data["route"]), Reporter(data["reporter"]), Proxy(**data["proxy"]), Contact(**data["contact"]))


class IntakeKeeper(QObject):
    """One file's form. `lamp` says where the typing is; `answered` that the checklist may have changed."""

    lamp = Signal(str, str)
    answered = Signal()
    conflict = Signal(object)

    def __init__(self, desk: Desk, values: Callable[[], Typed], parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._values = desk, values
        self.drafts = Drafts(desk.settings_dir / "draf")
        self._view: IntakeView | None = None
        self._rev, self._busy, self._again, self._touched = 0, False, False, False
        self._saved: Typed | None = None
        self._then: Callable[[], None] | None = None
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.save)
        desk.tasks.lost.connect(self._say_local)

    def _key(self) -> str:
        return f"{self._view.head.number}-persyaratan" if self._view else ""

    def start(self, view: IntakeView) -> Typed:
        """Follow this file from here on; what a crash left behind on this PC comes back into the form."""
        new = self._view is None or self._view.head.id != view.head.id
        dirty = not new and self.dirty()
        self._view, self._rev = view, view.rev
        self._saved = typed_of(view)
        if dirty:
            return self._values()
        self._touched = False
        kept = self._offered() if view.mine else None
        if kept is not None and kept != self._saved:
            self._touched = True
            self.lamp.emit(self.tr("Ketikan terakhir di PC ini dikembalikan"), "warn")
            self._pause.start()
            return kept
        if view.saved_at is not None:
            self.lamp.emit(self.tr("Tersimpan {0}").format(clock_full(view.saved_at)), "ok")
        return self._saved

    def _offered(self) -> Typed | None:
        found = self.drafts.offer(self._key())
        try:
            return unpacked(found) if found else None
        except (KeyError, TypeError, ValueError):
            self.drafts.drop(self._key())
            return None

    def dirty(self) -> bool:
        """Whether something is typed that the database does not hold."""
        return self._touched and self._saved is not None and self._values() != self._saved

    def typed(self) -> None:
        """A letter: kept here now, there after the pause."""
        if self._view is None or not self._view.mine:
            return
        self._touched = True
        self.drafts.keep(self._key(), packed(self._values()))
        self._pause.start()
        if self._desk.tasks.is_lost():
            self._say_local()

    def _say_local(self) -> None:
        if self.dirty():
            self.lamp.emit(self.tr("Belum tersimpan, disimpan di PC ini"), "warn")

    def save(self, then: Callable[[], None] | None = None) -> None:
        """Save what is typed, then do `then`; at once if there is nothing to save."""
        self._then = then or self._then
        view = self._view
        if view is None or not view.mine or not self.dirty():
            self._done()
            return
        if self._busy:
            self._again = True
            return
        self._busy, self._again = True, False
        self._pause.stop()
        d, typed, rev, key = self._desk, self._values(), self._rev, new_key()

        def write() -> tuple[int, Typed, Saved]:
            return view.head.id, typed, intake_data.save(d.sop, d.who, view, rev, typed, key)

        command = self.tr("Isian persyaratan {0}").format(view.head.number)
        d.tasks.ask(write, self._on_saved, self._not_saved, owner=self, command=command)

    def _on_saved(self, answer: tuple[int, Typed, Saved]) -> None:
        berkas_id, typed, saved = answer
        self._busy = False
        if self._view is None or self._view.head.id != berkas_id:
            # Another file lies here meanwhile; what was typed for the first one is safe.
            return
        changed = self._saved is not None and (typed.route, typed.reporter) != (self._saved.route, self._saved.reporter)
        self._rev = saved.rev
        self._saved = typed if saved.contact else Typed(typed.route, typed.reporter, typed.proxy, self._old_contact())
        if not self.dirty():
            self.drafts.drop(self._key())
            self.lamp.emit(self.tr("Tersimpan {0}").format(clock_full(saved.at)), "ok")
        elif not saved.contact:
            self.lamp.emit(self.tr("Lengkapi alamat surel; ketikan disimpan di PC ini"), "warn")
        if changed:
            self.answered.emit()
        if self._again:
            self.save()
        else:
            self._done()

    def _old_contact(self) -> Contact:
        return self._saved.contact if self._saved else Contact()

    def _not_saved(self, error: Exception) -> None:
        self._busy = self._again = False
        self._then = None
        if isinstance(error, Conflict):
            self.conflict.emit(error)
        self.lamp.emit(self.tr("Belum tersimpan, disimpan di PC ini. {0}").format(error), "bad")

    def _done(self) -> None:
        then, self._then = self._then, None
        if then is not None:
            then()
