"""A cluster of our own: it starts, dies, recovers, vanishes; nobody but its owner comes in without a password."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from app.errors import Unavailable
from app.server import certs, programs
from app.server.cluster import Cluster


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    try:
        with Cluster.start(fsync=False) as made:
            yield made
    except Unavailable as error:
        pytest.skip(error.message)


def knock(cluster: Cluster, **more: str) -> psycopg.Connection:
    at = {"host": cluster.host, "hostaddr": cluster.hostaddr, "port": str(cluster.port), "dbname": "postgres"}
    return psycopg.connect(make_conninfo("", **at, user="p_rina", password="sandi", connect_timeout="5", **more))


def admit_rina(cluster: Cluster) -> None:
    with psycopg.connect(cluster.superuser_dsn(), autocommit=True) as superuser:
        superuser.execute("create role p_rina login password 'sandi'")


def test_what_was_committed_survives_kill_9(cluster: Cluster) -> None:
    with psycopg.connect(cluster.superuser_dsn()) as superuser:
        superuser.execute("create table kept(line int)")
    writer = psycopg.connect(cluster.superuser_dsn(), autocommit=True)
    for line in range(20):
        writer.execute("insert into kept values(%s)", (line,))
    cluster.kill9()
    assert not cluster.pid
    with pytest.raises(psycopg.OperationalError):
        writer.execute("select 1")
    writer.close()
    cluster.start_again()
    with psycopg.connect(cluster.superuser_dsn()) as superuser:
        assert superuser.execute("select count(*) from kept").fetchone() == (20,)


def test_a_stopped_one_starts_again_on_its_port(cluster: Cluster) -> None:
    port = cluster.port
    cluster.stop()
    cluster.stop()
    assert not cluster.pid
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(cluster.superuser_dsn())
    cluster.start_again()
    cluster.reload()
    assert cluster.port == port
    psycopg.connect(cluster.superuser_dsn()).close()


def test_strict_tls_is_spoken_and_plain_text_refused(cluster: Cluster) -> None:
    admit_rina(cluster)
    with knock(
        cluster, sslmode="verify-full", sslrootcert=str(cluster.ca), channel_binding="require",
        require_auth="scram-sha-256",
    ) as officer:  # fmt: skip
        assert officer.execute("select version from pg_stat_ssl where pid = pg_backend_pid()").fetchone() == (
            "TLSv1.3",
        )
    with pytest.raises(psycopg.OperationalError, match="no encryption"):
        knock(cluster, sslmode="disable")


def test_another_ca_is_not_believed(cluster: Cluster, tmp_path: Path) -> None:
    admit_rina(cluster)
    other = certs.issue(tmp_path, names=["localhost"], addresses=["127.0.0.1"])
    with pytest.raises(psycopg.OperationalError, match="certificate verify failed"):
        knock(cluster, sslmode="verify-full", sslrootcert=str(other.ca))


def test_nothing_is_left_behind() -> None:
    with running() as made:
        folder, pid = made.folder, made.pid
        assert folder.exists()
    assert not folder.exists()
    assert not Path(f"/proc/{pid}").exists()


def test_a_given_folder_stays_without_the_cluster() -> None:
    given = Path(tempfile.mkdtemp(prefix="pelita3-" + "panjang-" * 12))
    given.chmod(0o755)
    try:
        with running(given, tls=False) as made:
            assert made.ca is None
            assert made.data.parent == given
            assert not made.sockets.is_relative_to(given)  # its own path is too long for a socket
            sockets = made.sockets
        assert [p.name for p in given.iterdir()] == ["server.log"]
        assert not sockets.exists()
    finally:
        shutil.rmtree(given)


def test_one_that_cannot_start_says_why_and_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    place = Path(tempfile.mkdtemp(prefix="pelita3-"))
    place.chmod(0o755)
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    try:
        with pytest.raises(Unavailable, match=r"tidak mau menyala: .*FATAL"):
            running(settings={"max_connections": "0"})
        assert not list(place.iterdir())
    finally:
        place.rmdir()


def running(folder: Path | None = None, **more: object) -> Cluster:
    try:
        programs.folder()
    except Unavailable as error:
        pytest.skip(error.message)
    return Cluster.start(folder, fsync=False, **more)  # type: ignore[arg-type]  # the three that tests vary


def test_without_postgresql_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(programs, "DEBIAN", tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv(programs.PROGRAMS, raising=False)
    with pytest.raises(Unavailable, match="apt install postgresql"):
        Cluster.start()


def test_programs_are_taken_as_named_or_the_newest(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def install(folder: Path, version: str) -> None:
        folder.mkdir(parents=True)
        (folder / "initdb").write_text(f"#!/bin/sh\necho 'initdb (PostgreSQL) {version}'\n")
        (folder / "initdb").chmod(0o755)

    monkeypatch.setattr(programs, "DEBIAN", tmp_path / "lib")
    monkeypatch.delenv(programs.PROGRAMS, raising=False)
    install(tmp_path / "lib/9/bin", "9.6")
    install(tmp_path / "path", "18.4")
    monkeypatch.setenv("PATH", str(tmp_path / "path") + os.pathsep + os.environ["PATH"])
    assert programs.folder() == tmp_path / "path"  # 9 is too old
    install(tmp_path / "lib/16/bin", "16.14")
    install(tmp_path / "lib/17/bin", "17.2")
    assert programs.folder() == tmp_path / "lib/17/bin"
    monkeypatch.setenv(programs.PROGRAMS, "/opt/pg/bin")
    assert programs.folder() == Path("/opt/pg/bin")
    assert programs.version(tmp_path / "lib/16/bin") == 16
    assert programs.version(tmp_path) == 0


def test_root_needs_somebody_to_become(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(programs, "OWNER", "nobody-of-that-name")
    monkeypatch.setattr(programs, "folder", lambda: Path("/nowhere"))
    with pytest.raises(Unavailable, match="apt install postgresql"):
        Cluster.start()
