"""The top bar: crumb, title and one fact; the page's tools; search and scan; the officer and his hat."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from app.ui.parts import paint
from app.ui.parts.badges import KeyCap, initials
from app.ui.parts.buttons import Button
from app.ui.parts.layout import row
from app.ui.parts.text import Elide, Ico
from app.ui.theme import color, font, px, style_font

TALL = 56


class Search(QFrame):
    """Type or scan: a number of a berkas, a ticket, a name. Enter sends it."""

    entered = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("search")
        self.setFixedSize(px(300), px(36))
        self.line = QLineEdit()
        self.line.setFrame(False)
        self.line.setPlaceholderText(self.tr("Cari atau pindai…"))
        self.line.setAccessibleName(self.tr("Cari atau pindai"))
        self.line.returnPressed.connect(self._send)
        self.line.installEventFilter(self)
        self.setLayout(row(Ico("barcode", 18, "ink3"), (self.line, 1), KeyCap("Ctrl K"), gap=8, margins=(10, 0, 8, 0)))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self.size() != QSize(px(300), px(36)):
            self.setFixedSize(px(300), px(36))

    def _send(self) -> None:
        typed = self.line.text().strip()
        if typed:
            self.entered.emit(typed)
            self.line.selectAll()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The edge of the whole box shows the focus."""
        if event.type() in {QEvent.Type.FocusIn, QEvent.Type.FocusOut}:
            self.setProperty("focused", "true" if event.type() == QEvent.Type.FocusIn else "false")
            self.style().unpolish(self)
            self.style().polish(self)
        return super().eventFilter(watched, event)


class OfficerButton(QAbstractButton):
    """Initials, name, hat and place; opens the officer's menu."""

    def __init__(self, name: str, hat: str) -> None:
        super().__init__()
        self._name, self._hat = name, hat
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{name}, {hat}")

    def sizeHint(self) -> QSize:
        """Two lines, at most 220 wide."""
        widest = max(paint.text_width(self._name, font(13, 600)), paint.text_width(self._hat, font(12, 400)))
        return QSize(34 + 10 + min(widest + 2, px(190)) + 26, px(44))

    def minimumSizeHint(self) -> QSize:
        """Never squeezed."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the menu as Space does."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Disc, name, hat, caret."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = self.height() / 2
        disc = QRectF(0, middle - 17, 34, 34)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color("primary_s2"))
        painter.drawEllipse(disc)
        paint.words(painter, disc, initials(self._name), font(13, 600), color("primary_t"), paint.CENTRE)
        room = self.width() - 44 - 24
        paint.words(painter, QRectF(44, middle - px(18), room, px(18)), self._name, font(13, 600), color("ink"))
        paint.words(painter, QRectF(44, middle, room, px(17)), self._hat, font(12, 400), color("ink3"))
        paint.picture(painter, QPointF(self.width() - 18, middle - 7), "caret-down", 14, "ink3")
        if self.hasFocus():
            edge = QRectF(self.rect()).adjusted(1, 1, -1, -1)
            paint.rounded(painter, edge, 8, None, color("primary_t"), 2)
        painter.end()


class TopBar(QFrame):
    """56 px at the top of every page."""

    crumb_pressed = Signal()

    def __init__(self, name: str, hat: str) -> None:
        super().__init__()
        self.setObjectName("top")
        self.search, self.officer = Search(), OfficerButton(name, hat)
        self._crumb = Button("", "", "quiet", height=32)
        self._crumb.clicked.connect(self.crumb_pressed)
        self._caret = Ico("caret-right", 14, "ink3")
        self._title, self._fact = Elide("", "h1", "ink"), Elide("", "small", "ink3")
        for words in (self._title, self._fact):
            words.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._tools = QHBoxLayout()
        self._tools.setSpacing(10)
        left = row(self._crumb, self._caret, self._title, 8, self._fact, "s", gap=6)
        self.setLayout(row((left, 1), self._tools, self.search, 8, self.officer, gap=10, margins=(20, 0, 16, 0)))
        self.setFixedHeight(px(TALL))
        self.show_page("", "", "")

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self.height() != px(TALL):
            self.setFixedHeight(px(TALL))

    def show_page(self, title: str, fact: str, crumb: str) -> None:
        """Where one is; `crumb` is the page one came from, empty on the rail's own pages."""
        self._title.set_text(title)
        self._fact.set_text(fact)
        self._fact.setVisible(bool(fact))
        self._crumb.set_text(crumb)
        self._crumb.setVisible(bool(crumb))
        self._caret.setVisible(bool(crumb))

    def title(self) -> str:
        """The page's title."""
        return self._title.text()

    def crumb(self) -> str:
        """The page one came from."""
        return self._crumb.text()

    def show_tools(self, tools: Sequence[QWidget]) -> None:
        """The page's tools instead of the last page's."""
        while (item := self._tools.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
        for tool in tools:
            self._tools.addWidget(tool)
            tool.show()


class Answer(QFrame):
    """One line under the search box: what became of a scanned code. It goes by itself."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self._icon, self._text = Ico("info", 18, "ink2", "fill"), Elide("", "smallm", "ink")
        self.setLayout(row(self._icon, (self._text, 1), gap=8, margins=(12, 6, 12, 6)))
        self._timer = QTimer(self, singleShot=True, interval=6000)
        self._timer.timeout.connect(self.hide)
        self.hide()

    def tell(self, text: str, tone: str) -> None:
        """Show the line for six seconds."""
        ink = paint.TONES[tone][0]
        self._icon.set_icon("check-circle" if tone == "ok" else "warning", ink)
        self._text.set_text(text, ink)
        self.setProperty("tone", tone)
        self.style().unpolish(self)
        self.style().polish(self)
        wanted = paint.text_width(text, style_font("smallm")) + 60
        self.resize(min(wanted, px(520)), self.sizeHint().height())
        self.show()
        self.raise_()
        self._timer.start()

    def text(self) -> str:
        """The line, empty when it is gone."""
        return self._text.text() if self.isVisible() else ""
