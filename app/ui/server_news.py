"""What the shell says about its server: waiting, trouble, a lost connection, and what was saved when it came back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from app.errors import Conflict, Shown, Unavailable
from app.ui.parts.banner import Banner
from app.ui.parts.buttons import Button
from app.ui.parts.statusbar import clock_words

if TYPE_CHECKING:
    from app.ui.orders import Settled
    from app.ui.shell import Shell

RETRY_MS = 3000
SLOW_MS = 5000
READ_MS = 20_000
"""How long good news stands."""
PASSING = ("timeout", "busy", "database is locked")
"""Codes of trouble that the one who asked is told, and nobody else."""
KEY = "server"
LOST = "lost"


class ServerNews(QObject):
    """Listens to the shell's tasks; they keep what was asked while the connection is lost, this says so."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._shell = shell
        self._since, self._reason = "", ""
        self._settled: list[Settled] = []
        self._stuck = ""
        self._back = False
        """Whether the banner says that the connection is back."""
        self._live = True
        tasks = shell.desk.tasks
        tasks.busy.connect(self._on_busy)
        tasks.trouble.connect(self._on_trouble)
        tasks.bug.connect(self._on_bug)
        tasks.stuck.connect(self._on_stuck)
        tasks.answered.connect(self._on_answered)
        tasks.lost.connect(self._on_lost)
        tasks.waiting.connect(self._on_waiting)
        tasks.found.connect(self._on_found)
        tasks.settled.connect(self._on_settled)
        self._slow = QTimer(self, singleShot=True, interval=SLOW_MS)
        self._slow.timeout.connect(self._on_slow)
        self._retry = QTimer(self, interval=RETRY_MS)
        self._retry.timeout.connect(shell.refresh)
        self._read = QTimer(self, singleShot=True, interval=READ_MS)
        self._read.timeout.connect(self._drop)
        self._light()

    def is_lost(self) -> bool:
        """Whether the server is out of reach."""
        return bool(self._since)

    def since(self) -> str:
        """Since when, as the banner says it; empty while there is a connection."""
        return self._since

    def set_live(self, *, on: bool) -> None:
        """Whether changes on other desks are heard at once, or only at the next look."""
        self._live = on
        self._light()

    # --- waiting and trouble -----------------------------------------------------------------------------------------

    def _on_slow(self) -> None:
        self._shell.status.show_slow(self.tr("Masih memuat… server lambat"))

    def _on_busy(self, on: bool) -> None:
        on = on and not self._since
        self._shell.wait.set_busy(on)
        if on:
            self._slow.start()
        else:
            self._slow.stop()
            self._shell.status.show_slow("")

    def _on_trouble(self, error: Exception) -> None:
        if isinstance(error, Unavailable) and (self._since or self._stuck):
            return
        self._shell.toast.offer(str(error), tone="warn")
        if isinstance(error, Conflict):
            self._shell.refresh()

    def _on_bug(self, _error: Exception) -> None:
        said = self.tr("Ada kesalahan program. Berkas tidak berubah; ulangi sekali, lalu beri tahu admin kantor.")
        self._shell.set_banner("bug", said, "bad", "x-circle")

    def _on_stuck(self, error: Exception) -> None:
        code = error.code if isinstance(error, Shown) else ""
        if code in PASSING or self._since:
            return
        if not self._stuck:
            at = clock_words(self._shell.desk.clock())[:5]
            said = self.tr("{0} Sejak {1}; yang Anda ketik tetap ada di PC ini.").format(error, at)
            self._shell.set_banner(KEY, said, "bad", "hard-drives")
            self._retry.start()
        self._stuck = code or LOST
        self._light()

    def _on_answered(self, command: bool) -> None:
        """Where only writing is refused, an answered question proves nothing."""
        if self._stuck and (command or not ("full" in self._stuck or "readonly" in self._stuck)):
            self._stuck = ""
            self._drop()
        if self._stuck:
            self._retry.stop()

    # --- a lost connection -------------------------------------------------------------------------------------------

    def _on_lost(self, error: Exception) -> None:
        self._back = False
        if not self._since:
            self._since = clock_words(self._shell.desk.clock())[:5]
            self._on_busy(False)
        self._reason = str(error) if isinstance(error, Shown) and error.code != LOST else ""
        self._read.stop()
        self._say_lost()
        self._light()

    def _on_waiting(self) -> None:
        """Something waits, or waits no longer. Long work may notice a loss before anybody has asked for anything."""
        if self._since:
            self._say_lost()
        elif self._back:
            self._say_back()
        elif self._shell.desk.tasks.unsaved():
            self._shell.look()

    def _say_lost(self) -> None:
        """Since when, and what waits."""
        if not self._since:
            return
        waits = self._shell.desk.tasks.unsaved()
        said = self.tr("Sambungan ke server terputus sejak {0}.").format(self._since) + " "
        if waits:
            said += self.tr("Yang Anda ketik tetap ada; {0} perintah menunggu dan akan dikirim sendiri.").format(
                len(waits)
            )
        else:
            said += self.tr("Yang Anda ketik tetap ada, dan yang tampil masih dapat dibaca.")
        lines = ([self._reason] if self._reason else []) + [f"· {command}" for command in waits]
        self._put(Banner(said, "bad", "wifi-slash", detail="\n".join(lines)))

    def _on_settled(self, one: Settled) -> None:
        self._settled.append(one)
        if not self._since:
            self._say_back()

    def _on_found(self) -> None:
        self._since, self._reason = "", ""
        self._light()
        if self._settled or self._shell.desk.tasks.unsaved():
            self._say_back()
        else:
            self._drop()
            self._shell.toast.offer(self.tr("Tersambung lagi."), tone="info")
        QTimer.singleShot(0, self, self._shell.refresh)

    def _say_back(self) -> None:
        """What is saved and what is not, as far as it is known by now."""
        self._back = True
        at = clock_words(self._shell.desk.clock())[:5]
        saved = [one.command for one in self._settled if one.error is None and not one.work]
        ended = [one.command for one in self._settled if one.work]
        refused = [one for one in self._settled if one.error is not None]
        waits = self._shell.desk.tasks.unsaved()
        said = [self.tr("Tersambung lagi.")]
        lines = [self.tr("· Belum tersimpan: {0}. {1}").format(one.command, one.error) for one in refused]
        if len(saved) == 1:
            said.append(self.tr("{0} tersimpan {1}.").format(saved[0], at))
        elif saved:
            said.append(self.tr("{0} perintah tersimpan {1}.").format(len(saved), at))
            lines += [self.tr("· Tersimpan: {0}").format(command) for command in saved]
        if len(ended) == 1:
            said.append(self.tr("{0} dilanjutkan sampai selesai.").format(ended[0]))
        elif ended:
            said.append(self.tr("{0} pekerjaan dilanjutkan sampai selesai.").format(len(ended)))
            lines += [self.tr("· Selesai: {0}").format(command) for command in ended]
        if refused:
            said.append(self.tr("{0} perintah belum tersimpan.").format(len(refused)))
        if waits:
            said.append(self.tr("{0} perintah sedang dikirim.").format(len(waits)))
        tone, icon = ("warn", "warning") if refused else ("ok", "check-circle")
        seen = Button(self.tr("Mengerti"), "", "secondary", height=34, small=True)
        seen.clicked.connect(self._drop)
        self._put(Banner(" ".join(said), tone, icon, action=seen, detail="\n".join(lines)))
        if not waits and not refused:
            self._read.start()

    def _put(self, banner: Banner) -> None:
        self._shell.banners.put(KEY, banner)

    def _drop(self) -> None:
        """Told and read, or no longer true."""
        self._back = False
        self._read.stop()
        self._retry.stop()
        self._shell.drop_banner(KEY)
        if not self._since:
            self._settled.clear()
        self._light()

    def _light(self) -> None:
        if self._since:
            self._shell.set_lamp(KEY, self.tr("Server putus"), "bad")
        elif self._stuck:
            self._shell.set_lamp(KEY, self.tr("Basis data bermasalah"), "bad")
        elif not self._live:
            self._shell.set_lamp(KEY, self.tr("Server terhubung, kabar tiap 10 detik"), "warn")
        else:
            self._shell.set_lamp(KEY, self.tr("Server terhubung"), "ok")
