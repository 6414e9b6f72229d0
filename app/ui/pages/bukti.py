"""Verification of all cards and daily seals, for the administrator and the auditor; no applicant's data is seen."""

from __future__ import annotations

from functools import partial

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout

from app.devices.printer import JobStatus
from app.jobs.daily_report import counted
from app.services import seals
from app.services.evidence import Report
from app.services.seals import SealRow
from app.ui import cells
from app.ui.desk import Desk, Page
from app.ui.pages import bukti_data as data
from app.ui.pages.bukti_data import State, Verdict
from app.ui.pages.bukti_panel import Panel
from app.ui.parts import moments
from app.ui.parts.bars import Bar
from app.ui.parts.buttons import Button
from app.ui.parts.empty import EmptyState
from app.ui.parts.layout import Card, box, column, line, row
from app.ui.parts.text import Elide, Ico, Txt
from app.ui.rows import Column, Rows
from app.ui.tasks import Progress
from app.ui.theme import px

NARROW, WIDE, FROM = 352, 460, 1500
SHOWN = 4
"""Faults that are shown; the printed list is the command's."""


class BuktiPage(Page):
    """Above the last verification and a new one, below the seals, at the right one of them and a paper to compare."""

    wide_search = False

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.title = self.tr("Pemeriksaan kartu")
        self.subtitle = self.tr("isi berkas pemohon tidak terlihat dari sini")
        self._verdict: Verdict | None = None
        self._running: Progress | None = None
        self._blind = False
        self._key, self._wanted = data.new_key(), 0
        self._check_card()
        self.rows: Rows[SealRow] = Rows(self._columns(), lambda s: s.id, height=48, name=self.tr("Segel harian"))
        self.rows.set_empty(EmptyState("seal-check", self.tr("Belum ada segel harian")))
        self.rows.set_loading(True)
        self.rows.picked.connect(self._pick)
        self.seal = Button(self.tr("Segel hari ini"), "seal-check", "secondary", height=34, small=True)
        self.seal.clicked.connect(self._seal)
        self.seal.hide()
        self.panel = Panel(desk.sop)
        self.panel.print_asked.connect(self._print)
        self.panel.compare_asked.connect(self._compare_paper)
        head = row(Txt(self.tr("Segel harian"), "h3"), "s", self.seal, margins=(16, 10, 12, 10))
        table = Card(column(head, line(), (self.rows, 1), gap=0, margins=(1, 1, 1, 1)))
        left = column(self._top, (table, 1), gap=12)
        self.setLayout(row((left, 1), self.panel, gap=14, margins=(16, 14, 16, 14)))
        self.setFocusProxy(self.rows)

    def _check_card(self) -> None:
        self._sign = Ico("shield-check", 30, "ink3", "fill")
        self._says, self._when = Txt(self.tr("Belum pernah diperiksa"), "h2"), Txt("", "small", "ink2", wrap=True)
        self._found = QVBoxLayout()
        self._found.setSpacing(4)
        self.start = Button(self.tr("Periksa sekarang"), "shield-check", "primary", "Ctrl Enter", height=44)
        self.start.clicked.connect(self._start)
        self.stop = Button(self.tr("Hentikan"), "pause", "secondary", height=44)
        self.stop.clicked.connect(self._stop)
        self.stop.hide()
        self._bar, self._now = Bar(0, "info", thick=8), Elide("", "small", "ink2")
        self._work = box(column(self._bar, self._now, gap=4))
        self._work.hide()
        words = column(self._says, self._when, gap=2)
        top = row(self._sign, (words, 1), self.stop, self.start, gap=12)
        self._top = Card(column(top, self._work, self._found, gap=10, margins=(18, 16, 18, 14)))

    def _columns(self) -> list[Column[SealRow]]:
        def state(s: SealRow) -> cells.Cell:
            return cells.badge(*data.seal_state(s, self._verdict))

        return [
            Column(self.tr("Hari"), lambda s: cells.text(data.weekday(s.day)), 190, sort=lambda s: s.day),
            Column(self.tr("Segel"), lambda s: cells.text(seals.short(s.seal), data=True)),
            Column(
                self.tr("Kartu"), lambda s: cells.number(counted(s.files)), 76, align="right", sort=lambda s: s.files
            ),
            Column(self.tr("Dibuat"), lambda s: cells.two(moments.day_clock(s.made_at), s.made_by, bold=False), 140),
            Column(self.tr("Keadaan"), state, 140),
        ]

    # --- reading -----------------------------------------------------------------------------------------------------

    def arrive(self, argument: object) -> None:
        """With a scanned seal: compare it at once."""
        self.refresh()
        if isinstance(argument, str) and argument:
            self.panel.paper.set_value(argument)
            self._compare_paper(argument)

    def refresh(self) -> None:
        """Read seals and the last check again."""
        self.desk.tasks.ask(partial(data.load, self.desk.who), self._got)

    def live(self) -> None:
        """Seals come once a day; nobody waits for them."""

    def _got(self, state: State) -> None:
        self._blind = state.blind
        if state.past is not None and (self._verdict is None or state.past.report.ended > self._verdict.report.ended):
            self._verdict = data.of_past(state.past)
        self.seal.setVisible(state.may_seal)
        self.rows.set_rows(state.seals)
        if self._wanted or (self.rows.current() is None and state.seals):
            self.rows.select(self._wanted or state.seals[0].id)
        self._wanted = 0
        self._pick(self.rows.current())
        self._tell()

    def _pick(self, seal: object) -> None:
        self.panel.show_seal(seal if isinstance(seal, SealRow) else None)

    def _tell(self) -> None:
        """The last verification in words."""
        self._clear()
        if self._verdict is None:
            return
        found = self._verdict.report
        says, tone, sign = self._words(found)
        self._sign.set_icon(sign, f"{tone}_l" if tone != "mute" else "ink3", "fill")
        self._says.setText(says)
        self._says.set_tone("bad" if tone == "bad" else "ink")
        counts = self.tr("{0} kartu, {1} baris, {2} segel").format(
            counted(found.files), counted(found.lines), counted(found.seals)
        )
        by = self.tr("{0} oleh {1}").format(moments.full(found.ended), self._verdict.by)
        self._when.setText(f"{by} · {counts}")
        faults = [str(b) for b in found.first] or ([self._verdict.first_bad] if self._verdict.first_bad else [])
        for text in faults[:SHOWN]:
            self._line(text, "bad", "warning-circle")
        if found.bad > SHOWN:
            self._line(self.tr("dan {0} temuan lain").format(found.bad - SHOWN), "bad", "warning-circle")
        for note in found.notes:
            self._line(note, "warn", "warning")
        self._line(self._how(found), "ink3", "")

    def _words(self, found: Report) -> tuple[str, str, str]:
        if found.bad:
            return self.tr("{0} kerusakan ditemukan").format(counted(found.bad)), "bad", "warning"
        if not found.complete:
            return self.tr("Dihentikan sebelum selesai"), "mute", "shield-check"
        return self.tr("Semua kartu dan segel utuh"), "ok", "shield-check"

    def _how(self, found: Report) -> str:
        if found.mode == "blind":
            said = self.tr("Rantai dan segel dihitung ulang di PC ini.")
            hidden = self.tr(
                " Isi yang diikatnya, dan {0} baris bercatatan, dinilai oleh server karena tidak boleh terlihat dari "
                "sini. Pemeriksaan penuh berjalan di server setiap malam."
            )
            return said + hidden.format(counted(found.trusted))
        if not found.documents:
            return self.tr("Dihitung ulang dari isinya; isi dokumen pindaian tidak dibaca.")
        return self.tr("Dihitung ulang dari isinya, termasuk {0} dokumen.").format(counted(found.documents))

    def _line(self, text: str, tone: str, icon: str) -> None:
        sign = Ico(icon, 18, tone, "fill") if icon else None
        self._found.addWidget(box(row(sign, (Txt(text, "small", tone, wrap=True), 1), gap=8)))

    def _clear(self) -> None:
        while (item := self._found.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()

    # --- verifying ---------------------------------------------------------------------------------------------------

    def _start(self) -> None:
        self._clear()
        self._work.show()
        self.stop.show()
        self.stop.setEnabled(True)
        self._says.setText(self.tr("Sedang diperiksa…"))
        self._says.set_tone("ink")
        self._running = self.desk.tasks.work(
            data.check, self._checked, self._not_checked, self, owner=self, dead=self.start, command=""
        )

    def report(self, done: int, total: int, text: str) -> None:
        """How far it is (a Watcher of the work)."""
        self._bar.set(done / total if total else 0)
        self._now.set_text(self.tr("{0}: {1} dari {2}").format(text, counted(done), counted(total)))

    def result(self, label: str, ok: bool, reason: str) -> None:
        """Single results are in the report."""

    def _stop(self) -> None:
        self.stop.setEnabled(False)
        if self._running is not None:
            self._running.stop()

    def _checked(self, found: Report) -> None:
        self._rest()
        self._verdict = data.of_report(found, self.desk.who.name)
        if found.bad:
            self.say(self.tr("Ada kerusakan. Jangan ubah apa pun; beri tahu Kepala Dinas."), tone="bad")
        self.refresh()
        self._tell()

    def _not_checked(self, error: Exception) -> None:
        self._rest()
        self.say(str(error), tone="bad")
        self._tell()

    def _rest(self) -> None:
        self._running = None
        self._work.hide()
        self.stop.hide()
        self._says.setText(self.tr("Belum pernah diperiksa"))

    # --- seals -------------------------------------------------------------------------------------------------------

    def _seal(self) -> None:
        self.desk.tasks.ask(partial(data.seal_today, self._key), self._sealed, owner=self, dead=self.seal)

    def _sealed(self, made: SealRow) -> None:
        self._key = data.new_key()
        self.say(self.tr("Hari ini disegel: {0}. Cetak laporannya.").format(seals.short(made.seal)))
        self._wanted = made.id
        self.refresh()

    def _print(self) -> None:
        seal = self.panel.seal
        if seal is not None:
            work = partial(data.print_report, self.desk.workshop, seal)
            self.desk.tasks.work(work, self._printed, self._not_checked_print, owner=self, dead=self.panel.print)

    def _printed(self, _status: JobStatus) -> None:
        self.say(self.tr("Laporan harian dikirim ke printer"))

    def _not_checked_print(self, error: Exception) -> None:
        self.say(str(error), tone="bad")

    def _compare_paper(self, text: str) -> None:
        self.panel.forget_answer()
        self.desk.tasks.ask(
            partial(data.find, text), self._compared, self._not_compared_seal, owner=self, dead=self.panel.compare,
            command="",
        )  # fmt: skip

    def _compared(self, found: SealRow) -> None:
        said = self.tr("Cocok: segel {0} ada di basis data.").format(data.weekday(found.day))
        self.panel.tell(said, "ok")
        self.rows.select(found.id)
        self._pick(found)

    def _not_compared_seal(self, error: Exception) -> None:
        self.panel.tell(str(error), "bad")

    def leave(self) -> bool:
        """A verification goes on by itself; its result is written down."""
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A wide window's gain goes to the panel, too."""
        super().resizeEvent(event)
        self.panel.setFixedWidth(px(NARROW if self.width() < FROM else WIDE))
