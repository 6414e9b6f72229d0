"""Officers, their dated assignments, log-in, and the first start."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

from app.errors import Refused
from app.models.base import add, derived, moment, new_key, session, told
from app.models.tables_officers import (
    ActiveOfficer,
    Assignment,
    AssignmentEnd,
    LoginAttempt,
    Officer,
    OfficerState,
    Password,
)
from app.models.tables_officers import Office as OfficeRow
from app.services.office import Office
from app.sop.model import Role

LOCK_AFTER = 5
LOCK_MINUTES = 5
MIN_PASSWORD = 10

HAT_LABELS = {
    Role.FO: "Front Office", Role.EDITOR: "Editor", Role.KASI: "Kepala Seksi", Role.KABID: "Kepala Bidang",
    Role.KADIS: "Kepala Dinas", Role.ADMIN: "Administrator", Role.MAILER: "Pengirim surel", Role.KIOSK: "Kios antrian",
    Role.DISPLAY: "Layar TV",
}  # fmt: skip


@dataclass(frozen=True)
class Hat:
    """A role an officer may work in today. `kind` is TETAP, PLH or PLT; `basis` the decree."""

    role: Role
    kind: str = "TETAP"
    basis: str = ""
    until: str = ""

    @property
    def label(self) -> str:
        """The role as officers say it, acting ones marked."""
        name = HAT_LABELS[self.role]
        return name if self.kind == "TETAP" else f"{self.kind.title()}. {name}"


@dataclass(frozen=True)
class Account:
    """An officer whose password was right; not yet working in a role."""

    login: str
    name: str
    position: str
    place: str
    must_change: bool
    last_at: datetime | None
    last_pc: str
    hats: tuple[Hat, ...]


@dataclass(frozen=True)
class Who:
    """An officer at work in one role."""

    login: str
    name: str
    role: Role
    hat: Hat
    position: str = ""
    place: str = ""


@dataclass(frozen=True)
class OfficerRow:
    """One officer as the administrator sees him."""

    login: str
    name: str
    nip: str
    rank: str
    position: str
    place: str
    active: bool
    must_change: bool
    hats: tuple[Hat, ...]
    last_at: datetime | None


@dataclass(frozen=True)
class NewOfficer:
    """What is needed to make an officer; `password` is a first one, to be changed at the first log-in."""

    login: str
    name: str
    roles: tuple[Role, ...]
    password: str
    nip: str = ""
    rank: str = ""
    position: str = ""
    place: str = ""
    must_change: bool = True


@lru_cache(maxsize=1)
def _hasher() -> PasswordHasher:
    return PasswordHasher()


def _hash(password: str) -> str:
    if len(password) < MIN_PASSWORD:
        raise Refused(f"Sandi paling sedikit {MIN_PASSWORD} huruf atau angka.", field="password")
    return _hasher().hash(password)


def first_start_needed() -> bool:
    """Whether no administrator exists yet, so that the wizard must come first."""
    with told():
        return not Assignment.select().where(Assignment.role == Role.ADMIN.value).exists()


def first_start(office: Office, officers: Sequence[NewOfficer], key: str) -> None:
    """Make the office and its first officers, administrator last: until then the database takes it from anybody.

    Raises Refused naming the field where a login stands twice, a password is short, or a role has nobody.
    """
    _check_first(officers)
    session.actor = "pemasangan"
    save_office(office, derived(key, "office"))
    for person in sorted(officers, key=lambda o: Role.ADMIN in o.roles):
        add_officer(person, derived(key, person.login), confirmed_by="berita acara pemasangan")
    session.actor = ""


def _check_first(officers: Sequence[NewOfficer]) -> None:
    logins = [o.login for o in officers]
    for login in logins:
        if logins.count(login) > 1:
            raise Refused(f"Nama akun {login} dipakai dua kali.", field="login")
    have = {r for o in officers for r in o.roles}
    for role in (Role.ADMIN, Role.FO, Role.EDITOR, Role.KASI, Role.KABID, Role.KADIS):
        if role not in have:
            raise Refused(f"Belum ada petugas untuk peran {HAT_LABELS[role]}.", field="roles")
    for o in officers:
        if len(o.password) < MIN_PASSWORD:
            raise Refused(f"Sandi {o.login} paling sedikit {MIN_PASSWORD} huruf atau angka.", field="password")


def add_officer(person: NewOfficer, key: str, *, confirmed_by: str = "") -> None:
    """A new officer with password and standing roles. The role ADMIN comes last, so that a cut-off first start goes on."""
    add(
        Officer, key, login=person.login, name=person.name, nip=person.nip, rank=person.rank,
        position=person.position, place=person.place,
    )  # fmt: skip
    add(
        Password,
        derived(key, "password"),
        login=person.login,
        hash=_hash(person.password),
        must_change=int(person.must_change),
    )
    for role in sorted(person.roles, key=lambda r: r is Role.ADMIN):
        assign(person.login, role, derived(key, role.value), confirmed_by=confirmed_by or session.actor)


def assign(
    login: str, role: Role, key: str, *, kind: str = "TETAP", basis: str = "", first: date = date.min, last: date = date.max,
    confirmed_by: str = "",
) -> None:  # fmt: skip
    """Give an officer a role, for ever or for dated days (Plh/Plt)."""
    add(
        Assignment, key, login=login, role=role.value, kind=kind, basis=basis, from_day=first.isoformat(),
        until_day=last.isoformat(), confirmed_by=confirmed_by or session.actor,
    )  # fmt: skip


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


def set_active(login: str, *, active: bool, why: str, key: str) -> None:
    """Deactivate an officer (or take back), with the reason."""
    add(OfficerState, key, login=login, active=int(active), why=why)


def reset_password(login: str, password: str, key: str) -> None:
    """A one-time password by the administrator: it must be changed at the next log-in."""
    add(Password, key, login=login, hash=_hash(password), must_change=1)


def change_password(login: str, old: str, new: str, key: str) -> None:
    """The officer's own new password; Refused at its field where the old is wrong or the new is short or the same."""
    if not _right(login, old):
        raise Refused("Sandi lama tidak cocok.", field="old")
    if old == new:
        raise Refused("Sandi baru harus berbeda dari yang lama.", field="password")
    add(Password, key, login=login, hash=_hash(new), must_change=0)


def log_in(login: str, password: str, pc: str) -> Account:
    """Check the password and sit down at the keyboard. Refused with the minutes left after five wrong tries."""
    login = login.strip().lower()
    _refuse_locked(login)
    session.actor = login
    ok = _right(login, password) and _active(login)
    with told():
        last = _last_login(login)
        LoginAttempt.insert(login=login, ok=int(ok), pc=pc).execute()
    if not ok:
        session.actor = ""
        raise Refused("Nama atau sandi tidak cocok. Periksa huruf besar dan kecil, lalu coba lagi.", field="password")
    officer = Officer.get(Officer.login == login)
    return Account(
        login, officer.name, officer.position, officer.place, _must_change(login), moment(last.made_us) if last else None,
        last.pc if last else "", hats(login),
    )  # fmt: skip


def log_out() -> None:
    """Nobody sits at the keyboard any more."""
    session.actor = ""


def work_as(account: Account, role: Role) -> Who:
    """Put on a hat; Refused where the officer does not hold it today."""
    for hat in hats(account.login):
        if hat.role is role:
            return Who(account.login, account.name, role, hat, account.position, account.place)
    raise Refused("Peran itu tidak Anda pegang hari ini.", field="role")


def hats(login: str) -> tuple[Hat, ...]:
    """The roles an officer holds today, standing ones first, each once."""
    today = moment(session.now_us()).astimezone().date().isoformat()
    with told():
        ended = AssignmentEnd.select(AssignmentEnd.assignment_id)
        rows = Assignment.select().where(
            Assignment.login == login, Assignment.from_day <= today, Assignment.until_day >= today,
            Assignment.confirmed_by != "", Assignment.id.not_in(ended),
        )  # fmt: skip
        found: dict[Role, Hat] = {}
        for row in sorted(rows, key=lambda r: (r.kind != "TETAP", r.id)):
            role = Role(row.role)
            found.setdefault(
                role, Hat(role, row.kind, row.basis, "" if row.until_day == date.max.isoformat() else row.until_day)
            )
    order = list(Role)
    return tuple(sorted(found.values(), key=lambda h: order.index(h.role)))


def officers() -> list[OfficerRow]:
    """All officers, active ones first, by name."""
    with told():
        rows = [
            OfficerRow(
                o.login, o.name, o.nip, o.rank, o.position, o.place, _active(o.login), _must_change(o.login), hats(o.login),
                moment(last.made_us) if (last := _last_login(o.login)) else None,
            )
            for o in Officer.select()
        ]  # fmt: skip
    return sorted(rows, key=lambda r: (not r.active, r.name))


def names() -> dict[str, str]:
    """Login -> name of every officer there ever was, for cards and lists."""
    with told():
        return {o.login: o.name for o in Officer.select()} | {"pemohon": "Pemohon"}


def officer(login: str) -> OfficerRow | None:
    """One officer, or None."""
    return next((o for o in officers() if o.login == login), None)


def load_office() -> Office:
    """The office's data as last saved, or the shipped values; unknown keys of a newer client are left out."""
    with told():
        row = OfficeRow.select().order_by(OfficeRow.id.desc()).first()
    if row is None:
        return Office()
    known = {f.name for f in fields(Office)}
    return Office(**{k: tuple(v) if isinstance(v, list) else v for k, v in json.loads(row.data).items() if k in known})


def save_office(office: Office, key: str | None = None) -> None:
    """Save the office's data; the old ones stay readable."""
    add(OfficeRow, key or new_key(), data=json.dumps(asdict(office), sort_keys=True, ensure_ascii=False))


def _right(login: str, password: str) -> bool:
    with told():
        row = Password.select().where(Password.login == login).order_by(Password.id.desc()).first()
    try:
        # An unknown name costs the same time as a wrong password.
        return _hasher().verify(row.hash if row else _hasher().hash("tidak ada"), password) and row is not None
    except VerificationError:
        return False


def _active(login: str) -> bool:
    return bool(ActiveOfficer.select().where(ActiveOfficer.login == login).exists())


def _must_change(login: str) -> bool:
    row = Password.select().where(Password.login == login).order_by(Password.id.desc()).first()
    return bool(row and row.must_change)


def _last_login(login: str) -> LoginAttempt | None:
    found = (
        LoginAttempt.select()
        .where(LoginAttempt.login == login, LoginAttempt.ok == 1)
        .order_by(LoginAttempt.id.desc())
        .first()
    )
    assert found is None or isinstance(found, LoginAttempt)
    return found


def _refuse_locked(login: str) -> None:
    with told():
        rows = list(
            LoginAttempt.select().where(LoginAttempt.login == login).order_by(LoginAttempt.id.desc()).limit(LOCK_AFTER)
        )
    if len(rows) < LOCK_AFTER or any(r.ok for r in rows):
        return
    left = LOCK_MINUTES * 60 - (session.now_us() - rows[0].made_us) // 1_000_000
    if left > 0:
        raise Refused(
            f"Terlalu banyak percobaan. Coba lagi {-(-left // 60)} menit lagi, atau hubungi administrator.",
            field="password",
            code="locked",
        )
