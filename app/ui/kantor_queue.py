"""The queue's tab: its services, which counter takes what, and its rules. What is changed counts at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.services import keys, queue_settings
from app.services.queue_settings import QueueSettings, Service
from app.ui import cells, kantor_queue_data
from app.ui.booking_import import BookingImport
from app.ui.booking_slots import TwoDays
from app.ui.dialogs.queue_entry import EditCounter, EditService
from app.ui.kantor_queue_data import Place, QueueSet
from app.ui.kantor_queue_rules import QueueRules
from app.ui.parts.banner import Banner
from app.ui.parts.buttons import Button
from app.ui.parts.layout import column, line, row, scrolled
from app.ui.parts.segmented import Segmented
from app.ui.parts.text import Txt
from app.ui.rows import Column, Rows

if TYPE_CHECKING:
    from app.ui.desk import Desk
    from app.ui.dialogs.catalogue_entry import Entry

tr = partial(QCoreApplication.translate, "QueueTab")
SERVICES, COUNTERS, RULES, WEB = range(4)


class QueueTab(QWidget):
    """Old rows stay readable; numbers that were given keep their letter."""

    said = Signal(str, object, str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._set: QueueSet | None = None
        self.dialog: Entry | None = None
        self.kind = Segmented([tr("Layanan"), tr("Loket"), tr("Aturan dan jam"), tr("Pesanan daring")], padding=24)
        self.new = Button(tr("Tambah"), "plus", "secondary", "Ctrl N")
        self.edit = Button(tr("Ubah"), "pencil-simple-line", "secondary", "Enter")
        self.turn = Button(tr("Tutup"), "prohibit", "secondary")
        self.services: Rows[Service] = Rows(self._service_columns(), lambda s: s.service, height=54, name=tr("Layanan"))
        self.counters: Rows[Place] = Rows(self._counter_columns(), lambda p: p.name, height=54, name=tr("Loket"))
        self.rules, self.days, self.imports = QueueRules(), TwoDays(), BookingImport(self, desk)
        self.bring = Button(tr("Impor daftar"), "download-simple", "primary", "Ctrl Shift I")
        self._says, self.warn = Txt("", "small", "ink3"), Banner("", "warn", "warning")
        self.warn.hide()
        self._stack = QStackedWidget()
        self._known = Txt("", "small", "ink3", wrap=True)
        web = scrolled(column(self.days, self._known, "s", gap=14))
        for part in (self.services, self.counters, self.rules, web):
            self._stack.addWidget(part)
        head = row(self.kind, "s", self.edit, self.turn, self.new, self.bring, gap=10)
        body = (head, self._says, self.warn, line(), (self._stack, 1))
        self.setLayout(column(*body, gap=10, margins=(20, 14, 20, 14)))
        self._wire()
        self.open_kind(SERVICES)

    def _wire(self) -> None:
        self.kind.changed.connect(self.open_kind)
        self.new.clicked.connect(lambda: self._ask(None))
        self.edit.clicked.connect(lambda: self._ask(self._current()))
        self.turn.clicked.connect(self._turn)
        for rows in (self.services, self.counters):
            rows.opened.connect(self._ask)
            rows.picked.connect(lambda _row: self._fit())
        self.rules.asked.connect(self._save_rules)
        self.bring.clicked.connect(self.imports.open)
        self.imports.said.connect(self.said)
        self.imports.taken.connect(self.refresh)

    def _service_columns(self) -> list[Column[Service]]:
        def makes(s: Service) -> cells.Cell:
            return cells.muted(tr("berkas baru") if s.registers else tr("tanpa berkas"))

        return [
            Column(tr("Huruf"), lambda s: cells.text(s.service, bold=True), 70, sort=lambda s: s.service),
            Column(tr("Layanan"), lambda s: cells.two(s.label, s.detail), sort=lambda s: s.label),
            Column(tr("Menjadi"), makes, 130),
            Column(tr("Nomor per hari"), lambda s: cells.muted(str(s.quota) if s.quota else tr("tanpa batas")), 140),
            Column(tr("Keadaan"), lambda s: cells.badge(*_state(s)), 130),
        ]

    def _counter_columns(self) -> list[Column[Place]]:
        return [
            Column(tr("Loket"), lambda p: cells.text(p.name, bold=True), 150),
            Column(tr("Melayani"), lambda p: cells.text(self._takes(p))),
            Column(tr("Petugas"), lambda p: cells.muted(", ".join(p.officers) or tr("belum ada")), 320),
        ]

    def _takes(self, place: Place) -> str:
        if not place.letters or self._set is None:
            return tr("semua layanan")
        return " · ".join(s.label for s in self._set.services if s.service in place.letters)

    # --- reading -----------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read everything again; typed rules stay."""
        self._desk.tasks.ask(kantor_queue_data.load, self._got)

    def _got(self, found: QueueSet) -> None:
        self._set = found
        self.services.set_rows(found.services)
        self.counters.set_rows(found.places)
        self.rules.fill(found.settings)
        self.days.show_outlook(found.outlook)
        known = ", ".join(sorted(found.settings.sources))
        none = tr("Belum ada sumber yang dikenal; impor daftar yang pertama, lalu cara membacanya diingat.")
        self._known.setText(tr("Sumber yang dikenal: {0}.").format(known) if known else none)
        who = ", ".join(found.homeless)
        self.warn.setVisible(bool(who))
        self.warn.set(tr("Belum punya loket, jadi tidak dapat memanggil: {0}.").format(who), "warn", "warning")
        self._fit()

    def open_kind(self, number: int) -> None:
        """Services, counters, rules, or web bookings."""
        self.kind.set_current(number)
        self._stack.setCurrentIndex(number)
        words = (
            tr("Yang ditutup tidak lagi ditawarkan; nomor yang sudah diambil tetap dilayani."),
            tr("Loket yang tidak diatur melayani semua layanan."),
            tr("Berlaku untuk nomor dan panggilan berikutnya."),
            tr("Daftar dari sistem antrean kota; baru dapat dipanggil sesudah pemesannya melapor di kios atau loket."),
        )
        self._says.setText(words[number])
        for button in (self.new, self.edit):
            button.setVisible(number in {SERVICES, COUNTERS})
        self.bring.setVisible(number == WEB)
        self.turn.setVisible(number == SERVICES)
        self._fit()

    def _current(self) -> Service | Place | None:
        return self.services.current() if self.kind.current() == SERVICES else self.counters.current()

    def _fit(self) -> None:
        """The buttons say what they would do to the row in front."""
        self.edit.setEnabled(self._current() is not None)
        service = self.services.current()
        self.turn.setEnabled(service is not None)
        closed = service is not None and not service.active
        self.turn.set_text(tr("Buka") if closed else tr("Tutup"))
        self.turn.set_icon("check" if closed else "prohibit")

    # --- changing ----------------------------------------------------------------------------------------------------

    def _ask(self, known: Service | Place | None) -> None:
        if self._set is None:
            return
        key = keys.new_key()
        if self.kind.current() == SERVICES:
            service = known if isinstance(known, Service) else None
            asked = EditService(self, service, [s.service for s in self._set.services])
            asked.asked.connect(
                lambda s: self._put(partial(queue_settings.save_service, s, key), _service_said(s), asked)
            )
            self.dialog = asked
        else:
            place = known if isinstance(known, Place) else None
            counter = EditCounter(self, place, self._set.services, [p.name for p in self._set.places])
            counter.asked.connect(
                lambda name, letters: self._put(
                    partial(queue_settings.save_counter, name, letters, key), tr("{0} disimpan").format(name), counter
                )
            )
            self.dialog = counter
        self.dialog.open()

    def _put(self, work: Callable[[], None], said: str, dialog: Entry) -> None:
        def done(_: object) -> None:
            dialog.accept()
            self.said.emit(said, None, "ok")
            self.refresh()

        self._desk.tasks.ask(work, done, dialog.refused, owner=dialog, dead=dialog.yes, command=said)

    def _turn(self) -> None:
        """Close or open a service; can be taken back."""
        service = self.services.current()
        if service is None:
            return
        there = replace(service, active=not service.active)
        back = partial(queue_settings.save_service, service, keys.new_key())
        undone = tr("Layanan {0}: dibatalkan").format(service.service)
        self._do(
            partial(queue_settings.save_service, there, keys.new_key()), _service_said(there),
            lambda: self._do(back, undone, None),
        )  # fmt: skip

    def _do(self, work: Callable[[], None], said: str, undo: Callable[[], None] | None) -> None:
        def done(_: object) -> None:
            self.said.emit(said, undo, "ok")
            self.refresh()

        self._desk.tasks.ask(work, done, owner=self, dead=self.turn, command=said)

    def _save_rules(self, settings: QueueSettings) -> None:
        def done(_: object) -> None:
            self.rules.settled()
            self.said.emit(tr("Aturan antrean disimpan"), None, "ok")
            self.refresh()

        self._desk.tasks.ask(
            partial(queue_settings.save, settings, keys.new_key()), done, owner=self, dead=self.rules.save,
            command=tr("Simpan aturan antrean"),
        )  # fmt: skip


def _state(service: Service) -> tuple[str, str]:
    return (tr("dibuka"), "ok") if service.active else (tr("ditutup"), "mute")


def _service_said(service: Service) -> str:
    return tr("Layanan {0} {1}").format(service.service, tr("disimpan") if service.active else tr("ditutup"))
