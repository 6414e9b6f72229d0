"""The head of a file: what every window needs to know of it, and who has read it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.errors import Refused
from app.models import lookups, words
from app.models.base import add, moment, new_key, told
from app.models.tables_berkas import Berkas, CurrentContact, Note, Package, Ticket
from app.models.tables_officers import ReadLog
from app.services.accounts import Who, names
from app.services.case import Route
from app.sop.model import Channel, Sop, Stage


@dataclass(frozen=True)
class Contact:
    """Where the applicant can be reached; `read_back` when the address was read back to him."""

    email: str = ""
    phone: str = ""
    read_back: bool = False


@dataclass(frozen=True)
class Head:
    """One file, without its contents. `n` is the number of lines on its card: what every command must expect."""

    id: int
    number: str
    channel: Channel
    stage: Stage
    n: int
    holder: str
    holder_name: str
    title: str
    route: Route
    made_at: datetime
    moved_at: datetime
    source: str
    contact: Contact


@dataclass(frozen=True)
class NoteRow:
    """A note of the office on a file; append only."""

    text: str
    by: str
    at: datetime


def head(sop: Sop, berkas_id: int) -> Head:
    """The file's head as it is now; Refused where there is none."""
    with told():
        row = Berkas.get_or_none(Berkas.id == berkas_id)
        if row is None:
            raise Refused(words.NOT_THERE)
        return _head(sop, row, names())


def find(sop: Sop, number: str) -> Head | None:
    """The file of a number as typed or scanned, or None. It is a search, and written down as one."""
    wanted = number.strip().upper()
    lookups.search("nomor", wanted)
    with told():
        row = Berkas.get_or_none(Berkas.number == wanted)
        return _head(sop, row, names()) if row else None


def _head(sop: Sop, row: Berkas, people: dict[str, str]) -> Head:
    contact = CurrentContact.get_or_none(CurrentContact.berkas_id == row.id)
    titles = [n.title() for n in (row.husband_name, row.wife_name) if n]
    return Head(
        id=row.id,
        number=row.number,
        channel=Channel(row.channel),
        stage=sop.stage(row.stage),
        n=row.n,
        holder=row.holder,
        holder_name=people.get(row.holder, row.holder),
        title=" & ".join(titles),
        route=Route(row.route),
        made_at=moment(row.made_us),
        moved_at=moment(row.moved_us),
        source=_source(row),
        contact=Contact(contact.email, contact.phone, bool(contact.read_back)) if contact else Contact(),
    )


def _source(row: Berkas) -> str:
    if row.ticket_id:
        ticket = Ticket.get_by_id(row.ticket_id)
        return f"{ticket.prefix}-{ticket.number:03d}"
    return str(Package.get_by_id(row.package_id).external_ref)


def log_reading(berkas_id: int, what: str, why: str = "") -> None:
    """Write down that the officer at the keyboard read a file (UU 27/2022 art. 31). Done before it is shown."""
    with told():
        ReadLog.insert(berkas_id=berkas_id, what=what, why=why).as_rowcount().execute()


def readings(berkas_id: int) -> list[NoteRow]:
    """Who read the file and what of it, newest first."""
    with told():
        people = names()
        rows = ReadLog.select().where(ReadLog.berkas_id == berkas_id).order_by(ReadLog.id.desc()).limit(500)
        return [
            NoteRow(r.what + (f": {r.why}" if r.why else ""), people.get(r.login, r.login), moment(r.made_us))
            for r in rows
        ]


def add_note(who: Who, file: Head, text: str, key: str | None = None) -> None:
    """Add a note (at most 280 characters), private to the office."""
    n = lookups.lines_of(file.id)
    add(Note, key or new_key(), berkas_id=file.id, text=text.strip(), at_n=n, as_role=who.role.value)


def notes(berkas_id: int) -> list[NoteRow]:
    """The file's notes, newest first."""
    with told():
        people = names()
        rows = Note.select().where(Note.berkas_id == berkas_id).order_by(Note.id.desc())
        return [NoteRow(r.text, people.get(r.made_by, r.made_by), moment(r.made_us)) for r in rows]
