"""The lists of the TTE page: files to sign with both paraf, and files that went on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from app.services.card import Stamp, short_name
from app.services.signing_desk import Past
from app.services.worklist import WorkItem
from app.ui import cells
from app.ui.cells import Cell
from app.ui.pages.tte_data import SignRow
from app.ui.parts import moments
from app.ui.rows import Column, Rows


def _tr(text: str) -> str:
    return QCoreApplication.translate("tte_rows", text)


def tone(item: WorkItem) -> str:
    """How long it waits on this desk: amber from 80 %, red from 100 % of the desk's limit."""
    return "bad" if item.share >= 1 else "warn" if item.share >= 0.8 else "ok"


def paraf(stamp: Stamp | None, now: datetime) -> Cell:
    """Who initialled and when; an acting one is named as such."""
    if stamp is None:
        return cells.muted(_tr("belum"))
    acting = f"{stamp.acting.split()[0].capitalize()}. " if stamp.acting else ""
    return cells.two(f"{acting}{short_name(stamp.name)}", moments.near(stamp.at, now), bold=False)


def state_words(row: SignRow) -> str:
    """The line under the names: the number, and what keeps the file from being ticked."""
    if row.fault:
        return f"{row.item.number} · {row.fault}"
    if not row.item.received:
        return _tr("{0} · belum diterima").format(row.item.number)
    if not row.item.mine:
        return _tr("{0} · dipegang {1}").format(row.item.number, short_name(row.item.holder_name))
    return row.item.number if row.fault == "" else _tr("{0} · sidik sedang diperiksa").format(row.item.number)


def columns(clock: Callable[[], datetime]) -> tuple[Column[SignRow], ...]:
    """Berkas, documents, both paraf, waiting."""
    return (
        Column(
            _tr("Berkas"),
            lambda r: cells.two(r.item.title, state_words(r), "bad" if r.fault else "ink3"),
            sort=lambda r: r.item.title,
        ),
        Column(_tr("Dok."), lambda r: cells.number(str(r.beside.to_sign)), 56, "right", lambda r: r.beside.to_sign),
        Column(_tr("Paraf Kasi"), lambda r: paraf(r.beside.kasi, clock()), 108),
        Column(_tr("Paraf Kabid"), lambda r: paraf(r.beside.kabid, clock()), 108),
        Column(
            _tr("Menunggu"),
            lambda r: cells.badge(moments.span(r.item.counted), tone(r.item)),
            106,
            sort=lambda r: r.item.share,
        ),
    )


def past_columns(clock: Callable[[], datetime], done: str) -> tuple[Column[Past], ...]:
    """Berkas, when, where it is now."""
    return (
        Column(_tr("Berkas"), lambda p: cells.two(p.file.title, p.file.number), sort=lambda p: p.file.title),
        Column(_tr("Dok."), lambda p: cells.number(str(p.documents)), 62, "right", lambda p: p.documents),
        Column(done, lambda p: cells.two(moments.near(p.at, clock()), p.why, bold=False), 190, sort=lambda p: p.at),
        Column(_tr("Sekarang"), lambda p: cells.muted(p.file.stage.label), 190, sort=lambda p: p.file.stage.label),
    )


class SignRows(Rows[SignRow]):
    """The list with ticks; what may not be signed cannot be ticked."""

    def __init__(self, clock: Callable[[], datetime], name: str) -> None:
        super().__init__(
            columns(clock),
            lambda r: r.id,
            height=56,
            ticks=True,
            name=name,
            tint=lambda r: "bad_s" if r.fault else None,
        )

    def tick_all(self, on: bool) -> None:
        """Every fit row in sight."""
        super().tick_all(on)
        self._drop_unfit()

    def tick(self, ids: set[int]) -> None:
        """Exactly these, as far as they are fit."""
        self._ticked = set(ids)
        self._drop_unfit()

    def show_rows(self, rows: list[SignRow]) -> None:
        """Other rows; a tick that is no longer allowed goes."""
        self.set_rows(rows)
        self._drop_unfit()

    def _tick_current(self) -> None:
        row = self.current()
        if row is not None and row.fit:
            super()._tick_current()

    def _drop_unfit(self) -> None:
        self._ticked &= {r.id for r in self._model.given if r.fit}
        self._ticks_moved()
