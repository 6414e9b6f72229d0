"""What an officer sees of a bug: a kind sentence and a report without anybody's data, also written to a log file."""

from __future__ import annotations

import platform
import sys
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, QThread, Signal, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QPlainTextEdit

from app import __version__
from app.ui.parts.buttons import Button
from app.ui.parts.layout import column, row
from app.ui.parts.text import Ico, Txt
from app.ui.theme import px

KEEP = 20
"""Reports kept in the log folder; older ones go."""


def report(error: BaseException, now: datetime) -> str:
    """Where it happened and in which versions. The error's own words are left out: they may quote a name or a NIK."""
    lines = [f"PELITA 3 {__version__} · {now:%Y-%m-%d %H:%M:%S} UTC"]
    lines.append(f"Python {platform.python_version()} · Qt {qVersion()} · {platform.system()} {platform.release()}")
    seen: BaseException | None = error
    while seen is not None:
        lines.append(f"{type(seen).__module__}.{type(seen).__qualname__}")
        lines += [f"  {_short(f.filename)}:{f.lineno} {f.name}" for f in traceback.extract_tb(seen.__traceback__)]
        seen = seen.__cause__ or (None if seen.__suppress_context__ else seen.__context__)
    return "\n".join(lines)


def _short(name: str) -> str:
    """The file's last parts: a home folder may be somebody's name."""
    return "/".join(Path(name).parts[-3:])


def write(folder: Path, text: str, now: datetime) -> Path | None:
    """Put a report into the log folder; None where even that is not possible."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = folder / f"kesalahan-{now:%Y%m%d-%H%M%S-%f}.txt"
        path.write_text(text, encoding="utf-8")
        for old in sorted(folder.glob("kesalahan-*.txt"))[:-KEEP]:
            old.unlink()
    except OSError:
        return None
    return path


class BugDialog(QDialog):
    """Says that it is the program's fault, that typing is kept, and gives the report to hand on."""

    def __init__(self, text: str, path: Path | None) -> None:
        super().__init__(QApplication.activeWindow())
        self.setWindowTitle(self.tr("Terjadi kesalahan program"))
        self.setModal(True)
        said = self.tr(
            "Ini bukan kesalahan Anda. Yang Anda ketik disimpan di PC ini. Lihat di halaman Berkas apakah langkah "
            "terakhir sudah tercatat, lalu ulangi bila belum. Kirim rincian di bawah kepada petugas TI; isinya tidak "
            "memuat data pemohon."
        )
        shown = QPlainTextEdit(text)
        shown.setReadOnly(True)
        shown.setAccessibleName(self.tr("Rincian teknis"))
        shown.setMinimumSize(px(560), px(220))
        self.copy = Button(self.tr("Salin rincian"), "copy", "secondary", "Ctrl Shift C", height=40)
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(text))
        close = Button(self.tr("Lanjutkan bekerja"), "arrow-right", "primary", "Enter", height=40)
        close.clicked.connect(self.accept)
        kept = self.tr("Tersimpan di {0}").format(path) if path else self.tr("Rincian tidak dapat disimpan ke berkas")
        head = row(Ico("x-circle", 28, "bad", "fill"), (Txt(self.tr("Terjadi kesalahan program"), "h1"), 1), gap=12)
        self.setLayout(
            column(
                head,
                Txt(said, "body", "ink2", wrap=True),
                (shown, 1),
                Txt(kept, "small", "ink3", wrap=True),
                6,
                row(self.copy, "s", close, gap=10),
                gap=12,
                margins=(24, 20, 24, 20),
            )
        )
        close.setFocus()


class Bugs(QObject):
    """Takes what nobody caught, from any thread, and shows one dialog at a time."""

    _seen = Signal(str, object)

    def __init__(self, folder: Path, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        super().__init__()
        self._folder, self._clock = folder / "laporan", clock
        self._dialog: BugDialog | None = None
        self._seen.connect(self._show)

    def install(self) -> None:
        """From now on every exception that nobody caught comes here."""
        sys.excepthook = self.take

    def take(self, kind: type[BaseException], error: BaseException, where: TracebackType | None) -> None:
        """Write it down and tell it; Ctrl+C stays what it is."""
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, where)
            QGuiApplication.quit()
            return
        now = self._clock()
        text = report(error, now)
        sys.stderr.write(text + "\n")
        self._seen.emit(text, write(self._folder, text, now))

    def _show(self, text: str, path: Path | None) -> None:
        assert QThread.currentThread() is self.thread()
        if self._dialog is not None and self._dialog.isVisible():
            return
        self._dialog = BugDialog(text, path)
        self._dialog.open()
