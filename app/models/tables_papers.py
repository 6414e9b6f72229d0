"""Papers by their bytes, drafts, what was seen and printed, and the outbox."""

from __future__ import annotations

import peewee as pw

from app.models.base import Table


class Blob(Table):
    """Table `blob`; what its columns hold stands in guards/sqlite."""

    sha256 = pw.TextField(primary_key=True)
    data = pw.BlobField()
    made_us = pw.IntegerField()


class Paper(Table):
    """Table `paper`; what its columns hold stands in guards/sqlite."""

    id = pw.AutoField()
    berkas_id = pw.IntegerField()
    kind = pw.TextField()
    subject = pw.TextField()
    title = pw.TextField()
    draft_rev = pw.IntegerField()
    sha256 = pw.TextField()
    mime = pw.TextField()
    pages = pw.IntegerField()
    source = pw.TextField()
    meta = pw.TextField()
    at_n = pw.IntegerField()
    as_role = pw.TextField()
    made_by = pw.TextField()
    made_us = pw.IntegerField()
    key = pw.TextField()


class Removal(Table):
    """Table `removal`; what its columns hold stands in guards/sqlite."""

    id = pw.AutoField()
    berkas_id = pw.IntegerField()
    paper_id = pw.IntegerField()
    why = pw.TextField()
    at_n = pw.IntegerField()
    as_role = pw.TextField()
    made_by = pw.TextField()
    made_us = pw.IntegerField()
    key = pw.TextField()


class Draft(Table):
    """Table `draft`; what its columns hold stands in guards/sqlite."""

    id = pw.AutoField()
    berkas_id = pw.IntegerField()
    rev = pw.IntegerField()
    entry_rev = pw.IntegerField()
    manifest = pw.TextField()
    sha256 = pw.TextField()
    at_n = pw.IntegerField()
    as_role = pw.TextField()
    made_by = pw.TextField()
    made_us = pw.IntegerField()
    key = pw.TextField()


class Seen(Table):
    """Table `seen`; what its columns hold stands in guards/sqlite."""

    id = pw.AutoField()
    berkas_id = pw.IntegerField()
    sha256 = pw.TextField()
    page = pw.IntegerField()
    at_n = pw.IntegerField()
    as_role = pw.TextField()
    made_by = pw.TextField()
    made_us = pw.IntegerField()
    key = pw.TextField()


class PrintEvent(Table):
    """Table `print_event`; what its columns hold stands in guards/sqlite."""

    id = pw.AutoField()
    berkas_id = pw.IntegerField()
    paper_id = pw.IntegerField()
    printer = pw.TextField()
    job = pw.TextField()
    state = pw.TextField()
    detail = pw.TextField()
    at_n = pw.IntegerField()
    as_role = pw.TextField()
    made_by = pw.TextField()
    made_us = pw.IntegerField()
    key = pw.TextField()


class Outbox(Table):
    """Table `outbox`; what its columns hold stands in guards/sqlite."""

    id = pw.AutoField()
    berkas_id = pw.IntegerField()
    kind = pw.TextField()
    to_address = pw.TextField()
    subject = pw.TextField()
    body = pw.TextField()
    attachments = pw.TextField()
    message_id = pw.TextField()
    at_n = pw.IntegerField()
    as_role = pw.TextField()
    made_by = pw.TextField()
    made_us = pw.IntegerField()
    key = pw.TextField()


class OutboxEvent(Table):
    """Table `outbox_event`; what its columns hold stands in guards/sqlite."""

    id = pw.AutoField()
    outbox_id = pw.IntegerField()
    berkas_id = pw.IntegerField()
    event = pw.TextField()
    until_us = pw.IntegerField()
    reply = pw.TextField()
    at_n = pw.IntegerField()
    as_role = pw.TextField()
    made_by = pw.TextField()
    made_us = pw.IntegerField()
    key = pw.TextField()


class CurrentScan(Paper):
    """View `current_scan`: the rows of `paper` that count now."""

    class Meta:
        table_name = "current_scan"


class CurrentDraft(Draft):
    """View `current_draft`: the rows of `draft` that count now."""

    class Meta:
        table_name = "current_draft"


class MustSee(Table):
    """View `must_see`."""

    berkas_id = pw.IntegerField()
    sha256 = pw.TextField()
    pages = pw.IntegerField()

    class Meta:
        primary_key = False


class OutboxWaiting(Table):
    """The mails that wait or are on their way."""

    outbox_id = pw.IntegerField(primary_key=True)
    berkas_id = pw.IntegerField()
