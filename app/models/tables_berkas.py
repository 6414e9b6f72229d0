"""The file, its control card, its ticket or package, and what is written beside it."""

from __future__ import annotations

import peewee as pw

from app.models.base import Table


class Ticket(Table):
    """Table `ticket`; what its columns hold stands in guards/sqlite."""

    id = pw.AutoField()
    day = pw.TextField()
    prefix = pw.TextField()
    number = pw.IntegerField()
    code = pw.TextField()
    service = pw.TextField()
    priority = pw.IntegerField()
    booking_id = pw.IntegerField(null=True)
    state = pw.TextField()
    place = pw.TextField()
    aim = pw.TextField()
    turn = pw.IntegerField()
    queued_us = pw.IntegerField()
    state_us = pw.IntegerField()
    called_us = pw.IntegerField()
    calls = pw.IntegerField()
    made_by = pw.TextField()
    made_us = pw.IntegerField()
    key = pw.TextField()


class Package(Table):
    """Table `package`; what its columns hold stands in guards/sqlite."""

    id = pw.AutoField()
    external_ref = pw.TextField()
    sha256 = pw.TextField()
    data = pw.TextField()
    submitted_us = pw.IntegerField()
    made_by = pw.TextField()
    made_us = pw.IntegerField()
    key = pw.TextField()


class Berkas(Table):
    """Table `berkas`; what its columns hold stands in guards/sqlite."""

    id = pw.AutoField()
    number = pw.TextField()
    sop = pw.TextField()
    channel = pw.TextField()
    ticket_id = pw.IntegerField(null=True)
    package_id = pw.IntegerField(null=True)
    stage = pw.TextField()
    n = pw.IntegerField()
    head = pw.TextField()
    holder = pw.TextField()
    husband_name = pw.TextField()
    wife_name = pw.TextField()
    husband_nik = pw.TextField()
    wife_nik = pw.TextField()
    route = pw.TextField()
    moved_us = pw.IntegerField()
    made_by = pw.TextField()
    made_us = pw.IntegerField()
    key = pw.TextField()
    client = pw.IntegerField()


class Paraf(Table):
    """Table `paraf`; what its columns hold stands in guards/sqlite."""

    id = pw.AutoField()
    berkas_id = pw.IntegerField()
    n = pw.IntegerField()
    action = pw.TextField()
    as_role = pw.TextField()
    at_stage = pw.TextField()
    to_stage = pw.TextField()
    actor = pw.TextField()
    acting = pw.TextField()
    at_us = pw.IntegerField()
    note = pw.TextField()
    entry_hash = pw.TextField()
    draft_hash = pw.TextField()
    evidence = pw.TextField()
    waived = pw.TextField()
    expects = pw.IntegerField()
    key = pw.TextField()
    client = pw.IntegerField()
    hash = pw.TextField()


class Note(Table):
    """Table `note`; what its columns hold stands in guards/sqlite."""

    id = pw.AutoField()
    berkas_id = pw.IntegerField()
    text = pw.TextField()
    at_n = pw.IntegerField()
    as_role = pw.TextField()
    made_by = pw.TextField()
    made_us = pw.IntegerField()
    key = pw.TextField()


class Answer(Table):
    """Table `answer`; what its columns hold stands in guards/sqlite."""

    id = pw.AutoField()
    berkas_id = pw.IntegerField()
    what = pw.TextField()
    came_us = pw.IntegerField()
    at_n = pw.IntegerField()
    as_role = pw.TextField()
    made_by = pw.TextField()
    made_us = pw.IntegerField()
    key = pw.TextField()


class Finding(Table):
    """Table `finding`; what its columns hold stands in guards/sqlite."""

    id = pw.AutoField()
    berkas_id = pw.IntegerField()
    subject = pw.TextField()
    problem = pw.TextField()
    solution = pw.TextField()
    at_n = pw.IntegerField()
    as_role = pw.TextField()
    made_by = pw.TextField()
    made_us = pw.IntegerField()
    key = pw.TextField()


class Confirmation(Table):
    """Table `confirmation`; what its columns hold stands in guards/sqlite."""

    id = pw.AutoField()
    berkas_id = pw.IntegerField()
    draft_rev = pw.IntegerField()
    statement = pw.TextField()
    at_n = pw.IntegerField()
    as_role = pw.TextField()
    made_by = pw.TextField()
    made_us = pw.IntegerField()
    key = pw.TextField()


class Contact(Table):
    """Table `contact`; what its columns hold stands in guards/sqlite."""

    id = pw.AutoField()
    berkas_id = pw.IntegerField()
    email = pw.TextField()
    phone = pw.TextField()
    read_back = pw.IntegerField()
    at_n = pw.IntegerField()
    as_role = pw.TextField()
    made_by = pw.TextField()
    made_us = pw.IntegerField()
    key = pw.TextField()


class RequirementCheck(Table):
    """Table `requirement_check`; what its columns hold stands in guards/sqlite."""

    id = pw.AutoField()
    berkas_id = pw.IntegerField()
    code = pw.TextField()
    verdict = pw.TextField()
    original_seen = pw.IntegerField()
    reason = pw.TextField()
    at_n = pw.IntegerField()
    as_role = pw.TextField()
    made_by = pw.TextField()
    made_us = pw.IntegerField()
    key = pw.TextField()


class Requirement(Table):
    """Table `requirement`; what its columns hold stands in guards/sqlite."""

    code = pw.TextField()
    route = pw.TextField()
    label = pw.TextField()
    condition = pw.TextField()
    position = pw.IntegerField()

    class Meta:
        primary_key = pw.CompositeKey("code", "route")


class Entry(Table):
    """Table `entry`; what its columns hold stands in guards/sqlite."""

    id = pw.AutoField()
    berkas_id = pw.IntegerField()
    rev = pw.IntegerField()
    data = pw.TextField()
    sha256 = pw.TextField()
    at_n = pw.IntegerField()
    as_role = pw.TextField()
    made_by = pw.TextField()
    made_us = pw.IntegerField()
    key = pw.TextField()


class CurrentEntry(Entry):
    """View `current_entry`: the rows of `entry` that count now."""

    class Meta:
        table_name = "current_entry"


class CurrentContact(Contact):
    """View `current_contact`: the rows of `contact` that count now."""

    class Meta:
        table_name = "current_contact"


class CurrentCheck(RequirementCheck):
    """View `current_check`: the rows of `requirement_check` that count now."""

    class Meta:
        table_name = "current_check"


class Unmet(Table):
    """View `unmet`."""

    berkas_id = pw.IntegerField()
    action = pw.TextField()
    need = pw.TextField()

    class Meta:
        primary_key = False


class BerkasFact(Table):
    """View `berkas_fact`."""

    berkas_id = pw.IntegerField()
    at_n = pw.IntegerField()
    line = pw.TextField()

    class Meta:
        primary_key = False


class TicketUsed(Table):
    """View `ticket_used`: the tickets that have become files."""

    ticket_id = pw.IntegerField()

    class Meta:
        primary_key = False
