"""Keys, hashes, moments, and what a database's error means to an officer."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import peewee as pw
import pytest

from app.errors import Conflict, Refused, Unavailable
from app.models import base
from app.models.tables_berkas import Note, Paraf
from app.services import act as acting
from app.services import intake
from app.services.keys import new_key
from app.sop.model import Role
from tests.support import line, walk
from tests.support.office import Clock, sit_down


def test_netstrings_cannot_be_read_two_ways() -> None:
    assert base.netstrings("ab", "c") == b"2:ab,1:c,"
    assert base.netstrings("a", "bc") != base.netstrings("ab", "c")
    assert base.netstrings(12, "é") == "2:12,2:é,".encode()


def test_a_link_of_the_chain_depends_on_every_part() -> None:
    first = base.chain("", "b1", 1)
    assert len(first) == 64
    assert len({first, base.chain("", "b1", 2), base.chain(first, "b1", 1), base.chain("", "b", "11")}) == 4


def test_a_second_key_follows_from_the_first() -> None:
    key = base.new_key()
    assert base.derived(key, "cetak") == base.derived(key, "cetak")
    assert (
        len({key, base.derived(key, "cetak"), base.derived(key, "surel"), base.derived(base.new_key(), "cetak")}) == 4
    )


def test_a_job_done_again_repeats_its_own_keys() -> None:
    job = base.new_key()
    with base.job_keys(job):
        first = [base.new_key() for _ in range(3)]
    with base.job_keys(job):
        again = [base.new_key() for _ in range(3)]
        with base.job_keys(base.new_key()):
            assert base.new_key() not in first
        assert base.new_key() not in first, "the fourth goes on where the third was"
    assert first == again
    assert len(set(first)) == 3
    assert base.new_key() != base.new_key()


def test_a_job_in_another_thread_has_its_own_keys() -> None:
    found: list[str] = []
    with base.job_keys(base.new_key()):
        mine = base.new_key()
        thread = threading.Thread(target=lambda: found.append(base.new_key()))
        thread.start()
        thread.join()
    assert found != [mine]


def failing(*codes: str) -> Callable[[], str]:
    """A command that meets these troubles, one after the other, and then is done."""
    left = list(codes)

    def command() -> str:
        if left:
            raise Unavailable("terputus", code=left.pop(0))
        return "selesai"

    return command


@pytest.fixture
def connections(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """How often a new connection was had; no time passes in between."""
    made: list[str] = []
    monkeypatch.setattr(base, "PAUSES", (0.0, 0.0, 0.0))
    monkeypatch.setattr(base.session, "reconnect", lambda: made.append("baru"))
    return made


@pytest.mark.parametrize(
    ("met", "new"), [([], 0), (["lost"], 1), (["lost"] * 3, 3), (["twin"], 0), (["twin", "lost"], 1)]
)
def test_a_broken_connection_is_mended_and_the_command_sent_again(
    connections: list[str], met: list[str], new: int
) -> None:
    assert base.patiently(failing(*met)) == "selesai"
    assert len(connections) == new


@pytest.mark.parametrize("met", [["lost"] * 4, ["server_full"], ["timeout"]])
def test_what_patience_does_not_mend_is_told(connections: list[str], met: list[str]) -> None:
    with pytest.raises(Unavailable) as trouble:
        base.patiently(failing(*met))
    assert trouble.value.code == met[-1]


def test_a_press_that_overtook_itself_is_no_conflict_with_itself(
    office_db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its first sending was still under way at the server when the second one was refused."""
    file, fo, key = walk.new_file(), sit_down(Role.FO), base.new_key()
    said = {"berkas_id": file.id, "text": "Pemohon kembali besok", "at_n": file.n, "as_role": fo.role.value}
    base.add(Note, key, **said)

    def refused(_: Callable[[], object]) -> None:
        raise Conflict("sudah diproses", code="moved")

    monkeypatch.setattr(base, "patiently", refused)
    base.add(Note, key, **said)
    with pytest.raises(Conflict):
        base.add(Note, base.new_key(), **said)
    assert Note.select().count() == 1


def test_where_connections_cannot_break_nothing_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(base.session, "reconnect", None)
    with pytest.raises(Unavailable):
        base.patiently(failing("lost"))


@pytest.mark.parametrize("us", [0, 1, 1_779_000_000_123_456])
def test_moments_go_there_and_back(us: int) -> None:
    assert base.micros(base.moment(us)) == us
    assert base.moment(us).utcoffset() == timedelta()


def test_text_and_bytes_have_the_same_sha256() -> None:
    assert base.sha256hex("surel é") == base.sha256hex("surel é".encode())


def test_the_clock_of_the_pc_runs_unless_a_test_stops_it() -> None:
    before = datetime.now(UTC)
    assert before <= base.moment(base.Session().now_us()) <= datetime.now(UTC)


@pytest.mark.parametrize(
    ("said", "kind", "code"),
    [
        ("P3403 holder", Refused, "holder"),
        ("P3403 something_new", Refused, "something_new"),
        ("P3409 moved", Conflict, "moved"),
        ("P3426 client", Refused, "client"),
        ("CHECK constraint failed: length(note) <= 500", Refused, "length"),
        ("database or disk is full", Unavailable, "disk is full"),
        ("database is locked", Unavailable, "database is locked"),
        ("unable to open database file", Unavailable, "unable to open database"),
        ("file is not a database", Unavailable, "file is not a database"),
        ("database disk image is malformed", Unavailable, "malformed"),
        ("attempt to write a readonly database", Unavailable, "readonly database"),
        ("disk I/O error", Unavailable, "disk i/o error"),
    ],
)
def test_known_errors_speak_to_an_officer(said: str, kind: type[Exception], code: str) -> None:
    for raised in (sqlite3.OperationalError(said), pw.OperationalError(said)):
        with pytest.raises(kind) as shown, base.told():
            raise raised
        assert isinstance(shown.value, (Refused, Conflict, Unavailable))
        assert shown.value.code == code
        assert shown.value.message
        assert "P3" not in shown.value.message
        assert "SQL" not in shown.value.message


@pytest.mark.parametrize("said", ["no such table: paraf", "P3499 nobody_knows", "P3400 column", "P3-2026"])
def test_an_unknown_error_stays_the_bug_it_is(said: str) -> None:
    with pytest.raises(sqlite3.OperationalError, match=said), base.told():
        raise sqlite3.OperationalError(said)


def test_what_is_longer_than_the_table_takes_is_told_and_not_kept(office_db: Path) -> None:
    file = walk.new_file()
    fo = sit_down(Role.FO)
    for note in ("x" * 501, "x" * 5000):
        with pytest.raises(Refused, match="terlalu pendek atau terlalu panjang"):
            acting.act(fo, file.id, "batalkan", file.n, new_key(), note)
    with pytest.raises(Refused, match="terlalu pendek"):
        intake.add_findings(fo, file, [intake.FindingRow("kk", "x")], new_key())
    assert Paraf.select().where(Paraf.berkas_id == file.id).count() == file.n


def test_a_connection_nests_and_ends(office_db: Path) -> None:
    with base.connected(), base.connected():
        assert Note.select().count() == 0
    assert not base.db.is_closed(), "the one who opened it closes it"


def test_every_thread_has_its_own_connection(office_db: Path, clock: Clock) -> None:
    clock.at = datetime(2026, 5, 12, 3, tzinfo=UTC)
    fo = sit_down(Role.FO)
    made: list[str] = []

    def other_pc() -> None:
        with base.connected():
            made.append(line.registered(fo).number)

    threads = [threading.Thread(target=other_pc) for _ in range(3)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert len(set(made)) == 3
