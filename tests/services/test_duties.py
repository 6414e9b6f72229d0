"""Who holds which role from when to when: what is over, what is to come, and what meets."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from app.models import base
from app.services import absences, accounts, duties
from app.services.duties import Duty
from app.services.keys import new_key
from app.sop.model import Role
from tests.support.office import PEOPLE, Clock, sit_down
from tests.support.stories import at

TODAY = date(2026, 11, 23)


def kasi(first: date | None, last: date | None, ended: str = "", kind: str = "PLH") -> Duty:
    return Duty(1, "yuni", Role.KASI, kind, "SK 821/114", first, last, ended)


def test_every_assignment_there_ever_was_is_told(office_db: Path) -> None:
    sit_down(Role.ADMIN)
    accounts.assign("yuni", Role.KASI, new_key(), kind="PLH", basis="SK 821/114", first=TODAY, last=TODAY)
    accounts.end_assignments("rina", Role.FO, "Pindah ke bagian lain", new_key())
    accounts.end_assignments("dedi", Role.FO, "", new_key())
    found = duties.duties()
    assert len(found) == len(PEOPLE) + 1
    last = found[-1]
    assert (last.login, last.role, last.label, last.basis) == ("yuni", Role.KASI, "Plh. Kepala Seksi", "SK 821/114")
    assert (last.first, last.last, last.ended) == (TODAY, TODAY, "")
    by_login = {d.login: d for d in found[: len(PEOPLE)]}
    assert (by_login["rina"].first, by_login["rina"].last, by_login["rina"].label) == (None, None, "Front Office")
    assert by_login["rina"].ended == "Pindah ke bagian lain"
    assert by_login["dedi"].ended, "ended without a word is ended all the same"
    assert by_login["admin"].ended == ""


@pytest.mark.parametrize(
    ("duty", "over", "coming"),
    [
        (kasi(None, None), False, False),
        (kasi(None, None, "Pensiun"), True, False),
        (kasi(None, date(2026, 11, 22)), True, False),
        (kasi(None, date(2026, 11, 23)), False, False),
        (kasi(date(2026, 11, 23), None), False, False),
        (kasi(date(2026, 11, 24), None), False, True),
        (kasi(date(2026, 11, 24), None, "Batal"), True, False),
    ],
)
def test_a_duty_is_over_runs_or_is_to_come(duty: Duty, over: bool, coming: bool) -> None:
    assert (duty.over(TODAY), duty.coming(TODAY)) == (over, coming)


@pytest.mark.parametrize(
    ("first", "last", "meets"),
    [
        (date(2026, 11, 1), date(2026, 11, 9), False),
        (date(2026, 11, 1), date(2026, 11, 10), True),
        (date(2026, 11, 12), date(2026, 11, 13), True),
        (date(2026, 11, 20), date(2026, 12, 1), True),
        (date(2026, 11, 21), date(2026, 12, 1), False),
    ],
)
def test_two_stretches_meet_on_a_single_day(first: date, last: date, meets: bool) -> None:
    assert kasi(date(2026, 11, 10), date(2026, 11, 20)).meets(first, last) is meets
    assert kasi(None, None).meets(first, last)


def test_who_has_no_role_today_is_told_why(office_db: Path, clock: Clock) -> None:
    at(clock, 12, "9.00")
    sit_down(Role.ADMIN)
    absences.be_absent("dedi", date(2026, 5, 11), date(2026, 5, 13), "Cuti tahunan", new_key())
    accounts.reset_password("zulfikar", "sandi-sementara-1", new_key())
    accounts.end_assignments("yuni", Role.EDITOR, "Pindah", new_key())
    accounts.end_assignments("rina", Role.FO, "Pindah", new_key())
    accounts.assign(
        "rina", Role.EDITOR, new_key(), kind="PLT", basis="1", first=date(2026, 5, 18), last=date(2026, 6, 18)
    )
    for login, said in (
        ("dedi", "Anda tercatat cuti sampai 13-05-2026"),
        ("zulfikar", "menunggu pengesahan"),
        ("rina", "Penugasan Anda baru mulai 18-05-2026."),
        ("yuni", "tidak memegang peran hari ini"),
    ):
        base.session.actor = login
        assert not accounts.hats(login), login
        assert said in duties.why_idle(login)
    sit_down(Role.ADMIN)
    absences.come_back(absences.absences()[0].id, "Kembali lebih awal", new_key())
    base.session.actor = "dedi"
    assert "cuti" not in duties.why_idle("dedi"), "an ended leave is no reason any more"
