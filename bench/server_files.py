"""Fills the measured office: files over five years, most of them finished, every chain right, by bulk COPY.

What the guards would have refused is not in it, but they did not judge it: `session_replication_role = replica`.
"""

from __future__ import annotations

import hashlib
import os
import random
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import psycopg
from server_facts import AFTER, FACTS, facts
from server_names import People
from server_place import LOGINS, Place

from app.services.case import Case, Party, Reporter, Route, to_json
from app.sop.model import Channel, Kind, Role, Step
from app.sop.numbers import with_check
from app.sop.pelita3 import PELITA3

MINUTE_US = 60_000_000
HOUR_US = 60 * MINUTE_US
DAY_US = 24 * HOUR_US
YEARS_US = 5 * 365 * DAY_US
CHUNK = 4000
NULL = r"\N"
PROBLEM = "Kartu Keluarga tidak terbaca"
POOL = 6000
"""The oldest files all came in at the counter and ended well: the guard's cost is measured on them."""
ON_DESKS = {
    "DIAJUKAN": 80, "VERIFIKASI": 160, "KURANG": 300, "ENTRI": 160, "DRAF": 80, "KTP": 40, "TERTANDA": 80,
    "KE_KASI": 90, "DI_KASI": 60, "KE_EDITOR": 30, "DI_EDITOR": 30, "KE_KABID": 90, "DI_KABID": 60, "KE_KADIS": 90,
    "DI_KADIS": 60,
}  # fmt: skip
"""How many of the newest files stand where; all others are finished. An office's desks do not grow with its archive."""
TABLES = {
    "ticket": "id, day, prefix, number, code, made_by, made_us, key",
    "package": "id, external_ref, sha256, data, submitted_us, made_by, made_us, key",
    "berkas": "id, number, sop, channel, ticket_id, package_id, stage, n, head, holder, husband_name, wife_name, "
    "husband_nik, wife_nik, route, moved_us, made_by, made_us, key, client",
    "finding": "berkas_id, subject, problem, solution, at_n, as_role, made_by, made_us, key",
    "entry": "id, berkas_id, rev, data, sha256, at_n, as_role, made_by, made_us, key",
    "paraf": "id, berkas_id, n, action, as_role, at_stage, to_stage, actor, acting, at_us, note, entry_hash, "
    "draft_hash, evidence, waived, expects, key, client, hash",
}


def ns(value: object) -> str:
    """A field as the chain reads it."""
    text = str(value)
    return f"{len(text)}:{text},"


@dataclass
class Files:
    """Rows of a chunk, table by table, as COPY's text."""

    total: int
    now_us: int
    dice: random.Random = field(default_factory=lambda: random.Random(11))  # noqa: S311  invented data
    people: People = field(default_factory=People)
    rows: dict[str, list[str]] = field(default_factory=lambda: {t: [] for t in TABLES})
    lines: int = 0
    counters: dict[str, int] = field(default_factory=dict)
    walks: dict[tuple[Channel, str, bool], tuple[Step, ...]] = field(default_factory=dict)
    stages: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        for channel in Channel:
            for stage in (*ON_DESKS, "SELESAI", "BATAL"):
                for returned in (False, True):
                    self.walks[channel, stage, returned] = walk(channel, stage, returned=returned)
        self.stages = [stage for stage, many in ON_DESKS.items() for _ in range(many)]
        self.dice.shuffle(self.stages)
        del self.stages[self.total // 3 :]

    def file(self, number: int) -> None:
        """One file with all its rows."""
        channel = Channel.ONLINE if number % 5 == 0 and number > POOL else Channel.OFFLINE
        stage, begun = self._fate(number)
        steps = self.walks[channel, stage, number % 10 == 3]  # noqa: PLR2004  one in ten was returned once
        key = uuid()
        day = time.strftime("%Y%m%d", time.gmtime(begun / 1e6 + 25_200))
        made_us, made_by = begun + 6 * MINUTE_US, self._actor(Role.FO)
        self._source(number, channel, day, begun, made_by)
        ticket, package = (number, 0) if channel is Channel.OFFLINE else (0, number)
        code = with_check(f"P3-{day[2:6]}-{number:04d}")
        made = (number, code, PELITA3.number, channel.value, ticket, package, made_by, made_us, key)
        head = hashlib.sha256(f"2:b1,{''.join(map(ns, made))}".encode()).digest()
        husband, wife, his, hers = self.people.couple(number)
        route = "PN" if number % 4 else "PA"
        entry = self._entry(number, stage, (husband, wife, his, hers, route), begun) if len(steps) > 1 else ""
        if not entry:
            husband = wife = his = hers = route = ""
        head, at, holder = self._card(number, steps, begun, key, head, entry)
        self._put(
            "berkas", number, code, PELITA3.number, channel.value, ticket or NULL, package or NULL, stage, len(steps),
            head.hex(), holder, husband, wife, his, hers, route, at, made_by, made_us, key, 1,
        )  # fmt: skip

    def _put(self, table: str, *values: object) -> None:
        self.rows[table].append("\t".join(map(str, values)) + "\n")

    def _fate(self, number: int) -> tuple[str, int]:
        left = self.total - number
        if left < len(self.stages):
            days = 20 if self.stages[left] == "KURANG" else 4
            return self.stages[left], self.now_us - 4 * HOUR_US - int((0.05 + self.dice.random() * days) * DAY_US)
        age = 1 - number / (self.total - len(self.stages))
        begun = self.now_us - 2 * DAY_US - int(age * YEARS_US)
        return ("BATAL" if number % 50 == 9 and number > POOL else "SELESAI"), begun  # noqa: PLR2004  one in fifty

    def _actor(self, role: Role) -> str:
        logins = LOGINS[role]
        return logins[int(self.dice.random() * len(logins))]

    def _source(self, number: int, channel: Channel, day: str, begun: int, made_by: str) -> None:
        if channel is Channel.OFFLINE:
            nth = self.counters[day] = self.counters.get(day, 0) + 1
            code = with_check(f"T3-{day[2:]}-A{nth:03d}")
            dashed = f"{day[:4]}-{day[4:6]}-{day[6:]}"
            self._put("ticket", number, dashed, "A", nth, code, made_by, begun, uuid())
            return
        data = f'{{"ref":"ukur-{number}"}}'
        digest = hashlib.sha256(data.encode()).hexdigest()
        self._put("package", number, f"ukur-{number}", digest, data, begun, made_by, begun, uuid())

    def _entry(self, number: int, stage: str, people: tuple[str, str, str, str, str], begun: int) -> str:
        husband, wife, his, hers, route = people
        if stage in ON_DESKS:
            case = Case(route=Route(route), reporter=Reporter.WIFE, husband=Party(name=husband, nik=his),
                        wife=Party(name=wife, nik=hers))  # fmt: skip
            data = to_json(case)
        else:  # an archive need not be heavy to be long
            parties = f'"husband":{{"name":"{husband}","nik":"{his}"}},"route":"{route}"'
            data = f'{{{parties},"wife":{{"name":"{wife}","nik":"{hers}"}}}}'
        digest = hashlib.sha256(data.encode()).hexdigest()
        at, maker = begun + 9 * MINUTE_US, self._actor(Role.FO)
        self._put("entry", number, number, 1, data, digest, 2, "FO", maker, at, uuid())
        if stage == "KURANG":
            self._put("finding", number, "kk", PROBLEM, "", 2, "FO", maker, at, uuid())
        return digest

    def _card(
        self, number: int, steps: tuple[Step, ...], begun: int, key: str, head: bytes, entry: str
    ) -> tuple[bytes, int, str]:
        """The lines; the last link, when, and who holds the file."""
        out, at, actor, sha256 = self.rows["paraf"], begun, "", hashlib.sha256
        begin, bound = f"2:p1,{ns(number)}", f"entry:1:{entry}" if entry else ""
        if bound and steps[-1].to.key == "KURANG":
            bound += f"\nfinding:kk:{PROBLEM}:"
        bound = sha256(bound.encode()).hexdigest() if bound else ""
        dice = self.dice.random
        for n, step in enumerate(steps, 1):
            role = step.who[0]
            actor = "pemohon" if role is Role.PEMOHON else self._actor(role)
            at += int(dice() * 30 * MINUTE_US) if n > 1 else 0
            at = max(at, begun + 10 * MINUTE_US) if n > 2 else at  # noqa: PLR2004  after the entry
            line = key if n == 1 else uuid()
            known, evidence = (entry if n > 2 else ""), (bound if n == 3 else "")  # noqa: PLR2004  typed at line 2
            note = "pengukuran" if step.key == "batalkan" else ""
            fields = (n, step.key, role.value, step.at.key, step.to.key, actor)
            text = f"{begin}{''.join(map(ns, fields))}0:,{ns(at)}{ns(note)}{ns(known)}0:,{ns(evidence)}0:,{ns(line)}"
            head = sha256(head + text.encode()).digest()
            self.lines += 1
            signed = f"{step.key}\t{role.value}\t{step.at.key}\t{step.to.key}\t{actor}\t\t{at}\t{note}"
            bind = f"{known}\t\t{evidence}\t\t{n - 1}\t{line}\t1\t{head.hex()}"
            out.append(f"{self.lines}\t{number}\t{n}\t{signed}\t{bind}\n")
        held = steps[-1].to.kind is Kind.WORK
        return head, at, actor if held else ""


def walk(channel: Channel, stage: str, *, returned: bool) -> tuple[Step, ...]:
    """The shortest way to a stage by the SOP's table; `returned`: by way of the Editor, if it leads past the Kasi."""
    if stage == "BATAL":
        return (*_shortest(channel, "MULAI", "VERIFIKASI"), _step("batalkan"))
    way = _shortest(channel, "MULAI", stage)
    keys = [s.key for s in way]
    if returned and "terima_kasi" in keys:
        at = keys.index("terima_kasi") + 1
        loop = _shortest(channel, "DI_KASI", "DI_EDITOR") + _shortest(channel, "DI_EDITOR", "DI_KASI")
        return (*way[:at], *loop, *way[at:])
    return way


def _step(action: str) -> Step:
    return next(s for s in PELITA3.steps if s.key == action and s.at.key in {"VERIFIKASI", "MULAI"})


def _shortest(channel: Channel, first: str, last: str) -> tuple[Step, ...]:
    todo: deque[tuple[str, tuple[Step, ...]]] = deque([(first, ())])
    seen = {first}
    while todo:
        here, way = todo.popleft()
        if here == last:
            return way
        for s in PELITA3.steps:
            if s.at.key == here and s.channel in {None, channel} and s.to.key not in seen and s.key != "batalkan":
                seen.add(s.to.key)
                todo.append((s.to.key, (*way, s)))
    raise LookupError(last)


_random = bytearray()


def uuid() -> str:
    """As new_key makes them, faster."""
    global _random  # noqa: PLW0603  one buffer of randomness
    if len(_random) < 16:  # noqa: PLR2004  a UUID's bytes
        _random = bytearray(os.urandom(65_536))
    h = bytes(_random[-16:]).hex()
    del _random[-16:]
    return f"{h[:8]}-{h[8:12]}-4{h[13:16]}-a{h[17:20]}-{h[20:]}"


def fill(place: Place, total: int, say: Callable[[str], None]) -> int:
    """Write so many files; the number of card lines."""
    with place.superuser() as su:
        row = su.execute("select now_us()").fetchone()
        assert row is not None
        files = Files(total, int(row[0]))
        su.execute("set session_replication_role = replica")
        su.execute("set synchronous_commit = off")
        later = list(_put_off(su))
        for first in range(1, total + 1, CHUNK):
            for number in range(first, min(first + CHUNK, total + 1)):
                files.file(number)
            _copy(su, files)
            if first // CHUNK % 25 == 24:  # noqa: PLR2004  now and then
                say(f"{first + CHUNK - 1:,} files, {files.lines:,} lines")
        _finish(su, [*AFTER, *later])
    return files.lines


def _copy(su: psycopg.Connection[tuple[Any, ...]], files: Files) -> None:
    for table, columns in TABLES.items():
        with su.cursor() as cursor, cursor.copy(f"copy {table}({columns}) from stdin".encode()) as copy:
            copy.write("".join(files.rows[table]))
        files.rows[table].clear()


def _finish(su: psycopg.Connection[tuple[Any, ...]], statements: list[str]) -> None:
    for statement in statements:
        su.execute(statement.encode())
    for table in TABLES:
        newest = f"(select max(id) from {table})"  # noqa: S608  our own words
        su.execute(f"select setval(pg_get_serial_sequence('{table}', 'id'), {newest})".encode())
    for stage in FACTS:
        facts(su, stage, f"> {POOL}")
    su.execute("set synchronous_commit = on")
    su.execute("vacuum analyze")
    su.execute("checkpoint")


def _put_off(su: psycopg.Connection[tuple[Any, ...]]) -> Iterator[str]:
    """Drop what is cheaper to build afterwards, unique keys and secondary indexes; what brings them back."""
    names = [*TABLES, "berkas_party"]
    uniques = su.execute(
        "select conrelid::regclass::text, conname, pg_get_constraintdef(oid) from pg_constraint "
        "where contype = 'u' and conrelid::regclass::text = any(%s)", (names,)
    ).fetchall()  # fmt: skip
    for table, name, definition in uniques:
        su.execute(f"alter table {table} drop constraint {name}".encode())
        yield f"alter table {table} add constraint {name} {definition}"
    indexes = su.execute(
        "select i.indexname, i.indexdef from pg_indexes i where i.schemaname = 'pelita3' and i.tablename = any(%s) "
        "and not exists (select 1 from pg_constraint c where c.conname = i.indexname)", (names,)
    ).fetchall()  # fmt: skip
    for name, definition in indexes:
        su.execute(f"drop index {name}".encode())
        yield definition
