"""What an SOP is made of: roles, channels, stages, steps, and the questions the table answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum, StrEnum


class Role(StrEnum):
    """Lanes of the SOP, and the unattended ones beyond it."""

    PEMOHON = "PEMOHON"
    FO = "FO"
    EDITOR = "EDITOR"
    KASI = "KASI"
    KABID = "KABID"
    KADIS = "KADIS"
    ADMIN = "ADMIN"
    MAILER = "MAILER"
    KIOSK = "KIOSK"
    DISPLAY = "DISPLAY"
    AUDITOR = "AUDITOR"  # recomputes cards and seals; sees no applicant's data


class Channel(StrEnum):
    """How the application came in."""

    ONLINE = "ONLINE"
    OFFLINE = "OFFLINE"


class Kind(Enum):
    """What a file does in a stage."""

    START = "start"
    WAIT = "wait"  # handed over, nobody has received it
    WORK = "work"  # somebody holds it
    PAUSE = "pause"  # the applicant's turn: the clock stands
    END = "end"


class Need(StrEnum):
    """What must be on record before a step is accepted; judged by the database."""

    NOTE = "note"
    ROUTE = "route"  # PN or PA answered
    CONTACT = "contact"  # where the documents shall go
    REQUIREMENTS = "requirements"  # every required paper present, legible, ticked
    FINDINGS = "findings"  # what is wrong, written at this very line
    NOTICE = "notice"  # the applicant's message is queued (online) or on paper (offline)
    ANSWER = "answer"  # what came from the applicant, and when
    DRAFT = "draft"  # a draft revision frozen at this line, of the latest entry
    CONFIRMED = "confirmed"  # offline: the applicant has read the draft
    KTP_REQUEST = "ktp_request"
    RESI = "resi"  # printed (offline) or accepted by the mail server (online)
    SEEN = "seen"  # every page of the current draft and scans was before this officer's eyes
    SIGNED = "signed"  # every document of the current draft has its verified signed twin
    ACCEPTED = "accepted"  # the mail server took the documents


@dataclass(frozen=True)
class Stage:
    """A place a file can be in. `desk` is the one role whose work list shows it."""

    key: str
    label: str
    kind: Kind
    desk: Role | None = None

    @property
    def held(self) -> bool:
        """Whether one officer holds the file here, so that only that officer moves it."""
        return self.kind is Kind.WORK

    def __str__(self) -> str:
        return self.key


ENTRY = "entri"
"""In `not_by`: whoever wrote a revision of the entry."""


@dataclass(frozen=True)
class Step:
    """One row: who may move a file from where to where, what it needs, and what the SOP calls it."""

    row: int | None
    key: str
    who: tuple[Role, ...]
    at: Stage
    to: Stage
    minutes: int | None
    channel: Channel | None
    label: str
    needs: tuple[Need, ...] = ()
    back: bool = False
    pauses: bool = False
    hands_over: bool = False
    beyond_sop: bool = False
    not_by: tuple[str, ...] = ()

    def open_to(self, role: Role, channel: Channel) -> bool:
        """Whether this role may press this button on a file of this channel."""
        return role in self.who and self.channel in (None, channel)


@dataclass(frozen=True)
class Sop:
    """One signed procedure. A file walks under the number it started with, for life."""

    number: str
    title: str
    stages: tuple[Stage, ...]
    steps: tuple[Step, ...]
    row_labels: Mapping[int, str]
    skipped_row: Mapping[Channel, int]
    writable: tuple[tuple[str, Role, Stage], ...] = ()
    _by_key: Mapping[str, Stage] = field(default_factory=dict, compare=False, repr=False)

    def stage(self, key: str) -> Stage:
        """The stage of that key; KeyError for a key this SOP does not have."""
        return self._by_key[key] if self._by_key else {s.key: s for s in self.stages}[key]

    def offered(self, role: Role, stage: Stage | str, channel: Channel) -> tuple[Step, ...]:
        """The buttons a role has on a file in a stage, in the order of the table."""
        key = str(stage)
        return tuple(s for s in self.steps if s.at.key == key and s.open_to(role, channel))

    def step(self, action: str, at: Stage | str, channel: Channel) -> Step | None:
        """The row of that action from that stage on that channel, or None."""
        key = str(at)
        for s in self.steps:
            if s.key == action and s.at.key == key and s.channel in (None, channel):
                return s
        return None

    def step_labelled(self, action: str) -> Step:
        """Any row of that action (for its label); KeyError if the SOP has none."""
        for s in self.steps:
            if s.key == action:
                return s
        raise KeyError(action)

    def rows_for(self, channel: Channel) -> tuple[int, ...]:
        """The SOP rows a file of this channel passes, 1 to 11 without the other channel's."""
        return tuple(r for r in sorted(self.row_labels) if r != self.skipped_row[channel])

    def row_at(self, stage: Stage | str, channel: Channel) -> int | None:
        """The SOP row being worked on in a stage: that of its first forward step."""
        key = str(stage)
        rows = [s.row for s in self.steps if s.at.key == key and s.channel in (None, channel) and s.row and not s.back]
        return min(rows) if rows else None

    def norm_minutes(self, row: int, channel: Channel) -> int | None:
        """The SOP's minutes of work for a row, or None where it gives none."""
        for s in self.steps:
            if s.row == row and s.minutes is not None and s.channel in (None, channel):
                return s.minutes
        return None

    def total_minutes(self, channel: Channel) -> int:
        """The SOP's minutes of work over the whole path: 25 online, 29 offline."""
        return sum(self.norm_minutes(row, channel) or 0 for row in self.rows_for(channel))

    def desk_stages(self, role: Role) -> tuple[Stage, ...]:
        """The stages in which a file stands on that role's desk."""
        return tuple(s for s in self.stages if s.desk is role)

    def actions(self) -> Iterable[str]:
        """Every action key once, in the order of the table."""
        return dict.fromkeys(s.key for s in self.steps)


def make_sop(sop: Sop) -> Sop:
    """The same SOP with its index of stages; raises ValueError where the table contradicts itself."""
    index = {s.key: s for s in sop.stages}
    if len(index) != len(sop.stages):
        msg = "a stage key stands twice"
        raise ValueError(msg)
    seen: set[tuple[str, str, str]] = set()
    for s in sop.steps:
        for channel in [s.channel] if s.channel else list(Channel):
            row = (s.at.key, s.key, channel.value)
            if row in seen:
                msg = f"two rows for {row}"
                raise ValueError(msg)
            seen.add(row)
        if s.at.key not in index or s.to.key not in index:
            msg = f"{s.key} uses an unknown stage"
            raise ValueError(msg)
    return Sop(sop.number, sop.title, sop.stages, sop.steps, sop.row_labels, sop.skipped_row, sop.writable, index)
