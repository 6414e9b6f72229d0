"""The form that leads this PC to the office's server: address, CA file, and the certificate that the server shows."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from app.errors import Refused, Shown
from app.ui.parts.buttons import Button
from app.ui.parts.fields import Field, Line
from app.ui.parts.layout import Card, box, column, row
from app.ui.parts.statusbar import date_words
from app.ui.parts.text import Elide, Ico, Txt

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.services.office_server import Seen
    from app.ui.tasks import Tasks


class SeenCard(Card):
    """What the server showed, and whether this PC may trust it."""

    def __init__(self) -> None:
        super().__init__(sub=True)
        self._icon, self.verdict = Ico("shield-check", 20, "ok", "fill"), Txt("", "bodyb", wrap=True)
        self.names, self.life = Txt("", "small", "ink2", wrap=True), Txt("", "small", "ink2", wrap=True)
        self.print = Txt("", "small", "ink", data=True, wrap=True, selectable=True)
        self._said = Txt(
            self.tr("Sidik SHA-256; cocokkan dengan yang diberikan petugas TI:"), "small", "ink3", wrap=True
        )
        self._details = box(column(self.names, self.life, self._said, self.print, gap=3, margins=(30, 0, 0, 0)))
        self.setLayout(
            column(row(self._icon, (self.verdict, 1), gap=10), self._details, gap=6, margins=(14, 12, 14, 12))
        )
        self.hide()

    def show_seen(self, seen: Seen) -> None:
        """A certificate, trusted or not."""
        good = seen.wrong is None
        only_ca = isinstance(seen.wrong, Refused)
        self._icon.set_icon("shield-check" if good else "warning", "ok" if good else "warn" if only_ca else "bad")
        words = self.tr("Server menjawab dan sertifikatnya dipercaya.")
        if only_ca:
            words = self.tr("Server menjawab. Pilih berkas CA kantor agar PC ini dapat mempercayainya.")
        self.verdict.setText(words if good or only_ca else str(seen.wrong))
        self.names.setText(self.tr("Untuk: {0}").format(", ".join(seen.names)))
        since, until = date_words(seen.since), date_words(seen.until)
        self.life.setText(self.tr("Berlaku: {0} sampai {1}").format(since, until))
        self.print.setText(_lines(seen.fingerprint))
        self._details.show()
        self.show()

    def show_error(self, error: Exception) -> None:
        """No certificate was shown."""
        self._icon.set_icon("wifi-slash", "bad")
        self.verdict.setText(str(error))
        self._details.hide()
        self.show()


def _lines(fingerprint: str) -> str:
    """In two lines that can be read aloud."""
    half = len(fingerprint) // 2
    return f"{fingerprint[:half].rstrip(':')}\n{fingerprint[half:].lstrip(':')}"


class JoinForm(QWidget):
    """Nothing is kept before the server was looked at and is trusted; a password is neither asked nor stored."""

    joined = Signal(str)
    back = Signal()

    def __init__(self, tasks: Tasks, join: Callable[[str, Path], str], server: str = "") -> None:
        super().__init__()
        self._tasks, self._join = tasks, join
        self._ca: Path | None = None
        self._looked = 0
        self.address = Field(self.tr("Alamat server"), Line("server-dukcapil", data=False), hint=self.tr(
            "Nama atau alamat IP; tambahkan :port bila bukan 5432"
        ))  # fmt: skip
        self.address.set_value(server)
        self._file = Elide(self.tr("belum dipilih"), "small", "ink3")
        self.pick = Button(self.tr("Pilih berkas CA…"), "folder-open", "secondary", "Ctrl O", height=36)
        self.seen = SeenCard()
        self.test = Button(self.tr("Periksa server"), "plugs", "primary", "Ctrl Enter", height=40)
        self.use = Button(self.tr("Pakai server ini"), "check", "primary", "Ctrl Enter", height=40)
        self.away = Button(self.tr("Kembali"), "", "link", "Esc", height=40, small=True)
        self._wire()
        self._arrange()
        self._say_ready(ready=False)

    def _wire(self) -> None:
        self.pick.clicked.connect(self._pick)
        self.test.clicked.connect(self.look)
        self.use.clicked.connect(self._use)
        self.away.clicked.connect(self.back)
        self.address.changed.connect(self._changed)
        self.address.input.entered.connect(self.look)
        self.address.input.enter_moves = False

    def _arrange(self) -> None:
        says = self.tr(
            "Petugas TI memberi alamat server dan berkas pelita3-ca.crt. Berkas itu disalin ke PC ini, supaya PC ini "
            "hanya berbicara dengan server kantor."
        )
        self.setLayout(
            column(
                Txt(self.tr("Server kantor"), size=28, weight=700),
                6,
                Txt(says, "body", "ink2", wrap=True),
                18,
                self.address,
                12,
                Txt(self.tr("Berkas CA kantor"), "smallm", "ink2"),
                4,
                row(self.pick, (self._file, 1), gap=10),
                16,
                self.seen,
                16,
                row(self.test, self.use, "s", self.away, gap=10),
                gap=0,
            )
        )

    # --- looking -----------------------------------------------------------------------------------------------------

    def choose(self, ca: Path) -> None:
        """This CA file; where an address stands already, the server is looked at again."""
        self._ca = ca
        self._file.set_text(ca.name)
        self._changed()
        if self.address.value():
            self.look()

    def look(self) -> None:
        """Ask the server for its certificate; nobody logs in."""
        if not self.address.value():
            self.address.set_state("bad", self.tr("Tulis nama atau alamat server"))
            self.address.setFocus()
            return
        self.address.set_state("")
        self._looked += 1
        self.test.hold()
        look = partial(_look, str(self.address.value()), self._ca)
        number = self._looked
        self._tasks.listen(look, partial(self._shown, number), partial(self._not_shown, number), owner=self)

    def _shown(self, number: int, seen: Seen) -> None:
        self.test.release()
        if number == self._looked:
            self.seen.show_seen(seen)
            self._say_ready(ready=seen.wrong is None)
            if seen.wrong is not None:
                (self.pick if self._ca is None else self.test).setFocus()

    def _not_shown(self, number: int, error: Exception) -> None:
        self.test.release()
        if number != self._looked:
            return
        self._say_ready(ready=False)
        if isinstance(error, Shown) and error.field == "address":
            self.seen.hide()
            self.address.set_state("bad", error.message)
            self.address.setFocus()
        else:
            self.seen.show_error(error)
            self.test.setFocus()

    def _changed(self) -> None:
        """What was looked at is another one now."""
        self._looked += 1
        self.seen.hide()
        self._say_ready(ready=False)

    def _say_ready(self, *, ready: bool) -> None:
        self.test.setVisible(not ready)
        self.use.setVisible(ready)
        if ready:
            self.use.setFocus()

    def _pick(self) -> None:
        dialog = QFileDialog(self, self.tr("Pilih berkas CA kantor"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([self.tr("Sertifikat (*.crt *.pem *.cer)"), self.tr("Semua berkas (*)")])
        dialog.fileSelected.connect(lambda name: self.choose(Path(name)))
        dialog.open()

    # --- keeping -----------------------------------------------------------------------------------------------------

    def _use(self) -> None:
        ca = self._ca
        if ca is None:
            return
        join = partial(self._join, str(self.address.value()), ca)
        self._tasks.ask(
            join, self.joined.emit, self._not_kept, owner=self, dead=self.use, command="", keep=False, door="shut"
        )

    def _not_kept(self, error: Exception) -> None:
        self._say_ready(ready=False)
        self.seen.show_error(error)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back; what is typed stays."""
        if event.key() == Qt.Key.Key_Escape:
            self.away.press()
        else:
            super().keyPressEvent(event)


def _look(text: str, ca: Path | None) -> Seen:
    from app.services import office_server  # noqa: PLC0415 - runs in its own thread; brings the server's driver with it

    return office_server.look(text, ca)
