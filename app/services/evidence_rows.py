"""What a verification reads: some hundred files at a time, each handful in one consistent picture, memory bounded."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from peewee import JOIN

from app.models.base import db, on_server, session, sha256hex, told
from app.models.tables_berkas import Berkas, BerkasFact, Entry, Paraf
from app.models.tables_papers import Blob, Draft, Paper
from app.models.tables_seal import SealedHead
from app.services.chains import Bound, HeadRow, LineRow

FILES = 400
"""Files in one handful."""


def tuples(query: Any) -> list[tuple[Any, ...]]:
    """The rows of a peewee query, bare."""
    return list(query.tuples())


HEAD_COLUMNS = [getattr(Berkas, name) for name in HeadRow._fields]
LINE_COLUMNS = [getattr(Paraf, name) for name in LineRow._fields if name not in {"hidden", "fault"}]


@dataclass
class Sheaf:
    """A handful of files by id. `bound` is None where contents may not be seen: lines then carry the server's word.

    `sealed`: what seals say of each, as (n, head, seal id) in order. `lost`: files with a paper whose bytes are gone.
    """

    heads: list[HeadRow] = field(default_factory=list)
    lines: dict[int, list[LineRow]] = field(default_factory=dict)
    bound: dict[int, Bound] | None = None
    sealed: dict[int, list[tuple[int, str, int]]] = field(default_factory=dict)
    lost: set[int] = field(default_factory=set)


def blind() -> bool:
    """Whether an officer asks a server: an administrator or auditor, who may see no contents."""
    return on_server() and bool(session.actor)


def size() -> tuple[int, int]:
    """How many files there are, and the highest id."""
    with told():
        if blind():
            row = db.execute_sql("select files, last_id from evidence_size()").fetchone()
            return int(row[0]), int(row[1])
        last = max((Berkas.select(Berkas.id).order_by(Berkas.id.desc()).limit(1).scalar() or 0), _last_sealed())
        return Berkas.select().count(), last


def _last_sealed() -> int:
    return SealedHead.select(SealedHead.berkas_id).order_by(SealedHead.berkas_id.desc()).limit(1).scalar() or 0


def sheaves(last: int, files: int = FILES) -> Iterator[Sheaf]:
    """All files up to this id, handful by handful."""
    for first in range(1, last + 1, files):
        yield sheaf(first, min(first + files - 1, last))


def sheaf(first: int, last: int) -> Sheaf:
    """The files with an id from `first` to `last`, as they stand at one moment."""
    with told(), snapshot():
        found = _unseen(first, last) if blind() else whole(first, last)
        where = SealedHead.berkas_id.between(first, last)
        rows = SealedHead.select(SealedHead.berkas_id, SealedHead.n, SealedHead.head, SealedHead.seal_id).where(where)
        for berkas_id, n, head, seal_id in tuples(rows.order_by(SealedHead.berkas_id, SealedHead.n)):
            found.sealed.setdefault(berkas_id, []).append((n, head, seal_id))
        return found


@contextmanager
def snapshot() -> Iterator[None]:
    """Several questions, one picture; nobody waits for it."""
    with db.transaction("REPEATABLE READ" if on_server() else "DEFERRED"):
        yield


def whole(first: int, last: int) -> Sheaf:
    """Everything, contents too: on this PC's own database, or as the server's service account."""
    found = Sheaf(bound={})
    heads = Berkas.select(*HEAD_COLUMNS).where(Berkas.id.between(first, last)).order_by(Berkas.id)
    found.heads = [HeadRow(*row) for row in tuples(heads)]
    lines = Paraf.select(*LINE_COLUMNS).where(Paraf.berkas_id.between(first, last)).order_by(Paraf.berkas_id, Paraf.n)
    _sort_in(found, (LineRow(*row) for row in tuples(lines)))
    facts: dict[int, dict[int, list[str]]] = {}
    rows = BerkasFact.select(BerkasFact.berkas_id, BerkasFact.at_n, BerkasFact.line)
    for berkas_id, at_n, line in tuples(rows.where(BerkasFact.berkas_id.between(first, last))):
        facts.setdefault(berkas_id, {}).setdefault(at_n, []).append(line)
    known = _known(first, last)
    found.bound = {h.id: Bound(facts.get(h.id, {}), frozenset(known.get(h.id, ()))) for h in found.heads}
    lost = Paper.select(Paper.berkas_id).join(Blob, JOIN.LEFT_OUTER, on=Blob.sha256 == Paper.sha256)
    found.lost = {r[0] for r in tuples(lost.where(Paper.berkas_id.between(first, last), Blob.sha256.is_null()))}
    return found


def _known(first: int, last: int) -> dict[int, set[str]]:
    """The hashes of entries and drafts whose content still has that hash, by file."""
    known: dict[int, set[str]] = {}
    for model, content in ((Entry, Entry.data), (Draft, Draft.manifest)):
        rows = model.select(model.berkas_id, model.sha256, content).where(model.berkas_id.between(first, last))
        for berkas_id, sha256, text in tuples(rows):
            if sha256hex(text) == sha256:
                known.setdefault(berkas_id, set()).add(sha256)
    return known


def _unseen(first: int, last: int) -> Sheaf:
    """What an administrator or auditor may see: heads and lines without names, remarks and contents."""
    found = Sheaf()
    heads = _asked("evidence_heads", HeadRow._fields, first, last)
    found.heads = [HeadRow(*row) for row in heads]
    _sort_in(found, (LineRow(*row) for row in _asked("evidence_lines", LineRow._fields, first, last)))
    found.lost = {row[0] for row in _asked("evidence_lost", ("berkas_id",), first, last)}
    return found


def _asked(function: str, columns: tuple[str, ...], first: int, last: int) -> list[tuple[Any, ...]]:
    # Names of our own, numbers as parameters.
    query = f"select {', '.join(columns)} from {function}(%s, %s)"  # noqa: S608
    return list(db.execute_sql(query, (first, last)).fetchall())


def _sort_in(found: Sheaf, lines: Iterator[LineRow]) -> None:
    for line in lines:
        found.lines.setdefault(line.berkas_id, []).append(line)
