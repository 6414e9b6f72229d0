"""At the office's server: by one's own password over TLS, by the server's clock, over connections that break."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import peewee as pw
import psycopg
import pytest

from app.errors import Refused, Shown, Unavailable
from app.models import base, patience, server
from app.models.guards import runner_server
from app.models.tables_berkas import Ticket
from app.server.cluster import Cluster
from app.services import accounts, queue
from app.services.keys import new_key
from app.sop.model import Role
from app.sop.pelita3 import PELITA3
from tests.support import postgres
from tests.support.office import PASSWORD, all_seeing, sit_down
from tests.support.postgres import ActingServer
from tests.support.proxy import Proxy

pytestmark = pytest.mark.postgres_only
NOON = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)


def name_of_office() -> str:
    assert isinstance(base.db.obj, ActingServer)
    return str(base.db.obj.database)


@pytest.fixture
def pc(office_db: Path, cluster: Cluster) -> Iterator[server.OfficeServer]:
    """This PC's program at the test's office, as in real life: nobody sits there, nothing is connected."""
    acting = base.db.obj
    at = server.Server(cluster.host, cluster.port, name_of_office(), cluster.ca, cluster.hostaddr)
    base.db.close()
    yield server.use_server(at, lambda database: runner_server.check_server(database, PELITA3))
    base.db.close()
    base.db.initialize(acting)


@pytest.fixture
def su(pc: server.OfficeServer, cluster: Cluster) -> Iterator[psycopg.Connection[Any]]:
    with postgres.superuser(cluster, str(pc.database)) as connection:
        connection.execute("set search_path = pelita3")
        yield connection


def me() -> str:
    return str(base.db.execute_sql("select session_user").fetchone()[0])


class Outage:
    """Patience that does something each time it is asked for, and remembers how often."""

    def __init__(self, *then: Callable[[], object]) -> None:
        self.then, self.asked, self.ended = list(then), 0, 0

    def wait(self, error: Unavailable) -> bool:
        assert error.code == "lost"
        self.asked += 1
        if not self.then:
            return False
        self.then.pop(0)()
        return True

    def over(self) -> None:
        self.ended += 1


def nothing() -> None:
    """Just try again."""


# --- the address


@pytest.mark.parametrize(
    ("url", "wanted"),
    [
        ("postgresql://server-dukcapil/pelita3", server.Server("server-dukcapil")),
        ("postgres://10.1.2.3:5433/lain", server.Server("10.1.2.3", 5433, "lain")),
        ("postgresql://s", server.Server("s")),
        (
            "postgresql://s/p?ca=/etc/pelita3/ca%20kantor.crt",
            server.Server("s", dbname="p", ca=Path("/etc/pelita3/ca kantor.crt")),
        ),
        ("postgresql://s/p?hostaddr=127.0.0.1", server.Server("s", dbname="p", hostaddr="127.0.0.1")),
    ],
)  # fmt: skip
def test_an_address_is_read(url: str, wanted: server.Server) -> None:
    assert server.parse(url) == wanted


def test_an_address_is_read_as_it_was_written() -> None:
    for at in (server.Server("s", 5433, "p"), server.Server("s", ca=Path("/letak/pelita3 ca.crt"))):
        assert server.parse(at.url) == at


@pytest.mark.parametrize("url", ["", "kantor", "mysql://s/p", "postgresql:///p", "postgresql://s:abc/p"])
def test_what_is_no_address_is_told_with_an_example(url: str) -> None:
    with pytest.raises(Refused, match="Tulis seperti") as refusal:
        server.parse(url)
    assert (refusal.value.field, refusal.value.code) == ("database", "address")


def test_a_client_asks_for_nothing_less_than_it_must() -> None:
    asked = server.parameters(server.Server("s"))
    assert (asked["sslmode"], asked["sslrootcert"], asked["ssl_min_protocol_version"]) == (
        "verify-full", "system", "TLSv1.3",
    )  # fmt: skip
    assert (asked["channel_binding"], asked["require_auth"]) == ("require", "scram-sha-256")
    assert "hostaddr" not in asked


def test_an_office_on_this_pc_has_no_server(tmp_path: Path) -> None:
    before = base.db.obj
    base.open_sqlite(tmp_path / "kantor.db")
    try:
        with pytest.raises(AssertionError):
            server.current()
    finally:
        base.db.initialize(before)


# --- coming in


def test_whoever_comes_in_is_who_the_server_says_over_tls(pc: server.OfficeServer) -> None:
    assert not pc.seated
    server.connect()
    assert base.db.is_closed(), "before anybody sits here nothing is connected"
    server.sit("rina", PASSWORD)
    assert (pc.seated, me()) == (True, "p_rina")
    secured = base.db.execute_sql("select ssl, version from pg_stat_ssl where pid = pg_backend_pid()").fetchone()
    assert secured == (True, "TLSv1.3")
    assert base.db.execute_sql("select actor(), current_setting('application_name')").fetchone() == (
        "rina", f"pelita3/{base.CLIENT}",
    )  # fmt: skip
    assert base.db.execute_sql("select role from my_role").fetchall() == [("FO",)]
    server.stand()
    assert not pc.seated
    assert base.db.is_closed()


@pytest.mark.parametrize(("login", "password"), [("rina", "bukan-sandinya"), ("siapa", PASSWORD), ("rina", "")])
def test_who_does_not_belong_here_learns_nothing(pc: server.OfficeServer, login: str, password: str) -> None:
    with pytest.raises(Refused, match="Nama atau sandi tidak cocok") as refusal:
        server.sit(login, password)
    assert (refusal.value.code, refusal.value.field) == ("password", "password")
    assert not pc.seated
    assert base.db.is_closed()


def test_who_sat_here_goes_on_sitting_when_another_is_refused(pc: server.OfficeServer) -> None:
    server.sit("rina", PASSWORD)
    with pytest.raises(Refused):
        server.sit("dedi", "bukan-sandinya")
    server.connect()
    assert me() == "p_rina"


def test_an_office_that_does_not_fit_is_not_sat_down_in(pc: server.OfficeServer, su: psycopg.Connection[Any]) -> None:
    su.execute("insert into schema_version values (9999, 1, 0)")
    with pytest.raises(Refused, match="lebih baru"):
        server.sit("rina", PASSWORD)
    assert not pc.seated


def test_a_closed_account_is_told_as_such(pc: server.OfficeServer, su: psycopg.Connection[Any]) -> None:
    su.execute("alter role p_rina nologin")
    with pytest.raises(Refused, match="sedang tidak aktif") as refusal:
        server.sit("rina", PASSWORD)
    assert refusal.value.code == "inactive"
    with pytest.raises(Refused, match="tidak cocok"):
        server.sit("rina", "bukan-sandinya")


def test_too_many_windows_of_one_account_are_told(pc: server.OfficeServer, su: psycopg.Connection[Any]) -> None:
    su.execute("alter role p_rina connection limit 0")
    try:
        with pytest.raises(Unavailable, match="terlalu banyak jendela") as trouble:
            server.sit("rina", PASSWORD)
    finally:
        su.execute("alter role p_rina connection limit 5")
    assert trouble.value.code == "too_many"


def test_a_password_is_proved_without_sitting_down(pc: server.OfficeServer) -> None:
    assert server.proves("rina", PASSWORD)
    assert not server.proves("rina", "bukan-sandinya")
    assert not pc.seated


def test_a_password_that_cannot_be_proved_is_not_called_wrong(pc: server.OfficeServer, cluster: Cluster) -> None:
    pc.connect_params["port"] = 1
    with pytest.raises(Unavailable) as trouble:
        server.proves("rina", PASSWORD)
    assert trouble.value.code == "lost"


# --- a password changes


def test_the_verifier_is_reckoned_here_and_opens_the_account(
    pc: server.OfficeServer, su: psycopg.Connection[Any]
) -> None:
    server.sit("rina", PASSWORD)
    made = server.verifier("rina", "sandi-yang-baru")
    assert made.startswith("SCRAM-SHA-256$4096:")
    assert "sandi-yang-baru" not in made
    assert made != server.verifier("rina", "sandi-yang-baru"), "salted"
    su.execute(f"alter role p_rina password '{made}'")  # the server takes it as it is
    assert server.proves("rina", "sandi-yang-baru")


def test_connections_made_after_a_change_use_the_new_password(pc: server.OfficeServer) -> None:
    server.sit("rina", PASSWORD)
    base.session.actor = "rina"
    accounts.change_password("rina", PASSWORD, "sandi-yang-baru", new_key())
    server.reconnect()
    assert me() == "p_rina"
    assert not server.proves("rina", PASSWORD)


@pytest.mark.parametrize("arrived", [True, False])
def test_when_the_answer_to_a_change_is_lost_connecting_finds_out(
    pc: server.OfficeServer, su: psycopg.Connection[Any], arrived: bool
) -> None:
    server.sit("rina", PASSWORD)
    made = server.verifier("rina", "sandi-yang-baru")
    server.hope_for("sandi-yang-baru")
    if arrived:
        su.execute(f"alter role p_rina password '{made}'")
    server.reconnect()
    assert me() == "p_rina"
    assert pc.connect_params["password"] == ("sandi-yang-baru" if arrived else PASSWORD)


def test_a_hope_is_forgotten_with_whoever_had_it(pc: server.OfficeServer, su: psycopg.Connection[Any]) -> None:
    server.sit("rina", PASSWORD)
    server.hope_for("bukan-sandinya")
    server.stand()
    with pytest.raises(Refused):
        server.sit("rina", "bukan-sandinya")
    server.sit("dedi", PASSWORD)
    assert me() == "p_dedi"


# --- the clock


def test_the_servers_clock_counts_though_the_pcs_is_wrong(
    pc: server.OfficeServer, su: psycopg.Connection[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(time, "time_ns", lambda: 0)
    server.sit("rina", PASSWORD)
    row = su.execute("select now_us()").fetchone()
    assert row is not None
    assert abs(base.session.now_us() - row[0]) < 5_000_000
    first = base.session.now_us()
    time.sleep(0.02)
    assert 10_000 < base.session.now_us() - first < 5_000_000, "it runs on"


def test_a_server_whose_day_is_another_day_is_followed(pc: server.OfficeServer, su: psycopg.Connection[Any]) -> None:
    at = base.micros(NOON)
    su.execute(f"alter role p_rina set pelita3.now = '{at}'")
    try:
        server.sit("rina", PASSWORD)
        assert timedelta() <= base.moment(base.session.now_us()) - NOON < timedelta(seconds=5)
        base.session.actor = "rina"
        assert queue.issue(new_key()).ticket.queued_at == NOON
    finally:
        su.execute("alter role p_rina reset pelita3.now")


def test_a_lent_clock_stands_for_the_servers(pc: server.OfficeServer) -> None:
    server.use_server(pc.server, pc.check, lambda: 42)
    server.sit("rina", PASSWORD)
    assert base.session.now_us() == 42


# --- lost and found


def cut(su: psycopg.Connection[Any], login: str = "p_rina") -> None:
    """The network's doing, as a client feels it."""
    su.execute("select pg_terminate_backend(pid) from pg_stat_activity where usename = %s", (login,))
    while su.execute("select 1 from pg_stat_activity where usename = %s", (login,)).fetchone():
        time.sleep(0.005)


def test_a_command_is_sent_again_over_a_new_connection_and_done_once(
    pc: server.OfficeServer, su: psycopg.Connection[Any]
) -> None:
    server.sit("rina", PASSWORD)
    cut(su)
    key = new_key()
    base.add(Ticket, key, service="A", priority=0)
    base.add(Ticket, key, service="A", priority=0)
    assert Ticket.select().count() == 1


def test_a_question_after_a_cut_is_told_and_the_next_connection_works(
    pc: server.OfficeServer, su: psycopg.Connection[Any]
) -> None:
    server.sit("rina", PASSWORD)
    cut(su)
    with pytest.raises(Unavailable, match="terputus") as trouble, base.told():
        Ticket.select().count()
    assert trouble.value.code == "lost"
    server.connect()
    assert Ticket.select().count() == 0
    server.connect()
    assert me() == "p_rina", "a connection that is whole stays"


def test_after_some_patience_a_server_that_stays_away_is_told(
    pc: server.OfficeServer, su: psycopg.Connection[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(base, "PAUSES", (0.0, 0.0))
    server.sit("rina", PASSWORD)
    cut(su)
    pc.connect_params["port"] = 1
    with pytest.raises(Unavailable, match="tidak dapat dihubungi") as trouble:
        base.add(Ticket, new_key(), service="A", priority=0)
    assert trouble.value.code == "lost"


def test_a_server_that_is_just_starting_is_still_only_lost(
    pc: server.OfficeServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def starting() -> None:
        raise Unavailable("Server kantor sedang menyala.", code="starting")

    def broken() -> None:
        raise Unavailable("terputus", code="lost")

    monkeypatch.setattr(base, "PAUSES", (0.0,))
    monkeypatch.setattr(base.session, "reconnect", starting)
    with pytest.raises(Unavailable, match="menyala") as trouble:
        base.patiently(broken)
    assert trouble.value.code == "lost"


# --- what others changed


def test_a_change_is_heard_at_once_by_whoever_listens(pc: server.OfficeServer) -> None:
    server.sit("dedi", PASSWORD)
    with server.listening() as ear:
        server.notify()
        heard = next(ear.notifies(timeout=10))
    assert heard.channel == server.CHANNEL


def test_telling_others_is_never_a_reason_to_fail(pc: server.OfficeServer, su: psycopg.Connection[Any]) -> None:
    server.sit("rina", PASSWORD)
    cut(su)
    server.notify()


def test_nobody_listens_where_nobody_sits(pc: server.OfficeServer) -> None:
    with pytest.raises(Unavailable) as trouble:
        server.listening()
    assert trouble.value.code == "lost"


def test_an_ear_that_cannot_be_had_is_told(pc: server.OfficeServer, monkeypatch: pytest.MonkeyPatch) -> None:
    server.sit("rina", PASSWORD)
    monkeypatch.setattr(server, "CHANNEL", "pelita3, lain")  # no channel's name: LISTEN itself fails
    with pytest.raises(Shown):
        server.listening()
    pc.connect_params["port"] = 1
    with pytest.raises(Unavailable):
        server.listening()


# --- the whole log-in, and accounts that are roles


def role(su: psycopg.Connection[Any], login: str) -> tuple[Any, ...]:
    row = su.execute(
        "select rolcanlogin, rolsuper or rolcreaterole or rolcreatedb or rolreplication or rolbypassrls, "
        "rolconnlimit, array(select b.rolname::text from pg_auth_members m join pg_roles b on b.oid = m.roleid "
        "where m.member = r.oid) from pg_roles r where rolname = %s",
        (f"p_{login}",),
    ).fetchone()
    assert row is not None
    return tuple(row)


def sit_by_password(login: str, password: str = PASSWORD) -> accounts.Account:
    return accounts.log_in(login, password, "PC-1")


@pytest.mark.parametrize(
    ("roles", "limit", "group"),
    [
        ((Role.FO, Role.EDITOR), 5, "pelita3_officer"),
        ((Role.KIOSK,), 2, "pelita3_kiosk"),
        ((Role.DISPLAY,), 2, "pelita3_display"),
    ],
)
def test_a_new_account_is_a_login_that_can_nothing_of_itself(
    pc: server.OfficeServer, su: psycopg.Connection[Any], roles: tuple[Role, ...], limit: int, group: str
) -> None:
    sit_by_password("admin")
    person = accounts.NewOfficer("sari", "Sari Wulandari", roles, "sandi-pertama")
    key = new_key()
    for _ in range(2):
        accounts.add_officer(person, key)
    assert role(su, "sari") == (True, False, limit, [group])


def test_who_is_put_out_is_out_at_once(pc: server.OfficeServer, su: psycopg.Connection[Any]) -> None:
    with psycopg.connect(
        **{**server.parameters(pc.server), "dbname": pc.database, "user": "p_rina", "password": PASSWORD}
    ) as window:
        sit_by_password("admin")
        key = new_key()
        assert accounts.set_active("rina", active=False, why="Pindah", key=key) == 1
        assert accounts.set_active("rina", active=False, why="Pindah", key=key) == 0, "said twice, done once"
        with pytest.raises(psycopg.OperationalError):
            window.execute("select 1")
        window.close()
    assert role(su, "rina")[0] is False
    accounts.set_active("rina", active=True, why="Kembali", key=new_key())
    assert sit_by_password("rina").login == "rina"


def test_the_first_password_opens_only_its_own_change(pc: server.OfficeServer) -> None:
    sit_by_password("admin")
    accounts.add_officer(accounts.NewOfficer("sari", "Sari", (Role.FO,), "sandi-pertama"), new_key())
    assert sit_by_password("sari", "sandi-pertama").must_change
    with pytest.raises(Refused):
        queue.issue(new_key())
    key = new_key()
    for _ in range(2):
        # The second time its answer had been lost: the old one is wrong by then, and it is no error.
        accounts.change_password("sari", "sandi-pertama", "milik-sari-sendiri", key)
    assert queue.issue(new_key()).ticket.label == "A-001"
    assert not sit_by_password("sari", "milik-sari-sendiri").must_change


VERIFIERS = ["", "sandi-biasa", "md5" + "a" * 32, "SCRAM-SHA-256$1:aaaaaaaaaaaaaaaaaaaaaa==$x:y"]


@pytest.mark.parametrize("verifier", VERIFIERS)
def test_what_is_no_verifier_never_becomes_a_password(
    pc: server.OfficeServer, monkeypatch: pytest.MonkeyPatch, verifier: str
) -> None:
    sit_by_password("admin")
    monkeypatch.setattr(server, "verifier", lambda *_: verifier)
    with pytest.raises(pw.PeeweeException, match="P3400 verifier"):
        accounts.reset_password("rina", "sekali-pakai-7", new_key())
    monkeypatch.undo()
    assert sit_by_password("rina").login == "rina"


def test_accounts_belong_to_the_administrator(pc: server.OfficeServer) -> None:
    sit_by_password("nurlaila")
    for work in (
        lambda: accounts.reset_password("rina", "sekali-pakai-7", new_key()),
        lambda: accounts.set_active("rina", active=False, why="Saya mau", key=new_key()),
        lambda: accounts.add_officer(accounts.NewOfficer("sari", "Sari", (Role.FO,), "sandi-pertama"), new_key()),
    ):
        with pytest.raises(Refused, match="administrator"):
            work()


def test_nobody_that_is_not_there_gets_a_password(pc: server.OfficeServer) -> None:
    sit_by_password("admin")
    for work in (
        lambda: accounts.reset_password("siapa", "sekali-pakai-7", new_key()),
        lambda: accounts.set_active("siapa", active=False, why="Tidak ada", key=new_key()),
    ):
        with pytest.raises(pw.PeeweeException, match="P3400 officer"):
            work()


def test_the_tests_own_way_of_sitting_down_is_the_servers(office_db: Path) -> None:
    """Other tests work as officers without typing passwords; what the server sees is the same."""
    sit_down(Role.KASI)
    assert base.db.execute_sql("select session_user, current_user, actor()").fetchone() == (
        "p_zulfikar", "p_zulfikar", "zulfikar",
    )  # fmt: skip
    assert base.db.execute_sql("select current_setting('is_superuser')").fetchone() == ("off",)
    with all_seeing():
        assert me() == "postgres"
    assert me() == "p_zulfikar"
    accounts.log_in("rina", PASSWORD, "PC-1")
    assert me() == "p_rina"
    sit_down("dedi")
    assert me() == "p_dedi"
    accounts.log_in("rina", PASSWORD, "PC-1")
    accounts.log_out()
    sit_down(Role.KABID)
    assert me() == "p_meri"


# --- long work waits for its connection


@pytest.fixture
def cable(pc: server.OfficeServer, cluster: Cluster) -> Iterator[Proxy]:
    with Proxy((cluster.hostaddr, cluster.port)) as made:
        pc.connect_params.update(port=made.port)
        server.sit("rina", PASSWORD)
        yield made
        base.db.close()


def pull(cable: Proxy) -> None:
    cable.refuse = True
    cable.reset()


def test_a_question_of_long_work_waits_for_another_connection(cable: Proxy) -> None:
    outage = Outage(nothing, nothing, lambda: setattr(cable, "refuse", False))
    pull(cable)
    with patience.lent(outage):
        assert me() == "p_rina"
        assert me() == "p_rina"
    assert (outage.asked, outage.ended) == (3, 1)


@pytest.mark.parametrize("lost", range(1, 4))
def test_a_press_of_long_work_is_done_once_whichever_answer_was_lost(
    cable: Proxy, su: psycopg.Connection[Any], lost: int
) -> None:
    key, outage = new_key(), Outage(*[nothing] * 5)
    cable.lose_reply(lost)
    with patience.lent(outage):
        assert queue.issue(key).ticket.label == "A-001"
    assert (outage.asked, outage.ended) == (1, 1)
    assert su.execute("select count(*) from ticket where key = %s", (key,)).fetchone() == (1,)


def test_without_patience_left_the_loss_is_told(cable: Proxy) -> None:
    pull(cable)
    with patience.lent(Outage(nothing)), pytest.raises(Unavailable) as told:
        me_told()
    assert told.value.code == "lost"


def me_told() -> str:
    with base.told():
        return me()


def test_long_work_of_one_officer_never_goes_on_in_the_name_of_the_next(pc: server.OfficeServer, cable: Proxy) -> None:
    def next_officer() -> None:
        cable.refuse = False
        pc.connect_params.update(user="p_dedi", password=PASSWORD)

    pull(cable)
    with patience.lent(Outage(nothing, next_officer, nothing, nothing)), pytest.raises(Unavailable) as told:
        me_told()
    assert told.value.code == "lost"
    assert base.db.is_closed()


def test_a_broken_connection_is_mended_for_the_officer_who_had_it(pc: server.OfficeServer, cable: Proxy) -> None:
    pc.connect_params.update(user="p_dedi", password=PASSWORD)
    with pytest.raises(Unavailable) as told:
        server.reconnect()
    assert told.value.code == "lost"
    assert base.db.is_closed()
    server.sit("dedi", PASSWORD)
    server.reconnect()
    assert me() == "p_dedi"
