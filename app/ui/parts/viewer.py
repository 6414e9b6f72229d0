"""The page viewer: scans, drafts and signed papers, drawn away from the GUI thread, with a count of what was seen."""

from collections.abc import Callable, Collection
from functools import partial
from typing import ClassVar

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QKeyEvent, QResizeEvent, QTransform, QWheelEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedLayout, QWidget

from app.ui.paper import Paper, Sheet
from app.ui.parts.empty import EmptyState
from app.ui.parts.layout import box, column
from app.ui.parts.leaf import THUMB, Leaf, Thumbs
from app.ui.parts.viewer_bar import ViewerBar
from app.ui.seen import Seen
from app.ui.tasks import Tasks

ZOOMS = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0, 4.0)
TICK_MS, SETTLE_MS = 100, 120
MOST_THUMBS = 60


class Viewer(QWidget):
    """One document at a time. Keys, when it has the focus: PgUp PgDn, + - 0, R turns, N goes to the next unseen page.

    `page_seen(document key, page)` is sent once for each page; pages count from 1.
    """

    page_seen = Signal(str, int)
    page_changed = Signal(int, int)
    unreadable = Signal(str)

    SEEN_AFTER_MS: ClassVar[int] = 1000
    """How long a page must have been in sight to count as seen (ui.md §3)."""

    def __init__(self, tasks: Tasks, *, head: QWidget | None = None, seen_after_ms: int | None = None) -> None:
        super().__init__()
        self._tasks, self._seen = tasks, Seen(self.SEEN_AFTER_MS if seen_after_ms is None else seen_after_ms)
        self._key = ""
        self._paper: Paper | None = None
        self._sheets: tuple[Sheet, ...] = ()
        self._page, self._zoom, self._turn, self._whole = 0, ZOOMS.index(1.0), 0, False
        self._marks: dict[int, QRectF] = {}
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Penampil dokumen"))
        self._clock = QElapsedTimer()
        self._tick = QTimer(self, interval=TICK_MS)
        self._tick.timeout.connect(self._look)
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settle.timeout.connect(self._draw)
        self._build(head)
        self.clear()

    def _build(self, head: QWidget | None) -> None:
        self.bar = ViewerBar(head)
        self.bar.stepped.connect(self._step)
        self.bar.zoomed.connect(self._magnify)
        self.bar.turned.connect(self.turn)
        self.leaf, self.thumbs = Leaf(), Thumbs()
        self.thumbs.chosen.connect(self.go)
        self._area = QScrollArea()
        self._area.setObjectName("well")
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(self.leaf)
        self._area.viewport().installEventFilter(self)
        self.notice = EmptyState("file-text", "")
        self._stack = QStackedLayout()
        self._stack.addWidget(self._area)
        self._stack.addWidget(self.notice)
        self.setLayout(column(self.bar, (box(self._stack, "well"), 1), self.thumbs, gap=10))

    # --- the document ------------------------------------------------------------------------------------------------

    def show_document(self, key: str, data: bytes, mime: str, seen: Collection[int] = ()) -> None:
        """Show another document; `seen` are pages that were seen before. A broken one is told in words."""
        self.clear(self.tr("Membuka dokumen…"))
        self._key = key
        self._seen.start(frozenset(seen))
        paper = self._paper = Paper(data, mime)
        self._tasks.draw(paper.open, partial(self._opened, paper), partial(self._broken, paper), owner=self)

    def clear(self, text: str = "") -> None:
        """Show no document."""
        old, self._paper, self._sheets, self._key = self._paper, None, (), ""
        if old is not None:
            self._tasks.draw(old.close)
        self._page, self._turn = 0, 0
        self._marks.clear()
        self._tick.stop()
        self.leaf.show_image(None, None)
        self.thumbs.start(0, ())
        self._say(text or self.tr("Pilih dokumen untuk dilihat"))
        self._name_page()

    def key(self) -> str:
        """The key of the document in front."""
        return self._key

    def page(self) -> int:
        """The page in front, from 1; 0 while there is none."""
        return self._page

    def pages(self) -> int:
        """How many pages it has; 0 while it is being opened."""
        return len(self._sheets)

    def seen(self) -> frozenset[int]:
        """Pages of this document that count as seen."""
        return self._seen.pages()

    def set_mark(self, page: int, place: QRectF | None) -> None:
        """Mark a place of a page, in fractions of its width and height; None takes the mark away."""
        if place is None:
            self._marks.pop(page, None)
        else:
            self._marks[page] = place
        if page == self._page:
            self._draw()

    def go(self, page: int) -> None:
        """Bring a page to the front; a number outside is brought inside."""
        if not self._sheets:
            return
        page = min(max(1, page), len(self._sheets))
        if page != self._page:
            self._page = page
            self.leaf.show_image(None, None)
            self._area.verticalScrollBar().setValue(0)
            self._fit()
            self._draw()
            self._name_page()
            self.page_changed.emit(page, len(self._sheets))

    def next_part(self) -> bool:
        """Scroll on while the page in front was not seen and has more below; False where there is nothing to scroll."""
        bar = self._area.verticalScrollBar()
        if not self._page or self._page in self.seen() or bar.value() >= bar.maximum():
            return False
        bar.setValue(bar.value() + bar.pageStep() * 9 // 10)
        return True

    def next_unseen(self) -> bool:
        """Go to the next page that was not seen, past the end from the beginning; False if all were."""
        if self.next_part():
            return True
        order = [*range(self._page + 1, self.pages() + 1), *range(1, self._page + 1)]
        unseen = next((page for page in order if page not in self.seen()), 0)
        self.go(unseen or self._page)
        return bool(unseen)

    def turn(self) -> None:
        """A quarter to the right, on the glass only."""
        self._turn = (self._turn + 90) % 360
        self.leaf.show_image(None, None)
        self._fit()
        self._draw()

    def _step(self, by: int) -> None:
        self.go(self._page + by)

    def _magnify(self, by: int) -> None:
        self._whole = False
        self._zoom = min(max(0, self._zoom + by), len(ZOOMS) - 1)
        self._fit()
        self._draw()

    def fit_page(self) -> None:
        """The whole page in sight; again: as wide as the window."""
        self._whole, self._zoom = not self._whole, ZOOMS.index(1.0)
        self._fit()
        self._draw()

    # --- drawing -----------------------------------------------------------------------------------------------------

    def _opened(self, paper: Paper, sheets: tuple[Sheet, ...]) -> None:
        if paper is not self._paper:
            return
        self._sheets = sheets
        self.thumbs.start(len(sheets), self.seen())
        self._stack.setCurrentWidget(self._area)
        self.go(1)
        self._clock.start()
        self._tick.start()
        self._thumb(paper, 1)

    def _broken(self, paper: Paper, error: Exception) -> None:
        if paper is self._paper:
            self._say(str(error), icon_is_bad=True)
            self.unreadable.emit(str(error))

    def _say(self, text: str, *, icon_is_bad: bool = False) -> None:
        self.notice.set_words(self.tr("Dokumen tidak terbaca") if icon_is_bad else text, text if icon_is_bad else "")
        self._stack.setCurrentWidget(self.notice)

    def _shape(self) -> tuple[float, float]:
        """Width and height of the page in front as it is turned."""
        sheet = self._sheets[self._page - 1]
        turned = self._turn % 180 != 0
        return (sheet.height, sheet.width) if turned else (sheet.width, sheet.height)

    def _fit(self) -> None:
        if not self._page:
            return
        wide, tall = self._shape()
        room = self._area.viewport().size()
        width = (room.width() - 2) * ZOOMS[self._zoom]
        if self._whole:
            width = min(width, (room.height() - 2) * wide / max(1.0, tall))
        self.leaf.resize(max(40, round(width)), max(40, round(width * tall / max(1.0, wide))))

    def _draw(self) -> None:
        paper, page, turn = self._paper, self._page, self._turn
        if paper is None or not page:
            return
        size = self.leaf.width() if turn % 180 == 0 else self.leaf.height()
        width = max(60, round(size * self.devicePixelRatioF()))

        def drawn() -> QImage:
            image = paper.render(page, width)
            return image.transformed(QTransform().rotate(turn)) if turn else image

        self._tasks.draw(drawn, partial(self._drawn, paper, page, turn), partial(self._broken, paper), owner=self)

    def _drawn(self, paper: Paper, page: int, turn: int, image: QImage) -> None:
        if (paper, page, turn) == (self._paper, self._page, self._turn):
            self.leaf.show_image(image, self._marks.get(page) if not turn else None)

    def _thumb(self, paper: Paper, page: int) -> None:
        """One small page after the other, so that a large one never waits for more than one of them."""
        if paper is self._paper and len(self._sheets) > 1 and page <= min(len(self._sheets), MOST_THUMBS):
            self._tasks.draw(
                partial(paper.render, page, THUMB * 2), partial(self._thumb_drawn, paper, page), _ignore, owner=self
            )

    def _thumb_drawn(self, paper: Paper, page: int, image: QImage) -> None:
        if paper is self._paper:
            self.thumbs.set_image(page, image)
            self._thumb(paper, page + 1)

    def _name_page(self) -> None:
        self.bar.show_page(self._page, self.pages())
        self.thumbs.show_page(self._page, self.seen())

    # --- what was seen -----------------------------------------------------------------------------------------------

    def _look(self) -> None:
        elapsed = min(self._clock.restart(), 2 * TICK_MS)
        if not self.leaf.has_image() or not self.isVisible() or self.window().isMinimized():
            return
        if self._seen.look(self._page, self.leaf.in_sight(self._area.viewport(), self._turn), elapsed):
            self.thumbs.show_page(self._page, self.seen())
            self.page_seen.emit(self._key, self._page)

    # --- input -------------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Pages, size, turn, next unseen; arrow keys scroll."""
        bar = self._area.verticalScrollBar()
        acts: dict[Qt.Key, Callable[[], object]] = {
            Qt.Key.Key_PageDown: partial(self._step, 1),
            Qt.Key.Key_PageUp: partial(self._step, -1),
            Qt.Key.Key_Plus: partial(self._magnify, 1),
            Qt.Key.Key_Equal: partial(self._magnify, 1),
            Qt.Key.Key_Minus: partial(self._magnify, -1),
            Qt.Key.Key_0: self.fit_page,
            Qt.Key.Key_R: self.turn,
            Qt.Key.Key_N: self.next_unseen,
            Qt.Key.Key_Down: lambda: bar.setValue(bar.value() + 60),
            Qt.Key.Key_Up: lambda: bar.setValue(bar.value() - 60),
        }
        held = event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier)
        act = acts.get(Qt.Key(event.key())) if not held else None
        if act is None:
            super().keyPressEvent(event)
        else:
            act()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The wheel turns the page at its end."""
        if isinstance(event, QWheelEvent) and event.type() == QEvent.Type.Wheel:
            bar, by = self._area.verticalScrollBar(), event.angleDelta().y()
            if (by < 0 and bar.value() >= bar.maximum()) or (by > 0 and bar.value() <= 0 and self._page > 1):
                self._step(1 if by < 0 else -1)
                return True
        if event.type() == QEvent.Type.Resize:
            self._fit()
            self._settle.start()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw again when the size has settled."""
        super().resizeEvent(event)
        self._settle.start()


def _ignore(_error: Exception) -> None:
    """A small page that cannot be drawn stays white; the large one says why."""
