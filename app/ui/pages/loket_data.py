"""What the counter page shows, read in one go in the database thread: the queue, my files, the steps of one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from PySide6.QtCore import QCoreApplication

from app.services import berkas, card, counter, entry, intake, rules, worklist
from app.services.accounts import Who
from app.services.berkas import Head, NoteRow
from app.services.case import Case
from app.services.counter import Counter
from app.services.intake import RequirementRow
from app.services.office import Office
from app.services.queue import QueueTicket
from app.services.queue_settings import Service
from app.services.worklist import WorkItem
from app.sop.calendar import WIB
from app.sop.model import Channel, Role, Sop
from app.sop.queue import State
from app.ui.parts.spans import clock, clock_full, running

AT_COUNTER = ("VERIFIKASI", "ENTRI", "DRAF", "KTP")
NEAR = 0.8
"""Share of the target from which a time lamp is amber (ui.md 3)."""
OVER = 1.5
"""Share of a norm from which a counter timer is red; amber from the norm itself (ui.md 3)."""
OPENS = {
    "DIAJUKAN": "intake", "VERIFIKASI": "intake", "KURANG": "intake", "ENTRI": "entry", "DRAF": "draft", "KTP": "draft",
    "TERTANDA": "deliver",
}  # fmt: skip
"""Stage → the page on which a file in it is worked on."""


@dataclass(frozen=True)
class Step:
    """One line of the counter's list. `state` is done, now or next; `share` of the current one's work, 0 to 1."""

    number: int
    title: str
    note: str
    used: str
    norm: str
    state: str
    share: float = 0.0
    progress: str = ""
    problem: str = ""
    tone: str = "primary_t"


@dataclass(frozen=True)
class FileView:
    """The file in front: its head, its data so far, its steps, and the seconds it has been served at `read_at`."""

    head: Head
    case: Case
    steps: tuple[Step, ...]
    row: int | None
    late: str
    served: timedelta
    norm: timedelta
    notes: tuple[NoteRow, ...]


@dataclass(frozen=True)
class CounterView:
    """Everything on the page, true at `read_at`. `stray` is the number of the ticket's file where it is not mine."""

    counter: Counter
    online: tuple[WorkItem, ...]
    mine: tuple[WorkItem, ...]
    current: FileView | None
    stray: int | None
    norm: timedelta
    read_at: datetime

    @property
    def ticket(self) -> QueueTicket | None:
        """Whom this counter has called or serves."""
        return self.counter.board.mine

    @property
    def called(self) -> QueueTicket | None:
        """Whom this counter has called, while he is on his way."""
        return self.ticket if self.ticket is not None and self.ticket.state is State.CALLED else None

    @property
    def serving(self) -> QueueTicket | None:
        """Who sits here."""
        return self.ticket if self.ticket is not None and self.ticket.state is State.SERVING else None

    def service(self, ticket: QueueTicket) -> Service:
        """What a ticket was drawn for."""
        return self.counter.services.get(ticket.service) or Service(ticket.service, ticket.service)

    def span(self, ticket: QueueTicket, now: datetime) -> timedelta:
        """How long a visitor has been on his way, or served without what he was held."""
        if ticket.state is State.SERVING:
            return self.counter.board.served + (now - ticket.state_at)
        return now - (ticket.called_at or ticket.state_at)


@dataclass(frozen=True)
class _Facts:
    """What the steps are made from."""

    head: Head
    lines: tuple[card.Line, ...]
    case: Case
    revision: entry.Revision | None
    rows: tuple[RequirementRow, ...]
    confirmed: bool
    now: datetime


def load(sop: Sop, who: Who, office: Office, now: datetime, chosen: int) -> CounterView:
    """Read it all; `chosen` is the file the officer picked, 0 for the served visitor's or the one he touched last."""
    found = counter.now(who)
    items = worklist.waiting(sop, who, office, now)
    by_age = sorted(items, key=lambda i: i.since)
    mine = tuple(i for i in reversed(by_age) if i.mine and i.stage.key in AT_COUNTER)
    online = tuple(i for i in by_age if i.stage.key == "DIAJUKAN" and i.channel is Channel.ONLINE)
    front, stray = _front(found, mine, chosen)
    norm = timedelta(minutes=counter.counter_minutes(sop, Channel.OFFLINE))
    return CounterView(found, online, mine, _file(sop, front, now) if front else None, stray, norm, now)


def _front(found: Counter, mine: tuple[WorkItem, ...], chosen: int) -> tuple[WorkItem | None, int | None]:
    """The file in front, and the visitor's own where a colleague has it or it has gone on."""
    visitor = found.board.mine
    serving = visitor is not None and visitor.state is State.SERVING
    own = found.board.berkas_id
    wanted = [number for number in (chosen, own if serving else None) if number]
    front = next((i for number in wanted for i in mine if i.id == number), None)
    if front is None and not serving and mine:
        front = mine[0]
    return front, own if serving and (front is None or front.id != own) else None


def _file(sop: Sop, item: WorkItem, now: datetime) -> FileView:
    head = berkas.head(sop, item.id)
    revision = entry.latest(item.id)
    case = revision.case if revision else Case()
    rows = tuple(r for r in intake.requirements(item.id, case.route, case.reporter) if r.required)
    lines = tuple(card.lines(sop, item.id))
    facts = _Facts(head, lines, case, revision, rows, intake.confirmed_at(head) is not None, now)
    late = "late" if item.share >= 1 else "near" if item.share >= NEAR else ""
    norm = timedelta(minutes=counter.counter_minutes(sop, head.channel))
    return FileView(
        head, case, steps(sop, facts), sop.row_at(head.stage, head.channel), late, _served(lines, now), norm,
        tuple(berkas.notes(item.id)[:2]),
    )  # fmt: skip


def spent(lines: tuple[card.Line, ...], stages: tuple[str, ...], now: datetime) -> timedelta:
    """How long the file has been in these stages, all visits together; the applicant's pauses are other stages."""
    ends = [*(line.at for line in lines[1:]), now]
    stays = (end - line.at for line, end in zip(lines, ends, strict=True) if line.to_stage.key in stages)
    return sum(stays, timedelta())


def _served(lines: tuple[card.Line, ...], now: datetime) -> timedelta:
    return spent(lines, AT_COUNTER, now)


def steps(sop: Sop, facts: _Facts) -> tuple[Step, ...]:
    """The seven steps at the counter (SOP rows 2 to 8): done ones with times, the current one with its progress."""
    stage = facts.head.stage.key
    now_at = {"VERIFIKASI": 1, "ENTRI": 2, "DRAF": 3, "KTP": 5}.get(stage, 1)
    if stage == "DRAF" and (facts.confirmed or facts.head.channel is Channel.ONLINE):
        now_at = 4
    made = (_registered(sop, facts), _verified(sop, facts), _entered(sop, facts), _drafted(facts), *_rest(sop, facts))
    states = ("done" if i < now_at else "now" if i == now_at else "next" for i in range(len(made)))
    return tuple(_with_state(step, state) for step, state in zip(made, states, strict=True))


def _with_state(s: Step, state: str) -> Step:
    used = s.used if state != "next" else ""
    progress, problem = (s.progress, s.problem) if state == "now" else ("", "")
    return Step(s.number, s.title, s.note, used, s.norm, state, s.share, progress, problem, s.tone)


def _norm(sop: Sop, facts: _Facts, row: int) -> str:
    found = sop.norm_minutes(row, facts.head.channel)
    return running(timedelta(minutes=found)) if found else ""


def tone_of(share: float) -> str:
    """The token of a counter timer by its share of the norm."""
    return "bad" if share >= OVER else "warn" if share >= 1 else "primary_t"


def _tone(sop: Sop, facts: _Facts, row: int, used: timedelta) -> str:
    found = sop.norm_minutes(row, facts.head.channel)
    return tone_of(used / timedelta(minutes=found)) if found else "primary_t"


def _registered(sop: Sop, facts: _Facts) -> Step:
    at = next((line.at for line in facts.lines if line.to_stage.key == "VERIFIKASI"), facts.head.made_at)
    route = {"PN": _tr("jalur Pengadilan Negeri"), "PA": _tr("jalur Pengadilan Agama")}.get(facts.case.route.value, "")
    note = ", ".join(part for part in (clock(at), route) if part)
    return Step(2, sop.row_labels[2], note, "", _norm(sop, facts, 2), "")


def _verified(sop: Sop, facts: _Facts) -> Step:
    row = 3 if facts.head.channel is Channel.ONLINE else 4
    ready, wanted = sum(r.ready for r in facts.rows), len(facts.rows)
    bad = next((r for r in facts.rows if r.verdict == "BAD"), None)
    problem = f"{bad.label}: {bad.reason}" if bad else ""
    said = _tr("{0} dari {1} persyaratan siap").format(ready, wanted)
    used, share = spent(facts.lines, ("VERIFIKASI",), facts.now), ready / wanted if wanted else 0.0
    return Step(
        row, _tr("Verifikasi persyaratan"), said, running(used), _norm(sop, facts, row), "", share, said, problem,
        _tone(sop, facts, row, used),
    )  # fmt: skip


def _entered(sop: Sop, facts: _Facts) -> Step:
    full, wanted = rules.filled(facts.case)
    today = facts.now.astimezone(WIB).date()
    open_ = [i for i in rules.check(facts.case, today) if i.level == "warning"]
    problem = _tr("{0} peringatan: {1}").format(len(open_), open_[0].text) if open_ else ""
    saved = _tr("tersimpan {0}").format(clock_full(facts.revision.at)) if facts.revision else _tr("belum mulai")
    used = spent(facts.lines, ("ENTRI",), facts.now)
    progress = _tr("{0} dari {1} isian").format(full, wanted)
    begun = facts.head.stage.key != "VERIFIKASI"
    note = _tr("Langkah 5 seluruhnya; {0}").format(saved) if begun else _tr("Data keluarga, putusan, dan saksi")
    return Step(
        5, _tr("Entri data"), note, running(used), _norm(sop, facts, 5), "", full / max(1, wanted), progress, problem,
        _tone(sop, facts, 5, used),
    )  # fmt: skip


def _drafted(facts: _Facts) -> Step:
    if facts.head.channel is Channel.ONLINE:
        return Step(5, _tr("Cetak draf"), _tr("Draf dibekukan dan disimpan"), "", "", "")
    said = _tr("Pemohon membaca dan menyetujui")
    used = running(spent(facts.lines, ("DRAF",), facts.now))
    progress = _tr("Draf siap dibaca pemohon")
    return Step(5, _tr("Cetak draf & konfirmasi pemohon"), said, used, "", "", 0.0, progress)


def _rest(sop: Sop, facts: _Facts) -> tuple[Step, ...]:
    online = facts.head.channel is Channel.ONLINE
    resi = _tr("Kirim ke surel pemohon") if online else _tr("Cetak untuk pemohon")
    used = running(spent(facts.lines, ("KTP",), facts.now))
    return (
        Step(6, _tr("Ajukan cetak KTP-el"), _tr("2 pengajuan, status Cerai Hidup"), "", _norm(sop, facts, 6), "", 0.0,
             _tr("Siap diajukan")),
        Step(7, sop.row_labels[7], resi, used, _norm(sop, facts, 7), "", 0.0, _tr("Resi siap dibuat")),
        Step(8, _tr("Serahkan ke Kasi"), _tr("Paraf serah di kartu kendali"), "", "", ""),
    )  # fmt: skip


def opens(sop: Sop, who: Who, head: Head) -> str:
    """The page for working on a file in its stage, "berkas" where this role only reads it."""
    on_desk = sop.stage(head.stage.key).desk is who.role or who.role is Role.FO
    return OPENS.get(head.stage.key, "berkas") if on_desk else "berkas"


def _tr(text: str) -> str:
    return QCoreApplication.translate("loket", text)
