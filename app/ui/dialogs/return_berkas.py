"""The dialog that returns a file: what is wrong is listed, each with its reason, before it goes back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from app.services.intake import FindingRow
from app.ui.parts.buttons import Button
from app.ui.parts.fields import Choice, Field, Line
from app.ui.parts.layout import Card, box, column, row, scrolled
from app.ui.parts.text import Ico, Txt
from app.ui.theme import px

LEAST, MOST = 3, 300
MOST_TALL = 264


class ReturnBerkas(QDialog):
    """Findings that are there already, and room for more. The focus is on what harms nothing; Ctrl+Enter returns."""

    confirmed = Signal(list)
    """list[FindingRow], never empty."""

    def __init__(
        self,
        parent: QWidget | None,
        title: str,
        text: str,
        verb: str,
        *,
        findings: Sequence[FindingRow] = (),
        subjects: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.findings = list(findings)
        self._subjects = dict(subjects or {})
        self._list = QVBoxLayout()
        self._list.setSpacing(6)
        self.subject = Field(self.tr("Yang salah"), Choice(list(self._subjects.items())))
        self.reason = Field(self.tr("Apa yang salah, satu baris"), Line(data=False))
        self.reason.input.enter_moves = False
        self.reason.input.setMaxLength(MOST)
        self.reason.input.entered.connect(self._add_typed)
        self.add = Button(self.tr("Tambah"), "plus", "secondary")
        self.add.clicked.connect(self._add_typed)
        self.yes = Button(verb, "arrow-u-up-left", "danger", "Ctrl Enter", height=40)
        self.no = Button(self.tr("Batal"), "", "secondary", "Esc", height=40)
        self.yes.clicked.connect(self._confirm)
        self.no.clicked.connect(self.reject)
        self._arrange(title, text)
        self._fill()
        (self.no if self.findings else self.subject).setFocus()

    def _arrange(self, title: str, text: str) -> None:
        says = Txt(text, "body", "ink2", wrap=True)
        says.setMinimumWidth(px(520))
        self._inner = box(column(self._list, "s", gap=0))
        self._area = scrolled(self._inner)
        over = self.subject.label.sizeHint().height() + 4
        more = row((self.subject, 1), (self.reason, 1), column(over, self.add, "s", gap=0), gap=8)
        verbs = row("s", self.no, 2, self.yes, gap=10)
        body = column(Txt(title, "h1", wrap=True), says, self._area, more, 4, verbs, gap=10, margins=(24, 20, 24, 20))
        self.setLayout(body)
        self.setAccessibleDescription(text)

    def _fill(self) -> None:
        while (item := self._list.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for place, finding in enumerate(self.findings):
            self._list.addWidget(self._line(place, finding))
        self._area.setVisible(bool(self.findings))
        self._area.setFixedHeight(min(px(MOST_TALL), self._inner.sizeHint().height()))
        self.adjustSize()

    def _line(self, place: int, finding: FindingRow) -> QWidget:
        name = self._subjects.get(finding.subject, finding.subject)
        away = Button("", "x", "quiet", height=30, tip=self.tr("Hapus dari daftar: {0}").format(name))
        away.clicked.connect(lambda: self._remove(place))
        words = column(Txt(name, "smallm", "ink2", wrap=True), Txt(finding.problem, "body", "ink", wrap=True), gap=0)
        card = Card(
            row(Ico("x-circle", 18, "bad_l", "fill"), (words, 1), away, gap=10, margins=(10, 5, 6, 5)), sub=True
        )
        card.setAccessibleName(f"{name}: {finding.problem}")
        return card

    def _remove(self, place: int) -> None:
        del self.findings[place]
        self._fill()

    def _add_typed(self) -> None:
        """One more finding from the two fields; False fields say what is missing."""
        subject, problem = self.subject.value(), self.reason.value()
        if not subject:
            self.subject.set_state("bad", self.tr("Pilih dahulu apa yang salah"))
            self.subject.setFocus()
            return
        if len(problem) < LEAST:
            self.reason.set_state("bad", self.tr("Tulis apa yang salah, supaya penerima tahu yang harus diperbaiki"))
            self.reason.setFocus()
            return
        self.findings.append(FindingRow(str(subject), problem))
        self.subject.set_value(None)
        self.reason.set_value("")
        self._fill()

    def _confirm(self) -> None:
        if self.reason.value() or not self.findings:
            known = len(self.findings)
            self._add_typed()
            if len(self.findings) == known:
                return
        given = list(self.findings)
        self.accept()
        self.confirmed.emit(given)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Plain Enter never returns a file; Esc goes away."""
        if event.key() == Qt.Key.Key_Escape:
            self.reject()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            event.accept()
        else:
            super().keyPressEvent(event)
