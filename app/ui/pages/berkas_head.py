"""The file bar: the names, what must be known at a glance, and the line of the SOP's steps."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame

from app.services.journey import Journey
from app.sop.model import Channel, Kind, Sop
from app.ui.parts.badges import Badge
from app.ui.parts.bars import StepLine
from app.ui.parts.layout import row
from app.ui.parts.text import Elide
from app.ui.theme import px

TALL = 50


class FileBar(QFrame):
    """50 px over the tabs of a file."""

    def __init__(self, sop: Sop) -> None:
        super().__init__()
        self._sop = sop
        self.setObjectName("filebar")
        self.setFixedHeight(px(TALL))
        self.names = Elide("", "h2", "ink")
        self.channel, self.state = Badge("", "mute", shape=False), Badge("", "mute")
        self.steps = StepLine(1, "")
        left = row((self.names, 0), self.channel, self.state, "s", gap=10)
        self.setLayout(row((left, 1), self.steps, gap=12, margins=(20, 0, 20, 0)))

    def show_way(self, way: Journey) -> None:
        """Show a file's head."""
        file = way.file
        self.names.set_text(file.title or self.tr("Belum ada nama"))
        self.channel.set(self.tr("Daring") if file.channel is Channel.ONLINE else self.tr("Di loket"), "mute")
        self.state.set(*self._state(way))
        at = way.lines[-1].at_stage if file.stage.kind is Kind.END else file.stage
        row_now = self._sop.row_at(at, file.channel) or next((x.row for x in reversed(way.lines) if x.row), 1)
        done = file.stage.key == "SELESAI"
        label = self.tr("Dibatalkan") if file.stage.key == "BATAL" else self._sop.row_labels[row_now]
        skipped = (self._sop.skipped_row[file.channel],)
        self.steps.set(len(self._sop.row_labels) + 1 if done else row_now, label, skipped)

    def _state(self, way: Journey) -> tuple[str, str]:
        stage, hours = way.file.stage, int(way.short.target.total_seconds() // 3600)
        if stage.key == "BATAL":
            return self.tr("Dibatalkan"), "mute"
        if stage.key == "SELESAI":
            return self.tr("Selesai"), "ok"
        if stage.kind is Kind.PAUSE:
            return self.tr("Menunggu pemohon"), "pause"
        if way.complete and way.long.late:
            return self.tr("Lewat target panjang"), "bad"
        if way.complete and way.short.late:
            return self.tr("Lewat target {0} jam").format(hours), "bad"
        if way.complete and way.short.near:
            return self.tr("Dekat batas"), "warn"
        return "", "mute"
