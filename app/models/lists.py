"""Hundreds of files at once, for lists: bare rows in few questions; a server judges each file once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import peewee as pw

from app.models import base
from app.models.tables_berkas import Answer, Berkas, Finding, Paraf
from app.models.tables_papers import Outbox, OutboxEvent

LineRow = tuple[int, str, str, str, str, int, str]
"""File, action, role, the stage it leads to, who, when, note."""


class HeadRow(NamedTuple):
    """A file's head, as far as a list tells of it."""

    id: int
    number: str
    channel: str
    stage: str
    n: int
    holder: str
    husband_name: str
    wife_name: str
    moved_us: int


@dataclass
class Beside:
    """What stands beside files: when applicants answered, the first of the newest findings, and the documents' mail.

    A mail is what was last said of it ("" while nothing was) and the mail server's reply.
    """

    came: dict[int, list[int]] = field(default_factory=dict)
    problems: dict[int, str] = field(default_factory=dict)
    mails: dict[int, tuple[str, str]] = field(default_factory=dict)


def bare(query: Any) -> list[tuple[Any, ...]]:
    """A query's rows as the driver gives them: no model is made of any."""
    with base.told():
        return list(base.db.execute(query).fetchall())


def heads(narrow: Any, order: Sequence[Any], limit: int | None = None) -> list[HeadRow]:
    """Heads of files in this order."""
    query = Berkas.select(*(getattr(Berkas, name) for name in HeadRow._fields)).where(narrow).order_by(*order)
    return [HeadRow(*row) for row in bare(query.limit(limit))]


def own_first(login: str) -> list[Any]:
    """What an officer holds, then what lies there longest."""
    return [pw.Case(None, [(Berkas.holder == login, 0)], 1), Berkas.moved_us]


def ended() -> Any:
    """Files that are finished or cancelled, in so many words: their index holds these and no others.

    A server shows them for thirty days, older ones to whoever looks for them; so it need not look at all there are.
    """
    since = " and moved_us > (select ended_since())" if base.on_server() else ""
    return pw.SQL(f"stage in ('SELESAI', 'BATAL'){since}")


def lines(berkas_ids: Sequence[int]) -> list[LineRow]:
    """The lines of these files' cards, file by file and in order."""
    if base.on_server():
        return _asked("select * from list_lines(%s)", berkas_ids)
    columns = (Paraf.berkas_id, Paraf.action, Paraf.as_role, Paraf.to_stage, Paraf.actor, Paraf.at_us, Paraf.note)
    query = Paraf.select(*columns).where(Paraf.berkas_id.in_(list(berkas_ids)))
    return bare(query.order_by(Paraf.berkas_id, Paraf.n))


def beside(resumed: Sequence[int], paused: Sequence[int], ready: Sequence[int]) -> Beside:
    """Answers to the resumed files, findings of the paused ones, mails of those that are ready to be sent."""
    found = Beside()
    if not (resumed or paused or ready):
        return found
    if base.on_server():
        rows = _asked("select * from list_beside(%s, %s, %s)", resumed, paused, ready)
    else:
        rows = [*_answers(resumed), *_problems(paused), *_mails(ready)]
    for what, berkas_id, at_us, said, reply in rows:
        if what == "answer":
            found.came.setdefault(berkas_id, []).append(at_us)
        elif what == "problem":
            found.problems[berkas_id] = said
        else:
            found.mails[berkas_id] = (said, reply)
    return found


Found = tuple[str, int, int, str, str]


def _answers(ids: Sequence[int]) -> list[Found]:
    query = Answer.select(Answer.berkas_id, Answer.came_us).where(Answer.berkas_id.in_(list(ids))).order_by(Answer.id)
    return [("answer", berkas_id, came_us, "", "") for berkas_id, came_us in (bare(query) if ids else ())]


def _problems(ids: Sequence[int]) -> list[Found]:
    query = Finding.select(Finding.berkas_id, Finding.at_n, Finding.problem).where(Finding.berkas_id.in_(list(ids)))
    newest: dict[int, tuple[int, str]] = {}
    for berkas_id, at_n, problem in bare(query.order_by(Finding.id)) if ids else ():
        if berkas_id not in newest or at_n > newest[berkas_id][0]:
            newest[berkas_id] = (at_n, problem)
    return [("problem", i, 0, problem, "") for i, (_, problem) in newest.items()]


def _mails(ids: Sequence[int]) -> list[Found]:
    mails = Outbox.select(Outbox.id, Outbox.berkas_id).where(
        Outbox.berkas_id.in_(list(ids)), Outbox.kind == "mail_documents"
    )
    of = dict(bare(mails.order_by(Outbox.id))) if ids else {}
    events = OutboxEvent.select(OutboxEvent.outbox_id, OutboxEvent.event, OutboxEvent.reply)
    events = events.where(OutboxEvent.outbox_id.in_(list(of))).order_by(OutboxEvent.id)
    said = {mail: (event, reply) for mail, event, reply in (bare(events) if of else ())}
    return [("mail", berkas_id, 0, *said.get(mail, ("", ""))) for mail, berkas_id in of.items()]


def _asked(sql: str, *values: Sequence[int]) -> list[Any]:
    with base.told():
        return list(base.db.execute_sql(sql, [list(v) for v in values]).fetchall())
