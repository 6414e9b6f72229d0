"""How much is in an office's database, table by table: what a backup must still have when it was put back."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from app.errors import Refused

MEMBER = "keterangan.json"
Ask = Callable[[str], list[tuple[Any, ...]]]
"""A question in SQL, its rows."""

PG_TABLES = (
    "select c.relname from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace "
    "where n.nspname = 'pelita3' and c.relkind = 'r' order by 1"
)
SQLITE_TABLES = "select name from sqlite_master where type = 'table' and name not like 'sqlite_%' order by 1"


@dataclass(frozen=True)
class Manifest:
    """What the database held at the moment of the backup; travels inside it, encrypted."""

    engine: str
    program: str
    taken_us: int
    version: int
    counts: Mapping[str, int]
    bytes_of_documents: int
    last_seal: tuple[str, str] = field(default=("", ""))

    def packed(self) -> bytes:
        """As a member of the backup file."""
        return json.dumps(self.__dict__, sort_keys=True, ensure_ascii=False).encode()


def unpacked(data: bytes) -> Manifest:
    """The manifest of a backup file; Refused where this program does not understand it."""
    try:
        found = json.loads(data)
        return Manifest(**{**found, "last_seal": tuple(found["last_seal"])})
    except (ValueError, TypeError, KeyError) as error:
        raise Refused("Cadangan ini dibuat program yang lebih baru. Pakai versi program itu.", code="newer") from error


def manifest(ask: Ask, engine: str, program: str, taken_us: int) -> Manifest:
    """Count everything; ask inside one picture of the database."""
    names = [str(r[0]) for r in ask(PG_TABLES if engine == "postgres" else SQLITE_TABLES)]
    if "seal" not in names:
        raise Refused(
            "Basis data ini belum diperbarui ke versi program ini. Buka program (atau jalankan `pelita3 admin "
            "server-init`) sekali, lalu ulangi.",
            code="behind",
        )
    counts = {n: int(ask(f"select count(*) from {n}")[0][0]) for n in names}  # noqa: S608  names from the catalogue
    version = int(ask("select coalesce(max(version), 0) from schema_version")[0][0])
    size = int(ask("select coalesce(sum(length(data)), 0) from blob")[0][0])
    seals = ask("select day, seal from seal order by id desc limit 1")
    last = (str(seals[0][0]), str(seals[0][1])) if seals else ("", "")
    return Manifest(engine, program, taken_us, version, counts, size, last)


def differences(wanted: Manifest, found: Manifest) -> list[str]:
    """What is not there any more, in words."""
    out = [
        f"Tabel {name}: {found.counts.get(name, 0)} baris, seharusnya {many}."
        for name, many in wanted.counts.items()
        if found.counts.get(name) != many
    ]
    out += [f"Tabel {name} tidak dikenal." for name in found.counts.keys() - wanted.counts.keys()]
    if (wanted.bytes_of_documents, wanted.last_seal) != (found.bytes_of_documents, found.last_seal):
        out.append("Isi dokumen atau segel terakhir berbeda.")
    return out
