"""A whole invented office in a fresh embedded database, and officers who sit down in it."""

from __future__ import annotations

import gc
import itertools
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from peewee import SqliteDatabase

from app.jobs.workshop import Workshop
from app.models import base
from app.models.guards import runner
from app.server.cluster import Cluster
from app.services import accounts, passwords
from app.services.accounts import NewOfficer, Who
from app.services.office import Office
from app.sop.model import Role
from app.sop.pelita3 import PELITA3
from tests.support import postgres

PASSWORD = "rahasia-uji-1"

FRONT = "Petugas Front Office"
PEOPLE = (
    NewOfficer("rina", "Rina Oktaviani", (Role.FO,), PASSWORD, position=FRONT, place="Loket 3", must_change=False),
    NewOfficer("dedi", "Dedi Kurniawan", (Role.FO,), PASSWORD, position=FRONT, place="Loket 4", must_change=False),
    NewOfficer("yuni", "Yuni Safitri", (Role.EDITOR,), PASSWORD, position="Editor", must_change=False),
    NewOfficer("zulfikar", "Zulfikar Hasan, S.Sos", (Role.KASI,), PASSWORD, nip="197903122005011004",
               position="Kasi Perkawinan & Perceraian", must_change=False),
    NewOfficer("meri", "Meri Anggraini, S.H.", (Role.KABID,), PASSWORD, nip="197406182001122003",
               position="Kabid Pencatatan Sipil", must_change=False),
    NewOfficer("nurlaila", "Dr. Nurlaila Hasibuan, M.Si", (Role.KADIS,), PASSWORD, nip="196911201995032001",
               rank="Pembina Utama Muda (IV/c)", position="Kepala Dinas", must_change=False),
    NewOfficer("pos", "Pengirim Surel", (Role.MAILER,), PASSWORD, must_change=False),
    NewOfficer("admin", "Administrator", (Role.ADMIN,), PASSWORD, position="TI", must_change=False),
)  # fmt: skip

OFFICE = Office(
    head_name="Dr. Nurlaila Hasibuan, M.Si", head_nip="196911201995032001", head_rank="Pembina Utama Muda (IV/c)",
    smtp_from="layanan@contoh.id",
)  # fmt: skip

LOGINS = {
    Role.FO: "rina", Role.EDITOR: "yuni", Role.KASI: "zulfikar", Role.KABID: "meri", Role.KADIS: "nurlaila",
    Role.MAILER: "pos", Role.ADMIN: "admin",
}  # fmt: skip


FOUNDED = datetime(2026, 1, 5, 1, 0, tzinfo=UTC)


class Clock:
    """The database's clock in a test: stands where it is put, or runs with the PC's when `at` is None."""

    _at: datetime | None = None

    @property
    def at(self) -> datetime | None:
        """Where it was put."""
        return self._at

    @at.setter
    def at(self, at: datetime | None) -> None:
        self._at = at
        if isinstance(base.db.obj, postgres.ActingServer):
            base.db.obj.put_clock(str(base.micros(at)) if at else "")

    def us(self) -> int:
        """Microseconds since 1970."""
        return base.micros(self.at or datetime.now(UTC))


def sit_down(login_or_role: str | Role) -> Who:
    """The officer takes the keyboard, without typing a password (log-in has its own tests)."""
    login = LOGINS[login_or_role] if isinstance(login_or_role, Role) else login_or_role
    base.session.actor = login
    person = next(p for p in PEOPLE if p.login == login)
    hat = next(h for h in accounts.hats(login) if not isinstance(login_or_role, Role) or h.role is login_or_role)
    return Who(login, person.name, hat.role, hat, person.position, person.place)


def appoint(login: str, role: Role, basis: str = "SK 821/114", kind: str = "PLH") -> None:
    """The administrator gives an officer another role, and the Kadis (for himself the Kabid) confirms it."""
    sit_down(Role.ADMIN)
    accounts.assign(login, role, base.new_key(), kind=kind, basis=basis)
    confirmed_by_another(login)


def confirmed_by_another(login: str) -> None:
    """What waits for a second person's word on this officer gets it."""
    sit_down(Role.KABID if login == LOGINS[Role.KADIS] else Role.KADIS)
    for waiting in accounts.to_confirm():
        if waiting.login == login:
            accounts.confirm(waiting, base.new_key())


@contextmanager
def all_seeing() -> Iterator[None]:
    """To look at what is in the office, on whosever desk it lies; then whoever sat there sits there again."""
    before = base.session.actor
    base.session.actor = "pemasangan"
    try:
        yield
    finally:
        base.session.actor = before


REAL_HASHER = passwords.HASHER
# Argon2 with its smallest costs: hundreds of log-ins are tested, one of them by the real costs.
passwords.HASHER = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


def open_copy(template: Path, path: Path) -> SqliteDatabase:
    """A copy of an office at `path`, open for this thread; no -wal of an earlier one stays beside it.

    It does not wait for the disk: that power may fail at any time is proved in tests/models/test_durability.py.
    """
    for beside in (f"{path}-wal", f"{path}-shm"):
        Path(beside).unlink(missing_ok=True)
    shutil.copy(template, path)
    database = base.open_sqlite(path)
    base.db.connect()
    database.pragma("synchronous", 0, permanent=True)
    return database


@pytest.fixture(scope="session")
def office_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The office made once, before any day on which a test plays; every test works on its own copy."""
    path = tmp_path_factory.mktemp("kantor") / "kantor.db"
    before = base.session.clock
    database = base.open_sqlite(path)
    base.session.clock = lambda: base.micros(FOUNDED)
    with base.connected():
        runner.prepare_sqlite(database, path, PELITA3, FOUNDED)
        accounts.first_start(OFFICE, PEOPLE, base.new_key())
        database.execute_sql("pragma wal_checkpoint(truncate)")
    base.session.clock = before
    return path


def _session() -> tuple[Any, ...]:
    """Which office this process works with, by which clock, and how it connects again."""
    return base.db.obj, base.session.clock, base.session.reconnect


def _go_back(before: tuple[Any, ...]) -> None:
    base.db.obj, base.session.clock, base.session.reconnect = before


FRESH = _session()
WHOLE_AFTER = 30
"""Seconds between two looks at all that a test process holds: one takes a second."""
_collected = [0.0]


@pytest.fixture(autouse=True)
def session_as_it_was() -> Iterator[None]:
    """The office that a test opened, and what it learned of a server's clock, is no business of the next test."""
    before = _session()
    yield
    _go_back(before)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Iterator[None]:
    """The same where all tests of a file share an office: the next file begins like a program that was just started."""
    yield
    if nextitem is None or nextitem.path != item.path:
        _go_back(FRESH)
    if not gc.isenabled():
        # A window's program has switched it off for good, and no timer of its own runs between tests.
        whole = time.monotonic() - _collected[0] > WHOLE_AFTER
        gc.collect(2 if whole else 1)
        if whole:
            _collected[0] = time.monotonic()


@pytest.fixture
def clock() -> Clock:
    """The database's clock, to be put where the test wants it."""
    found = Clock()
    base.session.clock = found.us
    return found


@pytest.fixture(scope="session")
def offices(cluster: Cluster) -> Iterator[postgres.Offices]:
    """The same office on a server, made once by its own first start."""
    postgres.make_office(cluster, postgres.TEMPLATE)
    with postgres.superuser(cluster, postgres.TEMPLATE) as su:
        su.execute(postgres.CLOCK)
        su.execute(f'create role "{postgres.NOBODY}" in role pelita3_officer')
    base.db.initialize(postgres.ActingServer(cluster, postgres.TEMPLATE))
    with postgres.acting_session():
        base.session.actor = "pemasangan"
        with base.connected():
            accounts.first_start(OFFICE, PEOPLE, base.new_key())
        base.session.actor = ""
        base.db.close()
    found = postgres.Offices(cluster)
    yield found
    found.close()


BOTH = ("tests/models/", "tests/services/", "tests/jobs/", "tests/scenarios/", "tests/faults/")
"""Where a test of data runs on both engines unless it says for which one it is (`sqlite_only`, `postgres_only`)."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Every test that asks for an office and lies with the data runs on both engines."""
    if "engine" not in metafunc.fixturenames:
        return
    place = metafunc.definition.nodeid
    engines = ["sqlite", "postgres"] if place.startswith(BOTH) else ["sqlite"]
    if metafunc.definition.get_closest_marker("sqlite_only"):
        engines = ["sqlite"]
    if metafunc.definition.get_closest_marker("postgres_only"):
        engines = ["postgres"]
    metafunc.parametrize("engine", engines, indirect=True, ids=[e if len(engines) > 1 else "" for e in engines])


@pytest.fixture
def engine(request: pytest.FixtureRequest) -> str:
    """On which database this test's office lies."""
    return str(getattr(request, "param", "sqlite"))


@pytest.fixture
def office_db(engine: str, request: pytest.FixtureRequest) -> Iterator[Path]:
    """A fresh office, connected in this thread; nobody sits at the keyboard. Its file, where it is one."""
    if engine == "postgres":
        offices: postgres.Offices = request.getfixturevalue("offices")
        with offices.copy():
            yield Path("kantor-di-server")
        return
    yield from _embedded(request.getfixturevalue("office_template"), request.getfixturevalue("tmp_path") / "kantor.db")


def _embedded(office_template: Path, path: Path) -> Iterator[Path]:
    database = open_copy(office_template, path)
    base.session.actor = ""
    try:
        yield path
    finally:
        base.session.actor = ""
        base.db.close()
        # A program that a test started has put another database behind `base.db`.
        database.close()


@pytest.fixture
def new_offices(engine: str, request: pytest.FixtureRequest) -> Callable[[], AbstractContextManager[object]]:
    """new_offices(): a fresh office for the length of a `with`, for a test that needs many of them."""
    if engine == "postgres":
        offices: postgres.Offices = request.getfixturevalue("offices")
        return offices.copy
    template: Path = request.getfixturevalue("office_template")
    folder: Path = request.getfixturevalue("tmp_path")
    count = itertools.count(1)
    # Each has a file of its own: to SQLite a file that is overwritten is still the one it has open.
    return lambda: contextmanager(_embedded)(template, folder / f"kantor-{next(count)}.db")


@pytest.fixture
def who(office_db: Path) -> Callable[[str | Role], Who]:
    """who(Role.KASI) or who("rina"): that officer sits down."""
    return sit_down


@pytest.fixture
def shop(tmp_path: Path) -> Workshop:
    """This PC's means: papers are printed into a folder."""
    folder = tmp_path / "pc"
    folder.mkdir()
    return Workshop(PELITA3, folder, "PC-LOKET-03", p12_path=folder / "kadis.p12")
