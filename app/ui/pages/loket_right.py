"""The right side of the counter while no file is in front: what can be done next; the same, small, in the top bar."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.pages.loket_data import CounterView
from app.ui.parts.buttons import Button
from app.ui.parts.digits import Answer, Digits
from app.ui.parts.empty import Act, EmptyState
from app.ui.parts.keys import sequences
from app.ui.parts.layout import row
from app.ui.parts.spans import minutes
from app.ui.parts.topbar import Search


class NothingHere(QWidget):
    """An empty counter, a visitor on his way, or one who needs no new file."""

    online = Signal(object)
    package = Signal()
    number = Signal(object)
    walk_in = Signal()
    berkas = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._stray = 0
        nothing = EmptyState("tray", self.tr("Belum ada berkas di loket ini"), "", self._acts())
        self.state = nothing
        self.scan, self.open, self.next, self.walk, self.take, self.bring = nothing.buttons
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(nothing)

    def _acts(self) -> list[Act]:
        scan = Act(
            "barcode", self.tr("Pindai resi atau kartu kendali"),
            self.tr("Berkas langsung terbuka, antrean tidak berubah"), "Ctrl K", self._scan, wired=False,
        )  # fmt: skip
        there = Act(
            "folder-open", self.tr("Buka berkas pemohon ini"), self.tr("Ada di meja lain; ambil alih bila perlu"),
            "Ctrl O", lambda: self.berkas.emit(self._stray),
        )  # fmt: skip
        online = Act(
            "globe-simple", self.tr("Permohonan daring berikutnya"), "", "Ctrl D", lambda: self.online.emit(self.next)
        )
        walk = Act(
            "user-plus", self.tr("Registrasi tanpa tiket"), self.tr("Nomor antrean dibuat sekarang"), "Ctrl N",
            self.walk_in.emit,
        )  # fmt: skip
        take = Act(
            "receipt", self.tr("Nomor antrean baru"), self.tr("Untuk pemohon yang menunggu; tercetak bila ada printer"),
            "Ctrl Shift N", lambda: self.number.emit(self.take),
        )  # fmt: skip
        bring = Act(
            "download-simple", self.tr("Impor paket daring"), self.tr("Folder atau .zip dari portal permohonan"),
            "Ctrl I", self.package.emit,
        )  # fmt: skip
        return [scan, there, online, walk, take, bring]

    def _scan(self) -> None:
        search = self.window().findChild(Search)
        if search is not None:
            search.line.setFocus()
            search.line.selectAll()

    def show_view(self, view: CounterView) -> None:
        """Another truth."""
        self._stray = view.stray or 0
        serving, called = view.serving, view.called
        self.open.setVisible(view.stray is not None)
        for act in (self.walk, self.next):
            act.setVisible(serving is None)
        for act in (self.take, self.bring):
            act.setVisible(serving is None and called is None)
        self.next.setEnabled(bool(view.online))
        oldest = minutes(view.read_at - view.online[0].since) if view.online else ""
        many = self.tr("{0} menunggu, terlama {1}").format(len(view.online), oldest)
        self.next.set_line(many if view.online else self.tr("Tidak ada yang menunggu"))
        self.state.set_words(*self._words(view))

    def _words(self, view: CounterView) -> tuple[str, str]:
        title = self.tr("Belum ada berkas di loket ini")
        if view.called is not None:
            return title, self.tr("Tekan F4 setelah pemohon duduk. Tidak datang dalam 1 menit? Ulang F3.")
        if view.serving is not None:
            label = view.service(view.serving).label
            if view.stray is not None:
                return label, self.tr("Pemohon ini sudah punya berkas. Selesai melayani? Tekan F9.")
            return label, self.tr("Pindai resi pemohon untuk membuka berkasnya. Selesai melayani? Tekan F9.")
        if view.counter.board.waiting:
            waits = view.counter.board.waiting
            return title, self.tr("{0} menunggu. Tekan F2 untuk memanggil nomor berikutnya.").format(waits)
        if view.online:
            return title, self.tr("Antrean kosong. {0} permohonan daring menunggu.").format(len(view.online))
        return title, self.tr("Antrean kosong. Nomor baru muncul di panel kiri.")


class Tools(QWidget):
    """In the top bar while a file is in front: what is new, by one digit or its own key, and the next online one."""

    online = Signal(object)
    package = Signal()
    number = Signal(object)
    walk_in = Signal()
    booked = Signal()
    bookings = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.web = Button(self.tr("Pesanan"), "calendar", "quiet", height=34, small=True)
        self.web.setToolTip(self.tr("Pesanan daring: lapor hadir dan impor daftar"))
        self.web.clicked.connect(self._ask_web)
        self.new = Button(self.tr("Baru"), "plus", "quiet", height=34, small=True)
        self.next = Button(self.tr("Daring"), "globe-simple", "quiet", "Ctrl D", height=34, small=True)
        self.new.clicked.connect(self._ask)
        self.next.clicked.connect(lambda: self.online.emit(self.next))
        self._acts = {
            "Ctrl Shift N": (self.tr("Nomor antrean baru"), lambda: self.number.emit(self.new)),
            "Ctrl N": (self.tr("Registrasi tanpa tiket"), self.walk_in.emit),
            "Ctrl I": (self.tr("Impor paket daring"), self.package.emit),
        }
        self._keys = {key: self._wired(key, act) for key, (_, act) in self._acts.items()}
        self._web = {
            "Ctrl Shift H": (self.tr("Pemesan daring lapor hadir"), self.booked.emit),
            "Ctrl Shift I": (self.tr("Impor daftar pesanan"), self.bookings.emit),
        }
        for key, (_, act) in self._web.items():
            self._wired(key, act)
        self.open: Digits | None = None
        self.setLayout(row(self.new, self.next, self.web, gap=2))

    def _wired(self, key: str, act: Callable[[], None]) -> QShortcut:
        shortcut = QShortcut(self)
        shortcut.setKeys(sequences(key))
        shortcut.setAutoRepeat(False)
        shortcut.activated.connect(act)
        return shortcut

    def _ask(self) -> None:
        answers = [Answer(key, words, key) for key, (words, _) in self._acts.items() if self._keys[key].isEnabled()]
        self.open = Digits(self.new, self.tr("Baru"), answers)
        self.open.answered.connect(lambda key: self._acts[key][1]())
        self.open.open()

    def _ask_web(self) -> None:
        self.open = Digits(self.web, self.tr("Pesanan daring"), [Answer(k, w, k) for k, (w, _) in self._web.items()])
        self.open.answered.connect(lambda key: self._web[key][1]())
        self.open.open()

    def show_view(self, view: CounterView) -> None:
        """Web bookings always; the rest only while a file is in front, else the page itself offers it.

        Beside a visitor only a number is given.
        """
        there, free = view.current is not None, view.ticket is None
        self.new.setVisible(there)
        self.next.setVisible(there and free)
        for key, shortcut in self._keys.items():
            shortcut.setEnabled(there and (free or key == "Ctrl Shift N"))
        self.next.set_text(self.tr("Daring {0}").format(len(view.online)) if view.online else self.tr("Daring"))
        self.next.setEnabled(bool(view.online))
