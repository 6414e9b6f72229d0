"""Questions beyond one's own desks, which a server answers through functions that write down who asked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

import peewee as pw

from app.errors import Refused
from app.models import base, words
from app.models.base import told
from app.models.tables_berkas import Berkas, Paraf, Ticket
from app.models.tables_officers import ReadLog

ENDED = ("SELESAI", "BATAL")
FOUND_LIMIT = 50
NIK_LIMIT = 20
LEAST_LETTERS = 3


class Now(NamedTuple):
    """Where a file is: its stage, and the login of who holds it or signed last."""

    stage: str
    login: str


def lines_of(berkas_id: int) -> int:
    """How many lines a file's card has now; Refused where there is no such file, or none that this officer may see."""
    with told():
        found = Berkas.select(Berkas.n).where(Berkas.id == berkas_id).scalar()
    if found is None:
        raise Refused(words.NOT_THERE)
    return int(found)


def search(kind: str, wanted: str) -> list[int]:
    """Files by `nomor` (its beginning), `tiket`, `NIK` or `nama` (a part), newest first, at most fifty.

    Who searched by what, and which files it showed, is written down before this returns (UU 27/2022 art. 31); the
    name or NIK itself is not. A search that found nothing is logged under file 0. Signs that databases take for others
    mean nothing here, and what has fewer than three letters then finds nothing.
    """
    wanted = re.sub(r"[\\%_]", "", wanted)
    if kind in {"nama", "nomor"} and len(wanted.replace(" ", "")) < LEAST_LETTERS:
        return []
    if base.on_server():
        # Two statements: the server tells what it found when the log of it can no longer be rolled back.
        ((search,),) = _rows("select search_files(%s, %s)::text", kind, wanted)
        return [int(r[0]) for r in _rows("select found_files(%s::xid8)", search)]
    query = Berkas.select(Berkas.id).where(_matching(kind, wanted)).order_by(Berkas.id.desc()).limit(FOUND_LIMIT)
    with told():
        found = [int(b.id) for b in query]
        for i in found or [0]:
            ReadLog.insert(berkas_id=i, what="mencari", why=kind).as_rowcount().execute()
    return found


def _matching(kind: str, wanted: str) -> Any:
    if kind == "nomor":
        return Berkas.number.startswith(wanted)
    if kind == "tiket":
        return Berkas.ticket_id.in_(Ticket.select(Ticket.id).where(Ticket.code == wanted))
    if kind == "NIK":
        return (Berkas.husband_nik == wanted) | (Berkas.wife_nik == wanted)
    return Berkas.husband_name.contains(wanted) | Berkas.wife_name.contains(wanted)


def numbers_with_nik(berkas_id: int, nik: str) -> list[str]:
    """Numbers of other open files in which this NIK is a party."""
    if base.on_server():
        ((numbers,),) = _rows("select files_with_nik(%s, %s)", berkas_id, nik)
        if numbers is None:  # typed, not kept yet: that is a search, and logged
            ((search,),) = _rows("select ask_nik(%s, %s)::text", berkas_id, nik)
            numbers = [number for (number,) in _rows("select found_numbers(%s::xid8)", search)]
        return [str(number) for number in numbers]
    rows = Berkas.select().where(
        Berkas.id != berkas_id, Berkas.stage.not_in(ENDED), (Berkas.husband_nik == nik) | (Berkas.wife_nik == nik)
    )
    with told():
        return [r.number for r in rows.order_by(Berkas.id).limit(NIK_LIMIT)]


def stage_counts() -> dict[str, int]:
    """How many files that have not ended stand in each stage."""
    if base.on_server():
        rows = _rows("select stage, many from stage_counts()")
    else:
        counted = Berkas.select(Berkas.stage, pw.fn.COUNT(Berkas.id).alias("many")).where(Berkas.stage.not_in(ENDED))
        with told():
            many: Any = counted.group_by(Berkas.stage).tuples()
            rows = list(many)
    return {str(stage): int(many) for stage, many in rows if many}


def where_now(berkas_ids: Sequence[int]) -> dict[int, Now]:
    """Where these files are, for rows that have just left a list."""
    wanted = list(berkas_ids)
    if not wanted:
        return {}
    if base.on_server():
        found = _rows("select id, stage, holder from where_now(%s)", wanted)
        return {int(i): Now(str(stage), str(login or "")) for i, stage, login in found}
    rows: Any = Berkas.select(Berkas, Paraf.actor.alias("last")).join(
        Paraf, pw.JOIN.LEFT_OUTER, on=((Paraf.berkas_id == Berkas.id) & (Paraf.n == Berkas.n))
    )
    with told():
        return {b.id: Now(b.stage, b.holder or b.last or "") for b in rows.where(Berkas.id.in_(wanted)).objects()}


def _rows(sql: str, *values: object) -> list[tuple[Any, ...]]:
    with told():
        return list(base.db.execute_sql(sql, values).fetchall())
