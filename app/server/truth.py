"""What the office's database must be made of: the shipped SQL run once more beside it, looked at, and rolled back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import psycopg
from psycopg import sql

from app.errors import Unavailable
from app.models.guards.runner_server import prepare_server, server_rows
from app.server import fingerprint
from app.server.fingerprint import Fingerprint
from app.server.place import Connection, Place
from app.sop.pelita3 import PELITA3

SCRATCH = "pelita3_periksa"
SHOWN = 160
GUARDS = {"pemicu", "fungsi", "kebijakan baris", "aturan", "relasi", "benda lain", "batasan"}
"""Kinds by which the SOP is enforced; while one of them differs, nobody should work."""


@dataclass(frozen=True)
class Difference:
    """Something that is not as it must be, and what to do about it, in plain words."""

    text: str
    advice: str


def expected(place: Place) -> Fingerprint:
    """The fingerprint of a database that the shipped SQL has just made on this very server. Nothing of it stays."""
    name = sql.Identifier(SCRATCH)
    with place.connect() as connection:
        try:
            connection.execute(sql.SQL("drop database if exists {}").format(name))
        except psycopg.errors.ObjectInUse as error:
            raise Unavailable("Pemeriksaan lain sedang berjalan. Ulangi sebentar lagi.", code="busy") from error
        connection.execute(
            sql.SQL("create database {} template template0 encoding 'UTF8' locale 'C.UTF-8'").format(name)
        )
        try:
            with place.connect(SCRATCH) as scratch, scratch.transaction(force_rollback=True):
                # Roles belong to the whole server; rolled back, not even a repair of them is left.
                prepare_server(scratch, PELITA3)
                scratch.execute("reset role")
                return fingerprint.take(scratch)
        finally:
            connection.execute(sql.SQL("drop database {} with (force)").format(name))


def compare(must: Fingerprint, found: Fingerprint) -> Iterator[Difference]:
    """Every line that is missing, too many, or different."""
    for kind, name in sorted(must.keys() | found.keys()):
        wanted, has = must.get((kind, name)), found.get((kind, name))
        if wanted == has:
            continue
        thing = f"{kind[0].upper()}{kind[1:]} {name}"
        if has is None:
            yield Difference(f"{thing} hilang.", _advice(kind))
        elif wanted is None:
            yield Difference(f"{thing} ditambahkan ({_short(has)}).", _advice(kind))
        elif kind == "pemicu" and has == "D" + wanted[1:]:
            table, _, trigger = name.partition(" ")
            yield Difference(f"{thing} dimatikan.", f"{STOP} Lalu: ALTER TABLE {table} ENABLE TRIGGER {trigger};")
        else:
            yield Difference(f"{thing} berubah: {_changed(wanted, has)}.", _advice(kind))


def sop(connection: Connection) -> Iterator[Difference]:
    """Lines of the SOP's table that differ from the program's."""
    for table, rows in server_rows(PELITA3).items():
        column = sql.Identifier("number" if table == "sop" else "sop")
        question = sql.SQL("select * from {} where {} = %s").format(sql.Identifier("pelita3", table), column)
        has = {repr(row) for row in connection.execute(question, (PELITA3.number,))}
        must = {repr(row) for row in rows}
        if has != must:
            said = _short(", ".join(sorted(has ^ must)))
            yield Difference(f"Tabel SOP {table} berbeda dari program: {said}.", f"{STOP} {RESTORE}")


def standing(connection: Connection) -> Iterator[Difference]:
    """Officers whose authority, as commands look it up, is not what their appointments and passwords give."""
    found = connection.execute(
        "(table pelita3.standing except table pelita3.stands) "
        "union (table pelita3.stands except table pelita3.standing)"
    )
    for login in sorted({str(row[0]) for row in found}):
        yield Difference(f"Wewenang {login} tidak sesuai dengan penugasan dan sandinya.", f"{STOP} {RESTORE}")


STOP = "Hentikan pekerjaan dan cari siapa yang mengubahnya; periksa kartu dengan `pelita3 admin verify`."
RESTORE = "Kembalikan seperti semula, atau pulihkan dari cadangan sebelum perubahan itu."


def _advice(kind: str) -> str:
    return f"{STOP} {RESTORE}" if kind in GUARDS else RESTORE


def _changed(wanted: str, found: str) -> str:
    """Only the parts that differ: grants are compared one by one."""
    must, has = _pieces(wanted), _pieces(found)
    gone = ", ".join(p for p in must if p not in has)
    new = ", ".join(p for p in has if p not in must)
    return "; ".join([*([f"tambahan {_short(new)}"] if new else []), *([f"hilang {_short(gone)}"] if gone else [])])


def _pieces(content: str) -> list[str]:
    return [piece for part in content.split("; ") for piece in part.split(", ") if piece]


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= SHOWN else plain[:SHOWN] + " ..."
