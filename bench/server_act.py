"""What the guard costs: lines signed per second through it, beside the same rows written without it, and pgbench -N.

The load comes from pgbench, which costs little itself, over TLS in an officer's name. Guarded is the one INSERT of a
button; unguarded is one statement too, which writes the very same two rows into twins of the tables: same columns,
keys and indexes, no trigger, no foreign key, no row-level security. The kinds take turns; every round begins with the
same files on the same desk, and a checkpoint. What counts is an office at work: from the moment when every connection
has made its first statements (which plan them, once for a day) until the first has no file left.
"""

from __future__ import annotations

import os
import re
import statistics
import subprocess
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from server_facts import FACTS, facts
from server_files import POOL
from server_place import DATABASE, LOGINS, PASSWORD, Place, many_connections

from app.sop.model import Role

PLAIN = "ukur_pgbench"
WARM = 10
"""So many statements of each connection come before it is measured: the server plans the first ones anew."""
FAILED = re.compile(r"number of failed transactions: ([0-9]+)|aborted in command")
CONNECTIONS = (1, 20, 100)
SHARE = {1: 2, 20: 1, 100: 1}
"""By which part of the pool a round takes its files: one connection alone would take too long for all."""
TWINS_UP_TO = 100_000
HEX = "0123456789abcdef" * 4
NOW_US = 1_795_000_000_000_000

NEXT = """\
\\set k :k + 1
\\set file :first + :client_id + (:k - 1) * :many
"""


@dataclass(frozen=True)
class Step:
    """A step that is measured: who signs what, on files cut back to so many lines."""

    action: str
    role: Role
    at: str
    to: str
    lines: int
    held: bool
    pool: tuple[int, int]

    @property
    def login(self) -> str:
        """Who signs."""
        return LOGINS[self.role][0]

    @property
    def guarded(self) -> str:
        """The program's own statement."""
        return f"""{NEXT}insert into paraf(berkas_id, action, as_role, note, expects, key, client)
values (:file, '{self.action}', '{self.role.value}', '', {self.lines}, md5('{self.action}' || :file)::uuid::text, 1)
returning n, to_stage, at_us;
"""  # noqa: S608  our own words

    @property
    def unguarded(self) -> str:
        """The same two rows, as the guard would have made them."""
        n, key = self.lines + 1, f"md5('{self.action}' || :file)::uuid::text"
        return f"""{NEXT}with line as (
  insert into twin_paraf(berkas_id, n, action, as_role, at_stage, to_stage, actor, acting, at_us, note,
    entry_hash, draft_hash, evidence, waived, expects, key, client, hash)
  values (:file, {n}, '{self.action}', '{self.role.value}', '{self.at}', '{self.to}', '{self.login}', '', {NOW_US}, '',
    '{HEX}', '', '', '', {self.lines}, {key}, 1, '{HEX}'))
update twin_berkas set n = {n}, stage = '{self.to}', head = '{HEX}', moved_us = {NOW_US}, holder = '{self.login}'
where id = :file returning n, stage, moved_us;
"""  # noqa: S608  our own words


LIGHT = Step("terima_kasi", Role.KASI, "KE_KASI", "DI_KASI", 6, held=False, pool=(1, 4000))
HEAVY = (
    Step("lengkap_loket", Role.FO, "VERIFIKASI", "ENTRI", 2, held=True, pool=(4001, 5000)),
    Step("paraf_kasi", Role.KASI, "DI_KASI", "KE_KABID", 7, held=True, pool=(5001, POOL)),
)


@dataclass
class Rates:
    """Transactions a second, round by round, and their times in milliseconds."""

    rates: dict[str, list[float]] = field(default_factory=dict)
    times: dict[str, list[float]] = field(default_factory=dict)

    def rate(self, kind: str) -> float:
        """The median round."""
        return statistics.median(self.rates[kind])

    def ratio(self, kind: str, other: str) -> float:
        """The median of the rounds' own ratios: both sides of each were taken one after the other."""
        return statistics.median(a / b for a, b in zip(self.rates[kind], self.rates[other], strict=True))

    def p95(self, kind: str) -> float:
        """The time that 95 of 100 stay below."""
        return sorted(self.times[kind])[int(len(self.times[kind]) * 0.95)]


def measure(place: Place, rounds: int, say: Callable[[str], None]) -> tuple[dict[int, Rates], dict[str, Rates]]:
    """The light step by number of connections, and the heavy ones with twenty."""
    _prepare(place)
    light = {c: Rates() for c in CONNECTIONS}
    heavy = {s.action: Rates() for s in HEAVY}
    for n in range(rounds):
        for connections, found in light.items():
            _turn(place, LIGHT, connections, found)
            _note(found, "pgbench", _pgbench(place, PLAIN, LIGHT, "", connections))
            say(f"round {n + 1}, {connections} connections: " + _said(found))
        for step in HEAVY:
            _turn(place, step, 20, heavy[step.action])
            say(f"round {n + 1}, {step.action}, 20 connections: " + _said(heavy[step.action]))
    return light, heavy


def _said(found: Rates) -> str:
    return ", ".join(f"{kind} {rates[-1]:.0f}/s" for kind, rates in found.rates.items())


def _turn(place: Place, step: Step, connections: int, found: Rates) -> None:
    for kind, script in (("guarded", step.guarded), ("unguarded", step.unguarded)):
        _cut_back(place, step, "" if kind == "guarded" else "twin_")
        _note(found, kind, _pgbench(place, DATABASE, step, script, connections))


def _note(found: Rates, kind: str, got: tuple[float, list[float]]) -> None:
    found.rates.setdefault(kind, []).append(got[0])
    found.times.setdefault(kind, []).extend(got[1])


def _prepare(place: Place) -> None:
    with place.superuser() as su:
        for table in ("berkas", "paraf"):
            su.execute(f"create table twin_{table} (like {table} including all)".encode())
            column = "id" if table == "berkas" else "berkas_id"
            copied = f"select * from {table} where {column} <= {TWINS_UP_TO}"  # noqa: S608  our own words
            su.execute(f"insert into twin_{table} overriding system value {copied}".encode())
        su.execute("select setval(pg_get_serial_sequence('twin_paraf', 'id'), (select max(id) from paraf))")
        su.execute("grant select, insert, update on twin_berkas, twin_paraf to pelita3_officer")
        su.execute("vacuum analyze twin_berkas, twin_paraf")
    with place.superuser("postgres") as su:
        su.execute(f"create database {PLAIN} template template0".encode())
    for login in {s.login for s in (LIGHT, *HEAVY)}:
        many_connections(place, login)
    _run(place, "-i", "-q", "-s", "10", "-h", str(place.cluster.sockets), "-U", "postgres", PLAIN, tls=False)
    with place.superuser(PLAIN) as su:
        su.execute("grant all on all tables in schema public to public")
        su.execute(b"grant usage on schema public to public")


def _cut_back(place: Place, step: Step, twin: str) -> None:
    """The pool's files back on the desk where the step finds them, with what it needs beside them."""
    with place.superuser() as su:
        su.execute("set session_replication_role = replica")
        su.execute("set synchronous_commit = off")
        where = f"between {step.pool[0]} and {step.pool[1]}"
        su.execute(f"delete from {twin}paraf where berkas_id {where} and n > {step.lines}".encode())  # noqa: S608
        holder = step.login if step.held else ""
        su.execute(
            f"update {twin}berkas b set n = p.n, stage = p.to_stage, head = p.hash, moved_us = p.at_us, "  # noqa: S608
            f"holder = '{holder}' from {twin}paraf p "
            f"where p.berkas_id = b.id and p.n = {step.lines} and b.id {where}".encode()
        )
        if step.at in FACTS and not twin:
            facts(su, step.at, where)
        su.execute(f"vacuum analyze {twin}berkas, {twin}paraf".encode())
        su.execute("set synchronous_commit = on")
        su.execute("checkpoint")


def _pgbench(place: Place, dbname: str, step: Step, script: str, connections: int) -> tuple[float, list[float]]:
    each = (step.pool[1] - step.pool[0] + 1) // SHARE[connections] // connections
    with tempfile.TemporaryDirectory(prefix="pelita3-ukur-") as folder:
        what = ["-N"]
        if script:
            file = Path(folder) / "script.sql"
            file.write_text(script, encoding="utf-8")
            what = ["-f", str(file), "-D", "k=0", "-D", f"many={connections}", "-D", f"first={step.pool[0]}"]
        _run(
            place, "-n", "-M", "prepared", "-c", str(connections), "-j", str(min(connections, 2)), "-t", str(each),
            "-l", f"--log-prefix={folder}/log", *what, "-h", place.cluster.host, "-U", f"p_{step.login}", dbname,
        )  # fmt: skip
        return _steady(line.split() for file in Path(folder).glob("log.*") for line in file.open(encoding="ascii"))


def _steady(log: Iterable[list[str]]) -> tuple[float, list[float]]:
    """Transactions a second while all connections work warmed up, and how long each took, from pgbench's log."""
    ends: dict[str, list[float]] = {}
    done: list[tuple[float, float]] = []
    for client, _number, took, _script, second, micro, *_ in log:
        end = int(second) + int(micro) / 1e6
        ends.setdefault(client, []).append(end)
        done.append((end, int(took) / 1e3))
    begin, finish = max(e[WARM - 1] for e in ends.values()), min(e[-1] for e in ends.values())
    times = [took for end, took in done if begin < end <= finish]
    return len(times) / (finish - begin), times


def _run(place: Place, *arguments: str, tls: bool = True) -> None:
    environment = os.environ | {"PGPORT": str(place.cluster.port), "PGOPTIONS": "-csearch_path=pelita3,public"}
    if tls:
        environment |= {"PGPASSWORD": PASSWORD, "PGSSLMODE": "verify-full", "PGSSLROOTCERT": str(place.cluster.ca),
                        "PGCHANNELBINDING": "require"}  # fmt: skip
    done = subprocess.run(
        [place.cluster.bin / "pgbench", *arguments], capture_output=True, text=True, check=False, env=environment
    )
    if (
        done.returncode
        or FAILED.sub(lambda m: "" if m[1] == "0" else "FAILED", done.stdout).count("FAILED")
        or "ERROR" in done.stderr
    ):
        raise RuntimeError(done.stdout + done.stderr[:2000])
