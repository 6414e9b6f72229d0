"""The first officers, made on the server itself, and the confirmation that nobody else can give yet."""

from __future__ import annotations

import argparse
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field

from app.errors import Refused
from app.jobs.set_up import first_password
from app.server.place import DATABASE, Connection, find
from app.services.accounts import LOGIN
from app.sop.model import Role

HEADS = (Role.KABID, Role.KADIS)
MIN_MINUTES, MAX_MINUTES = 5, 300
"""How long the text of a berita acara is: its number, its date, who signed."""

FIRST = uuid.UUID("8d2b5d0c-2a5e-4c29-9a94-7a3c0c1c7a10")
"""Keys of what the installation writes follow from this and what it is about: repeated, nothing is doubled."""


@dataclass(frozen=True)
class First:
    """An officer whom the installation makes. `password` is his one-time password, printed once and kept nowhere."""

    login: str
    name: str
    role: Role
    password: str = field(default="", repr=False)


def parse(text: str, role: Role) -> First:
    """An officer from `LOGIN=Nama lengkap`; Refused where it is not one."""
    login, _, name = (part.strip() for part in text.partition("="))
    login = login.lower()
    if not LOGIN.fullmatch(login) or not 2 <= len(name) <= 100:  # noqa: PLR2004  what the table takes
        raise Refused(
            f"“{text}” belum benar. Tulis LOGIN=Nama lengkap, misalnya rina=Rina Marlina; akun 2-40 huruf kecil.",
            field=role.value,
        )
    return First(login, name, role)


def minutes(text: str) -> str:
    """The text of a berita acara; Refused where it says nothing."""
    text = " ".join(text.split())
    if not MIN_MINUTES <= len(text) <= MAX_MINUTES:
        raise Refused("Sebutkan --berita-acara: nomor, tanggal, dan siapa yang menandatangani.", field="berita_acara")
    return text


def make_first(connection: Connection, people: Sequence[First], basis: str) -> list[First]:
    """Make the first officers who are not there yet, and return them with their one-time passwords.

    Refused where the office has somebody in that role already: from then on officers are made in the admin's window.
    """
    made = []
    for person in people:
        held = _holders(connection, person.role)
        if person.login in held:
            continue
        if held:
            raise Refused(
                f"Peran {person.role.value} sudah dipegang {', '.join(held)}. Petugas lain ditambahkan administrator "
                "di halaman Petugas.",
                field=person.role.value,
            )
        made.append(_make(connection, person, basis))
    return made


def has_admin(connection: Connection) -> bool:
    """Whether somebody can administer the office."""
    return bool(_holders(connection, Role.ADMIN))


def _holders(connection: Connection, role: Role) -> list[str]:
    rows = connection.execute(
        "select distinct a.login from pelita3.assignment a where a.role = %s "
        "and not exists (select 1 from pelita3.assignment_end e where e.assignment_id = a.id) order by 1",
        (role.value,),
    )
    return [str(login) for (login,) in rows]


def _make(connection: Connection, person: First, basis: str) -> First:
    """Account, one-time password and role, all or nothing; the berita acara is the second person's word."""
    password = first_password()
    secret = connection.pgconn.encrypt_password(password.encode(), f"p_{person.login}".encode(), b"scram-sha-256")
    key = str(uuid.uuid5(FIRST, person.login))
    with connection.transaction():
        if not connection.execute("select 1 from officer where login = %s", (person.login,)).fetchone():
            connection.execute(
                "select adm.add_officer(%s, %s, '', '', '', '', %s, 1, 'officer', %s)",
                (person.login, person.name, secret.decode(), key),
            )
        else:
            password = ""
        connection.execute(
            "insert into assignment(login, role, confirmed_by, key) values (%s, %s, %s, %s)",
            (person.login, person.role.value, basis, str(uuid.uuid5(FIRST, f"{person.login} {person.role.value}"))),
        )
    return First(person.login, person.name, person.role, password)


# --- `pelita3 admin confirm` -----------------------------------------------------------------------------------------


def confirm_on_server(given: argparse.Namespace) -> int:
    """Confirm an officer's appointment or new password, where no second head could."""
    place = find(given.cluster, given.socket, given.port)
    with place.connect(DATABASE) as connection:
        print(confirm(connection, given.login, given.berita_acara))
    return 0


def confirm(connection: Connection, login: str, text: str) -> str:
    """The server's own word for a head's appointments and password, on the ground of a berita acara; says what it did.

    Refused for an unknown officer, and where another Kabid or Kadis is in office: it is his to confirm, in his window.
    """
    basis = minutes(text)
    if not connection.execute("select 1 from pelita3.officer where login = %s", (login,)).fetchone():
        raise Refused(f"Akun {login} tidak ada.", field="login")
    others = [head for head in _heads_in_office(connection) if head != login]
    if others:
        raise Refused(
            f"{', '.join(others)} dapat mengesahkan {login} di jendelanya; server tidak perlu.", code="second"
        )
    last = connection.execute(
        "select coalesce((select max(id) from pelita3.assignment where login = %(l)s), 0), "
        "coalesce((select max(id) from pelita3.password where login = %(l)s), 0), "
        "coalesce((select max(assignment_id) from pelita3.duty_confirm where login = %(l)s), 0), "
        "coalesce((select max(password_id) from pelita3.duty_confirm where login = %(l)s), 0)",
        {"l": login},
    ).fetchone()
    assert last is not None
    assignment, password, seen_assignment, seen_password = map(int, last)
    if (assignment, password) == (seen_assignment, seen_password):
        return f"Tidak ada yang menunggu pengesahan untuk {login}; tidak ada yang diubah."
    # The key is the one free text of the row, and sealed with it: there the minutes stay.
    key = f"{uuid.uuid5(FIRST, f'{login} {assignment} {password}')} berita acara {basis}"
    with connection.transaction():
        connection.execute(
            "insert into duty_confirm(login, assignment_id, password_id, key) values (%s, %s, %s, %s)",
            (login, assignment, password, key),
        )
    return f"Penugasan dan sandi {login} disahkan dari server, berita acara: {basis}"


def _heads_in_office(connection: Connection) -> list[str]:
    """Every Kabid and Kadis who could confirm today; one whose own role still waits cannot."""
    rows = connection.execute(
        "select distinct login from pelita3.role_in_force where role = any(%s) order by 1",
        ([r.value for r in HEADS],),
    )
    return [str(login) for (login,) in rows]


def accounts(connection: Connection) -> dict[str, bool]:
    """Every officer's account and whether it is active."""
    rows = connection.execute(
        "select o.login, exists (select 1 from pelita3.active_officer a where a.login = o.login) from pelita3.officer o"
    )
    return {str(login): bool(active) for login, active in rows}
