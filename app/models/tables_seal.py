"""The daily seal and what it binds, what verifications found, and restores."""

from __future__ import annotations

import peewee as pw

from app.models.base import Table


class Seal(Table):
    """Table `seal`: one row per office day, each over the one before."""

    id = pw.AutoField()
    day = pw.TextField()
    previous = pw.TextField()
    parts = pw.TextField()
    seal = pw.TextField()
    made_by = pw.TextField()
    made_us = pw.BigIntegerField()
    key = pw.TextField()


class SealPart(Table):
    """Table `seal_part`: which rows of a table a seal binds, and their digest."""

    seal_id = pw.IntegerField()
    tbl = pw.TextField()
    first_id = pw.BigIntegerField()
    last_id = pw.BigIntegerField()
    many = pw.BigIntegerField()
    digest = pw.TextField()

    class Meta:
        primary_key = pw.CompositeKey("seal_id", "tbl")


class SealedHead(Table):
    """Table `sealed_head`: a card's head as it was sealed."""

    berkas_id = pw.BigIntegerField()
    n = pw.IntegerField()
    head = pw.TextField()
    seal_id = pw.IntegerField()

    class Meta:
        primary_key = pw.CompositeKey("berkas_id", "n")


class SealedOfficer(Table):
    """Table `sealed_officer`: which seal first covered an officer."""

    login = pw.TextField(primary_key=True)
    seal_id = pw.IntegerField()


class ParafLag(Table):
    """Table `paraf_lag`: how long a signed line waited for its commit; empty where no server measures it."""

    paraf_id = pw.BigIntegerField(primary_key=True)
    seal_id = pw.IntegerField()
    lag_us = pw.BigIntegerField(null=True)


class SealCount(Table):
    """Table `seal_count`: the numbers of the day."""

    seal_id = pw.IntegerField()
    what = pw.TextField()
    name = pw.TextField()
    many = pw.BigIntegerField()

    class Meta:
        primary_key = pw.CompositeKey("seal_id", "what", "name")


class EvidenceCheck(Table):
    """Table `evidence_check`: what a verification found."""

    id = pw.AutoField()
    mode = pw.TextField()
    files = pw.BigIntegerField()
    lines = pw.BigIntegerField()
    seals = pw.IntegerField()
    documents = pw.BigIntegerField()
    bad = pw.IntegerField()
    first_bad = pw.TextField()
    complete = pw.IntegerField()
    started_us = pw.BigIntegerField()
    made_by = pw.TextField()
    made_us = pw.BigIntegerField()
    key = pw.TextField()


class Restored(Table):
    """Table `restored`: the database was put back from a backup."""

    id = pw.AutoField()
    file_sha256 = pw.TextField()
    taken_us = pw.BigIntegerField()
    why = pw.TextField()
    made_by = pw.TextField()
    made_us = pw.BigIntegerField()
    key = pw.TextField()
