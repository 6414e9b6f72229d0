"""The lamps of the hall's machines in the status bar, and what they ask of the officers at the counters."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from app.services import devices
from app.services.devices import Kind, Machine, State
from app.sop.calendar import WIB
from app.ui.parts.banner import Banner
from app.ui.parts.buttons import Button
from app.ui.parts.spans import clock

if TYPE_CHECKING:
    from app.ui.desk import Desk
    from app.ui.shell import Shell

EVERY_MS = 5000
KINDS = (Kind.TV, Kind.KIOSK)
WORST = ("bad", "warn", "mute", "ok")
TONES = {State.OK.value: "ok", State.LOOK.value: "warn", State.DOWN.value: "bad", State.CALL.value: "warn"}


class HallLamps(QObject):
    """Looks every few seconds. A machine that never spoke has no lamp: without a TV nothing is told of one."""

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__(shell)
        self._desk, self._shell = desk, shell
        self._standing: dict[str, str] = {}
        self._answered: set[tuple[str, str]] = set()
        for kind in KINDS:
            shell.set_lamp(kind.value.lower(), "", "mute")
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(self.look)

    def go_on(self) -> None:
        """Look now, and from now on."""
        self._timer.start()
        self.look()

    def pause(self) -> None:
        """The screen is locked."""
        self._timer.stop()

    def look(self) -> None:
        """Ask what the machines said last; what is out of reach now is told by others."""
        self._desk.tasks.ask(
            devices.machines, self._show, self._not_seen, owner=self, command="", keep=False, quiet=True
        )

    def _not_seen(self, _error: Exception) -> None:
        """The next look will tell."""

    def _show(self, machines: Sequence[Machine]) -> None:
        now = self._desk.clock()
        told = {m.name: self._said(m, now) for m in machines}
        for kind, name in zip(KINDS, (self.tr("TV lobi"), self.tr("Kios dan tiket")), strict=True):
            those = [told[m.name] for m in machines if m.kind == kind.value]
            if those:
                words, tone = min(those, key=lambda said: WORST.index(said[1]))
                self._shell.set_lamp(kind.value.lower(), words or name, tone)
        wanted = {f"hall-{m.name}": m for m in machines if self._alarms(m, now)}
        for gone in self._standing.keys() - wanted.keys():
            self._shell.drop_banner(gone)
            del self._standing[gone]
        for key, machine in wanted.items():
            self._alarm(key, machine, now)

    def _said(self, machine: Machine, now: datetime) -> tuple[str, str]:
        """The lamp's words ("" for the usual ones) and tone."""
        tv = machine.kind == Kind.TV.value
        if machine.state == State.OFF.value or self._is_old(machine, now):
            return (self.tr("TV lobi mati") if tv else self.tr("Kios mati")), "mute"
        if machine.silent(now):
            return (self.tr("TV lobi terputus") if tv else self.tr("{0} terputus").format(machine.name)), "bad"
        tone = TONES.get(machine.state, "warn")
        if machine.state == State.CALL.value:
            return self.tr("{0} memanggil").format(machine.name), tone
        return ("" if tone == "ok" else self.tr("{0}: {1}").format(machine.name, machine.detail)[:44]), tone

    def _is_old(self, machine: Machine, now: datetime) -> bool:
        """Yesterday's word: the machine has not been switched on today."""
        return machine.seen.astimezone(WIB).date() < now.astimezone(WIB).date()

    # --- what somebody must do something about -----------------------------------------------------------------------

    def _alarms(self, machine: Machine, now: datetime) -> bool:
        if machine.state == State.CALL.value and not machine.silent(now):
            return (machine.name, machine.detail) not in self._answered
        return self._said(machine, now)[1] == "bad"

    def _alarm(self, key: str, machine: Machine, now: datetime) -> None:
        text, icon, action = self._words(machine, now)
        if self._standing.get(key) == text:
            return
        self._standing[key] = text
        calls = machine.state == State.CALL.value and not machine.silent(now)
        self._shell.banners.put(key, Banner(text, "info" if calls else "warn", icon, action=action))

    def _words(self, machine: Machine, now: datetime) -> tuple[str, str, Button | None]:
        silent = machine.silent(now)
        if machine.kind == Kind.TV.value:
            since = self.tr("TV lobi terputus sejak {0}. Sebutkan nomor dengan lantang; antrean tetap berjalan.")
            down = self.tr("{0}: {1}. Sebutkan nomor dengan lantang.").format(machine.name, machine.detail)
            return (since.format(clock(machine.seen)) if silent else down), "television-simple", None
        if silent:
            said = self.tr("{0} terputus sejak {1}. Beri nomor di loket (Ctrl Shift N).")
            return said.format(machine.name, clock(machine.seen)), "devices", None
        if machine.state == State.CALL.value:
            going = Button(self.tr("Saya ke sana"), "hand-waving", "secondary", height=34, small=True)
            going.clicked.connect(partial(self._answer, machine))
            return self.tr("Pengunjung di kios memanggil petugas ({0}).").format(machine.name), "hand-waving", going
        return self.tr("{0}: {1}").format(machine.name, machine.detail), "printer", None

    def _answer(self, machine: Machine) -> None:
        """One officer goes; the others' banners go too."""
        self._answered.add((machine.name, machine.detail))
        self._shell.drop_banner(f"hall-{machine.name}")
        self._standing.pop(f"hall-{machine.name}", None)
        self._desk.tasks.ask(
            lambda: devices.report(machine.name, Kind(machine.kind), State.OK), owner=self, keep=False,
            command=self.tr("Panggilan dari {0} dijawab").format(machine.name),
        )  # fmt: skip
