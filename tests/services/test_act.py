"""One act: one line, one move; repeated safely, refused in words, told when somebody was faster."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.errors import Conflict, Refused
from app.services import act as acting
from app.services import card
from app.services.berkas import head
from app.services.keys import derived, new_key
from app.sop.model import Role
from app.sop.pelita3 import PELITA3
from tests.support import walk
from tests.support.office import Clock, sit_down
from tests.support.ready import At


def test_the_answer_is_the_line_as_the_database_stamped_it(file_at: At, clock: Clock) -> None:
    file = file_at("KE_KASI")
    clock.at = datetime(2030, 1, 7, 3, 4, 5, tzinfo=UTC)
    moved = acting.act(sit_down(Role.KASI), file.id, "terima_kasi", file.n, new_key(), "  diterima lengkap ")
    assert moved == acting.Moved(file.id, file.n + 1, "terima_kasi", "DI_KASI", clock.at)
    line = card.lines(PELITA3, file.id)[-1]
    assert (line.actor, line.at, line.note) == ("zulfikar", clock.at, "diterima lengkap")
    now = head(PELITA3, file.id)
    assert (now.stage.key, now.n, now.holder, now.holder_name) == (
        "DI_KASI",
        file.n + 1,
        "zulfikar",
        "Zulfikar Hasan, S.Sos",
    )


def test_asked_again_after_a_lost_answer_it_is_the_same_line(file_at: At) -> None:
    file, key = file_at("KE_KASI"), new_key()
    kasi = sit_down(Role.KASI)
    first = acting.act(kasi, file.id, "terima_kasi", file.n, key)
    assert acting.act(kasi, file.id, "terima_kasi", file.n, key) == first
    assert acting.act(kasi, file.id, "terima_kasi", first.n, key) == first, "even if it has read the file again"
    assert head(PELITA3, file.id).n == first.n


def test_the_clock_of_a_card_never_runs_backwards(file_at: At, clock: Clock) -> None:
    file = file_at("KE_KASI")
    kasi = sit_down(Role.KASI)
    before = card.lines(PELITA3, file.id)[-1].at
    clock.at = datetime(2001, 1, 1, tzinfo=UTC)
    moved = acting.act(kasi, file.id, "terima_kasi", file.n, new_key())
    assert moved.at >= before
    assert card.verify(file.id).whole


def test_a_button_pressed_on_an_old_picture_is_told_and_nothing_moves(file_at: At) -> None:
    file = file_at("KE_KASI")
    with pytest.raises(Conflict, match="sudah diproses petugas lain"):
        acting.act(sit_down(Role.KASI), file.id, "terima_kasi", file.n - 1, new_key())
    assert head(PELITA3, file.id).n == file.n


def test_a_file_that_does_not_exist_has_no_steps(office_db: Path) -> None:
    with pytest.raises(Refused):
        acting.act(sit_down(Role.FO), 999, "panggil", 1, new_key())


@pytest.mark.parametrize("note", ["", "   ", "ya"])
def test_a_step_back_wants_its_reason(office_db: Path, note: str) -> None:
    file = walk.new_file()
    with pytest.raises(Refused, match="alasannya"):
        acting.act(sit_down(Role.FO), file.id, "batalkan", file.n, new_key(), note)


def test_one_press_has_one_key_for_each_of_its_parts() -> None:
    key = new_key()
    assert derived(key, "a") == derived(key, "a") != derived(key, "b")
