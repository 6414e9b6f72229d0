"""Verification names the first bad line, whatever was tampered with, and seals show what chains alone cannot."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from peewee import PeeweeException

from app.errors import Conflict, Refused
from app.jobs.workshop import Workshop
from app.models import base
from app.models.tables_berkas import Berkas, Contact, Entry, Finding, Note, Paraf
from app.models.tables_papers import Blob, Draft, Paper
from app.models.tables_seal import Seal, SealCount, SealedHead, SealedOfficer, SealPart
from app.services import (
    absences,
    accounts,
    berkas,
    calendar_days,
    catalogue,
    evidence,
    evidence_rows,
    intake,
    reading_log,
    seal_check,
    seals,
)
from app.services.accounts import NewOfficer
from app.services.berkas import Head
from app.services.evidence import Report, verify_all
from app.services.intake import FindingRow
from app.services.keys import new_key
from app.services.seals import SealRow
from app.sop.model import Role
from tests.support import forge, walk
from tests.support.office import PASSWORD, Clock, sit_down
from tests.support.service import serving, undone, unguarded_anywhere

MONDAY = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)


def full(*, documents: bool = False) -> Report:
    """As the server's service, or on an office of its own as anybody."""
    with serving():
        return verify_all(documents=documents)


def unseen() -> Report:
    """As the administrator in the window: on a server no content is shown to him."""
    sit_down("admin")
    return verify_all()


def sealed(day: date | None = None) -> SealRow:
    """The day sealed by whoever does it: the server's service, or the administrator of an office of its own."""
    if base.on_server():
        with serving():
            return seals.seal_day(day or seals.today(), new_key())
    sit_down("admin")
    return seals.seal_day(day or seals.today(), new_key())


def tables_in(sql: str) -> list[str]:
    """The tables that a statement changes."""
    return re.findall(r"(?:^update|^delete from|^insert into) (\w+)", sql)


def send_back(file: Head) -> Head:
    """A line with a remark."""
    kasi = sit_down(Role.KASI)
    wrong = (FindingRow("wife.name", "Kurang satu huruf L", "Tambahkan"),)
    intake.add_findings(kasi, file, wrong, new_key())
    return walk.act(kasi, file, "kembali_editor", "Nama istri kurang satu huruf")


@pytest.fixture
def two(office_db: Path, shop: Workshop, clock: Clock) -> tuple[Head, Head]:
    """A file that the Kasi holds and one just registered, made on a Monday."""
    clock.at = MONDAY
    return walk.walk_to("DI_KASI", shop), walk.new_file()


class TestWhole:
    def test_an_empty_office_is_whole(self, office_db: Path) -> None:
        found = full()
        assert found.whole
        assert (found.files, found.lines, found.seals) == (0, 0, 0)

    def test_every_line_and_seal_and_document_is_counted(self, two: tuple[Head, Head]) -> None:
        sealed()
        found = full(documents=True)
        assert found.whole, found.first
        assert (found.files, found.lines, found.seals) == (2, two[0].n + two[1].n, 1)
        assert found.documents > 5
        assert found.mode == "full"

    def test_the_administrator_finds_the_same_without_seeing_contents(self, two: tuple[Head, Head]) -> None:
        sealed()
        found, whole = unseen(), full()
        assert found.whole, found.first
        assert (found.files, found.lines, found.seals) == (whole.files, whole.lines, whole.seals)
        assert found.mode == ("blind" if base.on_server() else "full")

    def test_handfuls_of_one_file_find_the_same(self, two: tuple[Head, Head], monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(evidence_rows.sheaves, "__defaults__", (1,))
        assert full().lines == two[0].n + two[1].n

    def test_it_can_be_stopped_and_says_so(self, two: tuple[Head, Head]) -> None:
        class Stop:
            stop_asked = True

            def report(self, done: int, total: int, text: str) -> None:
                raise AssertionError

        with serving():
            found = verify_all(Stop())
        assert not found.complete
        assert not found.whole
        assert found.files == 0

    def test_it_tells_how_far_it_is(self, two: tuple[Head, Head]) -> None:
        said = []

        class Watch:
            stop_asked = False

            def report(self, done: int, total: int, text: str) -> None:
                said.append((done, total, text))

        sealed()
        with serving():
            verify_all(Watch(), documents=True)
        assert said[0] == (2, 2, f"Kartu {two[1].number}")
        assert said[1] == (1, 1, "Segel 2026-11-23")
        assert said[-1][0] == said[-1][1], "every document"


CASES: dict[str, tuple[str, str, int | None, str]] = {
    "remark": ("update paraf set note = 'diubah' where berkas_id = ? and n = 2", "both", 2, "Sidik baris"),
    "who": ("update paraf set actor = 'dedi' where berkas_id = ? and n = 3", "both", 3, "Sidik baris"),
    "when": ("update paraf set at_us = at_us - 1 where berkas_id = ? and n = 3", "both", 3, "Sidik baris"),
    "key": ("update paraf set key = 'kunci-lain-1' where berkas_id = ? and n = 4", "both", 4, "Sidik baris"),
    "line gone": ("delete from paraf where berkas_id = ? and n = 3", "both", 3, "Nomor baris"),
    "number": ("update berkas set number = 'P3-2605-9999-9' where id = ?", "both", 1, "Sidik baris"),
    "maker": ("update berkas set made_by = 'dedi' where id = ?", "both", 1, "Sidik baris"),
    "stage": ("update berkas set stage = 'SELESAI' where id = ?", "both", 7, "Kepala berkas"),
    "contact": ("update contact set email = 'lain@contoh.id' where berkas_id = ?", "both", 3, "Catatan yang diikat"),
    "tick": ("update requirement_check set verdict = 'BAD' where berkas_id = ?", "both", 3, "Catatan yang diikat"),
    "seen": ("delete from confirmation where berkas_id = ?", "both", 5, "Catatan yang diikat"),
    "entry": ('update entry set data = \'{"route": "PA"}\' where berkas_id = ? and rev = 2', "both", 4, "Isian atau"),
    "draft": ("update draft set manifest = '[]' where berkas_id = ?", "both", 4, "Isian atau draf"),
    "bytes": (
        "update blob set data = ? where sha256 in (select min(sha256) from paper where berkas_id = 1)",
        "full",
        None,
        "berbeda dari sidiknya",
    ),
    "bytes gone": (
        "delete from blob where sha256 in (select min(sha256) from paper where berkas_id = ?)",
        "both",
        None,
        "dokumen hilang",
    ),
    "head gone": ("delete from berkas where id = ?", "both", None, "tidak lagi punya kepala"),
}


def test_whatever_is_changed_is_named_with_its_first_line(two: tuple[Head, Head], office_db: Path) -> None:
    assert full(documents=True).whole
    for case, (sql, who, line, reason) in CASES.items():
        with undone(office_db, *tables_in(sql)):
            unguarded_anywhere(office_db, sql, b"lain" if case == "bytes" else two[0].id)
            for found in [full(documents=True), *([unseen()] if who == "both" else [])]:
                assert not found.whole, case
                first = found.first[0]
                assert reason in first.reason, case
                assert (first.line, found.bad) == (line, 1), case
                assert first.where == two[0].number or case in {"number", "head gone"}, case
                assert "RUSAK" in str(first)
    assert full(documents=True).whole


def test_a_forger_who_recomputes_the_chain_is_found_by_the_seal(two: tuple[Head, Head], office_db: Path) -> None:
    made = sealed()
    forge.rewrite(office_db, two[0].id, 2, "ditulis kemudian")
    for found in (full(), unseen()):
        assert [(b.where, b.line) for b in found.first] == [(two[0].number, two[0].n)]
        assert found.first[0].reason == f"Baris ini berbeda dari yang disegel {made.day.isoformat()}."


def test_without_a_seal_a_skilled_forgery_holds_which_is_why_there_are_seals(
    two: tuple[Head, Head], office_db: Path
) -> None:
    forge.rewrite(office_db, two[0].id, 2, "ditulis kemudian")
    assert full().whole


def test_lines_that_were_sealed_and_are_gone(two: tuple[Head, Head], office_db: Path) -> None:
    sealed()
    for table in ("paraf", "requirement_check", "contact"):
        unguarded_anywhere(office_db, f"delete from {table} where berkas_id = ?", two[1].id)  # noqa: S608
    unguarded_anywhere(office_db, "delete from berkas where id = ?", two[1].id)
    for found in (full(), unseen()):
        assert found.first[0].reason == "Berkas yang disegel 2026-11-23 sudah tidak ada."


def test_a_card_that_was_cut_back_skilfully_is_shorter_than_its_seal(two: tuple[Head, Head], office_db: Path) -> None:
    sealed()
    with serving():
        last, before = Paraf.select().where(Paraf.berkas_id == two[0].id).order_by(Paraf.n.desc()).limit(2)
    unguarded_anywhere(office_db, "delete from paraf where id = ?", last.id)
    unguarded_anywhere(
        office_db, "update berkas set n = ?, head = ?, stage = ? where id = ?", before.n, before.hash, before.to_stage,
        two[0].id,
    )  # fmt: skip
    for found in (full(), unseen()):
        [bad] = found.first
        assert (bad.where, bad.line) == (two[0].number, last.n)
        assert bad.reason == "Baris yang disegel 2026-11-23 sudah tidak ada."


def test_faults_beyond_the_first_are_counted(
    two: tuple[Head, Head], office_db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    unguarded_anywhere(office_db, "update paraf set note = 'x' where n = 2")
    monkeypatch.setattr(evidence, "SHOWN", 1)
    found = full()
    assert (found.bad, len(found.first)) == (2, 1)


def test_a_part_of_a_seal_that_this_program_does_not_know_is_said(two: tuple[Head, Head], office_db: Path) -> None:
    sealed()
    unguarded_anywhere(office_db, "update seal_part set tbl = 'dari_masa_depan' where tbl = 'office'")
    assert any("tidak dikenal program ini" in b.reason for b in full().first)


def test_a_line_dated_before_a_seal_that_lacks_it_wants_a_look(
    two: tuple[Head, Head], office_db: Path, clock: Clock
) -> None:
    sealed()
    clock.at = MONDAY + timedelta(days=1)
    send_back(two[0])
    assert full().notes == ()
    forge.slip_in(office_db, two[1].id, base.micros(MONDAY) - 60_000_000)
    for found in (full(), unseen()):
        assert found.whole, "the chain itself holds"
        assert len(found.notes) == 1
        assert f"{two[1].number} baris {two[1].n + 1}" in found.notes[0]
    sealed()
    assert full().notes, "also when a later seal covers it"


def test_where_a_remark_is_hidden_the_server_judges(two: tuple[Head, Head], office_db: Path, clock: Clock) -> None:
    send_back(two[0])
    found = unseen()
    assert found.whole
    assert found.trusted == (1 if base.on_server() else 0)
    unguarded_anywhere(office_db, "update paraf set note = 'lain sekali' where note <> ''")
    found = unseen()
    assert (found.first[0].where, found.first[0].line) == (two[0].number, two[0].n + 1)


SPOILT: dict[str, tuple[str, str]] = {
    "digest": ("update seal_part set digest = 'x' where tbl = 'officer' and seal_id = 1", "rantai segel"),
    "seal": ("update seal set made_us = made_us + 1 where id = 1", "rantai segel"),
    "numbers": ("update seal_count set many = 999 where name = 'files' and seal_id = 1", "Isi angka harian berbeda"),
    "name": ("update officer set name = 'Orang Lain' where login = 'rina'", "Isi data petugas berbeda"),
    "role": ("update assignment set role = 'KADIS' where login = 'rina'", "Isi penugasan berbeda"),
    "office": ("update office set data = '{}'", "Isi data kantor berbeda"),
    "reading": ("delete from read_log where id = (select min(id) from read_log)", "Isi jejak baca berbeda"),
    "head": ("update sealed_head set head = 'x' where seal_id = 1 and berkas_id = 1", "berbeda dari yang disegel"),
    "part gone": ("delete from seal_part where tbl = 'office' and seal_id = 1", "rantai segel"),
}


def test_what_a_seal_binds_cannot_be_changed_unseen(two: tuple[Head, Head], office_db: Path, clock: Clock) -> None:
    sit_down(Role.FO)
    berkas.log_reading(two[1].id, "berkas", "memeriksa kembali")
    berkas.log_reading(two[1].id, "berkas", "memeriksa lagi")
    sealed()
    clock.at = MONDAY + timedelta(days=1)
    sealed()
    assert full().whole
    for case, (sql, reason) in SPOILT.items():
        with undone(office_db, *tables_in(sql)):
            unguarded_anywhere(office_db, sql)
            for found in (full(), unseen()):
                assert any(reason in b.reason for b in found.first), (case, found.first)
                assert "2026-11-23" in str(found.first[-1]) or case == "seal", case
    assert full().whole


def test_a_seal_that_is_taken_out_breaks_the_next(two: tuple[Head, Head], office_db: Path, clock: Clock) -> None:
    sealed()
    clock.at = MONDAY + timedelta(days=1)
    sealed()
    unguarded_anywhere(office_db, "delete from seal where id = 1")
    assert any("Segel 2026-11-24" in str(b) for b in full().first)


def test_a_row_slipped_in_behind_a_seal_is_one_too_many(office_db: Path, clock: Clock, shop: Workshop) -> None:
    clock.at = MONDAY
    file = walk.new_file()
    sit_down(Role.FO)
    for i in range(3):
        berkas.log_reading(file.id, "berkas", f"memeriksa ke-{i}")
    unguarded_anywhere(office_db, "delete from read_log where why = 'memeriksa ke-1'")
    sealed()
    assert full().whole
    override = " overriding system value" if base.on_server() else ""
    row = "(id, login, berkas_id, what, why, made_us)" + override + " values (2, 'dedi', 1, 'berkas', '', 1)"
    unguarded_anywhere(office_db, "insert into read_log" + row)
    assert any("jejak baca" in b.reason for b in full().first)


class TestSealing:
    def test_the_same_press_twice_is_one_seal(self, two: tuple[Head, Head]) -> None:
        key = new_key()
        with serving():
            base.session.actor = "" if base.on_server() else "admin"
            assert seals.seal_day(seals.today(), key) == seals.seal_day(seals.today(), key)
        sit_down("admin")
        assert len(seals.seals()) == 1

    def test_a_day_is_sealed_once_and_none_is_sealed_backwards(self, two: tuple[Head, Head]) -> None:
        made = sealed()
        for day in (made.day, made.day - timedelta(days=3)):
            with pytest.raises(Conflict, match="sudah disegel"):
                sealed(day)

    def test_a_day_that_has_not_come_is_not_sealed(self, two: tuple[Head, Head]) -> None:
        with pytest.raises(Refused, match="belum selesai"):
            sealed(seals.today() + timedelta(days=1))

    @pytest.mark.parametrize("login", ["rina", "zulfikar", "nurlaila", "pos"])
    def test_no_officer_seals(self, two: tuple[Head, Head], login: str) -> None:
        sit_down(login)
        with pytest.raises((Refused, PeeweeException)):
            seals.seal_day(seals.today(), new_key())

    def test_what_a_seal_wrote_stays(self, two: tuple[Head, Head], office_db: Path) -> None:
        sealed()
        with serving():
            columns: list[Any] = [Seal.day, SealPart.many, SealCount.many, SealedHead.n, SealedOfficer.seal_id]
            for column in columns:
                for change in (column.model.delete(), column.model.update({column: 9})):
                    with pytest.raises(PeeweeException):
                        change.execute()
        assert full().whole

    def test_numbers_of_the_day(self, two: tuple[Head, Head], clock: Clock) -> None:
        made = sealed()
        assert made.counts["stage", "DI_KASI"] == 1
        assert made.counts["action", "ajukan"] == 2
        assert made.total("files") == 2
        clock.at = MONDAY + timedelta(days=1)
        second = sealed()
        assert ("action", "ajukan") not in second.counts, "each line is counted on one day only"
        assert second.previous == made.seal
        assert (made.files, second.files) == (2, 0)

    @pytest.mark.sqlite_only
    def test_the_program_seals_a_day_that_is_over_by_itself(self, two: tuple[Head, Head], clock: Clock) -> None:
        accounts.log_out()
        assert seals.seal_ended_day(new_key()) is None, "the day is not over"
        with pytest.raises(Refused, match="belum selesai"):
            seals.seal_day(seals.today(), new_key())
        clock.at = MONDAY + timedelta(days=3)
        made = seals.seal_ended_day(new_key())
        assert made is not None
        assert (made.day, made.made_by) == (date(2026, 11, 23), "Program")
        assert seals.seal_ended_day(new_key()) is None, "nothing happened since"
        assert full().whole

    @pytest.mark.postgres_only
    def test_on_a_server_the_program_leaves_it_to_the_night(self, two: tuple[Head, Head], clock: Clock) -> None:
        clock.at = MONDAY + timedelta(days=3)
        assert seals.seal_ended_day(new_key()) is None

    def test_a_seal_is_found_from_paper(self, two: tuple[Head, Head]) -> None:
        made = sealed()
        sit_down("admin")
        for text in (made.code, made.seal, seals.grouped(made.seal).upper(), seals.short(made.seal)):
            assert seals.find(text).id == made.id
        assert seals.newest() == made

    def test_a_seal_that_is_not_ours_is_told_loudly(self, two: tuple[Head, Head]) -> None:
        made = sealed()
        sit_down("admin")
        other = made.seal[::-1]
        for text in (other, f"SEGEL:{made.day}:{other}", made.code.replace("11-23", "11-22")):
            with pytest.raises(Refused, match="TIDAK ADA"):
                seals.find(text)
        with pytest.raises(Refused, match="paling sedikit 16"):
            seals.find(made.seal[:12])


def test_lines_that_waited_long_for_their_commit_are_told_for_a_week(
    two: tuple[Head, Head], office_db: Path, clock: Clock
) -> None:
    sealed()
    # The test's clock is not the one by which a server's transactions are committed.
    unguarded_anywhere(office_db, "delete from paraf_lag")
    with serving():
        assert seals.held() == ()
        line = Paraf.get(Paraf.berkas_id == two[0].id, Paraf.n == 3).id
    unguarded_anywhere(office_db, "insert into paraf_lag(paraf_id, seal_id, lag_us) values (?, 1, 63000000)", line)
    with serving():
        [said] = seals.held()
    assert said.startswith("1 paraf tertahan")
    assert f"terlama 63 detik: {two[0].number} baris 3" in said
    sit_down("admin")
    assert len(seals.held()) == 1, "the administrator hears of it, too"
    clock.at = MONDAY + timedelta(days=9)
    with serving():
        assert seals.held() == ()


class TestRemembered:
    def test_what_was_found_is_kept_and_shown(self, two: tuple[Head, Head], office_db: Path) -> None:
        sit_down("admin")
        assert evidence.last_check() is None
        evidence.remember(unseen())
        past = evidence.last_check()
        assert past is not None
        assert (past.by, past.report.files, past.report.bad, past.first_bad) == ("Administrator", 2, 0, "")
        unguarded_anywhere(office_db, "update paraf set actor = 'dedi' where n = 2")
        with serving():
            evidence.remember(verify_all())
        sit_down("admin")
        past = evidence.last_check()
        assert past is not None
        assert past.report.bad == 2
        assert past.first_bad.startswith(f"{two[0].number} RUSAK di baris 2")
        assert past.by == ("Server" if base.on_server() else "Program")

    def test_only_those_who_verify_write_it_down(self, two: tuple[Head, Head]) -> None:
        found = full()
        sit_down("rina")
        with pytest.raises(Refused, match="auditor"):
            evidence.remember(found)

    @pytest.mark.postgres_only
    def test_who_sees_no_contents_cannot_claim_a_full_verification(self, two: tuple[Head, Head]) -> None:
        found = full()
        sit_down("admin")
        evidence.remember(found)
        past = evidence.last_check()
        assert past is not None
        assert past.report.mode == "blind"


class TestAuditor:
    @pytest.fixture
    def auditor(self, two: tuple[Head, Head]) -> None:
        sit_down("admin")
        person = NewOfficer("audi", "Audi Pratama", (Role.AUDITOR,), PASSWORD, must_change=False)
        accounts.add_officer(person, new_key())
        base.session.actor = "audi"

    def test_verifies_and_keeps_it(self, auditor: None) -> None:
        found = verify_all()
        assert found.whole
        assert found.files == 2
        evidence.remember(found)
        assert evidence.last_check() is not None

    @pytest.mark.postgres_only
    @pytest.mark.parametrize("model", [Berkas, Paraf, Entry, Contact, Note, Finding, Paper, Blob, Draft])
    def test_sees_nothing_of_the_files(self, auditor: None, model: type[base.Table]) -> None:
        assert model.select().count() == 0

    @pytest.mark.postgres_only
    def test_what_he_is_given_holds_no_name_number_or_remark(self, auditor: None, two: tuple[Head, Head]) -> None:
        given = ""
        for function in ("evidence_heads", "evidence_lines", "evidence_lost"):
            given += repr(base.db.execute_sql(f"select * from {function}(1, 100)").fetchall())  # noqa: S608  as below
        assert two[0].number in given
        for secret in ("SITORUS", "Hutapea", "HUTAPEA", "1471071403840003", "contoh.id", "0812"):
            assert secret not in given


@pytest.mark.postgres_only
@pytest.mark.parametrize(
    "function", ["evidence_heads(1, 9)", "evidence_lines(1, 9)", "evidence_lost(1, 9)", "evidence_size()"]
)
@pytest.mark.parametrize("login", ["rina", "zulfikar", "nurlaila"])
def test_other_roles_are_not_given_evidence(two: tuple[Head, Head], login: str, function: str) -> None:
    sit_down(login)
    with pytest.raises(Refused, match="auditor"), base.told():
        base.db.execute_sql(f"select * from {function}")  # noqa: S608  our own names


class TestWhatTheOfficeKeeps:
    """Calendar, absences, lists and exports: one row of each is sealed, and each is missed when it is changed."""

    @pytest.fixture
    def kept(self, two: tuple[Head, Head]) -> SealRow:
        sit_down("admin")
        calendar_days.set_days([calendar_days.Day(date(2026, 12, 24), "Libur kantor", closed=True)], new_key())
        calendar_days.accept_year(2027, "SKB 3 Menteri", new_key())
        calendar_days.set_period("Ramadan", date(2027, 2, 8), date(2027, 3, 9), calendar_days.usual().week, new_key())
        absences.be_absent("dedi", date(2026, 11, 25), date(2026, 11, 26), "cuti tahunan", new_key())
        absences.come_back(absences.absences()[0].id, "kembali lebih awal", new_key())
        catalogue.set_option("occupation", "PEMANDU WISATA", "Pemandu wisata", new_key())
        catalogue.set_problem(catalogue.Problem("kk", "Kartu Keluarga sobek", "Minta salinan di kelurahan"), new_key())
        reading_log.export(reading_log.Wanted(), new_key())
        return sealed()

    def test_each_table_is_bound(self, kept: SealRow, office_db: Path) -> None:
        assert full().whole
        assert unseen().whole
        bound = {p.tbl for p in SealPart.select(SealPart.tbl).where(SealPart.seal_id == kept.id)}
        admin = {
            "calendar_day", "calendar_year", "office_period", "absence", "absence_end", "catalogue_option",
            "catalogue_problem", "log_export",
        }  # fmt: skip
        assert admin <= bound
        assert bound - {"sealed_head", "paraf_lag", "officer", "seal_count"} <= set(seal_check.TABLES)
        for table in sorted(admin):
            with undone(office_db, table):
                unguarded_anywhere(office_db, f"update {table} set made_us = made_us + 1")  # noqa: S608  our own names
                assert seal_check.LABELS[table] in full().first[0].reason, table

    def test_the_same_rows_give_the_same_digest_on_every_engine(self, kept: SealRow) -> None:
        """The SQL that seals and the Python that verifies were written apart; here they agree table by table."""
        with serving():
            row = Seal.get_by_id(kept.id)
            assert list(seal_check.wrong(row, None)) == []
