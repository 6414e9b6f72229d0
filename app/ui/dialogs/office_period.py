"""Office hours of a stretch of days: Ramadan, or new hours for good."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QGridLayout, QWidget

from app.services.calendar_days import Period, Week
from app.sop.calendar import Span
from app.ui.parts.buttons import Button
from app.ui.parts.fields import Field
from app.ui.parts.form import Form, reveal, two_columns
from app.ui.parts.grouped import DateLine
from app.ui.parts.inputs import Line
from app.ui.parts.layout import Card, column, row
from app.ui.parts.text import Txt
from app.ui.parts.times import TimeLine
from app.ui.theme import px

GROUPS = ((0, 1, 2, 3), (4,), (5,), (6,))
"""Days that share their hours."""


@dataclass(frozen=True)
class Hours:
    """What was typed: hours from day to day."""

    name: str
    first: date
    last: date
    week: Week


class WeekGrid(QWidget):
    """A line of four times for each group of days; an empty line means closed."""

    def __init__(self) -> None:
        super().__init__()
        names = (self.tr("Senin–Kamis"), self.tr("Jumat"), self.tr("Sabtu"), self.tr("Minggu"))
        heads = (self.tr("Masuk"), self.tr("Istirahat"), self.tr("Lanjut"), self.tr("Pulang"))
        self.lines = [[TimeLine() for _ in heads] for _ in names]
        self.says = Txt("", "small", "bad", wrap=True)
        self.says.hide()
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(8)
        for at, head in enumerate(heads):
            grid.addWidget(Txt(head, "smallm", "ink2"), 0, at + 1)
        for number, (name, times) in enumerate(zip(names, self.lines, strict=True)):
            grid.addWidget(Txt(name, "body"), number + 1, 0)
            for at, line in enumerate(times):
                line.setAccessibleName(f"{name}, {heads[at]}")
                line.changed.connect(self.says.hide)
                grid.addWidget(line, number + 1, at + 1)
        grid.setColumnMinimumWidth(0, px(110))
        self.setLayout(column(grid, self.says, gap=8))

    def fill(self, week: Week) -> None:
        """Show a week; days of one group are taken from its first."""
        for group, times in zip(GROUPS, self.lines, strict=True):
            spans = tuple(week.get(group[0], ()))
            moments: list[time | None] = [None, None, None, None]
            if len(spans) == 1:
                moments = [spans[0][0], None, None, spans[0][1]]
            elif spans:
                moments = [spans[0][0], spans[0][1], spans[1][0], spans[1][1]]
            for line, moment in zip(times, moments, strict=True):
                line.set_value(moment)

    def week(self) -> Week | None:
        """The week as typed; None where something is wrong, which is then said."""
        found: dict[int, tuple[Span, ...]] = {}
        for group, times in zip(GROUPS, self.lines, strict=True):
            spans = self._spans(times)
            if spans is None:
                return None
            found |= dict.fromkeys(group, spans) if spans else {}
        if not found:
            self._refuse(self.lines[0][0], self.tr("Isi jam kerja paling sedikit satu hari."))
            return None
        return found

    def _spans(self, times: list[TimeLine]) -> tuple[Span, ...] | None:
        wrong = next((line for line in times if line.problem()), None)
        if wrong is not None:
            self._refuse(wrong, wrong.problem())
            return None
        opens, pause, again, closes = (line.value() for line in times)
        if not any((opens, pause, again, closes)):
            return ()
        if opens is None or closes is None:
            missing = times[0] if opens is None else times[3]
            self._refuse(missing, self.tr("Isi jam masuk dan jam pulang, atau kosongkan seluruh baris."))
            return None
        if (pause is None) != (again is None):
            missing = times[1] if pause is None else times[2]
            self._refuse(missing, self.tr("Isi jam istirahat dan jam lanjut, atau kosongkan keduanya."))
            return None
        spans = ((opens, closes),) if pause is None or again is None else ((opens, pause), (again, closes))
        order = [moment for span in spans for moment in span]
        if order != sorted(set(order)):
            self._refuse(times[0], self.tr("Jam masuk, istirahat, lanjut, dan pulang harus berurutan."))
            return None
        return spans

    def _refuse(self, line: TimeLine, said: str) -> None:
        self.says.setText(said)
        self.says.show()
        line.show_state("bad")
        line.changed.connect(lambda: line.show_state(""))
        reveal(line)


class OfficePeriod(QDialog):
    """`asked` carries the hours, `withdraw_asked` takes a period away."""

    asked = Signal(object)
    withdraw_asked = Signal()

    def __init__(self, parent: QWidget | None, start: Mapping[str, object], week: Week, known: Period | None) -> None:
        super().__init__(parent)
        title = self.tr("Ubah jam kerja") if known else self.tr("Atur jam kerja")
        self.setWindowTitle(title)
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.form = self._fields()
        self.form.setMinimumWidth(px(520))
        self.form.fill(start)
        self.grid = WeekGrid()
        self.grid.fill(week)
        self.yes = Button(self.tr("Simpan jam kerja"), "check", "primary", "Ctrl Enter", height=40)
        no = Button(self.tr("Batal"), "", "secondary", "Esc", height=40)
        self.away = Button(self.tr("Cabut"), "x", "danger", height=40)
        self.away.setVisible(known is not None)
        self.yes.clicked.connect(self._ask)
        self.away.clicked.connect(self.withdraw_asked)
        no.clicked.connect(self.reject)
        hours = Card(column(self.grid, margins=(16, 12, 16, 14)), sub=True)
        self.said = Txt("", "small", "bad", wrap=True)
        self.said.hide()
        self.setLayout(
            column(
                Txt(title, "h1"), 4, self.form, hours, self.said, 8, row(self.away, "s", no, self.yes, gap=10),
                gap=10, margins=(24, 20, 24, 20),
            )
        )  # fmt: skip
        self.form.fields["name"].setFocus()

    def _fields(self) -> Form:
        f = {
            "name": Field(self.tr("Nama"), Line(self.tr("Ramadan 1448 H"), data=False)),
            "first": Field(self.tr("Mulai"), DateLine()),
            "last": Field(self.tr("Sampai"), DateLine(), hint=self.tr("Kosong: seterusnya")),
        }
        needed = {"name": self.tr("Isi namanya"), "first": self.tr("Isi hari pertama")}
        return Form(f, needed, column(f["name"], two_columns((f["first"], f["last"])), gap=12))

    def refused(self, error: Exception) -> None:
        """The database did not take it; what was typed stays."""
        self.said.setText(str(error))
        self.said.show()

    def _ask(self) -> None:
        self.said.hide()
        if not self.form.check():
            return
        values = self.form.values()
        first, last = values["first"], values["last"] or date.max
        if last < first:
            self.form.refuse("last", self.tr("Sebelum hari pertama"))
            return
        week = self.grid.week()
        if week is not None:
            self.asked.emit(Hours(values["name"], first, last, week))
