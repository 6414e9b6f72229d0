"""The list of values: painted rows with ✓ and ✗, old values struck, new ones on green; worked by keyboard."""

from __future__ import annotations

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.services.fields import ValueRow
from app.ui.pages.review_marks import RIGHT, WRONG, Mark, Marks
from app.ui.pages.review_model import ENTRY, Heading, ValuesModel
from app.ui.parts import paint
from app.ui.theme import color, font, px, style_font

PAD, BOX, GAP = 16, 36, 4
Index = QModelIndex | QPersistentModelIndex
WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)


def boxes(rect: QRect) -> tuple[QRectF, QRectF]:
    """Where ✓ and ✗ of a row lie."""
    top = rect.top() + 9
    right = QRectF(rect.right() - PAD - BOX, top, BOX, 34)
    return right.translated(-BOX - GAP, 0), right


def _room(width: int) -> int:
    return width - 2 * PAD - 2 * BOX - GAP - 12


def _tall(text: str, of: QFont, width: int) -> int:
    return QFontMetrics(of).boundingRect(QRect(0, 0, width, 2000), WRAP, text).height() if text else 0


class ValueBrush(QStyledItemDelegate):
    """Paints headings and values."""

    def __init__(self, view: QListView, marks: Marks) -> None:
        super().__init__(view)
        self._view, self._marks = view, marks

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As tall as what it says; the chosen row has room for its two keys."""
        entry, width = index.data(ENTRY), self._view.viewport().width()
        if isinstance(entry, Heading):
            return QSize(width, px(29))
        assert isinstance(entry, ValueRow)
        tall = 8 + px(19) + sum(t + 3 for _, _, t in self._lines(entry, _room(width))) + 6
        return QSize(width, max(tall, px(74) if index == self._view.currentIndex() else px(52)))

    def _lines(self, row: ValueRow, width: int) -> list[tuple[str, str, int]]:
        """(what, text, height) under the label: the old value, the value, the reason to keep it, what is wrong."""
        mark = self._marks.of(row.path)
        found = [("old", row.old or "", style_font("body"))] if row.old else []
        found.append(("new" if row.old is not None else "value", row.value or self.tr("(dihapus)"), self._face(row)))
        if row.note:
            found.append(("note", self.tr("Dipertahankan: {0}").format(row.note), style_font("small")))
        if mark is not None and mark.verdict == WRONG:
            found.append(("reason", mark.reason, style_font("small")))
        return [(what, said, _tall(said, of, width - (20 if what == "reason" else 0))) for what, said, of in found]

    def _face(self, row: ValueRow) -> QFont:
        return font(15, 600, data=True) if row.old is not None else style_font("data")

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, label, values, the two boxes."""
        entry = index.data(ENTRY)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = option.rect
        if isinstance(entry, Heading):
            self._heading(painter, QRectF(rect), entry)
        else:
            selected = bool(option.state & QStyle.StateFlag.State_Selected)
            self._value(painter, rect, entry, selected=selected)
        painter.restore()

    def _heading(self, painter: QPainter, rect: QRectF, entry: Heading) -> None:
        painter.fillRect(rect, color("subtle"))
        painter.fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), color("line"))
        inner = rect.adjusted(PAD, 0, -PAD, 0)
        paint.words(painter, inner, entry.title, style_font("smallb"), color("ink2"))
        paint.words(painter, inner, entry.count, style_font("small"), color("ink2"), paint.RIGHT)

    def _value(self, painter: QPainter, rect: QRect, row: ValueRow, *, selected: bool) -> None:
        painter.fillRect(rect, color("primary_s" if selected else "surface"))
        painter.fillRect(QRectF(rect.left(), rect.bottom(), rect.width(), 1), color("line"))
        if selected:
            painter.fillRect(QRectF(rect.left(), rect.top(), 3, rect.height()), color("primary_t"))
        width, top = _room(rect.width()), rect.top() + 8.0
        label = QRectF(rect.left() + PAD, top, width, px(18))
        paint.words(painter, label, row.label, style_font("small"), color("ink2"))
        top += px(19)
        for what, said, tall in self._lines(row, width):
            self._line(painter, QRectF(rect.left() + PAD, top, width, tall + 1), what, said, row)
            top += tall + 3
        mark = self._marks.of(row.path)
        for place, verdict in zip(boxes(rect), (RIGHT, WRONG), strict=True):
            self._box(painter, place, verdict, mark)
        if selected:
            for place, key in zip(boxes(rect), (self.tr("Spasi"), "X"), strict=True):
                wide = paint.key_width(key)
                under = QRectF(place.center().x() - wide / 2, place.bottom() + 3, wide, px(20))
                paint.keycap(painter, under, key)

    def _line(self, painter: QPainter, room: QRectF, what: str, said: str, row: ValueRow) -> None:
        face, ink = style_font("small"), "ink2"
        if what == "old":
            face, ink = style_font("body"), "bad"
            face.setStrikeOut(True)
        elif what in {"value", "new"}:
            face, ink = self._face(row), "ok" if what == "new" else "ink"
            if what == "new":
                used = QFontMetrics(face).boundingRect(room.toRect(), WRAP, said)
                paint.rounded(painter, QRectF(used).adjusted(-4, -1, 4, 1), 4, color("ok_s"))
        elif what == "reason":
            ink = "bad"
            paint.picture(painter, room.topLeft(), "note-pencil", 16, "bad")
            room = room.adjusted(20, 0, 0, 0)
        painter.setFont(face)
        painter.setPen(color("warn" if what == "note" else ink))
        painter.drawText(room, WRAP, said)

    def _box(self, painter: QPainter, place: QRectF, verdict: str, mark: Mark | None) -> None:
        on = mark is not None and mark.verdict == verdict
        tone = "ok" if verdict == RIGHT else "bad"
        inner = place.adjusted(0.75, 0.75, -0.75, -0.75)
        edge = color(f"{tone}_l" if on else "key_line")
        paint.rounded(painter, inner, 6, color(f"{tone}_s" if on else "surface"), edge, 1.5 if on else 1)
        glyph = "check" if verdict == RIGHT else "x"
        corner = place.center() - QRectF(0, 0, 16, 16).center()
        paint.picture(painter, corner, glyph, 16, tone if on else "ink2")


class ValueList(QListView):
    """The values. Space is ✓ and goes on, X asks what is wrong, Delete takes a mark back."""

    chosen = Signal(object)
    judged = Signal(str, str)
    right_and_on = Signal(str)
    taken_back = Signal(str)
    paged = Signal(int)

    def __init__(self, marks: Marks) -> None:
        super().__init__()
        self.values = ValuesModel(marks)
        self.setModel(self.values)
        self.setItemDelegate(ValueBrush(self, marks))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setAccessibleName(self.tr("Isian yang diperiksa"))
        self.selectionModel().currentChanged.connect(self._moved)
        self._settle = QTimer(self, singleShot=True, interval=0)
        self._settle.timeout.connect(lambda: self.scrollTo(self.currentIndex()))

    def current(self) -> ValueRow | None:
        """The value one stands on."""
        entry = self.currentIndex().data(ENTRY)
        return entry if isinstance(entry, ValueRow) else None

    def paths(self) -> list[str]:
        """The shown values in order."""
        return [e.path for e in self.values.entries if isinstance(e, ValueRow)]

    def select(self, path: str) -> bool:
        """Stand on a value; False where it is not shown."""
        for place, entry in enumerate(self.values.entries):
            if isinstance(entry, ValueRow) and entry.path == path:
                self.setCurrentIndex(self.values.index(place))
                return True
        return False

    def step(self, by: int) -> None:
        """The next value, headings passed over; it stays at the ends."""
        paths, now = self.paths(), self.current()
        place = paths.index(now.path) + by if now is not None else 0
        if paths:
            self.select(paths[min(max(0, place), len(paths) - 1)])

    def _moved(self, _now: QModelIndex, _before: QModelIndex) -> None:
        self.scheduleDelayedItemsLayout()
        self._settle.start()
        row = self.current()
        if row is not None:
            self.chosen.emit(row)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lines wrap anew; the value one stands on stays in sight."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()
        self._settle.start()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on a box judges."""
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        row = index.data(ENTRY)
        if not isinstance(row, ValueRow):
            return
        for place, verdict in zip(boxes(self.visualRect(index)), (RIGHT, WRONG), strict=True):
            if place.contains(event.position()):
                self.judged.emit(row.path, verdict)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Marks, steps; pages belong to the documents."""
        row, held = self.current(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        key = Qt.Key(event.key())
        if held or row is None:
            event.ignore() if held else super().keyPressEvent(event)
        elif key == Qt.Key.Key_Space:
            self.right_and_on.emit(row.path)
        elif key == Qt.Key.Key_X:
            self.judged.emit(row.path, WRONG)
        elif key in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self.taken_back.emit(row.path)
        elif key in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self.step(1 if key == Qt.Key.Key_Down else -1)
        elif key in {Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}:
            self.paged.emit(1 if key == Qt.Key.Key_PageDown else -1)
        else:
            event.ignore()
