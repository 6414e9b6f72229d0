"""Every save is a new revision of the whole case; two officers never overwrite each other."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from app.errors import Conflict, Refused
from app.services import entry
from app.services.berkas import head
from app.services.case import Case, Member, Route, from_json, to_json, value_at, with_value
from app.services.keys import new_key
from app.sop.model import Role
from app.sop.pelita3 import PELITA3
from tests.support import walk
from tests.support.cases import case_pa, case_pn
from tests.support.office import sit_down
from tests.support.ready import At


def test_each_save_is_a_revision_and_none_is_lost(office_db: Path) -> None:
    file = walk.new_file()
    fo = sit_down(Role.FO)
    assert entry.latest(file.id) is None
    first = entry.save(fo, file, Case(route=Route.PN), 0, new_key())
    second = entry.save(fo, file, case_pn(), 1, new_key())
    assert (first.rev, second.rev, second.by) == (1, 2, "rina")
    assert entry.latest(file.id) == second
    assert entry.revisions(file.id) == [second, first]
    assert entry.revision(file.id, 1) == first
    assert entry.revision(file.id, 9) is None
    assert head(PELITA3, file.id).title == case_pn().title


def test_the_same_case_is_not_saved_twice(office_db: Path) -> None:
    file = walk.new_file()
    fo = sit_down(Role.FO)
    first = entry.save(fo, file, case_pn(), 0, new_key())
    assert entry.save(fo, file, from_json(to_json(case_pn())), 1, new_key()) == first
    assert len(entry.revisions(file.id)) == 1


def test_the_same_press_twice_is_one_revision(office_db: Path) -> None:
    file, key = walk.new_file(), new_key()
    fo = sit_down(Role.FO)
    entry.save(fo, file, Case(route=Route.PN), 0, new_key())
    first = entry.save(fo, file, case_pn(), 1, key)
    newer = entry.save(fo, file, case_pa(), 2, new_key())
    assert entry.save(fo, file, case_pn(), 1, key) == first, "the lost answer comes, nothing is overwritten"
    assert entry.latest(file.id) == newer


def test_who_typed_on_an_older_revision_is_told_and_overwrites_nothing(office_db: Path) -> None:
    file = walk.new_file()
    fo = sit_down(Role.FO)
    entry.save(fo, file, Case(route=Route.PN), 0, new_key())
    saved = entry.save(fo, file, case_pn(), 1, new_key())
    with pytest.raises(Conflict, match="Yang Anda ketik tetap ada"):
        entry.save(fo, file, case_pa(), 1, new_key())
    assert entry.latest(file.id) == saved


def test_only_in_its_stages_and_by_its_roles_is_an_entry_written(file_at: At) -> None:
    file = file_at("DI_KASI")
    sit_down(Role.KASI)
    newest = entry.latest(file.id)
    assert newest is not None
    for role in (Role.FO, Role.EDITOR, Role.KASI, Role.KADIS):
        with pytest.raises(Refused, match="tidak dapat ditambahkan"):
            entry.save(sit_down(role), file, Case(route=Route.PA), newest.rev, new_key())
    sit_down(Role.KASI)
    assert entry.latest(file.id) == newest


def test_an_entry_that_moved_on_is_told(office_db: Path) -> None:
    file = walk.new_file()
    fo = sit_down(Role.FO)
    moved = walk.act(fo, file, "batalkan", "pemohon membatalkan")
    assert moved.stage.key == "BATAL"
    with pytest.raises(Refused):
        entry.save(fo, file, case_pn(), 0, new_key())


def test_another_open_file_of_the_same_person_is_found(office_db: Path) -> None:
    nik = case_pn().wife.nik
    files = [walk.new_file() for _ in range(3)]
    fo = sit_down(Role.FO)
    for file in files:
        entry.save(fo, file, case_pn(), 0, new_key())
    walk.act(fo, files[2], "batalkan", "ganda")
    assert entry.others_with_nik(files[0].id, nik) == [files[1].number]
    assert entry.others_with_nik(files[0].id, case_pn().husband.nik) == [files[1].number]
    assert entry.others_with_nik(files[0].id, nik[:-1]) == [], "an unfinished NIK asks nothing"
    assert entry.others_with_nik(files[0].id, "1471010101900001") == []


def test_a_value_is_reached_by_its_path_or_not_at_all() -> None:
    case = with_value(case_pn(), "members.0.name", "GABRIEL BARU")
    assert value_at(case, "members.0.name") == "GABRIEL BARU"
    assert value_at(with_value(case, "decision.date", date(2026, 1, 2)), "decision.date") == date(2026, 1, 2)
    only = replace(case, members=(Member(name="SATU"),))
    assert value_at(with_value(only, "members.0", Member(name="DUA")), "members.0.name") == "DUA"
    for path in ("members.9.name", "members.x.name", "tidak.ada", "husband.tidak_ada"):
        with pytest.raises(KeyError):
            value_at(case, path)
    for path in ("members.9.name", "tidak_ada", "husband.tidak_ada"):
        with pytest.raises(KeyError):
            with_value(case, path, "x")
