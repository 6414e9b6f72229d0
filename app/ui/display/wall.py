"""The picture itself: one painted widget that shows a scene, and blinks three times when another number is called."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.ui.display import zones
from app.ui.display.plan import Plan, plan
from app.ui.display.scene import Mood, Scene
from app.ui.theme import tv_color

HALF_MS = 500
"""The edge is lit so long and dark so long: once a second (WCAG 2.3.1 would allow three times)."""
BLINKS = 3


class Wall(QWidget):
    """Draws the last scene it was shown. Nothing here asks anybody or waits for anything."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName("Layar antrean")
        self.scene: Scene | None = None
        self._left = 0
        self._lit = False
        self._timer = QTimer(self, interval=HALF_MS)
        self._timer.timeout.connect(self._turn)

    def show_scene(self, scene: Scene) -> None:
        """Another scene; a number that was not large before blinks."""
        if scene == self.scene:
            return
        before, self.scene = self.scene, scene
        if scene.call and (before is None or before.call != scene.call):
            self._blink()
        if not scene.call:
            self._rest()
        self.setAccessibleDescription(_read_aloud(scene))
        self.update()

    def plan(self) -> Plan:
        """Where everything stands now."""
        return plan(self.width(), self.height(), far=self.scene is not None and self.scene.far)

    @property
    def lit(self) -> bool:
        """Whether the edge is lit at this moment."""
        return self._lit

    def _blink(self) -> None:
        """Three times from now on; a call that comes meanwhile never makes it faster."""
        self._left = 2 * BLINKS - (0 if self._timer.isActive() and not self._lit else 1)
        if not self._timer.isActive():
            self._lit = True
            self._timer.start()

    def _turn(self) -> None:
        if self._left <= 0:
            self._rest()
        else:
            self._left -= 1
            self._lit = not self._lit
        self.update()

    def _rest(self) -> None:
        self._left, self._lit = 0, False
        self._timer.stop()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The whole picture."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), tv_color("ground"))
        if self.scene is not None:
            here = self.plan()
            painter.scale(here.unit, here.unit)
            _draw(painter, here, self.scene, lit=self._lit)
        painter.end()


def _draw(painter: QPainter, here: Plan, scene: Scene, *, lit: bool) -> None:
    if scene.mood is Mood.AWAY:
        zones.away(painter, here, scene)
        return
    zones.header(painter, here, scene)
    zones.main(painter, here, scene, lit=lit)
    zones.others(painter, here, scene)
    zones.listed(painter, here, scene)
    zones.strip(painter, here, scene)
    zones.foot(painter, here, scene)


def _read_aloud(scene: Scene) -> str:
    """The large panel in words, for a screen reader."""
    if scene.main is None:
        return " ".join((scene.head, *scene.lines))
    return f"{scene.head}: {scene.main.label}, {scene.main.word} {scene.main.place}".strip()
