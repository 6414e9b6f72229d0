"""Help: the keys, the SOP's steps as the program follows them, who does what, and what the program is made of."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QStackedWidget, QWidget

from app import __version__
from app.services.accounts import HAT_LABELS
from app.sop.model import Channel, Role, Sop, Step
from app.ui.desk import Desk, Page
from app.ui.parts.badges import Badge, KeyCap, Logo
from app.ui.parts.layout import Card, box, column, line, row, scrolled
from app.ui.parts.tabs import Tab, Tabs
from app.ui.parts.text import Txt
from app.ui.shell_keys import everywhere

WORKERS = (Role.PEMOHON, Role.FO, Role.EDITOR, Role.KASI, Role.KABID, Role.KADIS, Role.MAILER)


class BantuanPage(Page):
    """Everything here is read from the table of the SOP and from the keys themselves, so that it cannot grow stale."""

    title = "Bantuan"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.subtitle = self.tr("SOP {0}").format(desk.sop.number)
        self.tabs = Tabs(
            [
                Tab(self.tr("Tombol")),
                Tab(self.tr("Langkah SOP")),
                Tab(self.tr("Siapa mengerjakan apa")),
                Tab(self.tr("Tentang")),
            ]
        )
        self.stack = QStackedWidget()
        for part in (self._keys(), self._steps(desk.sop), self._people(desk.sop), self._about()):
            inner = box(column(part, "s", gap=0, margins=(20, 16, 20, 16)))
            inner.setMaximumWidth(1100)
            self.stack.addWidget(scrolled(inner))
        self.tabs.changed.connect(self.stack.setCurrentIndex)
        head = box(column(self.tabs, margins=(20, 4, 20, 0)))
        self.setLayout(
            column(Card(column(head, (self.stack, 1), gap=0, margins=(1, 1, 1, 1))), gap=0, margins=(16, 14, 16, 14))
        )
        self.setFocusProxy(self.tabs)

    # --- keys --------------------------------------------------------------------------------------------------------

    def _more_keys(self) -> list[tuple[str, str]]:
        return [
            ("Ctrl Enter", self.tr("Tombol utama halaman")),
            ("Enter", self.tr("Isian berikutnya; membuka baris dalam daftar")),
            ("Shift Enter", self.tr("Isian sebelumnya")),
            ("Ctrl T", self.tr("Terima yang diserahkan")),
            ("Ctrl B", self.tr("Kembalikan")),
            ("Ctrl N", self.tr("Baru")),
            ("Ctrl O", self.tr("Buka berkas dari komputer")),
            ("Ctrl P", self.tr("Cetak")),
            ("F2", self.tr("Panggil nomor berikutnya")),
            ("F3  F4", self.tr("Ulang panggilan; mulai layani")),
            ("F6  F7", self.tr("Tahan atau alihkan, dijawab satu angka")),
            ("F8  F9", self.tr("Tidak hadir; selesai")),
            ("Spasi", self.tr("Benar, terbaca; mengintip baris dalam daftar")),
            ("X", self.tr("Salah, tidak terbaca")),
            ("N", self.tr("Halaman berikut yang belum dilihat")),
            ("PgUp PgDn", self.tr("Halaman dokumen")),
            ("+  -  R", self.tr("Perbesar, perkecil, putar dokumen")),
            ("Ctrl Shift M", self.tr("Tampilkan yang ditutup, 30 detik; dicatat")),
        ]

    def _keys(self) -> QWidget:
        halves = [(self.tr("Di mana saja"), everywhere()), (self.tr("Di halaman kerja"), self._more_keys())]
        columns = [(column(Txt(title, "h3"), 4, _key_list(keys), "s", gap=6), 1) for title, keys in halves]
        hint = Txt(self.tr("Tahan Ctrl satu detik untuk melihat tombol di atas halaman mana pun."), "small", "ink2")
        return box(column(row(*columns, gap=40), 10, hint, gap=6))

    # --- the SOP -----------------------------------------------------------------------------------------------------

    def _steps(self, sop: Sop) -> QWidget:
        grid = _table(
            (self.tr("No."), self.tr("Langkah"), self.tr("Dikerjakan oleh"), self.tr("Daring"), self.tr("Loket"))
        )
        for number, label in sorted(sop.row_labels.items()):
            who = ", ".join(dict.fromkeys(_role(r) for s in sop.steps if s.row == number and not s.back for r in s.who))
            times = [_minutes(sop, number, channel) for channel in (Channel.ONLINE, Channel.OFFLINE)]
            _add(grid, (str(number), label, who, *times), bold=1)
        totals = [f"{sop.total_minutes(channel)} m" for channel in (Channel.ONLINE, Channel.OFFLINE)]
        _add(grid, ("", self.tr("Seluruhnya"), "", *totals), bold=1)
        grid.setColumnStretch(1, 3)
        grid.setColumnStretch(2, 4)
        says = self.tr(
            "Waktu kerja menurut SOP, dalam menit. Menunggu diterima dan menunggu pemohon dihitung terpisah."
        )
        return box(column(Txt(sop.title, "h3", wrap=True), Txt(says, "small", "ink2", wrap=True), 8, grid, gap=4))

    def _people(self, sop: Sop) -> QWidget:
        cards = [self._worker(role, [s for s in sop.steps if role in s.who]) for role in WORKERS]
        return box(column(*[card for card in cards if card is not None], gap=10))

    def _worker(self, role: Role, steps: Sequence[Step]) -> QWidget | None:
        labels = list(dict.fromkeys(s.label for s in steps))
        if not labels:
            return None
        beyond = {s.label for s in steps if s.beyond_sop}
        mine = role is self.desk.who.role
        head = row(Txt(_role(role), "bodyb"), Badge(self.tr("peran Anda") if mine else "", "info", small=True), "s")
        said = " · ".join(f"{label} ({self.tr('di luar SOP')})" if label in beyond else label for label in labels)
        return Card(column(head, Txt(said, "body", "ink2", wrap=True), gap=4, margins=(16, 12, 16, 12)), sub=True)

    # --- about -------------------------------------------------------------------------------------------------------

    def _about(self) -> QWidget:
        facts = (
            (self.tr("Versi"), __version__),
            (self.tr("Lisensi"), "Apache License 2.0"),
            (self.tr("Dibuat dengan"), "Python, Qt dan PySide6 (LGPL-3.0), SQLite, ReportLab, pyHanko, PDFium"),
            (self.tr("Huruf dan ikon"), "Inter, Liberation Serif (OFL 1.1), Phosphor (MIT)"),
            (self.tr("Daftar lengkap"), self.tr("docs/dependencies.md di paket sumber, dengan lisensi tiap pustaka")),
            (self.tr("Komputer ini"), f"{self.desk.workshop.pc} · {self.desk.settings_dir}"),
        )
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(10)
        for number, (label, value) in enumerate(facts):
            grid.addWidget(Txt(label, "body", "ink2"), number, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(Txt(value, "body", wrap=True, selectable=True), number, 1)
        grid.setColumnStretch(1, 1)
        name = column(Txt("PELITA 3", size=24, weight=700), Txt(self.desk.sop.title, "body", "ink2", wrap=True), gap=2)
        return box(column(row(Logo(64), (name, 1), gap=16), 16, grid, gap=4))


def _role(role: Role) -> str:
    return HAT_LABELS.get(role, "Pemohon")


def _minutes(sop: Sop, number: int, channel: Channel) -> str:
    """The norm of a row on a channel; a row the channel does not pass has a dash."""
    if number not in sop.rows_for(channel):
        return "–"
    return f"{sop.norm_minutes(number, channel)} m"


def _key_list(keys: Sequence[tuple[str, str]]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(14)
    grid.setVerticalSpacing(7)
    for number, (key, says) in enumerate(keys):
        grid.addWidget(KeyCap(key), number, 0, Qt.AlignmentFlag.AlignRight)
        grid.addWidget(Txt(says, "body"), number, 1)
    grid.setColumnStretch(1, 1)
    return grid


def _table(heads: Sequence[str]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(20)
    grid.setVerticalSpacing(6)
    for number, words in enumerate(heads):
        grid.addWidget(Txt(words, "captionb", "ink2"), 0, number)
    return grid


def _add(grid: QGridLayout, words: Sequence[str], *, bold: int) -> None:
    at = grid.rowCount()
    grid.addWidget(line(), at, 0, 1, len(words))
    for number, text in enumerate(words):
        grid.addWidget(
            Txt(text, "bodyb" if number == bold else "body", "ink" if number <= bold else "ink2"), at + 1, number
        )
