"""`pelita3 admin server-check`: what differs from what must be, each with what to do. It changes nothing."""

from __future__ import annotations

import argparse
import os
import pwd
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from app.errors import Refused, Shown
from app.models.guards.runner_server import numbered
from app.server import access, certs, configuration, fingerprint, handshake, people, plan, roles, truth, units
from app.server.init import folder_of
from app.server.place import DATABASE, Connection, Files, Place, find, our_settings
from app.server.plan import Plan
from app.server.truth import Difference

INIT = "Jalankan `pelita3 admin server-init`."
RENEW = "Jalankan `pelita3 admin renew`."
CA_DAYS = 365


@dataclass
class Findings:
    """What differs, and what is only worth knowing."""

    differences: list[Difference] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def server_check(given: argparse.Namespace) -> int:
    """The command: 0 where everything is as it must be, else 1 and every difference by name."""
    place = find(given.cluster, given.socket, given.port)
    findings = check(place, given.folder)
    if place.cluster and units.here():
        findings.differences += _services(place, given.folder)
    for difference in findings.differences:
        print(f"BEDA     {difference.text}\n         {difference.advice}")
    for note in findings.notes:
        print(f"CATATAN  {note}")
    many = len(findings.differences)
    print(f"{many} perbedaan ditemukan." if many else "Server kantor sesuai dengan yang seharusnya.")
    return 1 if many else 0


def check(place: Place, folder: str = "") -> Findings:
    """Compare this server with what it must be. Refused where it was never made."""
    findings = Findings()
    with place.connect() as connection:
        files = place.files(connection)
        chosen = plan.load(folder_of(folder, place, files))
        if chosen is None or not _exists(connection):
            raise Refused("Server ini belum disiapkan. Jalankan `pelita3 admin server-init` dahulu.", code="plan")
        findings.differences += _settings(connection, files, chosen)
        findings.differences += _doors(connection, files, chosen)
        findings.differences += _certificates(chosen, files)
        findings.differences += _shown(place, chosen)
        _notes(connection, chosen, findings)
    with place.connect(DATABASE) as connection:
        found = roles.read(connection)
        wrong = (*roles.differences(found, chosen.known_roles), *roles.shared(connection))
        findings.differences += [Difference(*pair) for pair in wrong]
        findings.differences += _content(place, connection, found)
    return findings


def _exists(connection: Connection) -> bool:
    row = connection.execute("select 1 from pg_catalog.pg_database where datname = %s", (DATABASE,)).fetchone()
    return row is not None


def _settings(connection: Connection, files: Files, chosen: Plan) -> Iterator[Difference]:
    wanted = configuration.wanted(connection, chosen)
    try:
        file = our_settings(files.settings)
    except Refused as error:
        yield Difference(error.message, INIT)
        return
    if not file.exists() or file.read_text(encoding="utf-8") != configuration.text(wanted):
        yield Difference(f"{file} bukan lagi seperti yang ditulis server-init.", INIT)
    for off in configuration.off(connection, [*wanted, *configuration.NEVER_OTHERWISE]):
        must = off.setting
        text = f"Setelan {must.name} = {off.found or '(kosong)'}, seharusnya {must.value or '(kosong)'}: {must.why}."
        if off.waits:
            yield Difference(text, "Nyalakan ulang PostgreSQL saat kantor tutup.")
        elif off.source and not off.source.startswith(str(file)):
            yield Difference(text, f"Hapus dari {off.source}, lalu: SELECT pg_reload_conf();")
        else:
            yield Difference(text, INIT)
    yield from (
        Difference(f"Setelan tidak dimengerti: {e}.", "Perbaiki baris itu.") for e in configuration.errors(connection)
    )


def _doors(connection: Connection, files: Files, chosen: Plan) -> Iterator[Difference]:
    owner = pwd.getpwuid(files.uid).pw_name
    for file, lines in ((files.hba, access.rules(chosen.subnets)), (files.ident, access.mapping(owner))):
        text = file.read_text(encoding="utf-8")
        if text != access.with_block(text, lines):
            above = "" if access.BEGIN in text else " hilang"
            yield Difference(f"Baris PELITA 3 di {file}{above or ' diubah, atau ada baris lain di atasnya'}.", INIT)
    yield from (
        Difference(f"Pintu masuk tidak dimengerti: {e}.", "Perbaiki baris itu.") for e in access.errors(connection)
    )


def _certificates(chosen: Plan, files: Files) -> Iterator[Difference]:
    papers, now = chosen.papers, datetime.now(UTC)
    missing = [p for p in (papers.ca, papers.certificate, papers.key) if not p.exists()]
    if missing:
        yield Difference(f"{', '.join(map(str, missing))} tidak ada.", INIT)
        return
    try:
        wrong = certs.fits(papers.certificate, papers.key, papers.ca)
    except Shown as error:
        wrong = [error.message]
    yield from (
        Difference(text, "Pulihkan folder itu dari cadangan, atau jalankan `pelita3 admin server-init`.")
        for text in wrong
    )
    if wrong:
        return
    left = certs.days_left(papers.certificate, now)
    names, addresses = certs.held_names(certs.load(papers.certificate))
    lacking = [n for n in (*chosen.names, *chosen.addresses) if n not in names | addresses]
    if left < certs.RENEW_DAYS:
        yield Difference(f"Sertifikat server {'sudah habis' if left < 0 else f'habis dalam {left:.0f} hari'}.", RENEW)
    if certs.load(papers.certificate).not_valid_before_utc > now:
        yield Difference("Sertifikat server belum berlaku menurut jam komputer ini.", "Periksa jam server.")
    if lacking:
        yield Difference(f"Sertifikat server tidak memuat {', '.join(lacking)}.", RENEW)
    yield from _rights(papers.key, {files.uid})
    if papers.ca_key.exists():
        yield from _rights(papers.ca_key, {files.uid, 0})


def _rights(key: Path, owners: set[int]) -> Iterator[Difference]:
    found = key.stat()
    if found.st_mode & 0o077 or found.st_uid not in owners:
        mode, owner = stat.filemode(found.st_mode), found.st_uid
        owners_named = " atau ".join(sorted(pwd.getpwuid(uid).pw_name for uid in owners))
        yield Difference(
            f"Kunci {key} dapat dibaca orang lain ({mode}, milik {owner}).",
            f"chown {owners_named} {key}; chmod 600 {key}. Bila sempat terbaca, hapus dan jalankan server-init.",
        )


def _shown(place: Place, chosen: Plan) -> Iterator[Difference]:
    """What a PC would see, whatever the files say: a server that was not reloaded shows its old certificate."""
    listening = [a.strip() for a in chosen.listen.split(",")]
    here = "127.0.0.1" if {"*", "0.0.0.0", "localhost", "127.0.0.1"} & set(listening) else listening[0]  # noqa: S104  a word to compare
    if not chosen.papers.ca.exists():
        return
    for name in (*chosen.names, *chosen.addresses):
        why = handshake.refusal(here, place.port, name, chosen.papers.ca, strict=not chosen.own_certificate)
        if why:
            yield Difference(
                f"PC petugas akan menolak server ini sebagai {name}: {why}.", f"{RENEW} Lalu: SELECT pg_reload_conf();"
            )


def _content(place: Place, connection: Connection, found: roles.Cluster) -> Iterator[Difference]:
    """Schema, guards, grants, SOP and accounts of the office's own database."""
    row = connection.execute("select to_regclass('pelita3.schema_version') is not null").fetchone()
    have = connection.execute("select max(version) from pelita3.schema_version").fetchone() if row == (True,) else None
    if have is None or have[0] != numbered()[-1]:
        newer = have is not None and (have[0] or 0) > numbered()[-1]
        advice = "Pasang program yang sama barunya di server." if newer else INIT
        yield Difference(
            f"Skema basis data versi {have[0] if have else 'tidak ada'}, program {numbered()[-1]}.", advice
        )
        return
    yield from truth.compare(truth.expected(place), fingerprint.take(connection))
    yield from truth.sop(connection)
    yield from truth.standing(connection)
    yield from (Difference(*pair) for pair in roles.officers(found, people.accounts(connection)))


def _services(place: Place, folder: str) -> Iterator[Difference]:
    for name in units.outdated(place, Path(folder) if folder else plan.FOLDER):
        yield Difference(f"Layanan {name} hilang atau diubah.", INIT)
    for name in (units.WATCHDOG, *units.TIMERS):
        if units.stopped(name):
            yield Difference(f"Layanan {name} tidak berjalan.", f"systemctl enable --now {name}")


def _notes(connection: Connection, chosen: Plan, findings: Findings) -> None:
    others = [name for name in roles.other_databases(connection, DATABASE) if name != truth.SCRATCH]
    if others:
        findings.notes.append(f"Basis data lain di server ini terbuka bagi semua peran: {', '.join(others)}.")
    if connection.execute("select current_setting('data_checksums')").fetchone() != ("on",):
        findings.notes.append("Checksum data mati: kerusakan disk tidak diketahui. Lihat pg_checksums --enable.")
    if not configuration.has_auth_delay(connection):
        findings.notes.append("Modul auth_delay tidak ada: menebak sandi tidak diperlambat. Pasang fail2ban.")
    papers = chosen.papers
    if papers.ca.exists() and certs.days_left(papers.ca) < CA_DAYS:
        findings.notes.append(f"CA kantor habis dalam {certs.days_left(papers.ca):.0f} hari; semua PC perlu CA baru.")
    if os.geteuid() != 0 and not chosen.own_certificate and not os.access(papers.ca_key, os.R_OK):
        findings.notes.append("Kunci CA tidak diperiksa: hanya root yang dapat membacanya.")
