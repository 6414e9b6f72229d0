"""`pelita3 admin watchdog`: ends what hangs. A held transaction could back-date a signature, and stops others."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from time import sleep

import psycopg

from app.errors import Shown
from app.server.access import WATCH
from app.server.place import DATABASE, Connection, Place, last_line

EVERY_SECONDS = 10
SHORTEST, LONGEST = 30, 600
FULL = 0.5
"""From here on the notification queue is said to fill up; whoever holds it up is among those ended."""

# Judged first, ended afterwards, one by one: in one statement the planner may end a session before judging it.
HANGING = """
select a.pid, a.usename, coalesce(pg_catalog.host(a.client_addr), 'soket'), a.state,
  extract(epoch from pg_catalog.clock_timestamp() - a.xact_start)::integer
from pg_catalog.pg_stat_activity a join pg_catalog.pg_roles r on r.oid = a.usesysid
where a.datname = %s and a.xact_start < pg_catalog.clock_timestamp() - pg_catalog.make_interval(secs => %s)
  and not r.rolsuper and r.rolname <> all (array['pelita3_backup', 'pelita3_watch'])
order by a.xact_start
"""


@dataclass(frozen=True)
class Ended:
    """A session that was ended: whose, from where, and for how long its transaction had lasted."""

    pid: int
    login: str
    address: str
    state: str
    seconds: int


def watch(socket: str, port: int, after: int, *, once: bool) -> int:
    """Look every ten seconds, for ever (or once). A server that is away is waited for."""
    after = min(max(after, SHORTEST), LONGEST)
    place = Place(Path(socket).absolute(), port)
    while True:
        try:
            with place.connect(DATABASE, WATCH) as connection:
                _rounds(connection, after, once=once)
                return 0
        except (Shown, psycopg.Error) as error:
            _say(f"server tidak terjangkau: {last_line(error)}")
            if once:
                return 1
            sleep(EVERY_SECONDS)


def _rounds(connection: Connection, after: int, *, once: bool) -> None:
    while True:
        for session in end_hanging(connection, after):
            _say(
                f"diakhiri: {session.login} dari {session.address}, transaksi {session.seconds} detik "
                f"({session.state}), pid {session.pid}"
            )
        used = connection.execute("select pg_catalog.pg_notification_queue_usage()").fetchone()
        if used and float(used[0]) > FULL:
            _say(f"antrean pemberitahuan terisi {float(used[0]):.0%}")
        if once:
            return
        sleep(EVERY_SECONDS)


def end_hanging(connection: Connection, after: int) -> list[Ended]:
    """End every session whose transaction is older than `after` seconds; backups and the superuser may take longer."""
    found = [Ended(*row) for row in connection.execute(HANGING, (DATABASE, after))]
    return [
        s
        for s in found
        if connection.execute("select pg_catalog.pg_terminate_backend(%s)", (s.pid,)).fetchone() == (True,)
    ]


def _say(text: str) -> None:
    """Into the journal; who and when, never what was asked."""
    sys.stdout.write(f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ} {text}\n")
    sys.stdout.flush()
