"""What waits on a desk, what is finished, and how a file is found."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from app.models import lists, lookups
from app.models.base import told
from app.models.tables_berkas import Berkas
from app.services.accounts import Who, names
from app.services.office import Office
from app.services.workitems import DESK_LIMIT, Stamped, WorkItem, items
from app.sop.model import Role, Sop, Stage

__all__ = [
    "DESK_LIMIT",
    "Gone",
    "Stamped",
    "WorkItem",
    "by_ticket",
    "count",
    "delivered",
    "elsewhere",
    "gone",
    "left_out",
    "look_up",
    "search_kind",
    "waiting",
]

ENDED = ("SELESAI", "BATAL")
LIST_LIMIT = 200
"""So many files stand on a list: nobody looks through more, and each look at it costs."""
NIK_DIGITS = 16
LEAST_LETTERS = lookups.LEAST_LETTERS


class Gone(NamedTuple):
    """Where a file went that stood on this list a moment ago: who holds it, or who moved it, and its stage."""

    name: str
    stage: Stage


def waiting(sop: Sop, who: Who, office: Office, now: datetime) -> list[WorkItem]:
    """The files on this role's desk: late ones first, paused ones last, the rest by age.

    Of a desk with more than LIST_LIMIT those come that the officer holds, and those that lie there longest.
    """
    rows = lists.heads(Berkas.stage.in_(_desk(sop, who)), lists.own_first(who.login), LIST_LIMIT)
    found = ((i, i.share) for i in items(sop, who, office, now, rows))
    return [i for i, _ in sorted(found, key=lambda f: (f[0].paused, f[1] < 1, -f[1], f[0].since))]


def left_out(sop: Sop, who: Who, shown: int) -> int:
    """How many files on this role's desk are not among those `waiting` gave."""
    if shown < LIST_LIMIT:
        return 0
    return max(0, _many(_desk(sop, who)) - shown)


def _desk(sop: Sop, who: Who) -> list[str]:
    """The stages on a role's desk; the Editor sends documents too (SOP row 11)."""
    stages = [s.key for s in sop.desk_stages(who.role)]
    extra = [s.at.key for s in sop.steps if who.role in s.who and not s.back and s.at.desk is not who.role]
    return list(dict.fromkeys([*stages, *extra]))


def delivered(sop: Sop, who: Who, office: Office, now: datetime, limit: int = 200) -> list[WorkItem]:
    """Files that are finished or cancelled, newest first."""
    rows = lists.heads(lists.ended(), [Berkas.moved_us.desc(), Berkas.id.desc()], limit)
    return items(sop, who, office, now, rows)


def elsewhere(sop: Sop, who: Who) -> dict[str, int]:
    """The label of a stage -> how many files are there, for the stages of other desks (for empty lists)."""
    mine = {*_desk(sop, who), *ENDED}
    return {sop.stage(s).label: many for s, many in lookups.stage_counts().items() if s not in mine}


def count(sop: Sop, role: Role) -> int:
    """How many files wait on a role's desk."""
    return _many([s.key for s in sop.desk_stages(role)])


def _many(stages: list[str]) -> int:
    with told():
        return int(Berkas.select().where(Berkas.stage.in_(stages)).count())


def gone(sop: Sop, berkas_ids: Iterable[int]) -> dict[int, Gone]:
    """Where these files are now, for rows that have just left a list."""
    people = names()
    found = lookups.where_now(list(berkas_ids))
    return {i: Gone(people.get(now.login, now.login), sop.stage(now.stage)) for i, now in found.items()}


def look_up(sop: Sop, who: Who, office: Office, now: datetime, text: str) -> list[WorkItem]:
    """Files by number, NIK, or part of a name, newest first; written down before it is shown (UU 27/2022 art. 31).

    The log holds by what was searched, never the name or the NIK itself. A search that found nothing is logged
    under berkas 0.
    """
    wanted, kind = text.strip().upper(), search_kind(text)
    if kind == "NIK":
        wanted = wanted.replace(" ", "")
    found = lookups.search(kind, wanted)
    rows = lists.heads(Berkas.id.in_(found), [Berkas.id.desc()])
    return items(sop, who, office, now, rows)


def search_kind(text: str) -> str:
    """By what a text searches: NIK, nomor or nama."""
    wanted = text.strip().upper()
    digits = wanted.replace(" ", "")
    if digits.isdigit() and len(digits) == NIK_DIGITS:
        return "NIK"
    return "nomor" if wanted.startswith("P3-") else "nama"


def by_ticket(code: str) -> int | None:
    """The file that a queue ticket's code became, or None."""
    found = lookups.search("tiket", code.strip().upper())
    return found[0] if found else None
