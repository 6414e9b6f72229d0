"""`pelita3 admin server-init`: makes this host the office's server, step by step; a second run changes nothing."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

from app.errors import Refused
from app.server import certs, people, plan, units
from app.server.making import Own, Report, Wish, in_order, make_server
from app.server.place import DATABASE, Files, Place, find
from app.server.plan import Plan
from app.sop.model import Role


def server_init(given: argparse.Namespace) -> int:
    """The command: ask nothing, do what lacks, say what was done and what officers' PCs need."""
    place = find(given.cluster, given.socket, given.port)
    with place.connect() as connection:
        files = place.files(connection)
    wish = _wish(given, place, files)
    report = make_server(place, wish)
    if place.cluster and units.here():
        report.changed += [f"pengguna sistem {name}" for name in units.make_users()]
        report.changed += [f"layanan {name}" for name in units.install(place, wish.plan.folder)]
        blocked = units.unreachable_by_services()
        report.todo += (
            [f"Pindahkan program ke /opt/pelita3: layanan tidak dapat masuk ke {blocked}."] if blocked else []
        )
    else:
        report.todo.append(f"Pasang layanan dari {units.shipped()} dengan tangan: systemd tidak mengurus komputer ini.")
    _tell(place, wish.plan, report)
    return 0


def _wish(given: argparse.Namespace, place: Place, files: Files) -> Wish:
    folder = folder_of(given.folder, place, files)
    own = _own(given)
    before = plan.load(folder)
    chosen = plan.chosen(
        before, folder, names=given.name, addresses=given.address, subnets=given.subnet, listen=given.listen,
        pcs=given.pcs,
    )  # fmt: skip
    if own or chosen.own_certificate:
        # The names that count are those that the office's certificate holds.
        names, addresses = certs.held_names(certs.load(own.certificate if own else chosen.papers.certificate))
        chosen = replace(chosen, names=in_order(names), addresses=in_order(addresses), own_certificate=True)
    asked = [(given.admin, Role.ADMIN), (given.kabid, Role.KABID), (given.kadis, Role.KADIS)]
    first = [people.parse(text, role) for text, role in asked if text]
    if given.kabid or given.kadis:
        people.minutes(given.berita_acara)
    basis = " ".join(given.berita_acara.split()) or "berita acara pemasangan"
    never = (lambda: False) if given.no_restart else None
    return Wish(chosen, own, first, basis, given.accept_role, never)


def _own(given: argparse.Namespace) -> Own | None:
    named = (given.certificate, given.key, given.ca)
    if not any(named):
        return None
    if not all(named):
        raise Refused("Sertifikat kantor sendiri perlu ketiganya: --certificate, --key, dan --ca.", field="certificate")
    return Own(*map(Path, named))


def folder_of(named: str, place: Place, files: Files) -> Path:
    """Where CA, certificate and plan lie: as named, /etc/pelita3 on Debian, else beside the server's own files."""
    if named:
        return Path(named).absolute()
    return plan.FOLDER if place.cluster else files.settings.parent / "pelita3"


# --- what is said ----------------------------------------------------------------------------------------------------


def _tell(place: Place, chosen: Plan, report: Report) -> None:
    """What was done, what is left to do, what officers' PCs need. One-time passwords appear here and nowhere else."""
    for line in report.changed:
        print(f"dibuat    {line}")
    if not report.changed:
        print("Tidak ada yang perlu diubah: server ini sudah siap.")
    for line in report.todo:
        print(f"PERLU     {line}")
    for person in report.people:
        said = person.password or "(sandi akun yang sudah ada)"
        print(f"SANDI     {person.login} ({person.name}, {person.role.value}): {said}")
    if any(p.password for p in report.people):
        print(
            "          Catat sekarang: sandi sekali pakai ini tidak disimpan di mana pun dan harus diganti saat masuk."
        )
    outside = [n for n in (*chosen.names, *chosen.addresses) if n not in {"localhost", "127.0.0.1", "::1"}]
    print("\nUntuk setiap PC petugas:")
    print(f"  1. Salin {chosen.papers.ca} ke PC itu; boleh dibaca siapa pun (kuncinya tidak pernah disalin).")
    print("  2. Isikan alamat server, salah satu dari:")
    for name in outside or ["localhost"]:
        host = f"[{name}]" if ":" in name else name
        print(f"       postgresql://{host}:{place.port}/{DATABASE}?ca=/letak/{chosen.papers.ca.name}")
