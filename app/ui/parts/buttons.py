"""Buttons: icon, label and key in one painted face; the key presses the button."""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from app.ui.parts import paint
from app.ui.parts.keys import is_global, sequences
from app.ui.parts.layout import column
from app.ui.parts.text import Elide, Ico, Txt
from app.ui.theme import color, font, px


@dataclass(frozen=True)
class Face:
    """Tokens of one kind of button: ground, label, edge, and the ground under the mouse and when pressed."""

    ground: str = ""
    label: str = "ink"
    edge: str = ""
    hover: str = "subtle"
    pressed: str = "sunken"


FACES = {
    "primary": Face("primary", "on_primary", "", "primary_h", "primary_p"),
    "secondary": Face("surface", "ink", "key_line"),
    "soft": Face("primary_s", "primary_t", "", "primary_s2", "primary_s2"),
    "ok": Face("ok_s", "ok", "", "ok_s", "ok_s"),
    "quiet": Face("", "ink2", ""),
    "danger": Face("surface", "bad", "bad_l", "bad_s", "bad_s"),
    "link": Face("", "primary_t", "", "primary_s", "primary_s"),
    "chosen": Face("primary_s", "primary_t", "primary_t", "primary_s2", "primary_s2"),
}
ICON = 18


class Button(QAbstractButton):
    """A button whose key is printed on it. F-keys and Ctrl combinations press it anywhere in its window if `wired`.

    After `hold()` it keeps its focus but takes no press until `release()`: no act is sent twice.
    """

    def __init__(
        self,
        text: str = "",
        icon: str = "",
        kind: str = "secondary",
        key: str = "",
        *,
        height: int = 36,
        wide: bool = False,
        left: bool = False,
        small: bool = False,
        tip: str = "",
        wired: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._glyph, self._kind, self._key = icon, kind, key
        self._height, self._left, self._small = height, left, small
        self._held = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding if wide else QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setText(text)
        self.setAccessibleName(text or tip)
        self.setToolTip(tip)
        if wired and is_global(key):
            self._wire(key)

    def _wire(self, key: str) -> None:
        shortcut = QShortcut(self)
        shortcut.setKeys(sequences(key))
        shortcut.setAutoRepeat(False)
        shortcut.activated.connect(self.press)

    def key(self) -> str:
        """The key as printed, empty if none."""
        return self._key

    def kind(self) -> str:
        """primary, secondary, soft, ok, quiet, danger, link or chosen."""
        return self._kind

    def press(self) -> None:
        """Press it as the mouse would; nothing happens while it is disabled or held."""
        if not self._held:
            self.click()

    def hold(self) -> None:
        """Dead until the answer comes."""
        self._held = True
        self.update()

    def release(self) -> None:
        """The answer came: it may be pressed again."""
        self._held = False
        self.update()

    def is_held(self) -> bool:
        """Whether an answer is still awaited."""
        return self._held

    def set_text(self, text: str) -> None:
        """Another label, for example after the next act became another one."""
        self.setText(text)
        self.setAccessibleName(text)
        self.updateGeometry()

    def set_icon(self, name: str) -> None:
        """Another icon, empty for none."""
        self._glyph = name
        self.updateGeometry()
        self.update()

    def set_kind(self, kind: str) -> None:
        """Another face."""
        self._kind = kind
        self.updateGeometry()
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A held button lets the press fall."""
        if not self._held:
            super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Space press the focused button."""
        if self._held:
            return
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.NoModifier
        if plain and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.press()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Measure again when the text size changed."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()

    def _content_width(self) -> int:
        width = paint.text_width(self.text(), self._font()) if self.text() else 0
        if self._glyph:
            width += ICON + (8 if self.text() else 0)
        return width + (10 + paint.key_width(self._key) if self._key else 0)

    def _font(self) -> QFont:
        size = 13 if self._small else 16 if self._height >= 48 else 14
        return font(size, 600 if self._kind in {"primary", "danger"} else 500)

    def sizeHint(self) -> QSize:
        """Content and 14 px on each side; an icon alone makes a square."""
        if not self.text() and not self._key:
            return QSize(px(self._height), px(self._height))
        return QSize(self._content_width() + 28, px(self._height))

    def minimumSizeHint(self) -> QSize:
        """The label is never cut by a layout."""
        return self.sizeHint()

    def _tokens(self) -> tuple[str, str, str]:
        """Ground, label and edge of the present state."""
        face = FACES[self._kind]
        if not self.isEnabled() or self._held:
            filled = self._kind == "primary"
            return ("sunken" if filled else face.ground, "ink3", "line" if filled or face.edge else "")
        if self.isDown():
            return face.pressed, face.label, face.edge
        return (face.hover if self.underMouse() else face.ground, face.label, face.edge)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Focus ring, face, icon, label, key."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground, label, edge = self._tokens()
        inner = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        if self.hasFocus():
            paint.rounded(painter, QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, None, color("primary_t"), 2)
            inner = inner.adjusted(3, 3, -3, -3)
        paint.rounded(painter, inner, 6, color(ground) if ground else None, color(edge) if edge else None)
        self._content(painter, label)
        painter.end()

    def _content(self, painter: QPainter, label: str) -> None:
        width, middle = self._content_width(), self.height() / 2
        spare = self.width() - width
        if spare < 0 and self._key:  # the label matters more than its key where room is short
            spare += 10 + paint.key_width(self._key)
        x = 12.0 if self._left else max(4.0, spare / 2)
        if self._glyph:
            paint.picture(painter, QPointF(x, middle - ICON / 2), self._glyph, ICON, label)
            x += ICON + 8
        face = self._font()
        taken = paint.text_width(self.text(), face)
        room = QRectF(x, 0, min(taken + 2, self.width() - x - 4), self.height())
        paint.words(painter, room, self.text(), face, QColor(color(label)))
        if self._key and (self._left or width <= self.width()):
            self._draw_key(painter, x + taken + 10)

    def _draw_key(self, painter: QPainter, x: float) -> None:
        wide, tall = paint.key_width(self._key), px(20)
        left = self.width() - 10 - wide if self._left else x
        filled = self._kind == "primary" and self.isEnabled() and not self._held
        paint.keycap(painter, QRectF(left, (self.height() - tall) / 2, wide, tall), self._key, filled=filled)


class LockReason(QWidget):
    """Stands beside a locked primary: a lock, what is locked in bold, why, and a button that leads to the gap."""

    def __init__(self, title: str = "", reason: str = "", action: Button | None = None) -> None:
        super().__init__()
        self._title, self._reason = Txt(title, "smallb", "warn"), Elide(reason, "small", "ink2")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(Ico("lock-simple", 18, "warn", "fill"))
        layout.addLayout(column("s", self._title, self._reason, "s", gap=0), 1)
        self._reason.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        if action is not None:
            layout.addSpacing(2)
            layout.addWidget(action)
        self.set_reason(title, reason)

    def set_reason(self, title: str, reason: str) -> None:
        """What is locked and why; an empty title hides it: nothing is locked."""
        self._title.setText(title)
        self._reason.set_text(reason)
        self.setAccessibleName(f"{title}: {reason}")
        self.setVisible(bool(title))
