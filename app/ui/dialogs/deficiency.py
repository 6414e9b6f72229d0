"""Noting what a file lacks: reasons with their numbers, a free note, and the message as the applicant will read it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QDialog, QScrollArea, QVBoxLayout, QWidget

from app.services import catalogue
from app.services.intake import FindingRow, RequirementRow
from app.ui.parts.banner import Banner
from app.ui.parts.buttons import Button
from app.ui.parts.fields import Field, Note
from app.ui.parts.layout import Card, column, row, scrolled
from app.ui.parts.text import Txt
from app.ui.theme import color, px

DIGITS = range(1, 10)
PREVIEW_MS = 350
ELSE = "lainnya"


@dataclass(frozen=True)
class Reason:
    """One choosable reason; `given` when it already stands in the checklist."""

    subject: str
    label: str
    problem: str
    solution: str
    given: bool = False

    def finding(self) -> FindingRow:
        """As it is written down."""
        return FindingRow(self.subject, self.problem, self.solution)


def reasons_for(rows: Sequence[RequirementRow]) -> list[Reason]:
    """What the checklist says first (chosen already), then what is missing, then the catalogue for each paper."""
    found: list[Reason] = []
    for r in rows:
        known = catalogue.problems(r.code)
        if r.verdict == "BAD":
            solution = next((p.solution for p in known if p.text == r.reason), "") or _again(r.label)
            found.append(Reason(r.code, r.label, r.reason, solution, given=True))
        elif r.required and not r.scans and not r.original_seen:
            text = _tr("Belum diserahkan")
            found.append(Reason(r.code, r.label, text, _tr("Bawa atau kirim {0}.").format(r.label), given=True))
    said = {(r.subject, r.problem) for r in found}
    for r in sorted((r for r in rows if r.required), key=lambda r: r.ready):
        more = (p for p in catalogue.problems(r.code) if (r.code, p.text) not in said)
        found += [Reason(r.code, r.label, p.text, p.solution) for p in more]
    return found


def _again(label: str) -> str:
    return _tr("Bawa atau kirim ulang {0} yang terbaca jelas.").format(label)


def _tr(text: str) -> str:
    return QCoreApplication.translate("deficiency", text)


class ReasonLine(QWidget):
    """One reason with its number and box."""

    toggled = Signal()
    pressed = Signal(int)

    def __init__(self, number: int, reason: Reason) -> None:
        super().__init__()
        self.reason, self._number, self._current = reason, number, False
        self.box = QCheckBox()
        self.box.setChecked(reason.given)
        self.box.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.box.toggled.connect(lambda _on: self.toggled.emit())
        digit = Txt(str(number) if number in DIGITS else "", "smallb", "ink3")
        digit.setFixedWidth(px(14))
        title = Txt(f"{reason.label}: {reason.problem}", "bodym", wrap=True)
        words = column(title, Txt(reason.solution, "small", "ink2", wrap=True), gap=1)
        self.setLayout(row(digit, self.box, (words, 1), gap=8, margins=(10, 6, 10, 6)))
        self.setAccessibleName(f"{number}. {reason.label}. {reason.problem}")

    def set_current(self, on: bool) -> None:
        """The line that Space turns."""
        self._current = on
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click anywhere on it."""
        self.pressed.emit(self._number)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Soft blue while current."""
        painter = QPainter(self)
        if self._current:
            painter.fillRect(self.rect(), color("primary_s"))
            painter.fillRect(QRectF(0, 0, 3, self.height()), color("primary"))
        painter.end()


class Reasons(QScrollArea):
    """The list: ↑ ↓ walk, Space or the digit turns a reason on and off."""

    changed = Signal()

    def __init__(self, reasons: Sequence[Reason]) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Daftar kekurangan"))
        self.lines = [ReasonLine(n, reason) for n, reason in enumerate(reasons, 1)]
        self._here = 0
        for made in self.lines:
            made.toggled.connect(self.changed)
            made.pressed.connect(self._press)
        inner = QWidget()
        inner.setLayout(column(*self.lines, "s", gap=0))
        self.setWidget(inner)
        self._stand(0)

    def chosen(self) -> list[Reason]:
        """What is ticked, in the order of the list."""
        return [made.reason for made in self.lines if made.box.isChecked()]

    def _stand(self, index: int) -> None:
        self._here = min(max(0, index), len(self.lines) - 1)
        for n, made in enumerate(self.lines):
            made.set_current(n == self._here)
        if self.lines:
            self.ensureWidgetVisible(self.lines[self._here], 0, 0)

    def _press(self, number: int) -> None:
        self.setFocus()
        self._stand(number - 1)
        self.lines[number - 1].box.toggle()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits, arrows, Space."""
        plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        digit = event.key() - Qt.Key.Key_0.value if plain else 0
        if event.key() == Qt.Key.Key_Down:
            self._stand(self._here + 1)
        elif event.key() == Qt.Key.Key_Up:
            self._stand(self._here - 1)
        elif event.key() == Qt.Key.Key_Space and self.lines:
            self.lines[self._here].box.toggle()
        elif digit in DIGITS and digit <= len(self.lines):
            self._press(digit)
        else:
            super().keyPressEvent(event)


class DeficiencyDialog(QDialog):
    """`preview` asks the page for the message's words, `noted` hands over the findings and the note."""

    preview = Signal(list, str)
    noted = Signal(list, str)

    def __init__(self, parent: QWidget | None, rows: Sequence[RequirementRow], *, online: bool, address: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Catat kekurangan"))
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.reasons = Reasons(reasons_for(rows))
        self.other = Field(self.tr("Kekurangan lain"), Note(limit=280, height=52))
        self.note = Field(self.tr("Catatan untuk pemohon"), Note(limit=280, height=52))
        self.message = Txt("", "body", "ink", wrap=True, selectable=True, size=14 if online else 16)
        self.message.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.yes = Button(self.tr("Catat kekurangan"), "note-pencil", "primary", "Ctrl Enter", height=40)
        self.no = Button(self.tr("Batal"), "", "secondary", "Esc", height=40)
        self.trouble = Banner("", "bad", "x-circle")
        self.trouble.hide()
        self._arrange(online=online, address=address)
        self._wire()

    def _arrange(self, *, online: bool, address: str) -> None:
        way = self.tr("Surel ke {0}").format(address) if online else self.tr("Catatan A5 dicetak untuk pemohon")
        follows = self.tr("Waktu pelayanan berhenti sampai pemohon melengkapi berkas.")
        paper = QVBoxLayout()
        paper.addWidget(self.message)
        paper.addStretch(1)
        shown = Card(column((scrolled(column(paper, gap=0)), 1), margins=(16, 12, 10, 12)))
        left = column(Card(column((self.reasons, 1), margins=(1, 6, 1, 6))), self.other, self.note, gap=10)
        right = column(Txt(way, "smallb", "ink2"), (shown, 1), gap=8)
        title = column(Txt(self.tr("Catat kekurangan"), "h1"), Txt(follows, "body", "ink2", wrap=True), gap=2)
        hint = Txt(self.tr("Angka atau Spasi memilih, ↑ ↓ berpindah"), "small", "ink3")
        foot = row(hint, "s", self.no, self.yes, gap=10)
        panes = row((left, 11), (right, 10), gap=16)
        self.setLayout(column(title, (panes, 1), self.trouble, foot, gap=12, margins=(24, 18, 24, 18)))
        self.resize(px(1040), px(600))
        self.reasons.setFocus()

    def _wire(self) -> None:
        self.no.clicked.connect(self.reject)
        self.yes.clicked.connect(self.confirm)
        self._pause = QTimer(self, singleShot=True, interval=PREVIEW_MS)
        self._pause.timeout.connect(self.ask_preview)
        for change in (self.reasons.changed, self.other.changed, self.note.changed):
            change.connect(self._on_change)

    # --- values ------------------------------------------------------------------------------------------------------

    def findings(self) -> list[FindingRow]:
        """What will be written down: the ticked reasons, then the officer's own words."""
        own = self.other.value()
        extra = [FindingRow(ELSE, own, "")] if own else []
        return [reason.finding() for reason in self.reasons.chosen()] + extra

    def _on_change(self) -> None:
        self.trouble.hide()
        self._pause.start()

    def ask_preview(self) -> None:
        """Have the message made again; with nothing chosen it says what to do."""
        if self.findings():
            self.preview.emit(self.findings(), self.note.value())
        else:
            self.show_message(self.tr("Pilih paling sedikit satu kekurangan di sebelah kiri."))

    def show_message(self, text: str) -> None:
        """The words the applicant will read."""
        self.message.setText(text)

    def refuse(self, text: str) -> None:
        """It was not noted; everything chosen and typed stays."""
        self.trouble.set(text, "bad", "x-circle")
        self.trouble.show()

    def confirm(self) -> None:
        """Hand over, or say what is missing."""
        if not self.findings():
            self.refuse(self.tr("Pilih paling sedikit satu kekurangan, atau tulis di Kekurangan lain."))
            self.reasons.setFocus()
        elif self.other.judge() and self.note.judge():
            self.noted.emit(self.findings(), self.note.value())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Plain Enter notes nothing."""
        if event.key() == Qt.Key.Key_Escape:
            self.reject()
        elif event.key() not in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            super().keyPressEvent(event)
