"""Officers, their assignments and passwords, the office's own data, and who read what."""

from __future__ import annotations

import peewee as pw

from app.models.base import Table


class Officer(Table):
    """Table `officer`; what its columns hold stands in guards/sqlite."""

    login = pw.TextField(primary_key=True)
    name = pw.TextField()
    nip = pw.TextField()
    rank = pw.TextField()
    position = pw.TextField()
    place = pw.TextField()
    made_by = pw.TextField()
    made_us = pw.IntegerField()
    key = pw.TextField()


class OfficerState(Table):
    """Table `officer_state`; what its columns hold stands in guards/sqlite."""

    id = pw.AutoField()
    login = pw.TextField()
    active = pw.IntegerField()
    why = pw.TextField()
    made_by = pw.TextField()
    made_us = pw.IntegerField()
    key = pw.TextField()


class Password(Table):
    """Table `password`; what its columns hold stands in guards/sqlite."""

    id = pw.AutoField()
    login = pw.TextField()
    hash = pw.TextField()
    must_change = pw.IntegerField()
    made_by = pw.TextField()
    made_us = pw.IntegerField()
    key = pw.TextField()


class LoginAttempt(Table):
    """Table `login_attempt`; what its columns hold stands in guards/sqlite."""

    id = pw.AutoField()
    login = pw.TextField()
    ok = pw.IntegerField()
    pc = pw.TextField()
    made_us = pw.IntegerField()


class Assignment(Table):
    """Table `assignment`; what its columns hold stands in guards/sqlite."""

    id = pw.AutoField()
    login = pw.TextField()
    role = pw.TextField()
    kind = pw.TextField()
    basis = pw.TextField()
    from_day = pw.TextField()
    until_day = pw.TextField()
    confirmed_by = pw.TextField()
    made_by = pw.TextField()
    made_us = pw.IntegerField()
    key = pw.TextField()


class AssignmentEnd(Table):
    """Table `assignment_end`; what its columns hold stands in guards/sqlite."""

    id = pw.AutoField()
    assignment_id = pw.IntegerField()
    why = pw.TextField()
    made_by = pw.TextField()
    made_us = pw.IntegerField()
    key = pw.TextField()


class Office(Table):
    """Table `office`; what its columns hold stands in guards/sqlite."""

    id = pw.AutoField()
    data = pw.TextField()
    made_by = pw.TextField()
    made_us = pw.IntegerField()
    key = pw.TextField()


class ReadLog(Table):
    """Table `read_log`; what its columns hold stands in guards/sqlite."""

    id = pw.AutoField()
    login = pw.TextField()
    berkas_id = pw.IntegerField()
    what = pw.TextField()
    why = pw.TextField()
    made_us = pw.IntegerField()


class MyRole(Table):
    """View `my_role`."""

    role = pw.TextField()
    assignment_id = pw.IntegerField()
    kind = pw.TextField()
    basis = pw.TextField()

    class Meta:
        primary_key = False


class ActiveOfficer(Table):
    """View `active_officer`."""

    login = pw.TextField()

    class Meta:
        primary_key = False


class RoleInForce(Table):
    """View `role_in_force`: who holds which role today."""

    login = pw.TextField()
    role = pw.TextField()
    assignment_id = pw.IntegerField()
    kind = pw.TextField()
    basis = pw.TextField()
    until_day = pw.TextField()

    class Meta:
        primary_key = False


class DutyConfirm(Table):
    """Table `duty_confirm`: a second person's word on appointments and on passwords set by others."""

    id = pw.AutoField()
    login = pw.TextField()
    assignment_id = pw.IntegerField()
    password_id = pw.IntegerField()
    made_by = pw.TextField()
    made_us = pw.IntegerField()
    key = pw.TextField()
