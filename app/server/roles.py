"""What the cluster's roles must be: ours, the officers', and nobody else with power over them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.server.place import Connection

POWERS = ("superuser", "createdb", "createrole", "replication", "bypassrls")
GROUPS = ("pelita3_officer", "pelita3_kiosk", "pelita3_display")
OWNERS = ("pelita3_owner", "pelita3_roles")
LIMITS = {"pelita3_officer": 5, "pelita3_kiosk": 2, "pelita3_display": 2}


@dataclass(frozen=True)
class Role:
    """A role's attributes; `powers` are the dangerous ones that it has."""

    login: bool = False
    powers: frozenset[str] = frozenset()
    limit: int = -1
    password: bool = False


OURS = {
    "pelita3_owner": Role(),
    "pelita3_roles": Role(powers=frozenset({"createrole"})),
    **dict.fromkeys(GROUPS, Role()),
    "pelita3_backup": Role(login=True, powers=frozenset({"bypassrls"})),
    "pelita3_watch": Role(login=True),
}
MEMBERS = {
    *((group, "pelita3_roles", True) for group in GROUPS),
    ("pg_signal_backend", "pelita3_roles", False),
    ("pg_read_all_data", "pelita3_backup", False),
    ("pg_signal_backend", "pelita3_watch", False),
    ("pg_read_all_stats", "pelita3_watch", False),
}
"""(role, its member, may pass it on)."""

STRONG_GROUPS = {
    "pg_read_all_data", "pg_write_all_data", "pg_execute_server_program", "pg_read_server_files",
    "pg_write_server_files", "pg_signal_backend", "pg_database_owner", "pg_maintain", "pg_create_subscription",
}  # fmt: skip
"""Belonging to one of these is power, too."""

OFFICER = re.compile(r"p_[a-z][a-z0-9._-]{1,39}")


@dataclass(frozen=True)
class Cluster:
    """The roles as they are."""

    roles: dict[str, Role]
    members: set[tuple[str, str, bool]]
    superuser: str
    """Who was there first: the superuser that made the cluster."""

    version: int


def read(connection: Connection) -> Cluster:
    """Every role of the server and who belongs to whom."""
    rows = connection.execute(
        "select rolname, rolcanlogin, rolconnlimit, rolpassword is not null, rolsuper, rolcreatedb, rolcreaterole, "
        "rolreplication, rolbypassrls from pg_catalog.pg_authid"
    )
    roles = {
        str(name): Role(
            bool(can), frozenset(p for p, has in zip(POWERS, powers, strict=True) if has), limit, bool(secret)
        )
        for name, can, limit, secret, *powers in rows
    }
    found = connection.execute(
        "select r.rolname, m.rolname, a.admin_option from pg_catalog.pg_auth_members a "
        "join pg_catalog.pg_roles r on r.oid = a.roleid join pg_catalog.pg_roles m on m.oid = a.member"
    )
    members = {(str(role), str(member), bool(admin)) for role, member, admin in found}
    first = connection.execute("select rolname from pg_catalog.pg_roles where oid = 10").fetchone()
    assert first is not None
    return Cluster(roles, members, str(first[0]), connection.info.server_version // 10000)


def strong(cluster: Cluster) -> set[str]:
    """Roles that are not ours and could do more than an officer: superusers and their like."""
    by_power = {name for name, role in cluster.roles.items() if role.powers}
    by_group = {member for role, member, _ in cluster.members if role in STRONG_GROUPS | set(OWNERS)}
    ours = {cluster.superuser, *OURS}
    return {name for name in by_power | by_group if name not in ours and not name.startswith("pg_")}


def differences(cluster: Cluster, known: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """What is wrong with the roles, and what to do about it."""
    for name, role in OURS.items():
        found = cluster.roles.get(name)
        if found is None:
            yield f"Peran {name} tidak ada.", "Jalankan `pelita3 admin server-init`."
        elif found != role:
            yield f"Peran {name} berubah: {_said(found)}; seharusnya {_said(role)}.", REPAIR
    yield from _memberships(cluster, known)
    for name in sorted(strong(cluster) - set(known)):
        powers = ", ".join(sorted(cluster.roles[name].powers)) or "kelompok istimewa"
        yield (
            f"Peran {name} berkuasa ({powers}) dan tidak dikenal.",
            (f'Hapus atau cabut kuasanya; bila memang perlu: `pelita3 admin server-init --accept-role "{name}"`.'),
        )


def _memberships(cluster: Cluster, known: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for role, member, admin in sorted(MEMBERS - cluster.members):
        if member in cluster.roles:
            yield f"Peran {member} bukan lagi anggota {role}{' WITH ADMIN' if admin else ''}.", REPAIR
    for role, member, _ in sorted(cluster.members - MEMBERS):
        if member not in known and not _usual(cluster, role, member):
            yield (
                f"Peran {member} menjadi anggota {role}.",
                f'Cabut bila tidak dikenal: REVOKE "{role}" FROM "{member}";',
            )


REPAIR = "Cari siapa yang mengubahnya, lalu jalankan `pelita3 admin server-init`."


def officers(cluster: Cluster, accounts: dict[str, bool]) -> Iterator[tuple[str, str]]:
    """What is wrong with the officers' login roles; `accounts` says of each officer whether he is active."""
    groups = {m: {r for r, member, _ in cluster.members if member == m} for m in cluster.roles if m.startswith("p_")}
    for login, active in sorted(accounts.items()):
        role = cluster.roles.get(f"p_{login}")
        if role is None:
            yield f"Akun {login} tidak punya peran masuk p_{login}.", "Buat ulang dari halaman Petugas."
        elif role.login != active:
            state = "aktif, tetapi perannya tidak boleh masuk" if active else "nonaktif, tetapi perannya boleh masuk"
            yield f"Akun {login} {state}.", "Aktifkan atau nonaktifkan sekali lagi di halaman Petugas."
    for name, belongs in sorted(groups.items()):
        yield from _officer(name, cluster.roles[name], belongs, accounts)


def _officer(name: str, role: Role, belongs: set[str], accounts: dict[str, bool]) -> Iterator[tuple[str, str]]:
    if name.removeprefix("p_") not in accounts:
        yield f"Peran {name} bukan petugas mana pun.", f'Hapus: DROP ROLE "{name}";'
    if role.powers:
        yield f"Petugas {name} punya kuasa {', '.join(sorted(role.powers))}.", f'Cabut dengan ALTER ROLE "{name}".'
    own = belongs & set(GROUPS)
    if len(own) != 1:
        yield f"Petugas {name} seharusnya anggota satu kelompok PELITA 3, bukan {len(own)}.", REPAIR
    elif role.limit != LIMITS[next(iter(own))]:
        limit = LIMITS[next(iter(own))]
        yield f"Batas sambungan {name} {role.limit}.", f'Kembalikan: ALTER ROLE "{name}" CONNECTION LIMIT {limit};'


def _usual(cluster: Cluster, role: str, member: str) -> bool:
    """Memberships that must be, or that PostgreSQL makes itself."""
    if role in GROUPS and OFFICER.fullmatch(member):
        return True
    if member == "pelita3_roles" and OFFICER.fullmatch(role):
        return cluster.version >= 16  # noqa: PLR2004  from 16 on whoever makes a role may manage it
    built_in = role.startswith("pg_") and member.startswith("pg_")
    foreign = not (role in OURS or OFFICER.fullmatch(role) or OFFICER.fullmatch(member) or member in OURS)
    return built_in or (foreign and role not in STRONG_GROUPS)


def _said(role: Role) -> str:
    parts = ["boleh masuk" if role.login else "tidak boleh masuk", *sorted(role.powers)]
    parts += [f"batas {role.limit}"] if role.limit != -1 else []
    return ", ".join([*parts, *(["punya sandi"] if role.password else [])])


def shared(connection: Connection) -> Iterator[tuple[str, str]]:
    """What else of the whole server is wrong: doors to other databases, settings granted or forced upon our roles."""
    rows = connection.execute(
        "select d.datname from pg_catalog.pg_database d where d.datname in ('postgres', 'template1') and exists "
        "(select 1 from aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) a where a.grantee = 0)"
    )
    for (name,) in rows:
        yield f"Basis data {name} terbuka bagi semua peran.", f'Tutup: REVOKE ALL ON DATABASE "{name}" FROM PUBLIC;'
    for name, grants in connection.execute("select parname, paracl::text from pg_catalog.pg_parameter_acl"):
        yield f"Setelan {name} dikuasakan: {grants}.", f"Cabut: REVOKE ALL ON PARAMETER {name} FROM ...;"
    forced = connection.execute(
        "select r.rolname, array_to_string(s.setconfig, ', ') from pg_catalog.pg_db_role_setting s "
        "join pg_catalog.pg_roles r on r.oid = s.setrole where s.setdatabase = 0 and r.rolname like 'pelita3%'"
    )
    for name, settings in forced:
        yield f"Peran {name} dipaksa memakai {settings}.", f'Kembalikan: ALTER ROLE "{name}" RESET ALL;'


def other_databases(connection: Connection, ours: str) -> list[str]:
    """Other databases of this server into which every officer's role could look."""
    rows = connection.execute(
        "select d.datname from pg_catalog.pg_database d where d.datallowconn and d.datname not in (%s, 'postgres', "
        "'template1') and exists (select 1 from aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) a "
        "where a.grantee = 0 and a.privilege_type = 'CONNECT') order by 1",
        (ours,),
    )
    return [str(name) for (name,) in rows]
