"""Makes the office's server: certificate, database, settings, doors, first officers; only what lacks is done."""

from __future__ import annotations

import os
import pwd
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from psycopg import sql

from app.errors import Refused, Unavailable
from app.models.guards.runner_server import prepare_server
from app.server import access, certs, configuration, people, plan, roles
from app.server.people import First
from app.server.place import DATABASE, Connection, Files, Place, our_settings
from app.server.plan import Plan
from app.sop.pelita3 import PELITA3

PATIENCE = 60.0


@dataclass
class Report:
    """What a run did. `todo` is what somebody must still do by hand."""

    changed: list[str] = field(default_factory=list)
    todo: list[str] = field(default_factory=list)
    people: list[First] = field(default_factory=list)


@dataclass(frozen=True)
class Own:
    """The office's own certificate, its key and its CA, as files."""

    certificate: Path
    key: Path
    ca: Path


@dataclass(frozen=True)
class Wish:
    """What a run is asked for."""

    plan: Plan
    own: Own | None = None
    people: Sequence[First] = ()
    basis: str = ""
    accept: Sequence[str] = ()
    restart: Callable[[], bool] | None = None
    """How the server is restarted, where not the way its system does; false: it was not."""


def make_server(place: Place, wish: Wish) -> Report:
    """Everything but systemd: plan, certificate, database, settings, doors, first officers. Only what lacks is done."""
    report = Report()
    with place.connect() as connection:
        files = place.files(connection)
        known = set(wish.plan.known_roles) | set(wish.accept)
        known |= set() if wish.plan.file.exists() else roles.strong(roles.read(connection))
        chosen = replace(wish.plan, known_roles=in_order(known))
        fresh = _certificates(chosen, wish.own, files, report)
        report.changed += [f"rencana {chosen.file}"] if plan.save(chosen) else []
        _make_database(connection, report)
    with place.connect(DATABASE) as connection:
        before = _wrong_roles(connection)
        report.changed += [f"skema versi {v}" for v in prepare_server(connection, PELITA3)]
        report.changed += [f"diperbaiki: {text}" for text in before - _wrong_roles(connection)]
        take_back = _set_up(connection, files, chosen, report)
        _doors(connection, files, chosen, report)
        if fresh:
            reload_and_wait(connection)
        waiting = configuration.needs_restart(connection)
    if waiting:
        _restart(wish.restart or place.restart, waiting, report, take_back)
        _wait_for(place)
    with place.connect(DATABASE) as connection:
        report.people = people.make_first(connection, wish.people, wish.basis)
        report.changed += [f"akun {p.login} ({p.role.value})" for p in report.people]
        if not people.has_admin(connection):
            report.todo.append("Belum ada administrator: ulangi dengan --admin LOGIN=Nama.")
    return report


def _wrong_roles(connection: Connection) -> set[str]:
    """What laying the ground again will mend; nothing before the first time."""
    found = roles.read(connection)
    if "pelita3_owner" not in found.roles:
        return set()
    return {text for text, _ in (*roles.differences(found, ()), *roles.shared(connection))}


def in_order(texts: Iterable[str]) -> tuple[str, ...]:
    """Each of them, in the order in which a file keeps them."""
    return tuple(sorted(texts))


def _certificates(chosen: Plan, own: Own | None, files: Files, report: Report) -> bool:
    """The CA and the server's certificate, made or taken; keys belong to whom they serve. Whether any is new."""
    papers = chosen.papers
    chosen.folder.mkdir(parents=True, exist_ok=True)
    before = _stamps(papers)
    if own:
        wrong = certs.fits(own.certificate, own.key, own.ca)
        if wrong:
            raise Refused(" ".join(wrong), field="certificate")
        copies = (
            (own.ca, papers.ca, 0o644),
            (own.certificate, papers.certificate, 0o644),
            (own.key, papers.key, 0o600),
        )
        for source, target, mode in copies:
            if not target.exists() or target.read_bytes() != source.read_bytes():
                certs.write(target, source.read_bytes(), mode)
    elif not chosen.own_certificate:
        certs.issue(chosen.folder, names=chosen.names, addresses=chosen.addresses)
    fresh = [p for p, stamp in _stamps(papers).items() if before.get(p) != stamp]
    if os.geteuid() == 0:
        os.chown(papers.key, files.uid, files.gid)
        chosen.folder.chmod(0o755)
    report.changed += [f"{p.name} di {chosen.folder}" for p in fresh]
    return bool(fresh)


def _stamps(papers: certs.Papers) -> dict[Path, tuple[int, int]]:
    """What tells a new file from an old one, also to who may not read it."""
    every = (papers.ca, papers.ca_key, papers.certificate, papers.key)
    return {p: (p.stat().st_ino, p.stat().st_mtime_ns) for p in every if p.exists()}


def _make_database(connection: Connection, report: Report) -> None:
    found = connection.execute(
        "select pg_encoding_to_char(encoding) from pg_catalog.pg_database where datname = %s", (DATABASE,)
    ).fetchone()
    if found is None:
        # The same order of letters as the embedded database has, whatever the host's language is.
        name = sql.Identifier(DATABASE)
        connection.execute(
            sql.SQL("create database {} template template0 encoding 'UTF8' locale 'C.UTF-8'").format(name)
        )
        report.changed.append(f"basis data {DATABASE}")
    elif found[0] != "UTF8":
        raise Refused(f"Basis data {DATABASE} sudah ada dengan {found[0]}, bukan UTF8. Ganti namanya dulu.")


def _set_up(connection: Connection, files: Files, chosen: Plan, report: Report) -> Callable[[], None]:
    """Write our settings and let the server read them. Returns how they are taken back."""
    file = our_settings(files.settings)
    before = file.read_text(encoding="utf-8") if file.exists() else None

    def take_back() -> None:
        configuration.write(file, before)

    if not configuration.write(file, configuration.text(configuration.wanted(connection, chosen))):
        return take_back
    wrong = configuration.errors(connection)
    if wrong:
        take_back()
        raise Refused(f"Setelan tidak diterima server: {'; '.join(wrong)}. Tidak ada yang diubah.", code="settings")
    report.changed.append(f"setelan {file}")
    reload_and_wait(connection)
    return take_back


def _doors(connection: Connection, files: Files, chosen: Plan, report: Report) -> None:
    wanted = {files.hba: access.rules(chosen.subnets), files.ident: access.mapping(pwd.getpwuid(files.uid).pw_name)}
    before = {file: access.write_block(file, lines) for file, lines in wanted.items()}
    changed = {file: text for file, text in before.items() if text is not None}
    wrong = access.errors(connection)
    if wrong:
        for file, text in changed.items():
            access.replace(file, text)
        raise Refused(f"Server tidak mengerti {'; '.join(wrong)}. Tidak ada yang diubah.", code="hba")
    report.changed += [f"pintu masuk {file}" for file in changed]
    if changed:
        reload_and_wait(connection)


def reload_and_wait(connection: Connection) -> None:
    """Let the server read its files again, and wait until it has."""
    before = connection.execute("select pg_catalog.pg_conf_load_time()").fetchone()
    connection.execute("select pg_catalog.pg_reload_conf()")
    until = time.monotonic() + PATIENCE
    while connection.execute("select pg_catalog.pg_conf_load_time()").fetchone() == before:
        if time.monotonic() > until:
            raise Unavailable("Server tidak membaca ulang setelannya. Periksa catatannya, lalu ulangi.", code="reload")
        time.sleep(0.05)


def _restart(
    restart: Callable[[], bool], waiting: Sequence[str], report: Report, take_back: Callable[[], None]
) -> None:
    """Restart for what waits. A server that does not come back gets its old settings back, so that work can go on."""
    try:
        done = restart()
    except Unavailable as error:
        take_back()
        restart()
        raise Unavailable(
            f"PostgreSQL tidak mau menyala dengan setelan baru, jadi setelan lama dipasang kembali. {error.message}",
            code="restart",
        ) from error
    if done:
        report.changed.append(f"PostgreSQL dinyalakan ulang untuk {', '.join(waiting)}")
    else:
        report.todo.append(f"Nyalakan ulang PostgreSQL saat kantor tutup, agar berlaku: {', '.join(waiting)}.")


def _wait_for(place: Place) -> None:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            place.connect().close()
        except Unavailable:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)
        else:
            return
