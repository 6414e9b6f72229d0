"""The office's PostgreSQL as the server's own services see it: through the socket on its host, without a password."""

from __future__ import annotations

import time
from typing import Any

from playhouse.postgres_ext import Psycopg3Database

from app.models import base

BACKUP = "pelita3_backup"
"""Reads everything, may seal a day and write down what a verification found; changes nothing else."""
SETTINGS = "-csearch_path=pelita3 -cstatement_timeout=0 -cidle_in_transaction_session_timeout=0 -clock_timeout=5s"


def use_peer(socket: str, port: int, dbname: str = "pelita3", user: str = BACKUP) -> Psycopg3Database:
    """Bind all tables to the server of this host; the operating system says who we are. Not yet connected."""
    asked: dict[str, Any] = {"host": socket, "port": port, "user": user, "options": SETTINGS}
    asked |= {"application_name": "pelita3-layanan", "autoconnect": False}
    found = Psycopg3Database(dbname, **asked)  # type: ignore[no-untyped-call]  # peewee's extensions carry no types
    base.db.initialize(found)
    base.session.actor = ""
    base.session.clock = lambda: time.time_ns() // 1000
    return found
