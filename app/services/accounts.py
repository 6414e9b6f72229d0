"""Officers, their dated assignments, log-in, and the first start."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from app.errors import Refused
from app.models import adm
from app.models.base import add, derived, moment, on_server, session, told
from app.models.lists import bare
from app.models.tables_officers import (
    ActiveOfficer,
    Assignment,
    AssignmentEnd,
    LoginAttempt,
    Officer,
    RoleInForce,
)
from app.services import passwords
from app.services.confirmations import HEADS, Pending, confirm, to_confirm
from app.services.office import Office, load_office, save_office
from app.services.passwords import MIN_PASSWORD
from app.services.people import HAT_LABELS, Account, Hat, NewOfficer, OfficerRow, Who
from app.sop.model import Role

__all__ = [
    "HAT_LABELS",
    "MIN_PASSWORD",
    "Account",
    "Hat",
    "NewOfficer",
    "OfficerRow",
    "Pending",
    "Who",
    "add_officer",
    "assign",
    "change_password",
    "confirm",
    "end_assignments",
    "first_start",
    "first_start_needed",
    "hats",
    "load_office",
    "log_in",
    "log_out",
    "names",
    "officer",
    "officers",
    "reset_password",
    "save_office",
    "set_active",
    "to_confirm",
    "work_as",
]

LOGIN = re.compile(r"[a-z][a-z0-9._-]{1,39}")


def first_start_needed() -> bool:
    """Whether no administrator exists yet, so that the wizard must come first. A server's is made by its own set-up."""
    if on_server():
        return False
    with told():
        return not Assignment.select().where(Assignment.role == Role.ADMIN.value).exists()


def first_start(office: Office, officers: Sequence[NewOfficer], key: str) -> None:
    """Make the office and its first officers, administrator last: until then the database takes it from anybody.

    Cut off anywhere, the same key goes on where it stopped. Raises Refused naming the field where a login stands
    twice, a password is short, a role has nobody, or there is more than one administrator.
    """
    _check_first(officers)
    session.actor = "pemasangan"
    try:
        save_office(office, derived(key, "office"))
        for person in sorted(officers, key=lambda o: Role.ADMIN in o.roles):
            add_officer(person, derived(key, person.login), confirmed_by="berita acara pemasangan")
    finally:
        session.actor = ""


def _check_first(officers: Sequence[NewOfficer]) -> None:
    logins = [o.login for o in officers]
    for login in logins:
        if logins.count(login) > 1:
            raise Refused(f"Nama akun {login} dipakai dua kali.", field="login")
    have = [r for o in officers for r in o.roles]
    for role in (Role.ADMIN, Role.FO, Role.EDITOR, Role.KASI, Role.KABID, Role.KADIS):
        if role not in have:
            raise Refused(f"Belum ada petugas untuk peran {HAT_LABELS[role]}.", field="roles")
    if have.count(Role.ADMIN) > 1:
        # The first one closes the door by which the installation writes.
        raise Refused(
            "Pemasangan membuat satu administrator. Tambahkan yang lain sesudahnya di halaman Petugas.", field="roles"
        )
    for o in officers:
        _check_person(o)


def _check_person(person: NewOfficer) -> None:
    if not LOGIN.fullmatch(person.login):
        raise Refused(
            f"Nama akun “{person.login}” belum benar. Pakai 2 sampai 40 huruf kecil atau angka, diawali huruf.",
            field="login",
        )
    if not 2 <= len(person.name.strip()) <= 100:  # noqa: PLR2004  what the table takes
        raise Refused(f"Nama petugas {person.login} harus 2 sampai 100 huruf.", field="name")
    passwords.demand_long(person.password, person.login)


def add_officer(person: NewOfficer, key: str, *, confirmed_by: str = "") -> None:
    """A new officer with password and standing roles. ADMIN comes last, so that a cut-off first start goes on."""
    _check_person(person)
    facts = {n: getattr(person, n) for n in ("name", "nip", "rank", "position", "place")}
    digest = passwords.hashed(person.password)
    adm.add_account(person.login, facts, digest, person.password, key, must_change=person.must_change, kind=person.kind)
    for role in sorted(person.roles, key=lambda r: r is Role.ADMIN):
        assign(person.login, role, derived(key, role.value), confirmed_by=confirmed_by)


def assign(
    login: str,
    role: Role,
    key: str,
    *,
    kind: str = "TETAP",
    basis: str = "",
    first: date = date.min,
    last: date = date.max,
    confirmed_by: str = "",
) -> None:
    """Give an officer a role, for ever or for dated days (Plh/Plt). Refused where the last day is before the first.

    A head's role waits for a second person (`confirm`), and so does whatever somebody gives himself; only the first
    start brings its own confirmation.
    """
    if last < first:
        raise Refused("Hari terakhir tidak boleh sebelum hari pertama.", field="last")
    add(
        Assignment,
        key,
        login=login,
        role=role.value,
        kind=kind,
        basis=basis,
        from_day=first.isoformat(),
        until_day=last.isoformat(),
        confirmed_by=confirmed_by or ("" if role in HEADS or login == session.actor else session.actor),
    )


def end_assignments(login: str, role: Role, why: str, key: str) -> None:
    """End a role of an officer; nothing is deleted. Refused for the last administrator."""
    with told():
        ended = AssignmentEnd.select(AssignmentEnd.assignment_id)
        rows = list(
            Assignment.select().where(
                Assignment.login == login, Assignment.role == role.value, Assignment.id.not_in(ended)
            )
        )
    for row in rows:
        add(AssignmentEnd, derived(key, str(row.id)), assignment_id=row.id, why=why)


def set_active(login: str, *, active: bool, why: str, key: str) -> int:
    """Deactivate an officer (or take back), with the reason; the number of open sessions that ended with it."""
    return adm.set_active(login, active=active, why=why, key=key)


def reset_password(login: str, password: str, key: str) -> None:
    """A one-time password by the administrator: it must be changed at the next log-in.

    A head's roles rest from then on until a second person has confirmed it.
    """
    adm.set_password(login, passwords.hashed(password), password, key)


def change_password(login: str, old: str, new: str, key: str) -> None:
    """The officer's own new password; Refused at its field where the old is wrong or the new is short or the same.

    Asking again with the same key is no error, though the old one is wrong by then.
    """
    if not passwords.was_set(login, key) and not passwords.right(login, old):
        raise Refused("Sandi lama tidak cocok.", field="old")
    if old == new:
        raise Refused("Sandi baru harus berbeda dari yang lama.", field="password")
    adm.change_password(login, passwords.hashed(new), new, key)


def log_in(login: str, password: str, pc: str) -> Account:
    """Check the password and sit down at the keyboard. Refused with the minutes left after five wrong tries."""
    login = login.strip().lower()
    session.actor = ""
    passwords.refuse_locked(login)
    ok = passwords.enter(login, password) and _active(login)
    with told():
        last = _last_login(login)
        LoginAttempt.insert(login=login, ok=int(ok), pc=pc).as_rowcount().execute()
        if not ok:
            raise Refused(passwords.WRONG, field="password")
        person = Officer.get(Officer.login == login)
    account = Account(
        login,
        person.name,
        person.position,
        person.place,
        passwords.must_change(login),
        moment(last.made_us) if last else None,
        last.pc if last else "",
        hats(login),
    )
    session.actor = login
    return account


def log_out() -> None:
    """Nobody sits at the keyboard any more."""
    session.actor = ""
    passwords.leave()


def work_as(account: Account, role: Role) -> Who:
    """Put on a hat; Refused where the officer does not hold it today."""
    for hat in hats(account.login):
        if hat.role is role:
            return Who(account.login, account.name, role, hat, account.position, account.place)
    raise Refused("Peran itu tidak Anda pegang hari ini.", field="role")


def hats(login: str) -> tuple[Hat, ...]:
    """The roles an officer holds today (the office's day), standing ones first, each once; unconfirmed ones not."""
    with told():
        query = RoleInForce.select().where(RoleInForce.login == login)
        rows = sorted(query, key=lambda r: (r.kind != "TETAP", r.assignment_id))
    found: dict[Role, Hat] = {}
    for row in rows:
        until = "" if row.until_day == date.max.isoformat() else row.until_day
        found.setdefault(Role(row.role), Hat(Role(row.role), row.kind, row.basis, until))
    order = list(Role)
    return tuple(sorted(found.values(), key=lambda h: order.index(h.role)))


def officers() -> list[OfficerRow]:
    """All officers, active ones first, by name."""
    with told():
        rows = [_officer_row(o) for o in Officer.select()]
    return sorted(rows, key=lambda r: (not r.active, r.name))


def _officer_row(o: Officer) -> OfficerRow:
    last = _last_login(o.login)
    return OfficerRow(
        o.login,
        o.name,
        o.nip,
        o.rank,
        o.position,
        o.place,
        _active(o.login),
        passwords.must_change(o.login),
        hats(o.login),
        moment(last.made_us) if last else None,
    )


def names() -> dict[str, str]:
    """Login -> name of every officer there ever was, for cards and lists."""
    return dict(bare(Officer.select(Officer.login, Officer.name))) | {"pemohon": "Pemohon"}


def officer(login: str) -> OfficerRow | None:
    """One officer, or None."""
    return next((o for o in officers() if o.login == login), None)


def _active(login: str) -> bool:
    return bool(ActiveOfficer.select().where(ActiveOfficer.login == login).exists())


def _last_login(login: str) -> LoginAttempt | None:
    found = (
        LoginAttempt.select()
        .where(LoginAttempt.login == login, LoginAttempt.ok == 1)
        .order_by(LoginAttempt.id.desc())
        .first()
    )
    assert found is None or isinstance(found, LoginAttempt)
    return found
