"""The cards of the queue's figures: one number with its words, and small tables with bars."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.services.queue_figures import Figures, Missed, Now, Served
from app.ui.pages import antrean_words as say
from app.ui.parts.bars import Bar
from app.ui.parts.layout import Card, box, column, line, row
from app.ui.parts.refill import emptied
from app.ui.parts.spans import minutes
from app.ui.parts.text import Elide, Ico, Txt

RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


def tr(text: str) -> str:
    """Words of these cards."""
    return QCoreApplication.translate("QueueCards", text)


class Figure(Card):
    """What it is, the number, and one line that says what it means."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.number, self.unit = Txt("", "figure"), Txt("", "body", "ink2")
        self.sign, self.says = Ico("check-circle", 16, "ok", "fill"), Elide("", "small", "ink3")
        number = row(self.number, self.unit, "s", gap=6)
        words = row(self.sign, (self.says, 1), gap=6)
        self.setLayout(column(Txt(title, "smallm", "ink2"), number, words, gap=4, margins=(16, 12, 16, 12)))

    def show_figure(self, number: str, unit: str, says: str, tone: str = "ink3") -> None:
        """Amber means a look is wanted; too few for a number is said as it is."""
        few = number == tr(say.FEW_WORDS)
        self.number.setText(number)
        self.number.set_tone("ink3" if few else "ink")
        self.unit.setText("" if few else unit)
        self.says.set_text(says, tone)
        self.sign.setVisible(tone in {"warn", "ok"})
        self.sign.set_icon("warning" if tone == "warn" else "check-circle", tone)
        self.setAccessibleName(f"{tr('belum cukup data') if few else f'{number} {unit}'}. {says}")


class Sentences(Card):
    """At most three, numbered."""

    def __init__(self) -> None:
        super().__init__()
        self._rows = QVBoxLayout()
        self._rows.setSpacing(8)
        self.setLayout(column("s", self._rows, "s", gap=0, margins=(18, 12, 18, 12)))

    def show_sentences(self, said: Sequence[str]) -> None:
        """Others, or the same."""
        rows = emptied(self._rows)
        for number, text in enumerate(said, 1):
            rows.addWidget(box(row(Txt(str(number), "bodyb", "primary_t"), (Txt(text, "bodym", wrap=True), 1), gap=12)))


class Table(Card):
    """A title, a word beside it, and lines under heads; filled anew each time."""

    def __init__(self, title: str, side: str, heads: Sequence[str], wide: int = 0) -> None:
        super().__init__()
        self._heads, self._wide = tuple(heads), wide
        self.side = Elide(side, "small", "ink3")
        self._body = QVBoxLayout()
        self._body.setSpacing(0)
        head = row(Txt(title, "h2"), (self.side, 1), gap=10)
        self.setLayout(column(head, 4, self._body, "s", gap=4, margins=(18, 14, 18, 14)))

    def show_lines(self, lines: Sequence[Sequence[QWidget]]) -> None:
        """Other lines; the first column takes the room."""
        body = emptied(self._body)
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(8)
        for at, head in enumerate(self._heads):
            said = Txt(head, "captionb", "ink2")
            grid.addWidget(said, 0, at, alignment=RIGHT if at > self._wide else Qt.AlignmentFlag.AlignLeft)
        for number, cells in enumerate(lines, 1):
            grid.addWidget(line(), 2 * number - 1, 0, 1, len(self._heads))
            for at, cell in enumerate(cells):
                grid.addWidget(cell, 2 * number, at)
        grid.setColumnStretch(0, 1)
        body.addWidget(box(grid))


def number(text: str, tone: str = "ink", *, strong: bool = False) -> QWidget:
    """A number at the right of its column."""
    return Txt(text, "bodyb" if strong else "body", tone, align=RIGHT)


def part_of(part: float | None, *, good: float, fewer: bool = False) -> QWidget:
    """A share as a bar and in words, amber beyond what is good; `fewer` where less is better."""
    if part is None:
        return number(tr(say.FEW_WORDS), "ink3")
    bad = part > good if fewer else part < good
    bar = Bar(part, "warn" if bad else "ok")
    bar.setFixedWidth(90)
    return box(row("s", bar, Txt(say.share(part), "bodyb", "warn" if bad else "ink"), gap=10))


def waits(found: Figures) -> list[Sequence[QWidget]]:
    """Who waits now, per service."""
    return [_waits(q, found) for q in found.queues]


def _waits(queue: Now, found: Figures) -> Sequence[QWidget]:
    late = queue.oldest is not None and found.wait.limit is not None and queue.oldest > found.wait.limit
    oldest = minutes(queue.oldest) if queue.oldest is not None else tr("tidak ada")
    tone = "warn" if late else "ink" if queue.waiting else "ink3"
    return [_service(queue.service, queue.label), number(str(queue.waiting), strong=True), number(oldest, tone)]


def services(found: Figures) -> list[Sequence[QWidget]]:
    """How long each service takes."""
    return [_served(s) for s in found.services]


def _served(served: Served) -> Sequence[QWidget]:
    spread = served.spread
    norm = (
        part_of(spread.within, good=say.GOOD_SHARE) if spread.limit is not None else number(tr("tanpa norma"), "ink3")
    )
    few = "ink3" if spread.p50 is None else "ink"
    p90 = number(say.span(spread.p90), "ink3" if spread.p90 is None else "ink2")
    return [
        _service(served.service, served.label), number(str(spread.n), "ink2"),
        number(say.span(spread.p50), few, strong=spread.p50 is not None), p90, norm,
    ]  # fmt: skip


def _service(letter: str, label: str) -> QWidget:
    return box(row(Txt(letter, "bodyb", "primary_t"), (Elide(label, "body", "ink"), 1), gap=10))


def missed(found: Figures) -> list[Sequence[QWidget]]:
    """Who did not come, by the way he took his number; then the bookings that never became one."""
    lines: list[Sequence[QWidget]] = [_missed(m) for m in found.missed]
    web = next((m for m in found.missed if m.booked), None)
    if web is not None:
        lines.append([
            Elide(tr("Memesan daring, tidak pernah datang"), "body", "ink"), number(str(web.booked), "ink2"),
            number(str(web.never), strong=True), part_of(say.of(web.never, web.booked), good=say.AWAY, fewer=True),
        ])  # fmt: skip
    return lines


def _missed(missed: Missed) -> Sequence[QWidget]:
    part = say.of(missed.absent, missed.called) if missed.called >= 10 else None
    return [
        Elide(say.way_words(missed.way), "body", "ink"), number(str(missed.called), "ink2"),
        number(str(missed.absent), strong=True), part_of(part, good=say.AWAY, fewer=True),
    ]  # fmt: skip
