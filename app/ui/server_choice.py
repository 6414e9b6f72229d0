"""Where this PC's office lies: alone on this PC, or on the office's server, whose certificate is looked at first."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from app.ui.parts.badges import Lamp
from app.ui.parts.brand import Brand
from app.ui.parts.buttons import Button
from app.ui.parts.layout import box, column, row, scrolled
from app.ui.parts.text import Txt
from app.ui.server_join import JoinForm
from app.ui.theme import px

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QResizeEvent

    from app.ui.tasks import Tasks

FORM, LEAST, EDGE = 520, 400, 40


class WhereStep(QWidget):
    """Two ways, each with what follows from it."""

    alone = Signal()
    join = Signal()
    back = Signal()

    def __init__(self, *, first: bool, server: str) -> None:
        super().__init__()
        to_server = self.tr("Server kantor lain…") if server else self.tr("Bergabung dengan server kantor")
        self.join_button = Button(to_server, "plugs", "primary", "1", height=48, wide=True)
        label = self.tr("Kantor baru di PC ini saja") if first else self.tr("Basis data di PC ini…")
        self.alone_button = Button(label, "folder-open", "secondary", "2", height=48, wide=True)
        self.away = Button(self.tr("Kembali"), "", "link", "Esc", height=30, small=True)
        self.away.setVisible(not first)
        self.join_button.clicked.connect(self.join)
        self.alone_button.clicked.connect(self.alone)
        self.away.clicked.connect(self.back)
        now = self.tr("Sekarang: {0}").format(server) if server else self.tr("Sekarang: basis data di PC ini.")
        says = self.tr("PC ini belum diatur. Pilih satu; nanti dapat diubah dari jendela masuk.")
        with_server = self.tr("Semua PC bekerja pada data yang sama. Petugas TI memberi alamat server dan berkas CA.")
        alone = self.tr("Untuk kantor dengan satu PC, atau untuk belajar. Data disimpan di PC ini.")
        self.setLayout(
            column(
                Txt(self.tr("Di mana data kantor?"), size=28, weight=700),
                6,
                Txt(says if first else now, "body", "ink2", wrap=True),
                26,
                self.join_button,
                4,
                Txt(with_server, "small", "ink3", wrap=True),
                20,
                self.alone_button,
                4,
                Txt(alone, "small", "ink3", wrap=True),
                20,
                row("s", self.away, "s"),
                gap=0,
            )
        )
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """1 and 2 choose, Enter takes the first, Esc goes back."""
        keys = {
            Qt.Key.Key_1: self.join_button, Qt.Key.Key_Return: self.join_button, Qt.Key.Key_Enter: self.join_button,
            Qt.Key.Key_2: self.alone_button, Qt.Key.Key_Escape: self.away,
        }  # fmt: skip
        button = keys.get(Qt.Key(event.key()))
        if button is None:
            super().keyPressEvent(event)
        elif button.isVisible():
            button.press()


class ServerChoice(QWidget):
    """Stands in the window before the log-in. `alone` goes on here; `joined` carries the address that is kept."""

    alone = Signal()
    other_file = Signal(Path)
    joined = Signal(str)
    back = Signal()

    def __init__(
        self,
        tasks: Tasks,
        join: Callable[[str, Path], str],
        *,
        first: bool,
        server: str = "",
        database: Path | None = None,
    ) -> None:
        super().__init__()
        self._first, self._folder = first, str(database.parent if database else "")
        self._brand = Brand()
        self.where = WhereStep(first=first, server=server)
        self.form = JoinForm(tasks, join, server)
        self._steps = QStackedWidget()
        for step in (self.where, self.form):
            self._steps.addWidget(scrolled(column("s", step, "s")))
        self.where.join.connect(self._to_form)
        self.where.alone.connect(self._alone)
        self.where.back.connect(self.back)
        self.form.back.connect(self._to_where)
        self.form.joined.connect(self.joined)
        self._arrange()
        self.setFocusProxy(self.where)

    def _arrange(self) -> None:
        holder = self._holder = QWidget()
        holder.setMinimumWidth(LEAST)
        inside = QVBoxLayout(holder)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self._steps)
        lamp = row("s", Lamp(self.tr("Tidak ada sandi yang disimpan di PC ini"), "mute"), "s")
        middle = row("s", (holder, 100), "s")
        right = box(column((middle, 1), lamp, gap=14, margins=(EDGE, 60, EDGE, 22)), "surface")
        right.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setLayout(row(self._brand, (right, 1), gap=0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The picture gives way first, then the form, as far as its buttons allow."""
        super().resizeEvent(event)
        self._brand.fit(self.width())
        room = self.width() - self._brand.maximumWidth() - 2 * EDGE
        self._holder.setMaximumWidth(max(LEAST, min(px(FORM), room)))

    def _to_form(self) -> None:
        self._steps.setCurrentIndex(1)
        self.form.address.setFocus()

    def _to_where(self) -> None:
        self._steps.setCurrentIndex(0)
        self.where.setFocus()

    def _alone(self) -> None:
        if self._first:
            self.alone.emit()
            return
        dialog = QFileDialog(self, self.tr("Pilih basis data kantor"), self._folder)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)
        dialog.setNameFilters([self.tr("Basis data PELITA 3 (*.db)"), self.tr("Semua berkas (*)")])
        dialog.fileSelected.connect(lambda name: self.other_file.emit(Path(name)))
        dialog.open()
