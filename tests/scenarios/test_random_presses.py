"""Random officers press random buttons: every state reached is a walk in the table, and every card verifies."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.errors import Refused, Shown
from app.jobs.workshop import Workshop
from app.services import act as acting
from app.services import card, entry, intake, papers
from app.services.accounts import Who
from app.services.berkas import Contact, Head, head
from app.services.keys import new_key
from app.sop.model import Kind, Need, Role
from app.sop.pelita3 import PELITA3
from tests.support import walk
from tests.support.cases import case_pn
from tests.support.office import all_seeing, sit_down

LOGINS = ("rina", "dedi", "yuni", "zulfikar", "meri", "nurlaila", "admin")
ACTIONS = tuple(PELITA3.actions())
Prepare = Callable[[Who, Head], object]


def _tick_all(who: Who, file: Head) -> None:
    for r in intake.requirements(file.id, case_pn().route, case_pn().reporter):
        intake.tick(who, file, r.code, "OK", new_key(), original_seen=True)


def _freeze(who: Who, file: Head) -> None:
    newest = entry.latest(file.id)
    saved = entry.save(who, file, case_pn(), newest.rev if newest else 0, new_key())
    paper = papers.NewPaper("document", "akta-suami", "Akta", walk.SCAN + file.number.encode(), 1, sign=True)
    papers.freeze(who, file.id, saved.rev, [paper], new_key())


def _confirm(who: Who, file: Head) -> None:
    draft = papers.current_draft(file.id)
    intake.confirm_draft(who, file, draft.rev if draft else 0, new_key())


def _store(kind: str) -> Prepare:
    return lambda who, file: papers.store(who, file.id, papers.NewPaper(kind, kind, kind, walk.SCAN, 1), new_key())


def _resi(who: Who, file: Head) -> None:
    paper = papers.store(who, file.id, papers.NewPaper("resi", "resi", "Resi", walk.SCAN, 1), new_key())
    papers.record_print(who, paper, "uji", "1", "COMPLETED", "", new_key())


PREPARE: dict[Need, Prepare] = {
    Need.ROUTE: lambda who, file: entry.save(
        who, file, case_pn(), r.rev if (r := entry.latest(file.id)) else 0, new_key()
    ),
    Need.CONTACT: lambda who, file: intake.set_contact(who, file, Contact("a@contoh.id"), new_key()),
    Need.REQUIREMENTS: _tick_all,
    Need.FINDINGS: lambda who, file: intake.add_findings(who, file, [intake.FindingRow("kk", "KK buram")], new_key()),
    Need.NOTICE: _store("deficiency"),
    Need.DRAFT: _freeze,
    Need.CONFIRMED: _confirm,
    Need.KTP_REQUEST: _store("ktp_request"),
    Need.RESI: _resi,
    Need.SEEN: walk.see_all,
}


def _try(work: Callable[[], object]) -> bool:
    try:
        work()
    except Shown:
        return False
    return True


def _ready(who: Who, file: Head, action: str) -> None:
    step = PELITA3.step(action, file.stage, file.channel)
    for need in step.needs if step else ():
        if need in PREPARE:
            _try(lambda need=need: PREPARE[need](who, file))  # type: ignore[misc]


def _holds(file_id: int) -> None:
    lines = card.lines(PELITA3, file_id)
    now = head(PELITA3, file_id)
    assert lines[-1].to_stage == now.stage
    for before, line in zip([None, *lines], lines, strict=False):
        step = PELITA3.step(line.action, line.at_stage, now.channel)
        assert step is not None
        assert step.to == line.to_stage
        assert line.role in step.who
        assert before is None or (before.to_stage == line.at_stage and before.at <= line.at)
    typed = {r.by for r in entry.revisions(file_id)}
    for line in lines:
        if line.action in ("paraf_kasi", "paraf_kabid", "tte"):
            assert line.actor not in typed
    assert now.stage.kind is not Kind.WORK or now.holder


def _verifies(file_id: int) -> None:
    found = card.verify(file_id)
    assert found.whole, found


press = st.tuples(
    st.sampled_from(LOGINS), st.sampled_from(list(Role)), st.sampled_from(ACTIONS), st.booleans(), st.integers(0, 1)
)


@pytest.mark.slow
@pytest.mark.timeout(300)
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(st.lists(press, min_size=10, max_size=40), st.randoms(use_true_random=False))
def test_random_officers_press_random_buttons(
    new_offices: Callable[[], AbstractContextManager[object]],
    presses: list[tuple[str, Role, str, bool, int]],
    random: object,
) -> None:
    with new_offices():
        files = [walk.new_file().id, walk.new_file().id]
        for login, role, action, prepared, which in presses:
            with all_seeing():
                file = head(PELITA3, files[which])
            who = sit_down(login)
            if prepared:
                offered = [s for s in PELITA3.steps if s.at == file.stage and s.open_to(who.role, file.channel)]
                # Half of the presses are the honest officer's: something his window offers.
                action = random.choice(offered).key if offered else action  # type: ignore[attr-defined]  # noqa: PLW2901
                role = who.role  # noqa: PLW2901
                _ready(who, file, action)
            claimed = Who(who.login, who.name, role, who.hat)
            _try(lambda c=claimed, f=file, a=action: acting.act(c, f.id, a, f.n, new_key(), "alasan cukup panjang"))  # type: ignore[misc]
            with all_seeing():
                _holds(file.id)
        # The card only ever grows, so that what is whole at the end was whole all along.
        with all_seeing():
            for file_id in files:
                _verifies(file_id)


def test_an_honest_office_reaches_the_head_every_time(office_db: Path, shop: Workshop) -> None:
    file = walk.walk_to("DI_KADIS", shop)
    with all_seeing():
        _holds(file.id)
        _verifies(file.id)
    with pytest.raises(Refused):
        acting.act(sit_down(Role.KADIS), file.id, "kirim", file.n, new_key())
