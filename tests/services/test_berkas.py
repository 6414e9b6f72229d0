"""The head of a file: its number, its people, its way in; notes beside it, and who has read it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.errors import Refused
from app.services import berkas, intake
from app.services.berkas import Contact, NoteRow
from app.services.case import Route
from app.services.keys import new_key
from app.sop.model import Channel, Role
from app.sop.numbers import valid
from app.sop.pelita3 import PELITA3
from tests.support import walk
from tests.support.cases import case_pn
from tests.support.office import Clock, sit_down
from tests.support.ready import At


def test_a_walk_ins_file_is_known_by_its_ticket(office_db: Path, clock: Clock) -> None:
    clock.at = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
    file = walk.new_file()
    assert valid(file.number)
    assert file.number.startswith("P3-2611-0001-")
    assert (file.channel, file.stage.key, file.source, file.title, file.route) == (
        Channel.OFFLINE,
        "VERIFIKASI",
        "A-001",
        "",
        Route.UNKNOWN,
    )
    assert (file.holder, file.holder_name, file.made_at, file.moved_at) == (
        "rina",
        "Rina Oktaviani",
        clock.at,
        clock.at,
    )
    assert file.contact == Contact()


def test_an_online_file_is_known_by_its_reference(office_db: Path) -> None:
    file = walk.new_file(Channel.ONLINE)
    assert (file.channel, file.stage.key, file.holder) == (Channel.ONLINE, "DIAJUKAN", "")
    assert file.source.startswith("ONL-")
    assert intake.package_data(file.id)["reporter"] == "WIFE"
    assert intake.package_data(walk.new_file().id) == {}


def test_after_the_entry_the_names_and_the_address_are_in_the_head(file_at: At) -> None:
    file = file_at("DI_KASI")
    assert file.title == case_pn().title
    assert file.route is Route.PN
    assert file.contact == Contact("pemohon@contoh.id", "081200000000", read_back=True)


def test_a_number_is_found_as_it_is_typed_or_scanned(office_db: Path) -> None:
    file = walk.new_file()
    assert berkas.find(PELITA3, f" {file.number.lower()} ") == file
    assert berkas.find(PELITA3, "P3-2601-9999-0") is None


def test_a_file_that_does_not_exist_is_told(office_db: Path) -> None:
    with pytest.raises(Refused, match="Berkas itu tidak ada"):
        berkas.head(PELITA3, 77)


def test_notes_are_the_offices_own_and_stay(office_db: Path, clock: Clock) -> None:
    clock.at = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
    file, key = walk.new_file(), new_key()
    fo = sit_down(Role.FO)
    berkas.add_note(fo, file, "  Pemohon minta dihubungi sore ", key)
    berkas.add_note(fo, file, "Pemohon minta dihubungi sore", key)
    kasi = sit_down(Role.KASI)
    berkas.log_reading(file.id, "berkas", "pemohon bertanya")
    berkas.add_note(kasi, file, "Baik", new_key())
    assert berkas.notes(file.id) == [
        NoteRow("Baik", "Zulfikar Hasan, S.Sos", clock.at),
        NoteRow("Pemohon minta dihubungi sore", "Rina Oktaviani", clock.at),
    ]
    fo = sit_down(Role.FO)
    for text in ("", "x" * 281):
        with pytest.raises(Refused, match="terlalu pendek atau terlalu panjang"):
            berkas.add_note(fo, file, text)
    with pytest.raises(Refused):
        berkas.add_note(sit_down(Role.ADMIN), file, "Bukan urusan saya")


def test_a_note_on_a_file_that_moved_meanwhile_is_kept(office_db: Path) -> None:
    file = walk.new_file()
    fo = sit_down(Role.FO)
    walk.act(fo, file, "batalkan", "pemohon membatalkan")
    berkas.add_note(fo, file, "Pemohon akan kembali tahun depan")
    assert len(berkas.notes(file.id)) == 1


def test_reading_is_written_down_before_it_is_shown(office_db: Path, clock: Clock) -> None:
    clock.at = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
    file = walk.new_file()
    sit_down(Role.KABID)
    for why in ("", "  ", "ya"):
        with pytest.raises(Refused, match="tidak di meja Anda") as refusal:
            berkas.log_reading(file.id, "berkas", why)
        assert refusal.value.code == "why"
    berkas.log_reading(file.id, "berkas", "aduan 17")
    berkas.log_reading(file.id, "pindaian")
    assert berkas.readings(file.id) == [
        NoteRow("pindaian", "Meri Anggraini, S.H.", clock.at),
        NoteRow("berkas: aduan 17", "Meri Anggraini, S.H.", clock.at),
    ]


def test_a_reason_opens_a_file_for_twelve_hours(office_db: Path, clock: Clock) -> None:
    clock.at = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
    file = walk.new_file()
    sit_down(Role.KABID)
    berkas.log_reading(file.id, "berkas", "aduan 17")
    clock.at += timedelta(hours=11, minutes=59)
    berkas.log_reading(file.id, "berkas")
    clock.at += timedelta(hours=12, minutes=1)
    with pytest.raises(Refused, match="tidak di meja Anda"):
        berkas.log_reading(file.id, "berkas")


def test_who_has_a_file_on_his_desk_says_no_reason(file_at: At) -> None:
    file = file_at("DI_KASI")
    for role in (Role.KASI, Role.FO):
        sit_down(role)
        # The Front Office signed a line on it today.
        berkas.log_reading(file.id, "berkas")
    sit_down(Role.KABID)
    assert [r.by for r in berkas.readings(file.id)] == ["Rina Oktaviani", "Zulfikar Hasan, S.Sos"]


def test_who_has_nothing_to_do_with_files_opens_none(office_db: Path) -> None:
    file = walk.new_file()
    sit_down(Role.ADMIN)
    with pytest.raises(Refused, match="tidak membaca berkas"):
        berkas.log_reading(file.id, "berkas", "ingin tahu saja")
