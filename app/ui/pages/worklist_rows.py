"""The work list's table: its rows, its words, and the tabs that sort them by what they wait for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from app.services.accounts import HAT_LABELS
from app.services.card import short_name
from app.services.worklist import WorkItem
from app.sop.model import Channel, Kind, Role
from app.ui import cells
from app.ui.cells import Cell
from app.ui.parts import moments
from app.ui.parts.tabs import Tab
from app.ui.rows import Column

HEADS = (Role.KASI, Role.KABID, Role.KADIS)


def _tr(text: str) -> str:
    return QCoreApplication.translate("worklist_rows", text)


@dataclass(frozen=True)
class ListRow:
    """One row: a file, or for a few seconds the trace of one that somebody else took (`gone` says who)."""

    item: WorkItem
    gone: str = ""


@dataclass(frozen=True)
class Sieve:
    """One tab: its word, what it keeps, and the tone of its number."""

    label: str
    keeps: Callable[[WorkItem], bool]
    tone: str = "mute"


def sieves(role: Role) -> tuple[Sieve, ...]:
    """The tabs of a role (ui.md 6.2)."""
    everything = Sieve(_tr("Semua"), lambda _: True)
    working = Sieve(_tr("Dikerjakan"), lambda i: i.stage.kind is Kind.WORK)
    sending = Sieve(_tr("Siap kirim"), lambda i: i.stage.key == "TERTANDA")
    untaken = Sieve(_tr("Belum diterima"), lambda i: not i.received)
    if role is Role.FO:
        asked = Sieve(_tr("Menunggu pemohon"), lambda i: i.paused, "pause")
        return everything, working, asked, sending
    if role is Role.EDITOR:
        return everything, untaken, working, sending
    return everything, untaken, working, Sieve(_tr("Dikembalikan"), lambda i: i.returned)


def tabs(role: Role, items: list[WorkItem]) -> list[Tab]:
    """The tabs with their numbers; a number is red where a late file is among them, the whole list excepted."""
    out = []
    for place, sieve in enumerate(sieves(role)):
        kept = [i for i in items if sieve.keeps(i)]
        late = place > 0 and any(tone(i) == "bad" for i in kept)
        out.append(Tab(sieve.label, len(kept), "bad" if late else sieve.tone if kept else "mute"))
    return out


def tone(item: WorkItem) -> str:
    """The time lamp: amber from 80 %, red from 100 %, violet while the clock stands."""
    if item.paused:
        return "pause"
    return "bad" if item.share >= 1 else "warn" if item.share >= 0.8 else "ok"


def lamp_word(item: WorkItem) -> str:
    """The lamp in a word."""
    words = {"pause": _tr("Dijeda"), "bad": _tr("Lewat"), "warn": _tr("Dekat batas"), "ok": _tr("Tepat")}
    return words[tone(item)]


def time_words(item: WorkItem) -> str:
    """Time used, and the lamp's word; before the file is complete no target runs."""
    if item.counted or item.complete:
        return f"{moments.span(item.counted)}  {lamp_word(item)}"
    return lamp_word(item) if item.paused else _tr("Belum lengkap")


def fact(items: list[WorkItem], left_out: int = 0) -> str:
    """The one fact beside the title: how many are near the limit or late, and that a full desk is not shown whole."""
    near, late = (sum(tone(i) == t for i in items) for t in ("warn", "bad"))
    parts = [_tr("{0} mendekati batas").format(near)] if near else []
    parts += [_tr("{0} lewat").format(late)] if late else []
    if left_out:
        shown = _tr("ditampilkan {0} dari {1}: milik Anda dan yang terlama")
        parts.append(shown.format(len(items), len(items) + left_out))
    return ", ".join(parts)


def channel_word(channel: Channel) -> str:
    """How the application came."""
    return _tr("Daring") if channel is Channel.ONLINE else _tr("Di loket")


def desk_word(role: Role) -> str:
    """A desk in one word, as officers say it."""
    short = {Role.FO: "FO", Role.KASI: "Kasi", Role.KABID: "Kabid", Role.KADIS: "Kadis"}
    return short.get(role, HAT_LABELS[role])


def step_words(item: WorkItem) -> str:
    """The SOP's row and the stage: "8 Perbaikan"."""
    return f"{item.row} {item.stage.label}" if item.row else item.stage.label


def step_since(item: WorkItem, now: datetime) -> str:
    """The line under it: why it is here, and since when."""
    since = moments.near(item.since, now)
    if item.paused:
        return item.why
    if item.stage.key == "TERTANDA":
        return item.why if ":" in item.why else f"{item.why}, {since}"
    if item.holder and not item.mine:
        return _tr("dipegang {0}, {1}").format(short_name(item.holder_name), since)
    if item.came_from is not None:
        back = next((s.at for s in reversed(item.last) if s.back), item.since)
        return _tr("kembali dari {0} {1}").format(desk_word(item.came_from), moments.near(back, now))
    if not item.received and item.last:
        return _tr("dari {0} {1}").format(short_name(item.last[-1].name), since)
    return f"{item.last[-1].label} {since}" if item.last else since


def columns(role: Role, target: str, clock: Callable[[], datetime]) -> tuple[Column[ListRow], ...]:
    """Berkas, step, channel, and time used of the target."""
    head = _tr("Di meja, batas {0}") if role in HEADS else _tr("Waktu, target {0}")

    def step(row: ListRow) -> Cell:
        if row.gone:
            return cells.two(row.gone, step_words(row.item), bold=False)
        return cells.two(step_words(row.item), step_since(row.item, clock()), bold=False)

    def time(row: ListRow) -> Cell:
        return cells.muted("") if row.gone else cells.bar(row.item.share, tone(row.item), time_words(row.item))

    return (
        Column(_tr("Berkas"), lambda r: cells.two(r.item.title, r.item.number), sort=lambda r: r.item.title),
        Column(_tr("Langkah"), step, 232, sort=lambda r: (r.item.row or 0, r.item.stage.label)),
        Column(
            _tr("Kanal"), lambda r: cells.muted(channel_word(r.item.channel)), 88, sort=lambda r: r.item.channel.value
        ),
        Column(head.format(target), time, 160, sort=lambda r: r.item.share),
    )
