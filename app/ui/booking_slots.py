"""The web bookings of a day in small figures: how many, how many came, and how they lie over its hours."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.printing import dates
from app.services.booking_days import DayBookings, Outlook, Slot
from app.ui.parts import paint
from app.ui.parts.layout import Card, column, row
from app.ui.parts.text import Elide, Txt
from app.ui.theme import color, px, style_font

tr = partial(QCoreApplication.translate, "BookingSlots")
TALL, WIDE, GAP = 44, 62, 6


class Slots(paint.Painted):
    """One box for each span: its hour, and how many; came of booked once its hour has begun to fill."""

    def __init__(self) -> None:
        super().__init__()
        self._slots: tuple[Slot, ...] = ()
        self._room = 0
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_slots(self, slots: tuple[Slot, ...]) -> None:
        """Another day."""
        self._slots = slots
        self.setAccessibleName(". ".join(f"{s.at_local:%H.%M}: {_count(s)}" for s in slots))
        self.remeasure()
        self.updateGeometry()

    def hasHeightForWidth(self) -> bool:
        """More rows where there is less room."""
        return True

    def heightForWidth(self, width: int) -> int:
        """All rows."""
        rows = -(-len(self._slots) // self._columns(width))
        return max(0, rows * px(TALL) + (rows - 1) * GAP)

    def sizeHint(self) -> QSize:
        """As wide as it may be."""
        return QSize(px(WIDE) * 4, self.heightForWidth(max(self.width(), px(WIDE) * 4)))

    def minimumSizeHint(self) -> QSize:
        """One box at least."""
        return QSize(px(WIDE), px(TALL) if self._slots else 0)

    def _columns(self, width: int) -> int:
        return max(1, (width + GAP) // (px(WIDE) + GAP))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Green where all came, amber where somebody never did."""
        painter = self.brush()
        across = self._columns(self.width())
        for number, slot in enumerate(self._slots):
            x, y = number % across * (px(WIDE) + GAP), number // across * (px(TALL) + GAP)
            self._draw(painter, QRectF(x, y, px(WIDE), px(TALL)), slot)
        painter.end()

    def _draw(self, painter: QPainter, rect: QRectF, slot: Slot) -> None:
        ground, ink = ("warn_s", "warn") if slot.missed else ("ok_s", "ok") if slot.came else ("subtle", "ink")
        paint.rounded(painter, rect.adjusted(0.5, 0.5, -0.5, -0.5), 6, color(ground), color("line"))
        upper = QRectF(rect.left(), rect.top() + px(4), rect.width(), px(16))
        lower = QRectF(rect.left(), rect.top() + px(20), rect.width(), px(20))
        centre = Qt.AlignmentFlag.AlignCenter
        paint.words(painter, upper, f"{slot.at_local:%H.%M}", style_font("caption"), color("ink2"), centre)
        paint.words(painter, lower, _count(slot), style_font("bodyb"), color(ink), centre)


class DayCard(Card):
    """One day: its figures, and its spans."""

    def __init__(self) -> None:
        super().__init__()
        self._title, self._day = Txt("", "h2"), Elide("", "small", "ink3")
        self.number, self._unit = Txt("", "figure"), Txt("", "body", "ink2")
        self.says = Txt("", "small", "ink2", wrap=True)
        self.slots = Slots()
        head = row(self._title, (self._day, 1), gap=10)
        self.setLayout(
            column(head, row(self.number, self._unit, "s", gap=6), self.says, 4, self.slots, "s", gap=4,
                   margins=(18, 14, 18, 14))
        )  # fmt: skip

    def show_day(self, title: str, found: DayBookings) -> None:
        """Another day, or the same a moment later."""
        self._title.setText(title)
        self._day.set_text(dates.weekday_day(found.day))
        self.number.setText(str(found.booked))
        self._unit.setText(tr("pesanan"))
        parts = [tr("{0} sudah hadir").format(found.came)] if found.came else []
        parts += [tr("{0} tidak datang").format(found.missed)] if found.missed else []
        parts += [tr("{0} dibatalkan").format(found.cancelled)] if found.cancelled else []
        self.says.setText(" · ".join(parts) or _span(found))
        self.slots.set_slots(found.slots)


class TwoDays(QWidget):
    """Today, and the next day that has bookings."""

    def __init__(self) -> None:
        super().__init__()
        self.today, self.coming = DayCard(), DayCard()
        self.setLayout(row((self.today, 1), (self.coming, 1), gap=14))

    def show_outlook(self, found: Outlook) -> None:
        """Another truth."""
        self.today.show_day(tr("Hari ini"), found.today)
        near = (found.coming.day - found.today.day).days == 1
        self.coming.show_day(tr("Besok") if near else tr("Berikutnya"), found.coming)


def _span(found: DayBookings) -> str:
    """Nobody came yet: from when to when they are expected."""
    if not found.slots:
        return tr("Belum ada daftar yang diimpor.")
    first, last = found.slots[0].at_local, found.slots[-1].at_local
    return tr("Mulai {0}, terakhir {1}").format(dates.clock(first), dates.clock(last))


def _count(slot: Slot) -> str:
    return f"{slot.came}/{slot.booked}" if slot.came or slot.missed else str(slot.booked)
