"""Which server on this host is meant, and what a host knows of itself."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from app.errors import Refused, Unavailable
from app.server import access, place, plan, programs
from app.server.cluster import Cluster
from app.server.plan import Plan

LISTED = """\
13 main 5432 online postgres /var/lib/postgresql/13/main /var/log/postgresql/postgresql-13-main.log
15 main 5433 online postgres /data/15/main /var/log/postgresql/postgresql-15-main.log
15 arsip 5435 online postgres /data/15/arsip /var/log/postgresql/15 arsip.log
"""


class TestFinding:
    @pytest.fixture
    def calls(self, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
        made: list[tuple[str, ...]] = []

        def run(*command: str) -> str:
            made.append(command)
            return LISTED

        monkeypatch.setattr(place, "run", run)
        return made

    def test_the_newest_main_cluster_is_taken(self, calls: list[tuple[str, ...]]) -> None:
        found = place.find("", "", 0)
        assert (found.port, found.cluster, found.socket) == (5433, "15/main", place.DEBIAN_SOCKET)
        assert calls == [("pg_lsclusters", "-h")]

    def test_a_named_one_is_taken(self, calls: list[tuple[str, ...]]) -> None:
        assert place.find("15/arsip", "", 0).port == 5435

    def test_a_name_that_fits_none_is_told_the_others(self, calls: list[tuple[str, ...]]) -> None:
        with pytest.raises(Refused, match=r"15/man tidak ada .* 13/main, 15/main, 15/arsip"):
            place.find("15/man", "", 0)

    def test_one_that_is_down_is_started(self, monkeypatch: pytest.MonkeyPatch, calls: list[tuple[str, ...]]) -> None:
        monkeypatch.setattr(f"{__name__}.LISTED", LISTED.replace("5433 online", "5433 down"))
        place.find("", "", 0)
        assert calls[-1] == ("pg_ctlcluster", "15", "main", "start")

    def test_too_old_ones_do_not_count(self, monkeypatch: pytest.MonkeyPatch, calls: list[tuple[str, ...]]) -> None:
        monkeypatch.setattr(f"{__name__}.LISTED", LISTED.splitlines()[0])
        with pytest.raises(Unavailable, match="apt install postgresql"):
            place.find("", "", 0)

    def test_where_debians_tools_are_missing_it_says_what_to_install(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def gone(*_command: str) -> str:
            raise FileNotFoundError("pg_lsclusters")

        monkeypatch.setattr(place, "run", gone)
        with pytest.raises(Unavailable, match="apt install postgresql"):
            place.find("", "", 0)

    def test_the_socket_is_where_the_running_server_says(self, tmp_path: Path) -> None:
        (tmp_path / "postmaster.pid").write_text("1\n/data\n0\n5432\n/run/lain\n", encoding="utf-8")
        assert place._socket_of(tmp_path) == Path("/run/lain")

    def test_a_restart_is_debians_way(self, calls: list[tuple[str, ...]], tmp_path: Path) -> None:
        assert place.Place(tmp_path, 5433, "15/main").restart() is True
        assert calls == [("pg_ctlcluster", "15", "main", "restart", "-m", "fast")]
        assert place.Place(tmp_path, 5433).restart() is False


def test_a_program_that_fails_is_named_with_its_last_words() -> None:
    with pytest.raises(Unavailable, match=r"ls gagal: .*tidak-ada"):
        place.run("ls", "/tidak-ada")
    assert place.run("true") == ""


def test_a_folder_that_conf_d_names_but_nobody_made(tmp_path: Path) -> None:
    settings = tmp_path / "postgresql.conf"
    settings.write_text("include_dir = 'conf.d'\n", encoding="utf-8")
    with pytest.raises(Refused, match=r"Buat folder .*conf\.d"):
        place.our_settings(settings)


def test_an_old_server_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(programs, "OLDEST", 99)
    with pytest.MonkeyPatch.context() as younger:
        younger.setattr(programs, "OLDEST", 15)
        try:
            cluster = Cluster.start(fsync=False)
        except Unavailable as error:
            pytest.skip(error.message)
    with cluster:
        here = place.Place(cluster.sockets, cluster.port)
        with here.connect() as connection, pytest.raises(Refused, match="terlalu lama; perlu 99"):
            here.files(connection)


class TestPlan:
    def chosen(self, before: Plan | None, **more: object) -> Plan:
        nothing: dict[str, object] = {"names": [], "addresses": [], "subnets": [], "listen": ""}
        return plan.chosen(before, Path("/x"), **(nothing | more))  # type: ignore[arg-type]

    def test_a_host_knows_itself(self) -> None:
        found = self.chosen(None)
        assert "localhost" in found.names
        assert {"127.0.0.1", "::1"} <= set(found.addresses)
        assert found.subnets == ("samenet",)

    def test_without_iproute_the_resolver_is_asked(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def gone(*_words: object, **_more: object) -> None:
            raise FileNotFoundError("ip")

        monkeypatch.setattr(subprocess, "run", gone)
        assert {"127.0.0.1", "::1"} <= set(self.chosen(None).addresses)

    def test_what_was_said_once_holds_until_it_is_said_otherwise(self) -> None:
        said = self.chosen(
            None, names=["DB.Kantor"], addresses=["10.1.1.1"], subnets=["10.1.2.3/16"], listen="10.1.1.1"
        )
        assert said.names == ("db.kantor", "localhost")
        assert said.subnets == ("10.1.0.0/16",)
        assert self.chosen(said) == said
        assert self.chosen(said, pcs=300).pcs == 300

    def test_it_is_kept_and_read_back(self, tmp_path: Path) -> None:
        first = Plan(tmp_path, ("a",), ("10.0.0.1",), ("samenet",), "*", 150, own_certificate=True, known_roles=("x",))
        assert plan.load(tmp_path) is None
        assert plan.save(first) is True
        assert plan.save(first) is False
        assert plan.load(tmp_path) == first

    @pytest.mark.parametrize("text", ["bukan json", "[]", '{"names": []}'])
    def test_a_broken_file_is_named(self, tmp_path: Path, text: str) -> None:
        (tmp_path / plan.FILE).write_text(text, encoding="utf-8")
        with pytest.raises(Refused, match=r"server\.json tidak terbaca"):
            plan.load(tmp_path)

    def test_too_many_pcs_are_refused(self) -> None:
        with pytest.raises(Refused, match="antara 1 dan 500"):
            self.chosen(None, pcs=1000)


class TestDoors:
    OTHERS = "# catatan orang lain\nlocal all postgres peer\n\nhost lain lain 10.0.0.0/8 scram-sha-256\n"

    def test_our_block_stands_first_and_others_stay_to_the_letter(self) -> None:
        once = access.with_block(self.OTHERS, ["a", "b"])
        assert once == f"{access.BEGIN}\na\nb\n{access.END}\n{self.OTHERS}"
        assert access.with_block(once, ["a", "b"]) == once
        assert access.without_block(access.with_block(once, ["c"])) == self.OTHERS

    def test_two_blocks_become_one(self) -> None:
        twice = access.with_block("x\n", ["a"]) + access.with_block("y\n", ["b"])
        assert access.without_block(twice) == "x\ny\n"

    def test_a_block_without_its_end_is_not_guessed_at(self) -> None:
        with pytest.raises(Refused, match="Penutup"):
            access.with_block(f"{access.BEGIN}\na\n{self.OTHERS}", ["a"])

    def test_rights_are_kept(self, tmp_path: Path) -> None:
        file = tmp_path / "pg_hba.conf"
        file.write_text(self.OTHERS, encoding="utf-8")
        file.chmod(0o640)
        assert access.write_block(file, ["a"]) == self.OTHERS
        assert access.write_block(file, ["a"]) is None
        assert file.stat().st_mode & 0o777 == 0o640
        assert [p.name for p in tmp_path.iterdir()] == ["pg_hba.conf"]
