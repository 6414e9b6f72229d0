"""`pelita3 admin server-check`: a fresh server is as it must be; every kind of change is found and named."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.server import certs, check, fingerprint, people, roles, truth
from app.server.fingerprint import Fingerprint
from app.server.making import reload_and_wait
from tests.server.conftest import Made, Superuser

# What somebody with too much power might do, and how the check says it.
TAMPERED = {
    "alter table pelita3.paraf disable trigger paraf_frozen": "Pemicu pelita3.paraf paraf_frozen dimatikan.",
    "drop trigger paraf_kept on pelita3.paraf": "Pemicu pelita3.paraf paraf_kept hilang.",
    "alter table pelita3.paraf enable always trigger paraf_frozen": "Pemicu pelita3.paraf paraf_frozen berubah",
    "alter table pelita3.berkas disable trigger all": "Pemicu pelita3.berkas (kunci asing) berubah",
    "alter table pelita3.berkas disable row level security": "Relasi pelita3.berkas berubah: hilang RLS.",
    "grant update on pelita3.berkas to pelita3_officer": "berubah: tambahan pelita3_officer=UPDATE.",
    "grant select on pelita3.berkas to public": "berubah: tambahan PUBLIC=SELECT.",
    "revoke select on pelita3.paraf from pelita3_officer": "pelita3.paraf berubah: hilang pelita3_officer=SELECT.",
    "grant insert(hash) on pelita3.paraf to pelita3_officer": "Kolom pelita3.paraf.hash berubah: tambahan",
    "alter table pelita3.paraf owner to pelita3_roles": "Relasi pelita3.paraf berubah: tambahan pemilik pelita3_roles",
    "alter table pelita3.officer alter name drop not null": "Kolom pelita3.officer.name berubah",
    "alter table pelita3.officer alter nip set default '1'": "Kolom pelita3.officer.nip berubah",
    "alter table pelita3.officer add bayangan text": "Kolom pelita3.officer.bayangan ditambahkan",
    "alter table pelita3.password drop constraint password_must_change_check": "Batasan pelita3.password",
    "drop index pelita3.assignment_login": "Indeks pelita3.assignment_login hilang.",
    "create table pelita3.simpanan(isi text)": "Relasi pelita3.simpanan ditambahkan",
    "create view public.intip as select * from pelita3.berkas": "Relasi public.intip ditambahkan",
    "alter view pelita3.my_role set (security_invoker = false)": "Relasi pelita3.my_role berubah",
    "create or replace view pelita3.active_officer with (security_invoker = true) as select login from pelita3.officer":
        "Relasi pelita3.active_officer berubah",
    "create or replace function pelita3.may_administer() returns boolean language plpgsql stable security definer "
    "set search_path = pelita3, pg_temp as 'begin return true; end'": "Fungsi pelita3.may_administer() berubah",
    "alter function pelita3.has_role(text) reset search_path": "has_role(text) berubah: hilang search_path=pelita3",
    "alter function pelita3.has_role(text) security invoker": "Fungsi pelita3.has_role(text) berubah",
    "alter function adm.set_password(text, text, text) owner to postgres": "Fungsi adm.set_password(text,text,text)",
    "grant execute on function adm.demand_verifier(text) to public": "demand_verifier(text) berubah: tambahan PUBLIC",
    "grant execute on function pg_advisory_lock(bigint) to public": "Fungsi pg_advisory_lock(bigint) berubah",
    "grant execute on function pg_read_file(text) to public": "Fungsi pg_read_file(text) berubah",
    "create function pelita3.pintu() returns int language sql as 'select 1'": "Fungsi pelita3.pintu() ditambahkan",
    "create policy semua on pelita3.berkas using (true)": "Kebijakan baris pelita3.berkas semua ditambahkan",
    "alter policy own on pelita3.read_log using (true)": "Kebijakan baris pelita3.read_log own berubah",
    "drop policy own on pelita3.login_attempt": "Kebijakan baris pelita3.login_attempt own hilang.",
    "create rule diam as on insert to pelita3.paraf do instead nothing": "Aturan pelita3.paraf diam ditambahkan",
    "grant temporary on database pelita3 to public": "Basis data (ini) berubah: tambahan PUBLIC=TEMPORARY",
    "alter database pelita3 reset statement_timeout": "Setelan basis data (semua) statement_timeout hilang.",
    "alter role p_rina in database pelita3 set lock_timeout = 0": "Setelan basis data p_rina lock_timeout ditambahkan",
    "grant create on schema pelita3 to pelita3_officer": "Skema pelita3 berubah: tambahan pelita3_officer=CREATE.",
    "create schema samping": "Skema samping ditambahkan",
    "grant usage on language plpgsql to public": "Bahasa plpgsql berubah: tambahan PUBLIC=USAGE.",
    "alter default privileges for role pelita3_owner grant select on tables to public": "Hak bawaan pelita3_owner",
    "create extension dblink": "Ekstensi dblink ditambahkan",
    "create type pelita3.warna as enum ('merah')": "Tipe pelita3.warna ditambahkan",
    "create publication bocor for table pelita3.berkas": "Benda lain publikasi bocor ditambahkan",
    "create cast (text as integer) with inout as implicit": "Benda lain cast text ke integer ditambahkan",
}  # fmt: skip

FINE = "Server kantor sesuai dengan yang seharusnya.\n"

ROLES = {
    "alter role pelita3_owner login": "Peran pelita3_owner berubah: boleh masuk; seharusnya tidak boleh masuk.",
    "alter role pelita3_backup password 'rahasia'": "Peran pelita3_backup berubah: boleh masuk, bypassrls, punya sandi",
    "alter role pelita3_officer createrole": "Peran pelita3_officer berubah",
    "alter role pelita3_watch superuser": "Peran pelita3_watch berubah",
    "grant pg_read_all_data to pelita3_officer": "Peran pelita3_officer menjadi anggota pg_read_all_data.",
    "grant pelita3_owner to p_rina": "Peran p_rina menjadi anggota pelita3_owner.",
    "grant p_meri to p_rina": "Peran p_rina menjadi anggota p_meri.",
    "revoke pg_signal_backend from pelita3_watch": "Peran pelita3_watch bukan lagi anggota pg_signal_backend.",
    "create role dewa superuser login": "Peran dewa berkuasa (superuser) dan tidak dikenal.",
    "create role baca in role pg_read_all_data": "Peran baca menjadi anggota pg_read_all_data.",
    "alter role p_rina bypassrls": "Petugas p_rina punya kuasa bypassrls.",
    "alter role p_rina connection limit -1": "Batas sambungan p_rina -1.",
    "create role p_hantu login in role pelita3_officer connection limit 5": "Peran p_hantu bukan petugas mana pun.",
    "set role pelita3_roles; revoke pelita3_officer from p_meri; reset role":
        "Petugas p_meri seharusnya anggota satu kelompok PELITA 3, bukan 0.",
    "alter role p_meri nologin": "Akun meri aktif, tetapi perannya tidak boleh masuk.",
    "alter role p_meri rename to bekas_meri": "Akun meri tidak punya peran masuk p_meri.",
    "grant connect on database postgres to public": "Basis data postgres terbuka bagi semua peran.",
    "grant set on parameter session_replication_role to p_rina": "Setelan session_replication_role dikuasakan",
    "alter role pelita3_owner set search_path = public": "Peran pelita3_owner dipaksa memakai search_path=public.",
}  # fmt: skip


@pytest.fixture(scope="module")
def must(made: Made) -> Fingerprint:
    return truth.expected(made.place)


class TestDatabase:
    def test_the_scratch_leaves_nothing(self, must: Fingerprint, superuser: Superuser) -> None:
        assert len(must) > 3000
        names = {str(n) for (n,) in superuser.execute("select datname from pg_database")}
        assert names == {"postgres", "template0", "template1", "pelita3"}
        assert list(truth.compare(must, fingerprint.take(superuser))) == []

    @pytest.mark.parametrize("start", range(6))
    def test_every_change_is_named_with_what_to_do(self, start: int, must: Fingerprint, superuser: Superuser) -> None:
        changes = list(TAMPERED)[start::6]
        with superuser.transaction(force_rollback=True):
            for change in changes:
                superuser.execute(change.encode())
            found = list(truth.compare(must, fingerprint.take(superuser)))
        for change in changes:
            assert any(TAMPERED[change] in d.text for d in found), [change, *(d.text for d in found)]
        assert all(d.advice for d in found)

    def test_a_line_of_the_sop_that_was_changed_is_named(self, superuser: Superuser) -> None:
        with superuser.transaction(force_rollback=True):
            superuser.execute("alter table pelita3.sop_who disable trigger user")
            superuser.execute("update pelita3.sop_who set role = 'FO' where role = 'KADIS'")
            (found,) = truth.sop(superuser)
        assert "Tabel SOP sop_who berbeda dari program" in found.text
        assert list(truth.sop(superuser)) == []

    def test_a_way_of_the_sop_that_was_changed_is_named(self, superuser: Superuser) -> None:
        with superuser.transaction(force_rollback=True):
            superuser.execute("alter table pelita3.sop_way disable trigger user")
            superuser.execute("update pelita3.sop_way set needs = '{}' where action = 'tte'")
            (found,) = truth.sop(superuser)
        assert "Tabel SOP sop_way berbeda dari program" in found.text

    @pytest.mark.parametrize(
        "change",
        [
            (
                "insert into pelita3.standing select login, id, role, kind, '', from_day, until_day, '0', '{}' "
                "from pelita3.assignment"
            ),
            "update pelita3.password set must_change = 0, made_by = login",
        ],
    )
    def test_authority_that_no_appointment_gives_is_named(self, change: str, superuser: Superuser) -> None:
        with superuser.transaction(force_rollback=True):
            superuser.execute("set local session_replication_role = replica")
            superuser.execute(change.encode())
            found = list(truth.standing(superuser))
        assert found, "as if first passwords had been changed already; or they were, and nobody reckoned with it"
        for one in found:
            assert re.fullmatch(r"Wewenang [a-z]+ tidak sesuai dengan penugasan dan sandinya\.", one.text)
        assert list(truth.standing(superuser)) == []


class TestRoles:
    @pytest.mark.parametrize("change", ROLES)
    def test_a_change_is_named_with_what_to_do(self, change: str, superuser: Superuser) -> None:
        with superuser.transaction(force_rollback=True):
            superuser.execute(change.encode())
            now = roles.read(superuser)
            found = [*roles.differences(now, ()), *roles.officers(now, people.accounts(superuser))]
            found += roles.shared(superuser)
        assert any(ROLES[change] in text for text, _ in found), found
        assert all(advice for _, advice in found)

    def test_a_deactivated_officer_whose_role_may_log_in_is_named(self, superuser: Superuser) -> None:
        with superuser.transaction(force_rollback=True):
            superuser.execute("select adm.set_active('meri', 0, 'pindah', 'k1')")
            superuser.execute("alter role p_meri login")
            (found,) = roles.officers(roles.read(superuser), people.accounts(superuser))
        assert found[0] == "Akun meri nonaktif, tetapi perannya boleh masuk."

    def test_a_powerful_role_of_somebody_else_can_be_accepted(self, made: Made, superuser: Superuser) -> None:
        superuser.execute("create role pemantau superuser")
        code, said = made.admin("server-check")
        assert code == 1
        assert '--accept-role "pemantau"' in said
        made.admin("server-init", "--accept-role", "pemantau")
        assert made.admin("server-check") == (0, FINE)
        superuser.execute("drop role pemantau")


class TestHost:
    @pytest.fixture(autouse=True)
    def mended(self, made: Made, superuser: Superuser) -> Iterator[None]:
        """Whatever a test spoiled is put back as it was."""
        files = [f for f in made.folder.iterdir() if f.is_file()]
        files += [made.cluster.data / n for n in ("pg_hba.conf", "pg_ident.conf", "postgresql.auto.conf")]
        files += [made.cluster.data / "conf.d/pelita3.conf"]
        before = {f: (f.read_bytes(), f.stat()) for f in files}
        yield
        for file, (data, was) in before.items():
            file.unlink(missing_ok=True)
            file.write_bytes(data)
            file.chmod(was.st_mode)
            os.chown(file, was.st_uid, was.st_gid)
        reload_and_wait(superuser)

    def said(self, made: Made) -> str:
        code, said = made.admin("server-check")
        assert code == 1, said
        assert said.rstrip().endswith("perbedaan ditemukan.")
        return said

    def test_a_fresh_server_is_as_it_must_be(self, made: Made) -> None:
        assert made.admin("server-check") == (0, FINE)

    def test_settings_of_others_are_named_with_their_place(self, made: Made, superuser: Superuser) -> None:
        superuser.execute("alter system set fsync = off")
        superuser.execute("alter system set log_error_verbosity = verbose")
        superuser.execute("alter system set max_connections = 20")
        reload_and_wait(superuser)
        said = self.said(made)
        assert "Setelan fsync = off, seharusnya on: yang disimpan harus bertahan saat listrik padam." in said
        assert "Setelan log_error_verbosity = verbose, seharusnya terse" in said
        assert "postgresql.auto.conf baris" in said

    def test_our_file_of_settings_changed_by_hand(self, made: Made) -> None:
        file = made.cluster.data / "conf.d/pelita3.conf"
        file.write_text(file.read_text(encoding="utf-8").replace("'TLSv1.3'", "'TLSv1.2'"), encoding="utf-8")
        assert f"{file} bukan lagi seperti yang ditulis server-init." in self.said(made)

    def test_doors_changed_by_hand(self, made: Made) -> None:
        hba, ident = (made.cluster.data / n for n in ("pg_hba.conf", "pg_ident.conf"))
        hba.write_text("host all all all trust\n" + hba.read_text(encoding="utf-8"), encoding="utf-8")
        ident.write_text(ident.read_text(encoding="utf-8").split("# <<<")[1].partition("\n")[2], encoding="utf-8")
        said = self.said(made)
        assert f"Baris PELITA 3 di {hba} diubah, atau ada baris lain di atasnya." in said
        assert f"Baris PELITA 3 di {ident} hilang." in said

    def test_a_line_that_the_server_does_not_understand(self, made: Made) -> None:
        hba = made.cluster.data / "pg_hba.conf"
        hba.write_text(hba.read_text(encoding="utf-8") + "hostssl semua\n", encoding="utf-8")
        assert "Pintu masuk tidak dimengerti: pg_hba.conf baris" in self.said(made)

    def test_keys_that_others_may_read(self, made: Made) -> None:
        (made.folder / "pelita3-ca.key").chmod(0o644)
        (made.folder / "pelita3-server.key").chmod(0o640)
        said = self.said(made)
        assert "pelita3-ca.key dapat dibaca orang lain (-rw-r--r--" in said
        assert "pelita3-server.key dapat dibaca orang lain (-rw-r-----" in said

    def test_a_certificate_of_another_ca(self, made: Made, tmp_path: Path) -> None:
        other = certs.issue(tmp_path, names=["localhost"], addresses=["127.0.0.1"])
        (made.folder / "pelita3-ca.crt").write_bytes(other.ca.read_bytes())
        said = self.said(made)
        assert "tidak diterbitkan oleh CA yang disebut" in said
        assert "PC petugas akan menolak server ini sebagai localhost" in said

    def test_a_certificate_that_ends_or_lacks_a_name_and_its_renewal(self, made: Made, superuser: Superuser) -> None:
        papers = certs.Papers(made.folder)
        old = datetime.now(UTC) - timedelta(days=certs.SERVER_DAYS - 20)
        papers.certificate.unlink()
        certs.issue(made.folder, names=["localhost"], addresses=["127.0.0.1"], now=old)
        os.chown(papers.key, made.cluster.data.stat().st_uid, made.cluster.data.stat().st_gid)
        reload_and_wait(superuser)
        said = self.said(made)
        assert "Sertifikat server habis dalam 20 hari." in said
        assert "Sertifikat server tidak memuat server-dukcapil, " in said
        assert "menolak server ini sebagai server-dukcapil: Hostname mismatch" in said
        assert "Jalankan `pelita3 admin renew`." in said
        code, renewed = made.admin("renew")
        assert (code, renewed[:30]) == (0, "Sertifikat server diperbarui s")
        assert made.admin("server-check") == (0, FINE)
        assert "masih berlaku 730 hari" in made.admin("renew")[1] or "masih berlaku 729 hari" in made.admin("renew")[1]
        made.knock("rina", made.passwords["rina"]).close()

    def test_a_missing_file(self, made: Made) -> None:
        (made.folder / "pelita3-server.key").unlink()
        assert "pelita3-server.key tidak ada." in self.said(made)


def test_an_older_schema_is_said_to_be_old(made: Made, superuser: Superuser) -> None:
    last = superuser.execute("select max(version) from pelita3.schema_version").fetchone()
    assert last is not None
    with superuser.transaction(force_rollback=True):
        superuser.execute("delete from pelita3.schema_version where version = %s", (last[0],))
        (found,) = check._content(made.place, superuser, roles.read(superuser))
        assert found.text == f"Skema basis data versi {last[0] - 1}, program {last[0]}."
        superuser.execute("insert into pelita3.schema_version values (9999, 1, 1)")
        (found,) = check._content(made.place, superuser, roles.read(superuser))
        assert "Pasang program" in found.advice


def test_two_checks_at_once_do_not_disturb_each_other(made: Made, capsys: pytest.CaptureFixture[str]) -> None:
    with made.place.connect() as other:
        other.execute(f"create database {truth.SCRATCH}".encode())
        with made.place.connect(truth.SCRATCH):
            assert made.admin("server-check")[0] == 1
            assert "Pemeriksaan lain sedang berjalan" in capsys.readouterr().err
    assert made.admin("server-check") == (0, FINE)


def test_another_database_that_is_open_to_all_is_a_note(made: Made, superuser: Superuser) -> None:
    superuser.execute("create database arsip")
    try:
        code, said = made.admin("server-check")
    finally:
        superuser.execute("drop database arsip")
    assert code == 0
    assert "CATATAN  Basis data lain di server ini terbuka bagi semua peran: arsip." in said
