"""The queue's tables: services, settings, bookings, what happens to tickets, and the hall's machines."""

from __future__ import annotations

import peewee as pw

from app.models.base import Table


class QueueService(Table):
    """Table `queue_service`; the newest row of a letter counts (`CurrentService`)."""

    id = pw.AutoField()
    service = pw.TextField()
    label = pw.TextField()
    detail = pw.TextField()
    icon = pw.TextField()
    quota = pw.IntegerField()
    position = pw.IntegerField()
    registers = pw.IntegerField()
    active = pw.IntegerField()
    made_by = pw.TextField()
    made_us = pw.IntegerField()
    key = pw.TextField()


class CurrentService(QueueService):
    """View `current_service`: the services as they are now."""

    class Meta:
        table_name = "current_service"


class QueueSetting(Table):
    """Table `queue_setting`: the queue's numbers as JSON; the newest row counts."""

    id = pw.AutoField()
    data = pw.TextField()
    made_by = pw.TextField()
    made_us = pw.IntegerField()
    key = pw.TextField()


class QueueCounter(Table):
    """Table `queue_counter`: which services a counter takes ("" is all); the newest row of a place counts."""

    id = pw.AutoField()
    place = pw.TextField()
    services = pw.TextField()
    made_by = pw.TextField()
    made_us = pw.IntegerField()
    key = pw.TextField()


class Booking(Table):
    """Table `booking`: a number and an hour of another system; no names."""

    id = pw.AutoField()
    source = pw.TextField()
    external_ref = pw.TextField()
    day = pw.TextField()
    slot_us = pw.IntegerField()
    service = pw.TextField()
    made_by = pw.TextField()
    made_us = pw.IntegerField()
    key = pw.TextField()


class BookingCancel(Table):
    """Table `booking_cancel`."""

    id = pw.AutoField()
    booking_id = pw.IntegerField()
    why = pw.TextField()
    made_by = pw.TextField()
    made_us = pw.IntegerField()
    key = pw.TextField()


class QueueEvent(Table):
    """Table `queue_event`: what happened to a ticket, by the server's time; CALLED without one asks for the next."""

    id = pw.AutoField()
    ticket_id = pw.IntegerField(null=True)
    event = pw.TextField()
    place = pw.TextField()
    reason = pw.TextField()
    to_service = pw.TextField()
    to_place = pw.TextField()
    day = pw.TextField()
    priority = pw.IntegerField()
    at_state = pw.TextField()
    to_state = pw.TextField()
    before = pw.TextField()
    made_by = pw.TextField()
    made_us = pw.IntegerField()
    key = pw.TextField()


class TicketEstimate(Table):
    """Table `ticket_estimate`: the minutes a visitor was told when he took his number."""

    ticket_id = pw.IntegerField(primary_key=True)
    low = pw.IntegerField()
    high = pw.IntegerField()
    made_by = pw.TextField()
    made_us = pw.IntegerField()
    key = pw.TextField()


class DeviceState(Table):
    """Table `device_state`: what a machine of the hall said last."""

    name = pw.TextField(primary_key=True)
    kind = pw.TextField()
    state = pw.TextField()
    detail = pw.TextField()
    seen_us = pw.IntegerField()
    made_by = pw.TextField()


class TvCall(Table):
    """View `tv_call`: today's calls for the hall's screen."""

    id = pw.IntegerField(primary_key=True)
    ticket_id = pw.IntegerField()
    event = pw.TextField()
    prefix = pw.TextField()
    number = pw.IntegerField()
    place = pw.TextField()
    at_us = pw.IntegerField()
    state = pw.TextField()


class QueueLoad(Table):
    """View `queue_load`: what waits for each service, and how fast it goes."""

    service = pw.TextField(primary_key=True)
    label = pw.TextField()
    position = pw.IntegerField()
    waiting = pw.IntegerField()
    waiting_priority = pw.IntegerField()
    oldest_us = pw.IntegerField(null=True)
    mean_us = pw.IntegerField(null=True)
    open_places = pw.IntegerField()
    places = pw.TextField()
    last_wait_us = pw.IntegerField(null=True)
    given = pw.IntegerField()


class OfficeFace(Table):
    """View `office_face`: what a screen in the hall may know of the office."""

    name = pw.TextField(null=True)
    city = pw.TextField(null=True)
    short_name = pw.TextField(null=True)
    contact = pw.TextField(null=True)

    class Meta:
        primary_key = False
