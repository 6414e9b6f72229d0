"""`pelita3 admin server-init` on a real PostgreSQL: what it makes, what it refuses, and that it can be repeated."""

from __future__ import annotations

import os
import re
import stat
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from app.__main__ import main
from app.errors import Unavailable
from app.server import access, certs, plan
from app.server.cluster import Cluster
from app.server.making import Wish, make_server, reload_and_wait
from tests.server.conftest import PEOPLE, Made, Superuser
from tests.server.test_certs import own_certificate

ROOT = Path(__file__).resolve().parents[2]


def contents(made: Made) -> dict[str, tuple[bytes, int, int]]:
    files = [*made.folder.iterdir(), made.cluster.data / "conf.d/pelita3.conf"]
    files += [made.cluster.data / name for name in ("pg_hba.conf", "pg_ident.conf", "postgresql.conf")]
    return {str(f): (f.read_bytes(), f.stat().st_mode, f.stat().st_mtime_ns) for f in files}


class TestFirstRun:
    def test_it_says_what_the_officers_need(self, made: Made) -> None:
        assert f"Salin {made.ca}" in made.said
        assert f"postgresql://server-dukcapil:{made.cluster.port}/pelita3?ca=" in made.said
        assert set(made.passwords) == {"rina", "meri"}
        assert all(len(p) >= 12 for p in made.passwords.values())

    def test_it_says_what_is_left_to_do(self, made: Made) -> None:
        assert "Nyalakan ulang PostgreSQL" in made.said
        assert "systemd" in made.said

    def test_the_keys_are_their_owners_only(self, made: Made) -> None:
        data = made.cluster.data.stat()
        for name, owner in (("pelita3-server.key", data.st_uid), ("pelita3-ca.key", os.geteuid())):
            found = (made.folder / name).stat()
            assert stat.S_IMODE(found.st_mode) == 0o600
            assert found.st_uid == owner

    def test_the_lines_of_others_are_kept_below_ours(self, made: Made) -> None:
        text = (made.cluster.data / "pg_hba.conf").read_text(encoding="utf-8")
        assert text.startswith(access.BEGIN)
        assert text.endswith("hostssl all all ::1/128 scram-sha-256\n")
        assert access.without_block(text).startswith("local all postgres peer map=cluster\n")

    def test_the_settings_are_in_force(self, superuser: Superuser) -> None:
        wanted = {"max_connections": "250", "ssl_min_protocol_version": "TLSv1.3", "track_commit_timestamp": "on",
                  "log_error_verbosity": "terse", "authentication_timeout": "10s"}  # fmt: skip
        for name, value in wanted.items():
            assert superuser.execute("select current_setting(%s)", (name,)).fetchone() == (value,)

    def test_letters_have_the_embedded_databases_order(self, superuser: Superuser) -> None:
        found = superuser.execute("select 'Z' < 'a', upper('é') = 'É', current_setting('server_encoding')").fetchone()
        assert found == (True, True, "UTF8")


class TestSecondRun:
    def test_it_changes_nothing_and_says_so(self, made: Made) -> None:
        before = contents(made)
        code, said = made.admin("server-init", *PEOPLE)
        assert code == 0
        assert said.startswith("Tidak ada yang perlu diubah: server ini sudah siap.\n")
        assert "SANDI" not in said
        assert contents(made) == before

    def test_a_role_that_was_changed_is_mended_and_told(self, made: Made, superuser: Superuser) -> None:
        superuser.execute("alter role pelita3_owner login")
        superuser.execute("grant connect on database postgres to public")
        said = made.admin("server-init")[1]
        assert "diperbaiki: Peran pelita3_owner berubah: boleh masuk; seharusnya tidak boleh masuk." in said
        assert "diperbaiki: Basis data postgres terbuka bagi semua peran." in said
        assert made.admin("server-init")[1].startswith("Tidak ada yang perlu diubah")

    def test_another_head_of_the_same_kind_is_the_admins_business(
        self, made: Made, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert made.admin("server-init", "--kabid", "tono=Tono Hartono", "--berita-acara", "BA 13/2026")[0] == 1
        assert "sudah dipegang meri" in capsys.readouterr().err

    def test_a_line_above_ours_loses_its_place(self, made: Made, superuser: Superuser) -> None:
        hba = made.cluster.data / "pg_hba.conf"
        before = hba.read_text(encoding="utf-8")
        hba.write_text("host all all 0.0.0.0/0 trust\n" + before, encoding="utf-8")
        assert f"pintu masuk {hba}" in made.admin("server-init")[1]
        lines = hba.read_text(encoding="utf-8").splitlines()
        assert lines[0] == access.BEGIN
        assert lines.index("host all all 0.0.0.0/0 trust") > lines.index(access.END)
        hba.write_text(before, encoding="utf-8")
        reload_and_wait(superuser)


class TestComingIn:
    def test_an_officer_comes_in_by_tls_and_scram_and_must_change_his_password(self, made: Made) -> None:
        with made.knock("rina", made.passwords["rina"]) as officer:
            assert officer.execute("select version from pg_stat_ssl where pid = pg_backend_pid()").fetchone() == (
                "TLSv1.3",
            )
            assert officer.execute("select must_change from pelita3.password where login = 'rina'").fetchone() == (1,)
            assert officer.execute("select count(*) from pelita3.my_role").fetchone() == (0,)

    @pytest.mark.parametrize(
        ("more", "why"),
        [
            ({"sslmode": "disable", "channel_binding": "disable"}, "rejects connection .* no encryption"),
            ({"user": "postgres", "dbname": "postgres"}, "rejects connection"),
            ({"user": "postgres", "dbname": "postgres", "sslmode": "disable", "channel_binding": "disable"}, "rejects"),
            ({"dbname": "postgres"}, "permission denied for database"),
            ({"dbname": "template1"}, "permission denied for database"),
            ({"user": "pelita3_backup"}, "password authentication failed"),
            ({"user": "tidak_ada"}, "password authentication failed"),
            ({"password": "salah"}, "password authentication failed"),
            ({"host": "bukan-server"}, 'does not match host name "bukan-server"'),
            ({"ssl_max_protocol_version": "TLSv1.2"}, "protocol version"),
        ],
    )  # fmt: skip
    def test_every_other_way_is_closed(self, made: Made, more: dict[str, str], why: str) -> None:
        with pytest.raises(psycopg.OperationalError, match=why):
            made.knock(**{"login": "rina", "password": made.passwords["rina"]} | more)

    def test_a_wrong_password_leaves_a_line_for_fail2ban_and_no_data(self, made: Made) -> None:
        with pytest.raises(psycopg.OperationalError):
            made.knock("rina", "salah")
        guide = (ROOT / "docs/admin.md").read_text(encoding="utf-8")
        (pattern,) = re.findall(r"^failregex = (.+)$", guide, re.MULTILINE)
        log = made.cluster.log.read_text(encoding="utf-8")
        assert re.search(pattern.replace("<HOST>", r"127\.0\.0\.1"), log)
        assert "DETAIL" not in log.rpartition("password authentication failed")[2]

    def test_another_ca_is_not_believed(self, made: Made, tmp_path: Path) -> None:
        other = certs.issue(tmp_path, names=["localhost"], addresses=["127.0.0.1"])
        with pytest.raises(psycopg.OperationalError, match="certificate verify failed"):
            made.knock("rina", made.passwords["rina"], sslrootcert=str(other.ca))

    @pytest.mark.parametrize("role", ["pelita3_backup", "pelita3_watch"])
    def test_the_services_come_in_through_the_socket(self, made: Made, role: str) -> None:
        with made.place.connect("pelita3", role) as service:
            assert service.execute("select session_user::text").fetchone() == (role,)

    def test_officers_do_not_come_in_through_the_socket(self, made: Made) -> None:
        at = f"host={made.cluster.sockets} port={made.cluster.port} dbname=pelita3 user=p_rina password=x"
        with pytest.raises(psycopg.OperationalError, match=r"no pg_hba.conf entry|rejects"):
            psycopg.connect(at)


class TestRefusals:
    @pytest.mark.parametrize(
        ("words", "why"),
        [
            (["--admin", "Rina Marlina"], "Tulis LOGIN=Nama lengkap"),
            (["--admin", "r=Rina"], "Tulis LOGIN=Nama lengkap"),
            (["--kabid", "meri=Meri Anggraini"], "Sebutkan --berita-acara"),
            (["--subnet", "192.168.10"], "bukan jaringan"),
            (["--subnet", "0.0.0.0/0"], "Seluruh dunia"),
            (["--name", "dua kata"], "bukan nama komputer"),
            (["--address", "300.1.1.1"], "bukan alamat IP"),
            (["--certificate", "server.pem"], "perlu ketiganya"),
        ],
    )
    def test_nonsense_is_named_and_changes_nothing(
        self, made: Made, words: list[str], why: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        before = contents(made)
        assert made.admin("server-init", *words)[0] == 1
        assert why in capsys.readouterr().err
        assert contents(made) == before

    def test_a_server_that_is_not_there_is_named(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["admin", "server-check", "--socket", str(tmp_path), "--port", "5999"]) == 1
        assert f"tidak menjawab di {tmp_path}/.s.PGSQL.5999" in capsys.readouterr().err

    def test_a_line_the_server_does_not_understand_changes_nothing(
        self, made: Made, capsys: pytest.CaptureFixture[str]
    ) -> None:
        ident = made.cluster.data / "pg_ident.conf"
        good = ident.read_text(encoding="utf-8")
        ident.write_text(good + "satu dua\n", encoding="utf-8")
        before = contents(made)
        assert made.admin("server-init", "--subnet", "10.1.0.0/16")[0] == 1
        assert "Server tidak mengerti pg_ident.conf baris" in capsys.readouterr().err
        assert {k: v[:2] for k, v in contents(made).items() if k.endswith(".conf")} == {
            k: v[:2] for k, v in before.items() if k.endswith(".conf")
        }
        ident.write_text(good, encoding="utf-8")
        made.admin("server-init", "--subnet", "samenet")


def test_a_server_that_does_not_come_back_gets_its_old_settings_back(made: Made) -> None:
    """The office can go on as it was; the restart is the test's own, the server and its files are real."""
    file = made.cluster.data / "conf.d/pelita3.conf"
    before = file.read_bytes()
    tries: list[bytes] = []

    def restart() -> bool:
        tries.append(file.read_bytes())
        if len(tries) == 1:
            raise Unavailable("FATAL: out of memory")
        made.restart()
        return True

    found = plan.load(made.folder)
    assert found is not None
    with pytest.raises(Unavailable, match=r"setelan lama dipasang kembali\. FATAL: out of memory"):
        make_server(made.place, Wish(replace(found, pcs=400), restart=restart))
    assert tries[1] == before == file.read_bytes()
    report = make_server(made.place, Wish(found, restart=restart))
    assert report.changed == [f"rencana {found.file}"]
    assert made.admin("server-check")[0] == 0


def test_a_server_without_conf_d_is_told_what_to_add(capsys: pytest.CaptureFixture[str], made: Made) -> None:
    with Cluster.start(fsync=False) as bare:
        settings = bare.data / "postgresql.conf"
        settings.write_text(settings.read_text(encoding="utf-8").replace("include_dir", "#include_dir"))
        where = ["--socket", str(bare.sockets), "--port", str(bare.port)]
        assert main(["admin", "server-check", *where]) == 1
        assert "belum disiapkan" in capsys.readouterr().err
        assert main(["admin", "server-init", *where, "--listen", "127.0.0.1"]) == 1
        assert "include_dir = 'conf.d'" in capsys.readouterr().err


def test_the_offices_own_certificate_is_taken_and_its_end_is_the_offices_business(
    made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    certificate, key, root = own_certificate(tmp_path)
    words = ["--certificate", str(certificate), "--key", str(key), "--ca", str(root)]
    said = made.admin("server-init", *words)[1]
    assert f"postgresql://db.kantor.go.id:{made.cluster.port}/" in said
    with made.knock("rina", made.passwords["rina"], host="db.kantor.go.id", sslrootcert=str(root)) as officer:
        assert officer.execute("select 1").fetchone() == (1,)
    assert made.admin("server-init", *words)[1].startswith("Tidak ada yang perlu diubah")
    assert made.admin("server-init")[1].startswith("Tidak ada yang perlu diubah")
    assert made.admin("server-check")[0] == 0
    monkeypatch.setattr(certs, "RENEW_DAYS", 800)
    assert "Sertifikat server habis dalam" in made.admin("server-check")[1]
    assert made.admin("renew")[0] == 1
    assert "Minta yang baru dari penerbitnya" in capsys.readouterr().err
    (tmp_path / "x").mkdir()
    other = certs.issue(tmp_path / "x", names=["lain"], addresses=[])
    assert made.admin("server-init", *words[:2], "--key", str(other.key), "--ca", str(root))[0] == 1
    assert "bukan pasangan sertifikat" in capsys.readouterr().err
