"""The outbox: what is to be mailed, who is sending it, and what the mail server said."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.errors import Conflict
from app.models import words
from app.models.base import add, derived, micros, moment, session, told
from app.models.tables_berkas import Berkas
from app.models.tables_papers import Outbox, OutboxEvent, OutboxWaiting
from app.services.accounts import Who
from app.services.berkas import Head

LEASE = timedelta(minutes=3)
BACK_OFF = (1, 2, 5, 15, 30, 60)
"""Minutes to wait after the first, second, … failure; the last one repeats."""


@dataclass(frozen=True)
class Attachment:
    """A stored paper under the file name the receiver sees (kind and number, never a person's name)."""

    name: str
    sha256: str


@dataclass(frozen=True)
class Mail:
    """A mail in the outbox. `state` is WAITING, SENDING, SENT, FAILED (will be tried again) or REFUSED (will not)."""

    id: int
    berkas_id: int
    number: str
    kind: str
    to: str
    subject: str
    body: str
    attachments: tuple[Attachment, ...]
    message_id: str
    state: str
    reply: str
    tries: int
    next_at: datetime
    at: datetime


def queue(
    who: Who, file: Head, kind: str, to: str, subject: str, body: str, attachments: Sequence[Attachment], key: str
) -> Mail:
    """Put a mail of a file into the outbox. The message id follows from the key, so a retry is the same mail."""
    add(
        Outbox,
        key,
        berkas_id=file.id,
        kind=kind,
        to_address=to,
        subject=subject,
        body=body,
        attachments=json.dumps([[a.name, a.sha256] for a in attachments]),
        message_id=f"<{derived(key, 'mail')}@pelita3.invalid>",
        at_n=file.n,
        as_role=who.role.value,
    )
    with told():
        return _mail(Outbox.get(Outbox.key == key))


def of_file(berkas_id: int) -> list[Mail]:
    """The mails of a file, newest first."""
    with told():
        return [_mail(o) for o in Outbox.select().where(Outbox.berkas_id == berkas_id).order_by(Outbox.id.desc())]


def due(limit: int = 20) -> list[Mail]:
    """The mails to be tried now, oldest first: never tried, failed and rested, or left behind by a dead sender."""
    now = moment(session.now_us())
    with told():
        rows = Outbox.select().join(OutboxWaiting, on=(OutboxWaiting.outbox_id == Outbox.id))
        rows = rows.order_by(Outbox.id).limit(500)
        found = [_mail(o) for o in rows]
    return [m for m in found if m.next_at <= now][:limit]


def unfinished() -> list[Mail]:
    """The accepted mails whose file has not moved since they were queued: their sender ended in between."""
    with told():
        rows = (
            Outbox.select()
            .join(OutboxEvent, on=(OutboxEvent.outbox_id == Outbox.id))
            .join(Berkas, on=(Berkas.id == Outbox.berkas_id))
            .where(OutboxEvent.event == "SENT", Berkas.n == Outbox.at_n)
            .order_by(Outbox.id)
        )
        return [_mail(o) for o in rows]


def lease(who: Who, mail: Mail, key: str) -> None:
    """Take a mail for sending; Conflict while somebody else has it or it is already sent."""
    until = micros(moment(session.now_us()) + LEASE)
    _event(who, mail, "LEASED", "", key, until)


def sent(who: Who, mail: Mail, reply: str, key: str) -> None:
    """The mail server accepted it; `reply` is its own words."""
    _event(who, mail, "SENT", reply, key)


def failed(who: Who, mail: Mail, reply: str, key: str, *, for_good: bool) -> None:
    """It was not accepted: tried again later, or refused for good."""
    wait = BACK_OFF[min(mail.tries, len(BACK_OFF) - 1)]
    until = 0 if for_good else micros(moment(session.now_us()) + timedelta(minutes=wait))
    _event(who, mail, "REFUSED" if for_good else "FAILED", reply, key, until)


def withdraw(who: Who, mail: Mail, why: str, key: str) -> None:
    """Take a mail that was not accepted out of the outbox for good: its address was corrected.

    Conflict while somebody is sending it: then it may already be on its way.
    """
    lease(who, mail, derived(key, "lease"))
    failed(who, mail, why, derived(key, "withdrawn"), for_good=True)


def _event(who: Who, mail: Mail, event: str, reply: str, key: str, until: int = 0) -> None:
    while True:
        with told():
            n = Berkas.select(Berkas.n).where(Berkas.id == mail.berkas_id).scalar()
        try:
            add(
                OutboxEvent,
                key,
                outbox_id=mail.id,
                berkas_id=mail.berkas_id,
                event=event,
                until_us=until,
                reply=reply[:500],
                at_n=-1 if n is None else n,
                as_role=who.role.value,
            )
        except Conflict as e:
            # What the mail server said stays true when the file moved between the two statements.
            if e.code != "moved":
                raise
            if n is None:
                # Another sender was faster, and the file has left this one's desk with its last mail.
                raise Conflict(words.REFUSALS["P3409", "sent"], code="sent") from e
        else:
            return


def _mail(o: Outbox) -> Mail:
    events = list(OutboxEvent.select().where(OutboxEvent.outbox_id == o.id).order_by(OutboxEvent.id))
    last = events[-1] if events else None
    state = {"LEASED": "SENDING"}.get(last.event, last.event) if last else "WAITING"
    replies = [e.reply for e in events if e.reply]
    return Mail(
        id=o.id,
        berkas_id=o.berkas_id,
        number=Berkas.get_by_id(o.berkas_id).number,
        kind=o.kind,
        to=o.to_address,
        subject=o.subject,
        body=o.body,
        attachments=tuple(Attachment(*a) for a in json.loads(o.attachments)),
        message_id=o.message_id,
        state=state,
        reply=replies[-1] if replies else "",
        tries=sum(e.event == "FAILED" for e in events),
        next_at=moment(last.until_us if last else 0),
        at=moment(o.made_us),
    )
