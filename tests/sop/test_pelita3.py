"""The table's contract: whatever a revised SOP says, these must hold."""

from __future__ import annotations

import pytest

from app.sop.model import Channel, Kind, Need, Role, Sop, Stage, Step, make_sop
from app.sop.pelita3 import PELITA3

WORKERS = (Role.FO, Role.EDITOR, Role.KASI, Role.KABID, Role.KADIS)


@pytest.mark.parametrize(("channel", "minutes"), [(Channel.ONLINE, 25), (Channel.OFFLINE, 29)])
def test_the_norms_sum_to_the_sops_minutes(channel: Channel, minutes: int) -> None:
    assert PELITA3.total_minutes(channel) == minutes


def test_the_counter_takes_thirteen_minutes_of_a_walk_in() -> None:
    assert sum(PELITA3.norm_minutes(r, Channel.OFFLINE) or 0 for r in (2, 4, 5, 6, 7)) == 13


@pytest.mark.parametrize("channel", list(Channel))
def test_every_stage_can_be_reached_and_every_way_can_end(channel: Channel) -> None:
    ways = [(s.at.key, s.to.key) for s in PELITA3.steps if s.channel in (None, channel)]
    reached, ends = {"MULAI"}, {"SELESAI", "BATAL"}
    for _ in PELITA3.stages:
        reached |= {b for a, b in ways if a in reached}
        ends |= {a for a, b in ways if b in ends}
    assert reached == {s.key for s in PELITA3.stages}
    assert ends == {s.key for s in PELITA3.stages}


def test_each_stage_stands_on_one_desk_whose_officer_can_move_it() -> None:
    for stage in PELITA3.stages:
        if stage.kind in (Kind.START, Kind.END):
            assert stage.desk is None
            continue
        assert stage.desk in WORKERS
        for channel in Channel:
            forward = [s for s in PELITA3.offered(stage.desk, stage, channel) if not s.back]
            assert forward, f"{stage} has no way on for its own desk ({channel})"


def test_ends_are_ends() -> None:
    for stage in PELITA3.stages:
        if stage.kind is Kind.END:
            assert not [s for s in PELITA3.steps if s.at is stage]


def test_a_hand_over_leads_to_a_stage_where_nobody_has_received_it_yet() -> None:
    for step in PELITA3.steps:
        if step.hands_over:
            assert step.to.kind is Kind.WAIT
            assert step.to.desk is not step.at.desk or step.to.key == "TERTANDA"


def test_receiving_has_its_own_line_on_every_desk_beyond_the_counter() -> None:
    for role in (Role.KASI, Role.EDITOR, Role.KABID, Role.KADIS):
        waits = [s for s in PELITA3.desk_stages(role) if s.kind is Kind.WAIT]
        assert len(waits) == 1
        step = PELITA3.step(f"terima_{role.lower()}", waits[0], Channel.OFFLINE)
        assert step is not None
        assert step.to.held


def test_only_the_kadis_return_is_ours_and_says_so() -> None:
    assert {s.key for s in PELITA3.steps if s.beyond_sop} == {"kembali_kabid"}


def test_whoever_checks_is_not_who_typed() -> None:
    for key in ("paraf_kasi", "paraf_kabid", "tte"):
        assert {"entri", "perbaiki"} <= set(PELITA3.step_labelled(key).not_by)
    assert "paraf_kasi" in PELITA3.step_labelled("paraf_kabid").not_by
    assert {"paraf_kasi", "paraf_kabid"} <= set(PELITA3.step_labelled("tte").not_by)


def test_the_kasi_repairs_nothing_himself() -> None:
    assert ("entry", Role.KASI) not in {(what, role) for what, role, _ in PELITA3.writable}
    assert {s.key for s in PELITA3.offered(Role.KASI, "DI_KASI", Channel.OFFLINE)} == {
        "paraf_kasi", "kembali_editor", "batalkan", "ambil_alih",
    }  # fmt: skip


def test_a_return_says_what_is_wrong_and_a_cancellation_why() -> None:
    for step in PELITA3.steps:
        if step.key.startswith(("kembali_", "koreksi_", "kurang_")):
            assert Need.FINDINGS in step.needs
        if step.key in ("batalkan", "ambil_alih"):
            assert Need.NOTE in step.needs


def test_the_applicants_row_is_skipped_by_channel() -> None:
    assert 4 not in PELITA3.rows_for(Channel.ONLINE)
    assert 3 not in PELITA3.rows_for(Channel.OFFLINE)
    assert len(PELITA3.rows_for(Channel.ONLINE)) == 10


def test_questions_about_what_is_not_there() -> None:
    assert PELITA3.step("tte", "ENTRI", Channel.ONLINE) is None
    assert PELITA3.row_at("SELESAI", Channel.ONLINE) is None
    assert PELITA3.norm_minutes(3, Channel.OFFLINE) is None
    with pytest.raises(KeyError):
        PELITA3.step_labelled("terbang")
    with pytest.raises(KeyError):
        PELITA3.stage("LUAR_ANGKASA")


def _broken(stages: tuple[Stage, ...], steps: tuple[Step, ...]) -> Sop:
    return Sop("x", "x", stages, steps, {}, {})


def test_a_table_that_contradicts_itself_is_not_taken() -> None:
    a, b = Stage("A", "a", Kind.START), Stage("B", "b", Kind.END)
    step = Step(1, "jalan", (Role.FO,), a, b, 1, None, "Jalan")
    with pytest.raises(ValueError, match="two rows"):
        make_sop(_broken((a, b), (step, step)))
    with pytest.raises(ValueError, match="twice"):
        make_sop(_broken((a, a), ()))
    with pytest.raises(ValueError, match="unknown stage"):
        make_sop(_broken((a,), (step,)))
