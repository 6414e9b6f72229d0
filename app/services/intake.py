"""Tickets, registration, contact, and the requirement checklist (SOP rows 1 to 4)."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from app.errors import Refused
from app.models.base import CLIENT, add, derived, micros, moment, session, sha256hex, told
from app.models.tables_berkas import (
    Answer,
    Berkas,
    Confirmation,
    CurrentCheck,
    Finding,
    Package,
    Requirement,
    RequirementCheck,
    Ticket,
    TicketEvent,
    TicketUsed,
)
from app.models.tables_berkas import Contact as ContactRow
from app.services import act, papers
from app.services.accounts import Who
from app.services.berkas import Contact, Head, head
from app.services.case import Reporter, Route
from app.sop.calendar import WIB
from app.sop.model import Channel, Sop

MIN_REASON = 3
EMAIL = re.compile(r"^[^@\s]+@[^@\s.]+(\.[^@\s.]+)+$")


@dataclass(frozen=True)
class TicketRow:
    """A queue ticket; no name, no NIK."""

    id: int
    label: str
    code: str
    at: datetime
    ahead: int


@dataclass(frozen=True)
class RequirementRow:
    """One required paper of a file and how it stands. `verdict` is OK, BAD, or UNSET."""

    code: str
    label: str
    required: bool
    verdict: str
    reason: str
    original_seen: bool
    scans: tuple[papers.PaperRow, ...]

    @property
    def ready(self) -> bool:
        """Present and legible: what the guard asks (SOP README, "berkas lengkap")."""
        return self.verdict == "OK" and (self.original_seen or bool(self.scans))


@dataclass(frozen=True)
class FindingRow:
    """Something wrong or missing: a requirement's code or a field's path, the problem, and its solution."""

    subject: str
    problem: str
    solution: str = ""
    at_n: int = 0
    by: str = ""
    at: datetime | None = None


def take_ticket(key: str, prefix: str = "A") -> TicketRow:
    """Issue the day's next number without gap (SOP row 1)."""
    add(Ticket, key, prefix=prefix)
    with told():
        row = Ticket.get(Ticket.key == key)
    return _ticket(row, sum(t.id < row.id for t in waiting_tickets()))


def waiting_tickets() -> list[TicketRow]:
    """Today's tickets that nobody has called yet, first come first."""
    with told():
        rows = list(Ticket.select().where(Ticket.day == _today()).order_by(Ticket.id))
        ids = [row.id for row in rows]
        # Asked for today's alone: an office's tickets of all years are many.
        called = {e.ticket_id for e in TicketEvent.select().where(TicketEvent.ticket_id.in_(ids))}
        used = {u.ticket_id for u in TicketUsed.select().where(TicketUsed.ticket_id.in_(ids))}
    gone = called | used
    waiting = [row for row in rows if row.id not in gone]
    return [_ticket(row, i) for i, row in enumerate(waiting)]


def call_ticket(ticket_id: int, place: str, key: str) -> None:
    """Call a number to a counter; Conflict where another counter has called it."""
    add(TicketEvent, key, ticket_id=ticket_id, event="CALLED", place=place)


def ticket_absent(ticket_id: int, place: str, key: str) -> None:
    """The called visitor did not come."""
    add(TicketEvent, key, ticket_id=ticket_id, event="NO_SHOW", place=place)


def _ticket(row: Ticket, ahead: int) -> TicketRow:
    return TicketRow(row.id, f"{row.prefix}-{row.number:03d}", row.code, moment(row.made_us), ahead)


def _today() -> str:
    return moment(session.now_us()).astimezone(WIB).date().isoformat()


def register_ticket(sop: Sop, who: Who, ticket_id: int, key: str) -> Head:
    """A walk-in's ticket becomes a file, called and registered (SOP rows 1, 2); the key repeats the whole safely."""
    add(Berkas, key, sop=sop.number, channel=Channel.OFFLINE.value, ticket_id=ticket_id, client=CLIENT)
    made = _made(key)
    act.act(who, made.id, "panggil", 1, derived(key, "panggil"))
    return head(sop, made.id)


def receive_package(
    sop: Sop,
    who: Who,
    reference: str,
    data: Mapping[str, Any],
    submitted: datetime,
    files: Sequence[papers.NewPaper],
    key: str,
) -> Head:
    """An online package comes in: a file that waits for registration, its scans with it (SOP row 1)."""
    text = json.dumps(data, sort_keys=True, ensure_ascii=False)
    add(
        Package,
        derived(key, "package"),
        external_ref=reference,
        sha256=sha256hex(text),
        data=text,
        submitted_us=micros(submitted),
    )
    with told():
        package = Package.get(Package.external_ref == reference)
    add(Berkas, key, sop=sop.number, channel=Channel.ONLINE.value, package_id=package.id, client=CLIENT)
    made = _made(key)
    for i, paper in enumerate(files):
        papers.store(who, made.id, paper, derived(key, f"scan:{i}"))
    return head(sop, made.id)


def package_data(berkas_id: int) -> Mapping[str, Any]:
    """What the applicant sent along online; empty for a walk-in."""
    with told():
        row = Berkas.get_by_id(berkas_id)
        return dict(json.loads(Package.get_by_id(row.package_id).data)) if row.package_id else {}


def register_online(sop: Sop, who: Who, file: Head, key: str) -> Head:
    """The FO registers an online application (SOP row 2)."""
    act.act(who, file.id, "registrasi", file.n, key)
    return head(sop, file.id)


def _made(key: str) -> Berkas:
    with told():
        row = Berkas.get(Berkas.key == key)
    assert isinstance(row, Berkas)
    return row


def set_contact(who: Who, file: Head, contact: Contact, key: str) -> None:
    """Keep where the documents go; Refused at the field for an address that cannot be one."""
    if not EMAIL.match(contact.email.strip()):
        raise Refused("Alamat surel belum lengkap. Contoh: nama@contoh.id", field="email")
    add(
        ContactRow, key, berkas_id=file.id, email=contact.email.strip(), phone=contact.phone.strip(),
        read_back=int(contact.read_back), at_n=file.n, as_role=who.role.value,
    )  # fmt: skip


def requirements(berkas_id: int, route: Route, reporter: Reporter) -> list[RequirementRow]:
    """The checklist of a file: what its route asks, how each stands, and its scans."""
    found = papers.scans(berkas_id)
    with told():
        checks = {c.code: c for c in CurrentCheck.select().where(CurrentCheck.berkas_id == berkas_id)}
        rows = list(
            Requirement.select().where(Requirement.route == (route or Route.PN).value).order_by(Requirement.position)
        )
    out = []
    for r in rows:
        required = r.condition == "ALWAYS" or (r.condition == "PROXY" and reporter is Reporter.PROXY)
        if r.condition == "PROXY" and not required:
            continue
        c = checks.get(r.code)
        out.append(
            RequirementRow(
                r.code,
                r.label,
                required,
                c.verdict if c else "UNSET",
                c.reason if c else "",
                bool(c and c.original_seen),
                tuple(p for p in found if p.subject == r.code),
            )
        )
    return out


def tick(
    who: Who, file: Head, code: str, verdict: str, key: str, *, reason: str = "", original_seen: bool = False
) -> None:
    """Judge one requirement: OK (legible), BAD (with the reason), or UNSET to take the judgement back."""
    if verdict == "BAD" and len(reason.strip()) < MIN_REASON:
        raise Refused("Tuliskan apa yang tidak terbaca.", field="reason")
    add(
        RequirementCheck, key, berkas_id=file.id, code=code, verdict=verdict, reason=reason.strip(),
        original_seen=int(original_seen), at_n=file.n, as_role=who.role.value,
    )  # fmt: skip


def attach(who: Who, file: Head, code: str, paper: papers.NewPaper, key: str) -> papers.PaperRow:
    """Put a scan or a file from disk under a requirement; it ticks nothing by itself."""
    return papers.store(who, file.id, replace(paper, subject=code), key)


def add_findings(who: Who, file: Head, findings: Sequence[FindingRow], key: str) -> None:
    """Write down what is wrong or missing, at the line the file has now."""
    for i, f in enumerate(findings):
        add(
            Finding, derived(key, f"finding:{i}"), berkas_id=file.id, subject=f.subject, problem=f.problem.strip(),
            solution=f.solution.strip(), at_n=file.n, as_role=who.role.value,
        )  # fmt: skip


def findings(berkas_id: int, at_n: int | None = None) -> list[FindingRow]:
    """The findings of one line (those which led to line at_n + 1), or all, oldest first."""
    with told():
        query = Finding.select().where(Finding.berkas_id == berkas_id).order_by(Finding.id)
        if at_n is not None:
            query = query.where(Finding.at_n == at_n)
        return [FindingRow(f.subject, f.problem, f.solution, f.at_n, f.made_by, moment(f.made_us)) for f in query]


def open_findings(berkas_id: int, n: int) -> list[FindingRow]:
    """The findings of the newest return or deficiency, while no draft has been frozen since."""
    draft = papers.current_draft(berkas_id)
    rows = findings(berkas_id)
    last = max((f.at_n for f in rows), default=-1)
    if last < 0 or last >= n:
        return []
    newest = [f for f in rows if f.at_n == last]
    if draft and newest[0].at and draft.at > newest[0].at:
        return []
    return newest


def answer(who: Who, file: Head, what: str, came: datetime, key: str) -> act.Moved:
    """The applicant completed the file: the clock restarts at his act, not at the click (SOP rows 3, 4)."""
    add(
        Answer, derived(key, "answer"), berkas_id=file.id, what=what.strip(), came_us=micros(came), at_n=file.n,
        as_role=who.role.value,
    )  # fmt: skip
    return act.act(who, file.id, "dilengkapi", file.n, key)


STATEMENT = "Saya sudah memeriksa draf ini dan isinya benar."


def confirm_draft(who: Who, file: Head, draft_rev: int, key: str) -> None:
    """The applicant has read the draft across the counter and says it is right (SOP row 5, offline)."""
    add(
        Confirmation,
        key,
        berkas_id=file.id,
        draft_rev=draft_rev,
        statement=STATEMENT,
        at_n=file.n,
        as_role=who.role.value,
    )


def confirmed_at(file: Head) -> datetime | None:
    """When the applicant confirmed the draft of this line, or None."""
    with told():
        row = Confirmation.get_or_none(Confirmation.berkas_id == file.id, Confirmation.at_n == file.n)
    return moment(row.made_us) if row else None
