"""Rows, columns and the few framed boxes every page is laid out with."""

from collections.abc import Sequence
from typing import TypeAlias, TypeVar

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLayout, QScrollArea, QVBoxLayout, QWidget

from app.ui.theme import px

Thing: TypeAlias = QWidget | QLayout | int | str | None
Item: TypeAlias = Thing | tuple[QWidget | QLayout, int]
Margins: TypeAlias = tuple[int, int, int, int]
L = TypeVar("L", bound=QBoxLayout)
FOOT = 60
NONE: Margins = (0, 0, 0, 0)


def _add(layout: QBoxLayout, item: Item) -> None:
    match item:
        case None:
            return
        case (QWidget() as widget, int(stretch)):
            layout.addWidget(widget, stretch)
        case (QLayout() as inner, int(stretch)):
            layout.addLayout(inner, stretch)
        case int(space):
            layout.addSpacing(space)
        case str():
            layout.addStretch(1)
        case QWidget() as widget:
            layout.addWidget(widget)
        case QLayout() as inner:
            layout.addLayout(inner)


def _filled(layout: L, items: Sequence[Item], gap: int, margins: Margins) -> L:
    layout.setSpacing(gap)
    layout.setContentsMargins(*margins)
    for item in items:
        _add(layout, item)
    return layout


def row(*items: Item, gap: int = 8, margins: Margins = NONE) -> QHBoxLayout:
    """Side by side: widgets, layouts, a number for space, "s" for stretch, (thing, stretch)."""
    return _filled(QHBoxLayout(), items, gap, margins)


def column(*items: Item, gap: int = 8, margins: Margins = NONE) -> QVBoxLayout:
    """One under the other; items as in `row`."""
    return _filled(QVBoxLayout(), items, gap, margins)


def box(layout: QLayout, name: str = "plain") -> QFrame:
    """A frame around a layout; the name chooses its look in the stylesheet."""
    frame = QFrame()
    frame.setObjectName(name)
    frame.setLayout(layout)
    return frame


class Card(QFrame):
    """A white box with an edge: one subject of a page."""

    def __init__(self, layout: QLayout | None = None, *, sub: bool = False) -> None:
        super().__init__()
        self.setObjectName("cardsub" if sub else "card")
        if layout is not None:
            self.setLayout(layout)


def scrolled(content: QWidget | QLayout) -> QScrollArea:
    """The content in an area that scrolls up and down, never sideways."""
    inner = content if isinstance(content, QWidget) else box(content)
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(inner)
    inner.setAutoFillBackground(False)
    return area


def line(*, vertical: bool = False) -> QFrame:
    """A hairline between two subjects."""
    frame = QFrame()
    frame.setObjectName("line")
    if vertical:
        frame.setFixedWidth(1)
    else:
        frame.setFixedHeight(1)
    return frame


class Footer(QFrame):
    """The 60 px bar under a page that has an act: state on the left, acts on the right, the primary last."""

    def __init__(self, left: Sequence[Item] = (), right: Sequence[Item] = ()) -> None:
        super().__init__()
        self.setObjectName("foot")
        self.setLayout(row(*left, "s", *right, gap=10, margins=(20, 0, 16, 0)))
        self._fit()

    def _fit(self) -> None:
        if self.minimumHeight() != px(FOOT):
            self.setFixedHeight(px(FOOT))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()
