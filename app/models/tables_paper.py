"""The table of tickets' papers."""

from __future__ import annotations

import peewee as pw

from app.models.base import Table


class TicketPaper(Table):
    """Table `ticket_paper`: what became of a ticket's paper; the newest row of a ticket counts."""

    id = pw.AutoField()
    ticket_id = pw.IntegerField()
    state = pw.TextField()
    ahead = pw.IntegerField()
    reason = pw.TextField()
    made_by = pw.TextField()
    made_us = pw.IntegerField()
    key = pw.TextField()
