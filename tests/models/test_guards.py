"""What the database refuses by itself, whoever asks; each rule on both engines."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.errors import Conflict, Refused
from app.jobs.workshop import Workshop
from app.models import base
from app.models.tables_berkas import Berkas, Paraf
from app.models.tables_officers import Office
from app.services import accounts, card, entry, intake, papers, queue
from app.services import act as acting
from app.services.accounts import Who
from app.services.berkas import Contact, head
from app.services.case import Case
from app.services.keys import new_key
from app.sop.model import Channel, Role
from app.sop.pelita3 import PELITA3
from tests.support import line, walk
from tests.support.cases import case_pn
from tests.support.office import Clock, all_seeing, appoint, sit_down
from tests.support.ready import At
from tests.support.tamper import spoken, unguarded


def press(who: Who, berkas_id: int, action: str, expects: int, note: str = "") -> acting.Moved:
    return acting.act(who, berkas_id, action, expects, new_key(), note)


def test_no_step_can_be_skipped(office_db: Path) -> None:
    file = walk.new_file()
    for role, action in [(Role.KADIS, "tte"), (Role.KASI, "paraf_kasi"), (Role.FO, "cetak_draf"), (Role.FO, "kirim")]:
        with pytest.raises(Refused):
            press(sit_down(role), file.id, action, file.n)
    assert head(PELITA3, file.id).n == file.n


def test_a_role_that_is_only_claimed_does_not_count(file_at: At) -> None:
    file = file_at("KE_KASI")
    fo = sit_down(Role.FO)
    with pytest.raises(Refused, match="bukan untuk peran Anda"):
        acting.act(Who(fo.login, fo.name, Role.KASI, fo.hat), file.id, "terima_kasi", file.n, new_key())


def test_the_same_press_twice_is_one_line(office_db: Path) -> None:
    fo = sit_down(Role.FO)
    ticket = line.called(fo)
    fo, key = line.seat(fo, ticket.id), new_key()
    first = intake.register_ticket(PELITA3, fo, ticket.id, key)
    again = intake.register_ticket(PELITA3, fo, ticket.id, key)
    assert first == again
    assert Paraf.select().where(Paraf.berkas_id == first.id).count() == 2


def test_a_key_of_another_press_is_a_conflict(office_db: Path) -> None:
    a, b = walk.new_file(), walk.new_file()
    fo, key = sit_down(Role.FO), new_key()
    acting.act(fo, a.id, "batalkan", a.n, key, "salah nomor antrean")
    with pytest.raises(Conflict):
        acting.act(fo, b.id, "batalkan", b.n, key, "salah nomor antrean")


def test_who_comes_second_is_told_and_changes_nothing(file_at: At) -> None:
    file = file_at("KE_KASI")
    kasi = sit_down(Role.KASI)
    press(kasi, file.id, "terima_kasi", file.n)
    with pytest.raises(Conflict):
        press(kasi, file.id, "terima_kasi", file.n)
    assert head(PELITA3, file.id).n == file.n + 1


def test_one_ticket_is_one_file(office_db: Path) -> None:
    ticket = line.called(sit_down("rina"))
    intake.register_ticket(PELITA3, line.seat(sit_down("rina"), ticket.id), ticket.id, new_key())
    with pytest.raises(Conflict, match="sudah didaftarkan"):
        intake.register_ticket(PELITA3, line.seat(sit_down("dedi"), ticket.id), ticket.id, new_key())


def test_a_held_file_moves_only_by_its_holder_until_taken_over(office_db: Path, shop: Workshop) -> None:
    file = walk.complete(walk.new_file(), case_pn())
    dedi = sit_down("dedi")
    with pytest.raises(Refused, match="dipegang petugas lain"):
        press(dedi, file.id, "cetak_draf", file.n)
    with pytest.raises(Refused):
        entry.save(dedi, file, case_pn(), 1, new_key())
    with pytest.raises(Refused, match="alasan"):
        press(dedi, file.id, "ambil_alih", file.n)
    press(dedi, file.id, "ambil_alih", file.n, "Rina sedang cuti")
    taken = head(PELITA3, file.id)
    assert (taken.holder, taken.stage.key) == ("dedi", "ENTRI")
    with pytest.raises(Refused, match="sudah Anda pegang"):
        press(dedi, file.id, "ambil_alih", taken.n, "sekali lagi")
    with pytest.raises(Refused, match="dipegang petugas lain"):
        press(sit_down("rina"), file.id, "cetak_draf", taken.n)


def test_who_typed_cannot_initial_even_as_acting_head(file_at: At) -> None:
    file = file_at("KE_KASI")
    appoint("rina", Role.KASI)
    rina = sit_down("rina")
    plh = Who(rina.login, rina.name, Role.KASI, rina.hat)
    press(plh, file.id, "terima_kasi", file.n)
    file = head(PELITA3, file.id)
    walk.see_all(plh, file)
    with pytest.raises(Refused, match="tidak boleh memeriksa"):
        press(plh, file.id, "paraf_kasi", file.n)


def test_an_office_too_small_may_lift_four_eyes_and_every_card_says_so(file_at: At) -> None:
    file = file_at("KE_KASI")
    appoint("rina", Role.KASI)
    sit_down(Role.ADMIN)
    accounts.save_office(replace(accounts.load_office(), four_eyes=False))
    rina = sit_down("rina")
    plh = Who(rina.login, rina.name, Role.KASI, rina.hat)
    press(plh, file.id, "terima_kasi", file.n)
    file = head(PELITA3, file.id)
    walk.see_all(plh, file)
    press(plh, file.id, "paraf_kasi", file.n)
    last = card.lines(PELITA3, file.id)[-1]
    assert last.waived
    assert last.acting == "PLH SK 821/114"
    assert card.verify(file.id).whole


def test_no_paraf_before_every_page_was_seen(file_at: At) -> None:
    file = file_at("DI_KASI")
    kasi = sit_down(Role.KASI)
    pages = [(sha, p) for sha, n in papers.must_see(file.id).items() for p in range(1, n + 1)]
    papers.record_seen(kasi, file.id, pages[:-1])
    with pytest.raises(Refused, match="belum Anda lihat"):
        press(kasi, file.id, "paraf_kasi", file.n)
    papers.record_seen(kasi, file.id, [*pages, *pages])
    assert papers.seen(kasi, file.id) == frozenset(pages)
    assert press(kasi, file.id, "paraf_kasi", file.n).stage == "KE_KABID"


def test_what_the_kasi_saw_does_not_count_for_the_kabid(file_at: At) -> None:
    file = file_at("DI_KABID")
    with pytest.raises(Refused, match="belum Anda lihat"):
        press(sit_down(Role.KABID), file.id, "paraf_kabid", file.n)


def test_no_draft_of_an_older_entry(office_db: Path, shop: Workshop) -> None:
    file = walk.complete(walk.new_file(), case_pn())
    fo = sit_down(Role.FO)
    entry.save(fo, file, case_pn(), 1, new_key())
    paper = papers.NewPaper("document", "akta-suami", "Akta", walk.SCAN, 1, sign=True)
    papers.freeze(fo, file.id, 2, [paper], new_key())
    entry.save(fo, file, Case(route=case_pn().route), 2, new_key())
    with pytest.raises(Refused, match="Cetak draf dari isian terakhir"):
        press(fo, file.id, "cetak_draf", file.n)


def test_nothing_is_signed_by_saying_so(file_at: At) -> None:
    file = file_at("DI_KADIS")
    kadis = sit_down(Role.KADIS)
    with pytest.raises(Refused, match="bertanda tangan"):
        press(kadis, file.id, "tte", file.n)
    with pytest.raises(Refused):
        papers.store(
            kadis,
            file.id,
            papers.NewPaper("signed", "akta-suami", "Akta", b"%PDF-1.4 x", 1, source="0" * 64),
            new_key(),
            1,
        )


def test_an_incomplete_file_does_not_go_on(office_db: Path) -> None:
    file = walk.new_file()
    fo = sit_down(Role.FO)
    with pytest.raises(Refused, match="Pengadilan Negeri atau Pengadilan Agama"):
        press(fo, file.id, "lengkap_loket", file.n)
    entry.save(fo, file, Case(route=case_pn().route), 0, new_key())
    with pytest.raises(Refused, match="surel"):
        press(fo, file.id, "lengkap_loket", file.n)
    intake.set_contact(fo, file, Contact("a@contoh.id"), new_key())
    with pytest.raises(Refused, match="persyaratan"):
        press(fo, file.id, "lengkap_loket", file.n)
    with pytest.raises(Refused, match="salah atau kurang"):
        press(fo, file.id, "kurang_loket", file.n)


def test_the_applicants_time_is_neither_before_nor_after(office_db: Path, clock: Clock) -> None:
    clock.at = datetime(2026, 5, 12, 3, tzinfo=UTC)
    file = walk.new_file()
    fo = sit_down(Role.FO)
    intake.add_findings(fo, file, [intake.FindingRow("kk", "KK belum dibawa", "Bawa KK asli")], new_key())
    papers.store(fo, file.id, papers.NewPaper("deficiency", "catatan", "Catatan", walk.SCAN, 1), new_key())
    file = walk.act(fo, file, "kurang_loket")
    for came in (clock.at - timedelta(hours=1), clock.at + timedelta(hours=1)):
        with pytest.raises(Refused, match="Waktu pemohon"):
            intake.answer(fo, file, "KK dibawa", came, new_key())
    clock.at += timedelta(hours=3)
    moved = intake.answer(fo, file, "KK dibawa", clock.at - timedelta(hours=2), new_key())
    assert moved.stage == "VERIFIKASI"


def test_an_old_client_is_turned_away_politely(office_db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = walk.new_file()
    monkeypatch.setattr(acting, "CLIENT", 0)
    with pytest.raises(Refused, match="versi baru"):
        press(sit_down(Role.FO), file.id, "batalkan", file.n, "alasan apa pun")


RAW = [
    "update paraf set note = 'x'", "delete from paraf", "update berkas set stage = 'SELESAI'", "delete from berkas",
    "update entry set data = '{}'", "delete from entry", "update blob set data = x'00'", "delete from paper",
    "update office set data = '{}'", "update password set hash = '$argon2id$x'", "update seen set page = 2",
    "update sop_step set to_stage = 'SELESAI'", "delete from sop_who", "update draft set manifest = '[]'",
    "update assignment set role = 'KADIS'", "update ticket set number = 5",
    "update confirmation set statement = 'x'", "delete from contact", "update requirement_check set verdict = 'OK'",
]  # fmt: skip


@pytest.mark.parametrize("statement", RAW)
def test_what_is_written_stays(file_at: At, statement: str) -> None:
    file = file_at("DI_KASI")
    walk.see_all(sit_down(Role.KASI), file)
    table = statement.split()[1 if statement.startswith("update") else 2]
    with pytest.raises(Refused, match=r"tidak dapat diubah|tidak berwenang"), base.told():
        base.db.execute_sql(spoken(statement))
    with all_seeing():
        # Nor does whoever owns the tables.
        assert base.db.execute_sql(f"select 1 from {table}").fetchone(), "an empty table would prove nothing"  # noqa: S608
        with pytest.raises(Refused, match="tidak dapat diubah"), base.told():
            base.db.execute_sql(spoken(statement))
    assert card.verify(file.id).whole


@pytest.mark.sqlite_only
def test_a_bare_shell_can_add_no_line(office_db: Path) -> None:
    file = walk.new_file()
    with closing(sqlite3.connect(office_db)) as raw, pytest.raises(sqlite3.Error):
        raw.execute(
            "insert into paraf(berkas_id, action, as_role, expects, key, client) "
            "values(?, 'batalkan', 'FO', ?, 'k', 1)",
            (file.id, file.n),
        )


TAMPERED = [
    ("update paraf set note = 'diganti' where n = 3", "Sidik baris"),
    ("update paraf set actor = 'dedi' where n = 4", "Sidik baris"),
    ("update entry set data = replace(data, 'SITORUS', 'SITOHANG') where rev = 2", "Isian atau draf"),
    ("update requirement_check set verdict = 'BAD' where code = 'kk'", "Catatan yang diikat"),
    ("delete from paraf where n = 3", "meloncat"),
    ("update berkas set stage = 'SELESAI'", "Kepala berkas"),
    ("update blob set data = x'00' where sha256 = (select min(sha256) from blob)", "Isi sebuah dokumen"),
    ("update contact set email = 'lain@contoh.id'", "Catatan yang diikat"),
]


@pytest.mark.parametrize(("statement", "reason"), TAMPERED)
def test_who_owns_the_pc_or_the_server_can_edit_but_not_hide_it(
    office_db: Path, file_at: At, statement: str, reason: str
) -> None:
    file = file_at("DRAF")
    unguarded(office_db, statement)
    sit_down(Role.FO)
    found = card.verify(file.id)
    assert not found.whole
    assert reason in found.reason


def test_only_the_administrator_changes_the_office(office_db: Path) -> None:
    sit_down(Role.KADIS)
    with pytest.raises(Refused, match="administrator"):
        accounts.save_office(accounts.load_office())
    with pytest.raises(Refused, match="administrator"):
        accounts.assign("rina", Role.KADIS, new_key())
    assert Office.select().count() == 1


def test_two_files_two_numbers(office_db: Path) -> None:
    numbers = [walk.new_file().number for _ in range(3)]
    assert len(set(numbers)) == 3
    assert Berkas.select().count() == 3


def test_a_stranger_reads_the_names_of_nobody_and_writes_nothing(office_db: Path) -> None:
    base.session.actor = "orang_luar"
    with pytest.raises(Refused):
        queue.issue(new_key())
    assert walk.new_file(Channel.OFFLINE).made_at <= datetime.now(UTC)
