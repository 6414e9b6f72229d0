"""The file in front of the counter: its head, and its seven steps with the current one opened."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from app.sop.model import Channel
from app.ui.pages.loket_data import FileView, Step
from app.ui.parts import paint
from app.ui.parts.badges import Badge
from app.ui.parts.bars import Bar, StepLine
from app.ui.parts.buttons import Button
from app.ui.parts.layout import Card, box, column, row, scrolled
from app.ui.parts.refill import emptied
from app.ui.parts.text import Elide, Ico, Txt
from app.ui.theme import color, font

DISC = 24
VERBS = {
    "VERIFIKASI": ("Periksa persyaratan", "list-checks"),
    "ENTRI": ("Lanjutkan entri", "pencil-simple-line"),
    "DRAF": ("Buka draf", "printer"),
    "KTP": ("Serahkan resi", "receipt"),
}


class Marker(paint.Painted):
    """The disc of a step on its line: done, now, or to come."""

    def __init__(self, step: Step, *, first: bool, last: bool) -> None:
        super().__init__()
        self._step, self._first, self._last = step, first, last
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        """As wide as the disc; the line grows with the row."""
        return QSize(DISC + 2, DISC + 8)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Line, disc, check or number."""
        painter = self.brush()
        centre = QPointF(self.width() / 2, 4 + DISC / 2)
        state = self._step.state
        if not self._first:
            painter.fillRect(QRectF(centre.x() - 1, 0, 2, 4), color("line" if state == "next" else "primary"))
        if not self._last:
            below = QRectF(centre.x() - 1, centre.y() + DISC / 2, 2, self.height())
            painter.fillRect(below, color("primary" if state == "done" else "line"))
        self._disc(painter, centre)
        painter.end()

    def _disc(self, painter: QPainter, centre: QPointF) -> None:
        state, half = self._step.state, DISC / 2 - 1
        painter.setBrush(color("primary" if state == "done" else "surface"))
        edge = "primary" if state != "next" else "key_line"
        painter.setPen(QPen(color(edge), 2 if state == "now" else 1.2))
        painter.drawEllipse(centre, half, half)
        if state == "done":
            paint.picture(painter, centre - QPointF(7, 7), "check", 14, "on_primary")
            return
        room = QRectF(centre.x() - half, centre.y() - half, 2 * half, 2 * half)
        ink = color("primary_t" if state == "now" else "ink3")
        paint.words(painter, room, str(self._step.number), font(12, 600), ink, paint.CENTRE)


class Steps(QWidget):
    """The list. The open step carries the page's primary button."""

    def __init__(self, go: Button) -> None:
        super().__init__()
        self._go = go
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(0)

    def show_steps(self, steps: tuple[Step, ...]) -> None:
        """Another file, or the same one further on."""
        self._go.setParent(None)
        rows = emptied(self._rows)
        for number, step in enumerate(steps):
            marker = Marker(step, first=not number, last=number == len(steps) - 1)
            body = self._coming(step) if step.state == "next" else self._worked(step)
            holder = box(row(marker, (body, 1), gap=14))
            holder.setAccessibleName(f"{step.number}. {step.title}. {step.note}")
            rows.addWidget(holder)
        rows.addStretch(1)

    def _times(self, step: Step) -> list[QWidget]:
        used = Txt(step.used, "bodyb", step.tone if step.state == "now" else "ink2")
        norm = Txt(f"/ {step.norm}" if step.used else step.norm, "small", "ink3")
        return [w for w, text in ((used, step.used), (norm, step.norm)) if text]

    def _coming(self, step: Step) -> QWidget:
        title, note = Txt(step.title, "body", "ink2"), Elide(step.note, "small", "ink3")
        return box(row(title, (note, 1), *self._times(step), gap=10, margins=(0, 4, 0, 10)))

    def _worked(self, step: Step) -> QWidget:
        title = row(Txt(step.title, "bodyb"), "s", *self._times(step), gap=6)
        items: list[QWidget | int] = [Elide(step.note, "small", "ink3" if step.state == "done" else "ink2")]
        if step.state == "now":
            items += [6, self._open(step)]
        return box(column(title, *items, gap=2, margins=(0, 4, 0, 14)))

    def _open(self, step: Step) -> QWidget:
        warn = Ico("warning", 16, "warn", "fill") if step.problem else None
        said = Elide(step.problem, "small", "warn", right=True) if step.problem else None
        head = row(Txt(step.progress, "bodyb"), (said, 1) if said is not None else "s", warn, gap=10)
        bar = Bar(step.share, "info") if step.share else None
        return box(column(head, bar, 4, row(self._go, "s"), gap=8, margins=(14, 12, 14, 12)), "soft")


class FilePanel(QWidget):
    """The steps' card; `head` is a card of its own that lies over the whole width."""

    opened = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.number = Txt("", "h1", data=True)
        self.channel, self.late = Badge("", "mute", shape=False), Badge("", "ok")
        self.names, self.line = Elide("", "body", "ink2"), StepLine()
        self.open = Button(self.tr("Buka berkas"), "arrow-square-out", "quiet", "Ctrl O")
        self.open.clicked.connect(self.opened)
        self.go = Button("", "list-checks", "primary", "Ctrl Enter", height=40)
        self.steps = Steps(self.go)
        self.head = Card(
            column(
                row(self.number, self.channel, self.late, "s", self.open, gap=10),
                self.names,
                row(self.line, "s"),
                gap=6,
                margins=(18, 12, 14, 12),
            )
        )
        body = Card(column((scrolled(self.steps), 1), margins=(18, 14, 18, 8)))
        body.setMaximumWidth(1000)
        self.setLayout(column((body, 1), gap=0))

    def show_file(self, view: FileView, row_label: str, skipped: int, *, primary: bool) -> None:
        """Another file, or the same one further on; `primary` unless a called visitor has the filled button."""
        head = view.head
        self.number.setText(head.number)
        self.channel.set(self.tr("Daring") if head.channel is Channel.ONLINE else self.tr("Di loket"), "mute")
        words = {"late": (self.tr("Lewat waktu"), "bad"), "near": (self.tr("Hampir lewat"), "warn")}
        self.late.set(*words.get(view.late, (self.tr("Tepat waktu"), "ok")))
        self.names.set_text(head.title or self.tr("Nama diisi saat entri"))
        self.line.set(view.row or 1, row_label, (skipped,))
        verb, icon = VERBS[head.stage.key]
        self.go.set_text(self.tr(verb))
        self.go.set_icon(icon)
        self.go.set_kind("primary" if primary else "secondary")
        self.steps.show_steps(view.steps)
        self.go.show()
