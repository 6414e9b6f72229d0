"""The life of one file in office time: worked solid, untaken hatched, the applicant dotted, nights cut out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy

from app.services.clocks import Piece
from app.services.journey import Span
from app.sop.calendar import WIB
from app.sop.model import Kind, Role
from app.ui.parts import moments, paint
from app.ui.theme import color, font, px

LOOK: Mapping[Kind, tuple[str, Qt.BrushStyle]] = {
    Kind.WORK: ("c_work", Qt.BrushStyle.SolidPattern),
    Kind.WAIT: ("c_untaken", Qt.BrushStyle.BDiagPattern),
    Kind.PAUSE: ("c_appl", Qt.BrushStyle.Dense6Pattern),
}
"""Kind of time → colour and pattern: told apart without colour too (ui.md 7.10)."""
DAY_GAP, LEAST = 12, 3
WORDS_FROM = timedelta(minutes=15)


def fill(painter: QPainter, rect: QRectF, kind: Kind) -> None:
    """One stretch of time in its colour and pattern."""
    token, pattern = LOOK[kind]
    ink = color(token)
    if pattern is Qt.BrushStyle.SolidPattern:
        painter.fillRect(rect, ink)
        return
    ground = color(token)
    ground.setAlphaF(0.27)
    painter.fillRect(rect, ground)
    painter.fillRect(rect, QBrush(ink, pattern))
    painter.setPen(QPen(ink, 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(rect.adjusted(0.5, 0.5, -0.5, -0.5))


class Legend(paint.Painted):
    """What the patterns mean."""

    def __init__(self) -> None:
        super().__init__()
        self._items = (
            (Kind.WORK, self.tr("dikerjakan")),
            (Kind.WAIT, self.tr("menunggu diambil")),
            (Kind.PAUSE, self.tr("menunggu pemohon")),
        )
        self.setAccessibleName(", ".join(words for _, words in self._items))

    def sizeHint(self) -> QSize:
        """Three patterns with their words."""
        return QSize(sum(paint.text_width(words, font(12, 500)) + 42 for _, words in self._items), px(20))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Pattern, word, pattern, word."""
        painter = self.brush()
        x = 0.0
        for kind, words in self._items:
            fill(painter, QRectF(x, self.height() / 2 - 6, 16, 12), kind)
            width = paint.text_width(words, font(12, 500))
            paint.words(painter, QRectF(x + 22, 0, width + 2, self.height()), words, font(12, 500), color("ink2"))
            x += width + 42
        painter.end()


@dataclass(frozen=True)
class _Stretch:
    """What is drawn: a piece's office time on one local day. `first` marks the first stretch of a day."""

    kind: Kind
    desk: Role | None
    start: datetime
    length: timedelta
    open: bool
    first: bool


def stretches(life: Sequence[Piece], spans: Sequence[Span]) -> Iterator[_Stretch]:
    """Pieces cut at nights; a lunch break is no cut. Two of one desk and kind that touch stay two."""
    last_day = None
    for piece in life:
        days: dict[date, tuple[datetime, timedelta]] = {}
        for s in spans:
            a, b = max(piece.start, s.start), min(piece.end, s.end)
            if a < b:
                day = a.astimezone(WIB).date()
                start, length = days.get(day, (a, timedelta()))
                days[day] = (start, length + (b - a))
        for day, (start, length) in days.items():
            yield _Stretch(piece.kind, piece.desk, start, length, piece.open, day != last_day)
            last_day = day


class LifeLine(paint.Painted):
    """Bars on a scale of office hours, days marked over them, desks named under them."""

    def __init__(self) -> None:
        super().__init__()
        self._stretches: list[_Stretch] = []
        self._names: Mapping[Role, str] = {}
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_life(self, life: Sequence[Piece], spans: Sequence[Span], names: Mapping[Role, str]) -> None:
        """Show another life; `names` are the desks in a word."""
        self._stretches, self._names = list(stretches(life, spans)), names
        said = [f"{self._word(s)} {moments.span(s.length)}" for s in self._stretches]
        self.setAccessibleName(self.tr("Perjalanan dalam jam kantor: {0}").format(", ".join(said)))
        self.remeasure()

    def _word(self, s: _Stretch) -> str:
        if s.kind is Kind.PAUSE:
            return self.tr("pemohon")
        name = self._names.get(s.desk, "") if s.desk else ""
        return name if s.kind is Kind.WORK else self.tr("belum diterima {0}").format(name)

    def sizeHint(self) -> QSize:
        """Words, bar, words."""
        return QSize(400, px(22) + px(28) + px(28))

    def minimumSizeHint(self) -> QSize:
        """It may become narrow."""
        return QSize(200, self.sizeHint().height())

    def _places(self) -> Iterator[tuple[_Stretch, QRectF]]:
        """Where each stretch lies: to scale, at least 3 px, a gap before each day but the first."""
        gaps = sum(s.first for s in self._stretches[1:])
        room = max(10.0, self.width() - gaps * DAY_GAP - len(self._stretches) * 1.0)
        total = sum(s.length.total_seconds() for s in self._stretches) or 1.0
        small = [s for s in self._stretches if s.length.total_seconds() / total * room < LEAST]
        rest = total - sum(s.length.total_seconds() for s in small) or 1.0
        scale = (room - LEAST * len(small)) / rest
        x = 0.0
        for place, s in enumerate(self._stretches):
            x += DAY_GAP if s.first and place else 0
            width = LEAST if s in small else s.length.total_seconds() * scale
            yield s, QRectF(x, px(22), max(1.0, width), px(28))
            x += width + 1

    def paintEvent(self, event: QPaintEvent) -> None:
        """Bars first, words over and under them."""
        painter = self.brush()
        places = list(self._places())
        said_until = -100.0
        for s, rect in places:
            fill(painter, rect, s.kind)
            self._length(painter, s, rect)
            if s.first:
                said_until = self._day(painter, s, rect, said_until)
        self._desks(painter, places)
        painter.end()

    def _length(self, painter: QPainter, s: _Stretch, rect: QRectF) -> None:
        words, face = moments.span(s.length), font(12, 600)
        width = paint.text_width(words, face) + 12
        if s.length < WORDS_FROM or s.kind is Kind.WORK or width + 6 > rect.width():
            return
        plate = QRectF(rect.center().x() - width / 2, rect.center().y() - px(9), width, px(18))
        paint.rounded(painter, plate, 4, color("surface"))
        paint.words(painter, plate, words, face, color("ink"), paint.CENTRE)

    def _day(self, painter: QPainter, s: _Stretch, rect: QRectF, said_until: float) -> float:
        if rect.left() > 0:
            painter.setPen(QPen(color("line2"), 1.2, Qt.PenStyle.DotLine))
            x = rect.left() - DAY_GAP / 2
            painter.drawLine(QPointF(x, 2), QPointF(x, rect.bottom() + 6))
        words, face = moments.weekday(s.start), font(12, 600)
        width = paint.text_width(words, face)
        left = min(rect.left(), max(0.0, self.width() - width - 2))
        if left <= said_until + 8:
            return said_until
        paint.words(painter, QRectF(left, 0, width + 2, px(18)), words, face, color("ink2"))
        return left + width

    def _desks(self, painter: QPainter, places: Sequence[tuple[_Stretch, QRectF]]) -> None:
        """Desks that lie too close share one label; who has not taken it yet stands at the right."""
        face, top = font(12, 500), px(22) + px(28) + px(6)
        limit = float(self.width())
        last = places[-1] if places else None
        if last and last[0].open and last[0].kind is Kind.WAIT:
            words = self._word(last[0])
            width = paint.text_width(words, face)
            left = max(0.0, min(last[1].center().x() - width / 2, self.width() - width - 2))
            paint.words(painter, QRectF(left, top, width + 2, px(18)), words, face, color("ink2"))
            limit = left - 12
        for words, middle in self._groups(places):
            width = paint.text_width(words, face)
            left = max(0.0, min(middle - width / 2, self.width() - width - 2))
            if left + width <= limit:
                paint.words(painter, QRectF(left, top, width + 2, px(18)), words, face, color("ink2"))

    def _groups(self, places: Sequence[tuple[_Stretch, QRectF]]) -> list[tuple[str, float]]:
        face = font(12, 500)
        groups: list[tuple[list[str], float, float]] = []
        for s, rect in places:
            if s.kind is not Kind.WORK:
                continue
            word = self._word(s)
            if groups:
                words, a, b = groups[-1]
                half = (paint.text_width(", ".join(words), face) + paint.text_width(word, face)) / 2 + 14
                if rect.center().x() - (a + b) / 2 < half:
                    groups[-1] = (words if word in words else [*words, word], a, rect.right())
                    continue
            groups.append(([word], rect.left(), rect.right()))
        return [(", ".join(words), (a + b) / 2) for words, a, b in groups]
