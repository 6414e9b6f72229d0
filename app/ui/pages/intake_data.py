"""What the intake page reads and saves, in the database thread: head, entry, requirements, package, what was asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from app.services import berkas, card, catalogue, entry, intake, outbox, papers
from app.services.accounts import Who
from app.services.berkas import Contact, Head
from app.services.case import Case, Proxy, Reporter, Route
from app.services.intake import FindingRow, RequirementRow
from app.services.keys import derived, new_key
from app.services.outbox import Mail
from app.services.papers import PaperRow
from app.sop.model import Kind, Sop, Step

STAGES = ("DIAJUKAN", "VERIFIKASI", "KURANG")
"""Where a file is worked on here; in any other stage it is only shown."""


@dataclass(frozen=True)
class Asked:
    """What the applicant was told, since when the clock stands, and whether the message reached him."""

    since: datetime
    note: str
    findings: tuple[FindingRow, ...]
    mail: Mail | None
    paper: PaperRow | None
    printed: str


@dataclass(frozen=True)
class IntakeView:
    """The whole page. `mine`: this officer may write now. `forward`, `lacking`: the SOP's buttons, None for none."""

    head: Head
    case: Case
    rev: int
    saved_at: datetime | None
    rows: tuple[RequirementRow, ...]
    labels: Mapping[str, str]
    package: Mapping[str, Any]
    asked: Asked | None
    mine: bool
    take_over: bool
    forward: Step | None
    lacking: Step | None

    @property
    def paused(self) -> bool:
        """Whether the applicant's turn has come."""
        return self.head.stage.kind is Kind.PAUSE

    @property
    def verifying(self) -> bool:
        """Whether requirements are judged now."""
        return self.head.stage.key == "VERIFIKASI"

    @property
    def judges(self) -> bool:
        """Whether papers may be judged and the contact changed now."""
        return self.mine and (self.verifying or self.paused)

    @property
    def takes_files(self) -> bool:
        """Whether files may be attached now: in every stage of this page (SOP table, what may be written)."""
        return self.mine


@dataclass(frozen=True)
class Typed:
    """What stands in the form."""

    route: Route = Route.UNKNOWN
    reporter: Reporter = Reporter.UNKNOWN
    proxy: Proxy = field(default_factory=Proxy)
    contact: Contact = field(default_factory=Contact)


@dataclass(frozen=True)
class Saved:
    """What the database holds now; `contact` is False while the address is not one yet."""

    rev: int
    at: datetime
    contact: bool


def load(sop: Sop, who: Who, berkas_id: int, *, log: bool) -> IntakeView:
    """Read everything; an online file just registered begins with what its applicant wrote. `log`: a new reading."""
    if log:
        berkas.log_reading(berkas_id, "membuka persyaratan")
    catalogue.refresh()
    head = berkas.head(sop, berkas_id)
    data = intake.package_data(berkas_id)
    revision = entry.latest(berkas_id)
    if data and revision is None and head.stage.key == "VERIFIKASI" and head.holder == who.login:
        _begin(who, head, data)
        head, revision = berkas.head(sop, berkas_id), entry.latest(berkas_id)
    case = revision.case if revision else _first_case(data)
    offered = sop.offered(who.role, head.stage, head.channel) if head.stage.key in STAGES else ()
    mine = bool(offered) and (not head.stage.held or head.holder == who.login)
    forward = next((s for s in offered if not s.back), None)
    return IntakeView(
        head, case, revision.rev if revision else 0, revision.at if revision else None, _rows(berkas_id, case),
        requirement_labels(berkas_id), data, _asked(sop, head) if head.stage.kind is Kind.PAUSE else None, mine,
        head.stage.held and not mine and any(s.key == "ambil_alih" for s in offered),
        forward, next((s for s in offered if s.pauses), None),
    )  # fmt: skip


def _begin(who: Who, head: Head, data: Mapping[str, Any]) -> None:
    entry.save(who, head, _first_case(data), 0, new_key())
    contact = _first_contact(data)
    if not head.contact.email and contact.email:
        intake.set_contact(who, head, contact, new_key())


def _first_case(data: Mapping[str, Any]) -> Case:
    from app.jobs import packages  # noqa: PLC0415  loads what reads files, which a window must not wait for

    return packages.first_case(data)


def _first_contact(data: Mapping[str, Any]) -> Contact:
    from app.jobs import packages  # noqa: PLC0415  as above

    return packages.first_contact(data)


def requirement_labels(berkas_id: int) -> dict[str, str]:
    """Code → label of every requirement that either route knows."""
    routes = (Route.PA, Route.PN)
    return {r.code: r.label for route in routes for r in intake.requirements(berkas_id, route, Reporter.PROXY)}


def _rows(berkas_id: int, case: Case) -> tuple[RequirementRow, ...]:
    """The checklist of the case's route, then papers under what this route does not ask: none is hidden."""
    rows = intake.requirements(berkas_id, case.route, case.reporter)
    known = {r.code for r in rows}
    labels = requirement_labels(berkas_id)
    other: dict[str, list[PaperRow]] = {}
    for scan in papers.scans(berkas_id):
        if scan.subject not in known:
            other.setdefault(scan.subject, []).append(scan)
    return (*rows, *(_extra(code, labels.get(code, code), found) for code, found in other.items()))


def _extra(code: str, label: str, found: list[PaperRow]) -> RequirementRow:
    scans = tuple(found)
    return RequirementRow(code, label, required=False, verdict="UNSET", reason="", original_seen=False, scans=scans)


def _asked(sop: Sop, head: Head) -> Asked:
    found = intake.findings(head.id, head.n - 1)
    mails = [m for m in outbox.of_file(head.id) if m.kind == "mail_deficiency"]
    sheets = papers.listed(head.id, ["deficiency"])
    paper = sheets[-1] if sheets else None
    printed = papers.print_state(paper.id)[0] if paper else ""
    note = card.lines(sop, head.id)[-1].note
    return Asked(head.moved_at, note, tuple(found), mails[0] if mails else None, paper, printed)


def typed_of(view: IntakeView) -> Typed:
    """The form as the database has it."""
    case = view.case
    contact = view.head.contact
    if not contact.email and view.package:
        contact = replace(contact, email=view.package.get("email", ""), phone=view.package.get("phone", ""))
    return Typed(case.route, case.reporter, case.proxy, contact)


def applied(case: Case, typed: Typed) -> Case:
    """The case with what stands in the form; a proxy that is no proxy any more is kept, he may be one again."""
    return replace(case, route=typed.route, reporter=typed.reporter, proxy=typed.proxy)


def save(sop: Sop, who: Who, view: IntakeView, rev: int, typed: Typed, key: str) -> Saved:
    """Save the entry's next revision and the contact, each only if it changed and may be written now."""
    rev_now, at = rev, papers.server_now()
    if view.verifying:
        newest = entry.latest(view.head.id)
        # The rest of the case may have grown elsewhere; only the four answers of this page are ours.
        base = newest.case if newest and newest.rev == rev else view.case
        saved = entry.save(who, view.head, applied(base, typed), rev, derived(key, "entry"))
        rev_now, at = saved.rev, max(at, saved.at)
    good = bool(intake.EMAIL.match(typed.contact.email.strip()))
    if good and berkas.head(sop, view.head.id).contact != typed.contact:
        intake.set_contact(who, view.head, typed.contact, derived(key, "contact"))
    return Saved(rev_now, at, good)
