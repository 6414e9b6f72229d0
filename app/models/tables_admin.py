"""The calendar, office hours, absences, changes of the lists, and the reading log as it is read."""

from __future__ import annotations

import peewee as pw

from app.models.base import Table


class CalendarDay(Table):
    """Table `calendar_day`; what its columns hold stands in guards/sqlite."""

    id = pw.AutoField()
    day = pw.TextField()
    closed = pw.IntegerField()
    label = pw.TextField()
    made_by = pw.TextField()
    made_us = pw.IntegerField()
    key = pw.TextField()


class CalendarYear(Table):
    """Table `calendar_year`; what its columns hold stands in guards/sqlite."""

    id = pw.AutoField()
    year = pw.IntegerField()
    decree = pw.TextField()
    made_by = pw.TextField()
    made_us = pw.IntegerField()
    key = pw.TextField()


class OfficePeriod(Table):
    """Table `office_period`; what its columns hold stands in guards/sqlite."""

    id = pw.AutoField()
    name = pw.TextField()
    first_day = pw.TextField()
    last_day = pw.TextField()
    week = pw.TextField()
    state = pw.TextField()
    replaces = pw.IntegerField(null=True)
    made_by = pw.TextField()
    made_us = pw.IntegerField()
    key = pw.TextField()


class Absence(Table):
    """Table `absence`; what its columns hold stands in guards/sqlite."""

    id = pw.AutoField()
    login = pw.TextField()
    first_day = pw.TextField()
    last_day = pw.TextField()
    why = pw.TextField()
    made_by = pw.TextField()
    made_us = pw.IntegerField()
    key = pw.TextField()


class AbsenceEnd(Table):
    """Table `absence_end`; what its columns hold stands in guards/sqlite."""

    id = pw.AutoField()
    absence_id = pw.IntegerField()
    why = pw.TextField()
    made_by = pw.TextField()
    made_us = pw.IntegerField()
    key = pw.TextField()


class CatalogueOption(Table):
    """Table `catalogue_option`; what its columns hold stands in guards/sqlite."""

    id = pw.AutoField()
    kind = pw.TextField()
    value = pw.TextField()
    label = pw.TextField()
    active = pw.IntegerField()
    made_by = pw.TextField()
    made_us = pw.IntegerField()
    key = pw.TextField()


class CatalogueProblem(Table):
    """Table `catalogue_problem`; what its columns hold stands in guards/sqlite."""

    id = pw.AutoField()
    about = pw.TextField()
    problem = pw.TextField()
    solution = pw.TextField()
    active = pw.IntegerField()
    made_by = pw.TextField()
    made_us = pw.IntegerField()
    key = pw.TextField()


class LogExport(Table):
    """Table `log_export`; what its columns hold stands in guards/sqlite."""

    id = pw.AutoField()
    wanted = pw.TextField()
    lines = pw.IntegerField()
    made_by = pw.TextField()
    made_us = pw.IntegerField()
    key = pw.TextField()


class Away(Table):
    """View `away`: who is absent today."""

    login = pw.TextField()

    class Meta:
        primary_key = False


class ListsVersion(Table):
    """View `lists_version`: one number that grows with every change of calendar and lists."""

    version = pw.IntegerField()

    class Meta:
        primary_key = False


class OpenFile(Table):
    """View `open_file`: when the files began that are still under way."""

    made_us = pw.IntegerField()

    class Meta:
        primary_key = False


class Reading(Table):
    """View `reading`: the reading log with names and file numbers, for ADMIN and AUDITOR."""

    id = pw.IntegerField()
    login = pw.TextField()
    name = pw.TextField()
    berkas_id = pw.IntegerField()
    number = pw.TextField(null=True)
    what = pw.TextField()
    why = pw.TextField()
    made_us = pw.IntegerField()

    class Meta:
        primary_key = False
