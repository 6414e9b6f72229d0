"""What the shell says about its server: waiting, trouble, a lost connection and its return."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from app.errors import Conflict, Unavailable
from app.ui.parts.statusbar import clock_words

if TYPE_CHECKING:
    from app.ui.shell import Shell

RETRY_MS = 3000
SLOW_MS = 5000


class ServerNews(QObject):
    """Listens to the shell's tasks. While the server is lost it asks again every three seconds."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._shell = shell
        self._lost_since = ""
        tasks = shell.desk.tasks
        tasks.busy.connect(self._on_busy)
        tasks.trouble.connect(self._on_trouble)
        tasks.bug.connect(self._on_bug)
        tasks.lost.connect(self._on_lost)
        tasks.answered.connect(self._on_answered)
        self._slow = QTimer(self, singleShot=True, interval=SLOW_MS)
        self._slow.timeout.connect(self._on_slow)
        self._retry = QTimer(self, interval=RETRY_MS)
        self._retry.timeout.connect(shell.refresh)

    def is_lost(self) -> bool:
        """Whether the server is out of reach."""
        return bool(self._lost_since)

    def _on_slow(self) -> None:
        self._shell.status.show_slow(self.tr("Masih memuat… server lambat"))

    def _on_busy(self, on: bool) -> None:
        self._shell.wait.set_busy(on)
        if on:
            self._slow.start()
        else:
            self._slow.stop()
            self._shell.status.show_slow("")

    def _on_trouble(self, error: Exception) -> None:
        if isinstance(error, Unavailable) and self._lost_since:
            return
        self._shell.toast.offer(str(error), tone="warn")
        if isinstance(error, Conflict):
            self._shell.refresh()

    def _on_bug(self, _error: Exception) -> None:
        said = self.tr("Ada kesalahan program. Berkas tidak berubah; ulangi sekali, lalu beri tahu admin kantor.")
        self._shell.set_banner("bug", said, "bad", "x-circle")

    def _on_lost(self, _error: Exception) -> None:
        if self._lost_since:
            return
        self._lost_since = clock_words(self._shell.desk.clock())[:5]
        text = self.tr("Server tidak terjangkau sejak {0}. Isian disimpan di PC ini.").format(self._lost_since)
        self._shell.set_banner("server", text, "bad", "wifi-slash")
        self._shell.set_lamp("server", self.tr("Server putus"), "bad")
        self._retry.start()

    def _on_answered(self) -> None:
        if self._lost_since:
            self._lost_since = ""
            self._retry.stop()
            self._shell.drop_banner("server")
            self._shell.set_lamp("server", self.tr("Server terhubung"), "ok")
