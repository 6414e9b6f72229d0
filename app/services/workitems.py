"""The rows of a list of files: what each says of itself, from a few columns and the lines of its card."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from app.models import lists
from app.models.base import micros, moment
from app.models.lists import HeadRow, LineRow
from app.services import clocks
from app.services.accounts import Who, names
from app.services.office import Office
from app.sop.calendar import OfficeHours
from app.sop.model import Channel, Kind, Role, Sop, Stage

DESK_LIMIT = timedelta(hours=1)
HEADS = (Role.KASI, Role.KABID, Role.KADIS)
LAST = 3


class Stamped(NamedTuple):
    """One of the last lines of a card: what was done, by whom, when, and whether it went back."""

    label: str
    name: str
    at: datetime
    action: str
    back: bool


@dataclass(frozen=True, slots=True)
class WorkItem:
    """One file on a list. `counted` runs against `target`: the file's time for the FO and Editor, the desk's for heads.

    Before the file was found `complete` its target does not run. `why` says in the office's own words why it is here;
    `came_from` is the role that returned it, None if none did.
    """

    id: int
    number: str
    title: str
    channel: Channel
    stage: Stage
    row: int | None
    n: int
    holder: str
    holder_name: str
    mine: bool
    received: bool
    since: datetime
    why: str
    counted: timedelta
    target: timedelta
    complete: bool
    paused: bool
    returned: bool
    came_from: Role | None
    last: tuple[Stamped, ...]

    @property
    def share(self) -> float:
        """Time used of the target: amber from 0.8, red from 1."""
        return self.counted / self.target if self.target else 0.0


class Signed(NamedTuple):
    """A line of a card, as far as a list tells of it."""

    action: str
    role: str
    to: Stage
    actor: str
    at_us: int
    note: str


@dataclass(frozen=True)
class _Place:
    """What is the same for all files of a stage and channel."""

    stage: Stage
    channel: Channel
    row: int | None
    received: bool


class _List:
    """One list being made: what it knows of the SOP, of people and of the moment, asked once for all files."""

    def __init__(self, sop: Sop, who: Who, office: Office, now: datetime) -> None:
        self.sop, self.who, self.now_us = sop, who, micros(now)
        self.target = timedelta(minutes=office.target_minutes)
        self.labels = {
            action: (step.label, step.back) for action in sop.actions() for step in [sop.step_labelled(action)]
        }
        self.people = names()
        self.places: dict[tuple[str, str], _Place] = {}
        self.hours = OfficeHours()

    def cards(self, rows: Iterable[LineRow]) -> dict[int, list[Signed]]:
        """The lines by file."""
        out: dict[int, list[Signed]] = {}
        for berkas_id, action, role, to_stage, actor, at_us, note in rows:
            out.setdefault(berkas_id, []).append(Signed(action, role, self.sop.stage(to_stage), actor, at_us, note))
        return out

    def place(self, stage: str, channel: str) -> _Place:
        """Where files of this stage stand."""
        if (stage, channel) not in self.places:
            here, way = self.sop.stage(stage), Channel(channel)
            # Nobody "receives" signed documents: the FO or the Editor simply sends them.
            taken = any(s.at.key == stage and not s.back and s.to.held for s in self.sop.steps)
            received = here.kind is not Kind.WAIT or not taken
            self.places[stage, channel] = _Place(here, way, self.sop.row_at(stage, way), received)
        return self.places[stage, channel]

    def stamped(self, line: Signed) -> Stamped:
        """The line as it is told."""
        label, back = self.labels[line.action]
        return Stamped(label, self.people.get(line.actor, line.actor), moment(line.at_us), line.action, back)

    def clock(self, lines: Sequence[Signed], came: Sequence[int]) -> tuple[timedelta, timedelta]:
        """Time used, and of how much."""
        if not lines:
            # Only a card that was tampered with is empty; the list must still come up, and say so where it is opened.
            return timedelta(), self.target
        role = self.who.role
        if role in HEADS and lines[-1].to.desk is role:
            return timedelta(microseconds=clocks.on_desk_us(lines, self.now_us, self.hours, role)), DESK_LIMIT
        return timedelta(microseconds=clocks.counted_us(lines, self.now_us, self.hours, came)), self.target

    def item(self, row: HeadRow, lines: Sequence[Signed], beside: lists.Beside) -> WorkItem:
        """One file."""
        place = self.place(row.stage, row.channel)
        counted, target = self.clock(lines, beside.came.get(row.id, ()))
        back = _returned(lines)
        return WorkItem(
            row.id, row.number, _title(row), place.channel, place.stage, place.row, row.n,
            row.holder, self.people.get(row.holder, row.holder), row.holder == self.who.login, place.received,
            moment(row.moved_us), self.why(row, lines, beside), counted, target,
            any(x.action.startswith("lengkap") for x in lines), place.stage.kind is Kind.PAUSE, back is not None,
            Role(back.role) if back else None, tuple(self.stamped(x) for x in lines[-LAST:]),
        )  # fmt: skip

    def why(self, row: HeadRow, lines: Sequence[Signed], beside: lists.Beside) -> str:
        """Why the file is here, in the office's own words."""
        if row.stage == "TERTANDA":
            return _mail_state(beside.mails.get(row.id))
        if row.id in beside.problems:
            return beside.problems[row.id]
        return (lines[-1].note or self.labels[lines[-1].action][0]) if lines else ""


def items(sop: Sop, who: Who, office: Office, now: datetime, rows: Sequence[HeadRow]) -> list[WorkItem]:
    """The rows of a list."""
    if not rows:
        return []
    made = _List(sop, who, office, now)
    cards = made.cards(lists.lines([row.id for row in rows]))
    paused = [r.id for r in rows if sop.stage(r.stage).kind is Kind.PAUSE]
    ready = [r.id for r in rows if r.stage == "TERTANDA"]
    beside = lists.beside(_resumed(cards), paused, ready)
    begun = min((lines[0].at_us for lines in cards.values()), default=made.now_us)
    made.hours = clocks.hours_around(moment(begun), now)
    return [made.item(row, cards.get(row.id, []), beside) for row in rows]


def _resumed(cards: dict[int, list[Signed]]) -> list[int]:
    """Files whose applicant has answered: a pause lies behind them."""
    return [i for i, lines in cards.items() if any(x.to.kind is Kind.PAUSE for x in lines[:-1])]


def _title(row: HeadRow) -> str:
    titles = [n.title() for n in (row.husband_name, row.wife_name) if n]
    return " & ".join(titles) or "Belum ada nama"


def _returned(lines: Sequence[Signed]) -> Signed | None:
    """The line that returned the file to where it is, unless it has gone forward since."""
    for line in reversed(lines):
        if not line.action.startswith(("terima_", "ambil_alih")):
            return line if line.action.startswith(("kembali_", "koreksi_")) else None
    return None


def _mail_state(mail: tuple[str, str] | None) -> str:
    """How the documents' mail stands."""
    if mail is None:
        return "belum dikirim"
    said = {"FAILED": "surel belum diterima", "REFUSED": "surel ditolak"}.get(mail[0])
    return f"{said}: {mail[1]}"[:120] if said else "surel menunggu giliran"
