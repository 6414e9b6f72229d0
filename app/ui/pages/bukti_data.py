"""What the page of verification asks of the database: seals, the last check, a new one, and a seal from paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.devices.printer import JobStatus
from app.jobs import daily_report
from app.jobs.workshop import Workshop
from app.printing import dates
from app.services import evidence, evidence_rows, keys, seals
from app.services.accounts import Who
from app.services.evidence import Past, Report
from app.services.seals import SealRow
from app.sop.model import Role
from app.ui.tasks import Progress


@dataclass(frozen=True)
class State:
    """What is shown. `may_seal`: today can be sealed from here (on a server the night does it)."""

    seals: tuple[SealRow, ...]
    past: Past | None
    may_seal: bool
    blind: bool


@dataclass(frozen=True)
class Verdict:
    """A finished verification as the page remembers it; `seals` are the days whose seal does not hold."""

    report: Report
    by: str
    first_bad: str
    seals: frozenset[str]


def load(who: Who) -> State:
    """Seals and the last check as they are now."""
    rows = tuple(seals.seals())
    sealed_today = bool(rows) and rows[0].day >= seals.today()
    here = not seals.by_night() and who.role is Role.ADMIN
    return State(rows, evidence.last_check(), here and not sealed_today, evidence_rows.blind())


def check(progress: Progress) -> Report:
    """Verify everything and write down what was found; documents too, where they lie on this PC."""
    found = evidence.verify_all(progress, documents=True)
    if found.complete or found.bad:
        evidence.remember(found)
    return found


def seal_today(key: str) -> SealRow:
    """Seal this day up to now."""
    return seals.seal_day(seals.today(), key)


def print_report(shop: Workshop, seal: SealRow, _progress: Progress) -> JobStatus:
    """Print the day's report; what the spooler says."""
    return daily_report.print_out(shop, seal)


def of_report(report: Report, by: str) -> Verdict:
    """A check that has just ended."""
    first = str(report.first[0]) if report.first else ""
    days = frozenset(b.where.removeprefix("Segel ") for b in report.first if b.where.startswith("Segel "))
    return Verdict(report, by, first, days)


def of_past(past: Past) -> Verdict:
    """A check of another time or place, of which only the numbers are known."""
    return Verdict(past.report, past.by, past.first_bad, frozenset())


def seal_state(seal: SealRow, verdict: Verdict | None) -> tuple[str, str]:
    """Word and tone of a seal in the list."""
    if verdict is None or verdict.report.ended < seal.made_at:
        return "belum diperiksa", "mute"
    if seal.day.isoformat() in verdict.seals:
        return "TIDAK COCOK", "bad"
    if not verdict.report.complete:
        return "belum diperiksa", "mute"
    return ("cocok", "ok") if verdict.seals or not verdict.report.bad else ("lihat temuan", "warn")


def weekday(day: date) -> str:
    """As in "Sel 12 Mei 2026"."""
    return f"{dates.WEEKDAYS[day.weekday()][:3]} {dates.day(day)}"


new_key = keys.new_key
find = seals.find
