"""The kiosk's one window: over the whole screen, with everything in it, and no way out but the staff's."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPointF, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent, QMouseEvent, QResizeEvent, QScreen, QWindow
from PySide6.QtWidgets import QApplication, QWidget

from app.ui.kiosk.choose import Choose
from app.ui.kiosk.head import Head
from app.ui.kiosk.home import Home
from app.ui.kiosk.measure import Measure
from app.ui.kiosk.notice import Message, Notice
from app.ui.kiosk.pad import Pad
from app.ui.kiosk.setup import Setup
from app.ui.kiosk.slip import Slip
from app.ui.kiosk.staff import Staff

HOLD_MS = 3000
"""So long a finger lies on the corner before staff are asked for their password."""
CORNER = 96
"""The corner's side, in the drawing."""


class Glass(QWidget):
    """Holds every screen and shows one, perhaps with one card over it. Built anew when the screen's size changes."""

    built = Signal()
    corner = Signal()
    touched = Signal()
    closed = Signal()

    def __init__(self, setup: Setup) -> None:
        super().__init__()
        self._setup = setup
        self.may_close = setup.windowed
        self.setWindowTitle("PELITA 3 · Kios antrean")
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents, on=False)
        self._hold = QTimer(self, singleShot=True, interval=HOLD_MS)
        self._hold.timeout.connect(self.corner)
        self.m = Measure(1366, 768, setup.inches)
        if not setup.windowed:
            self.setWindowFlags(Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint)
        self._build()
        application = QApplication.instance()
        assert application is not None
        application.installEventFilter(self)

    # --- the screen --------------------------------------------------------------------------------------------------

    def appear(self) -> None:
        """On the chosen screen, the whole of it; in a window only to try it."""
        screen = chosen_screen(self._setup.screen)
        if self._setup.windowed:
            self.resize(1366, 768)
            self.show()
            return
        if not self._setup.cursor:
            QGuiApplication.setOverrideCursor(Qt.CursorShape.BlankCursor)
        self._cover(screen.geometry())
        screen.geometryChanged.connect(self._cover)
        self.showFullScreen()

    def _cover(self, rect: QRect) -> None:
        self.setGeometry(rect)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another size: everything is measured and built again."""
        super().resizeEvent(event)
        if (self.width(), self.height()) != (self.m.width, self.m.height):
            self.m = Measure(self.width(), self.height(), self._setup.inches)
            self._build()
            self.built.emit()

    def _build(self) -> None:
        for old in self.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
            old.hide()
            old.deleteLater()
        self.home, self.choose = Home(self.m, self), Choose(self.m, self)
        self.pad, self.notice = Pad(self.m, self), Notice(self.m, self)
        self.head = Head(self.m, self)
        self.slip, self.message, self.staff = Slip(self.m, self), Message(self.m, self), Staff(self.m, self)
        self._screens = (self.home, self.choose, self.pad, self.notice)
        self._cards = (self.slip, self.message)
        for one in (*self._screens, *self._cards, self.staff):
            one.hide()
        self.head.show()

    # --- what is in front --------------------------------------------------------------------------------------------

    def show_screen(self, screen: QWidget) -> None:
        """One screen, no card."""
        for one in (*self._screens, *self._cards):
            one.setVisible(one is screen)

    def show_card(self, card: QWidget) -> None:
        """A card over what is there; there is only one."""
        for one in self._cards:
            one.setVisible(one is card)
        card.raise_()
        if self.staff.isVisible():
            self.staff.raise_()

    def drop_card(self) -> None:
        """What lies under the card again."""
        for one in self._cards:
            one.hide()

    def show_staff(self, on: bool) -> None:
        """The staff's card over everything."""
        self.staff.setVisible(on)
        self.staff.raise_()

    def front(self) -> QWidget:
        """What a finger would meet."""
        shown = [w for w in (self.staff, *self._cards, *self._screens) if w.isVisible()]
        return shown[0] if shown else self

    # --- no way out --------------------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """No key does anything but for staff; every touch is noticed, a long one in the corner calls for staff."""
        if not isinstance(watched, QWindow):
            return False
        if isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.KeyPress and self.staff.isVisible():
                self.staff.take_key(event)
            return True
        if isinstance(event, QMouseEvent):
            self._finger(event)
        return False

    def _finger(self, event: QMouseEvent) -> None:
        if event.type() == QEvent.Type.MouseButtonPress:
            self.touched.emit()
            if self._in_corner(event.position()):
                self._hold.start()
        elif event.type() == QEvent.Type.MouseButtonRelease or not self._in_corner(event.position()):
            self._hold.stop()

    def _in_corner(self, at: QPointF) -> bool:
        side = self.m.touch(CORNER)
        return at.x() < side and at.y() < side

    def closeEvent(self, event: QCloseEvent) -> None:
        """Only staff close it; whatever else asks (Alt+F4, a session's end that asks politely) is not heard."""
        if not self.may_close:
            event.ignore()
            return
        event.accept()
        self.closed.emit()

    def end(self) -> None:
        """Take the window away for good."""
        self.may_close = True
        application = QApplication.instance()
        if application is not None:
            application.removeEventFilter(self)
        if not self._setup.windowed and not self._setup.cursor:
            QGuiApplication.restoreOverrideCursor()
        self.hide()
        self.deleteLater()


def chosen_screen(number: int) -> QScreen:
    """The screen of that number from 1 on; the main one for 0 and for one that is not there (a cable fell out)."""
    screens = QGuiApplication.screens()
    return screens[number - 1] if 1 <= number <= len(screens) else QGuiApplication.primaryScreen()
