"""One page of paper on the glass, and the strip of small pages with their seen marks."""

from collections.abc import Collection

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.parts import paint
from app.ui.seen import Rect
from app.ui.theme import color, font, px

THUMB, THUMB_TALL, THUMB_GAP = 40, 54, 6


class Leaf(QWidget):
    """The page in front. Paper stays light in the dark theme."""

    def __init__(self) -> None:
        super().__init__()
        self._image: QImage | None = None
        self._mark: QRectF | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def show_image(self, image: QImage | None, mark: QRectF | None) -> None:
        """The page and its marker, a part of it in fractions; None while it is being drawn."""
        self._image, self._mark = image, mark
        self.update()

    def in_sight(self, view: QWidget, turn: int) -> Rect:
        """The part of the page that `view` shows, in fractions of the upright page; `turn` is how it lies."""
        part = QRect(-self.pos(), view.size()).intersected(self.rect())
        wide, tall = self.width(), self.height()
        left, right = part.left() / wide, (part.left() + part.width()) / wide
        top, bottom = part.top() / tall, (part.top() + part.height()) / tall
        return {
            0: (left, top, right, bottom),
            90: (top, 1 - right, bottom, 1 - left),
            180: (1 - right, 1 - bottom, 1 - left, 1 - top),
            270: (1 - bottom, left, 1 - top, right),
        }[turn]

    def has_image(self) -> bool:
        """Whether the page is on the glass."""
        return self._image is not None

    def paintEvent(self, event: QPaintEvent) -> None:
        """White paper, the image, the marker."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), color("paper"))
        if self._image is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(QRectF(self.rect()), self._image)
        if self._mark is not None:
            wide, tall = self.width(), self.height()
            at = QRectF(
                self._mark.x() * wide, self._mark.y() * tall, self._mark.width() * wide, self._mark.height() * tall
            )
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
            paint.rounded(painter, at, 4, color("mark"))
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
            paint.rounded(painter, at, 4, None, color("mark_edge"), 1.5)
        painter.end()


class Thumbs(paint.Painted):
    """Small pages in a row. A filled green mark: seen; an empty ring: not yet."""

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._count, self._page = 0, 0
        self._seen: frozenset[int] = frozenset()
        self._images: dict[int, QImage] = {}
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def start(self, count: int, seen: Collection[int]) -> None:
        """Another document."""
        self._count, self._page, self._seen = count, 1, frozenset(seen)
        self._images.clear()
        self.setVisible(count > 1)
        self.update()

    def show_page(self, page: int, seen: Collection[int]) -> None:
        """The page in front and the pages that were seen."""
        self._page, self._seen = page, frozenset(seen)
        unseen = self.tr("{0} dari {1} halaman dilihat").format(len(self._seen), self._count)
        self.setAccessibleName(unseen)
        self.update()

    def set_image(self, page: int, image: QImage) -> None:
        """A small page was drawn."""
        self._images[page] = image
        self.update()

    def sizeHint(self) -> QSize:
        """A page and its number."""
        return QSize(200, THUMB_TALL + px(22))

    def minimumSizeHint(self) -> QSize:
        """It may be short: the strip moves with the page."""
        return QSize(60, self.sizeHint().height())

    def _first(self) -> int:
        """The strip keeps the page in front in the middle."""
        fits = max(1, (self.width() + THUMB_GAP) // (THUMB + THUMB_GAP))
        return max(1, min(self._page - fits // 2, self._count - fits + 1))

    def _boxes(self) -> list[tuple[int, QRectF]]:
        first = self._first()
        step = THUMB + THUMB_GAP
        fits = max(1, (self.width() + THUMB_GAP) // step)
        pages = range(first, min(self._count, first + fits - 1) + 1)
        return [(page, QRectF((page - first) * step + 1, 1, THUMB - 2, THUMB_TALL - 2)) for page in pages]

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the page under the mouse."""
        for page, box in self._boxes():
            if box.contains(event.position()):
                self.chosen.emit(page)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Page by page."""
        painter = self.brush()
        for page, box in self._boxes():
            self._thumb(painter, page, box, on=page == self._page)
        painter.end()

    def _thumb(self, painter: QPainter, page: int, box: QRectF, *, on: bool) -> None:
        paint.rounded(painter, box, 3, color("paper"))
        if (image := self._images.get(page)) is not None:
            fitting = image.size().scaled(box.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
            left, top = box.center().x() - fitting.width() / 2, box.center().y() - fitting.height() / 2
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(QRectF(left, top, fitting.width(), fitting.height()), image)
        paint.rounded(painter, box, 3, None, color("primary_t" if on else "line2"), 2 if on else 1)
        mark = QPointF(box.right() - 7, box.top() + 8)
        painter.setPen(QPen(color("line2"), 1.2))
        painter.setBrush(color("paper"))
        if page in self._seen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color("ok_l"))
        painter.drawEllipse(mark, 7, 7)
        if page in self._seen:
            paint.picture(painter, mark - QPointF(5, 5), "check", 10, "on_primary")
        room = QRectF(box.left() - 2, THUMB_TALL + 2, THUMB + 4, px(18))
        ink = color("primary_t" if on else "ink2")
        paint.words(painter, room, str(page), font(12, 600 if on else 500), ink, paint.CENTRE)
