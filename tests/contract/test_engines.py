"""Both engines hold the same office: the same tables, columns, views and SOP, and refuse by the same codes."""

from __future__ import annotations

import inspect
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import peewee as pw
import pytest

from app.models import (
    base,
    tables_admin,
    tables_berkas,
    tables_officers,
    tables_papers,
    tables_queue,
    tables_seal,
    words,
)
from app.models.guards import runner, runner_server
from app.sop.model import Need
from app.sop.pelita3 import PELITA3
from tests.support import postgres
from tests.support.postgres import Offices

Shape = dict[str, tuple[str, ...]]

SERVER_ONLY = {
    "ticket_counter": "a row to wait for, so that two machines never draw one number",
    "berkas_party": "names and NIK beside a file's head, with the indexes that searching needs",
    "shown_berkas": "the heads that an officer may see, found by their indexes",
    "sop_desk": "which stages are whose desk, reckoned once instead of at each question",
    "sop_way": "all that one press asks of the SOP's table in one row",
    "standing": "what an officer's appointments give him, reckoned when they change instead of at each command",
    "stands": "how that is reckoned, and checked",
    "booking_slot": "the same for a slot of web bookings; an embedded database has one writer, who counts",
}
"""Tables and views that an embedded database does not need, and why."""

EMBEDDED_ONLY = {
    "today": "a function on the server",
    "may_administer": "the same",
    "my_stage": "the same, my_stages()",
    "staying_admin": "the same, other_admin_than()",
    "queue_number": "the same, queue_number()",
    "queue_order": "the same, next_ticket()",
}
"""What is a function on the server."""

SERVER_COLUMNS = {
    "password": {"made_in"}, "read_log": {"searched", "made_in"}, "berkas": {"moved_in", "touched"},
}  # fmt: skip
"""What only the server must remember: which transaction wrote a row that another one must not see half done, and
whether anything was written beside a file since its last line, so that a line need not look through fourteen tables."""

SERVER_CODES = {
    ("P3403", "many_readings"): "one officer cannot copy a whole embedded database through its guards: he has the file",
    ("P3409", "order"): "two administrators at once",
}
EMBEDDED_CODES = {("P3422", "need"): "what a newer SOP asks and this program does not know"}

PROGRAM_ERRORS = "P3400"
"""A command that no window of ours sends. What has no words comes out as the bug it is, with its report."""


def embedded_shape(path: Path) -> Shape:
    """Every table and view with its columns, in their order."""
    with closing(sqlite3.connect(path)) as raw:
        names = raw.execute("select name from sqlite_master where type in ('table', 'view')").fetchall()
        own = [n for (n,) in names if not n.startswith("sqlite_")]
        for function, many in (("now_us", 0), ("actor", 0), ("sha256hex", 1), ("check_digit", 1), ("chain", -1)):
            raw.create_function(function, many, lambda *_: "")
        return {n: tuple(r[1] for r in raw.execute(f"pragma table_info({n})")) for n in own}


@pytest.fixture(scope="session")
def on_server(offices: Offices) -> Shape:
    """The same of the server's office."""
    with postgres.superuser(offices.cluster, postgres.TEMPLATE) as su:
        rows = su.execute(
            "select c.relname, array_agg(a.attname order by a.attnum) from pg_class c join pg_attribute a "
            "on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped "
            "where c.relnamespace = 'pelita3'::regnamespace and c.relkind in ('r', 'v') group by c.relname"
        ).fetchall()
    return {name: tuple(columns) for name, columns in rows}


@pytest.fixture(scope="session")
def embedded(office_template: Path) -> Shape:
    return embedded_shape(office_template)


def test_the_numbered_files_are_the_same_on_both() -> None:
    names = {e: [p.name for v, p in runner.versions(e) if v] for e in ("sqlite", "postgres")}
    assert names["sqlite"] == names["postgres"]
    assert runner_server.numbered() == list(range(1, len(names["postgres"]) + 1))


def test_both_have_the_same_tables_and_views(embedded: Shape, on_server: Shape) -> None:
    assert set(on_server) - set(embedded) == set(SERVER_ONLY)
    assert set(embedded) - set(on_server) == set(EMBEDDED_ONLY)


def test_the_same_columns_stand_in_the_same_tables(embedded: Shape, on_server: Shape) -> None:
    differ = {}
    for name in set(embedded) & set(on_server):
        extra = SERVER_COLUMNS.get(name, set())
        if set(on_server[name]) - set(embedded[name]) != extra or set(embedded[name]) - set(on_server[name]):
            differ[name] = sorted(set(on_server[name]) ^ set(embedded[name]))
    assert not differ


def models() -> Iterator[type[pw.Model]]:
    for module in (tables_admin, tables_berkas, tables_officers, tables_papers, tables_queue, tables_seal):
        for _, found in inspect.getmembers(module, inspect.isclass):
            if issubclass(found, base.Table) and found.__module__ == module.__name__:
                yield found


def test_what_the_program_reads_is_there_on_both(embedded: Shape, on_server: Shape) -> None:
    for model in models():
        table = model._meta.table_name
        columns = {f.column_name for f in model._meta.sorted_fields}
        for shape in (embedded, on_server):
            assert columns <= set(shape[table]), table


def test_the_sop_in_both_is_the_programs(office_template: Path, offices: Offices) -> None:
    with (
        closing(sqlite3.connect(office_template)) as raw,
        postgres.superuser(offices.cluster, postgres.TEMPLATE) as su,
    ):
        for table, rows in runner.sop_rows(PELITA3).items():
            kept = raw.execute(f"select * from {table}").fetchall()  # noqa: S608  our own names
            shared = su.execute(f"select * from pelita3.{table}").fetchall()  # noqa: S608  our own names
            assert sorted(map(repr, kept)) == sorted(map(repr, shared)) == sorted(map(repr, rows))


def test_the_requirements_are_the_same_on_both(office_template: Path, offices: Offices) -> None:
    asked = "select code, route, label, condition, position from {}requirement order by route, position, code"
    with (
        closing(sqlite3.connect(office_template)) as raw,
        postgres.superuser(offices.cluster, postgres.TEMPLATE) as su,
    ):
        kept = raw.execute(asked.format("")).fetchall()
        assert kept == su.execute(asked.format("pelita3.")).fetchall()
        assert len(kept) > 10


# --- codes


def codes(engine: str) -> set[tuple[str, str]]:
    """Every refusal that an engine's files can speak."""
    text = "\n".join(p.read_text(encoding="utf-8") for _, p in runner.versions(engine))
    if engine == "sqlite":
        return set(re.findall(r"raise\(abort, '(P3\d{3}) (\w+)'\)", text))
    found = set(re.findall(r"refuse\('(P3\d{3})', '(\w+)'\)", text))
    # Two are put together: whatever need is lacking, and what is done to a row that stays.
    assert text.count("refuse('P3422', lacking)") == 1
    assert text.count("case tg_op when 'UPDATE' then 'frozen' else 'kept' end") == 1
    needs = {n.value for n in Need}
    return found | {("P3422", n) for n in needs} | {("P3423", "frozen"), ("P3423", "kept")}


def told(engine: str) -> set[tuple[str, str]]:
    """Those that officers are told."""
    return {c for c in codes(engine) if c[0] != PROGRAM_ERRORS}


def test_no_refusal_is_written_in_another_way() -> None:
    """What the two patterns above do not find would escape the comparison."""
    for engine in ("sqlite", "postgres"):
        for _, path in runner.versions(engine):
            text = re.sub(r"--.*", "", path.read_text(encoding="utf-8"))
            spoken = len(re.findall(r"\bP3\d{3}\b", text))
            pattern = r"raise\(abort, 'P3\d{3} \w+'\)" if engine == "sqlite" else r"refuse\('P3\d{3}', [^;]*\);"
            assert len(re.findall(pattern, text)) == spoken, path.name


def test_both_refuse_by_the_same_codes() -> None:
    assert told("postgres") - told("sqlite") == set(SERVER_CODES)
    assert told("sqlite") - told("postgres") == set(EMBEDDED_CODES)


@pytest.mark.parametrize("which", ["sqlite", "postgres"])
def test_every_refusal_has_words(which: str) -> None:
    silent = {c for c in told(which) if c not in words.REFUSALS and (c[0], "") not in words.REFUSALS}
    assert not silent
    vague = {c for c in told(which) if c not in words.REFUSALS and c[0] in {"P3403", "P3409", "P3422"}}
    # "Already processed by a colleague" is what these mean, and all that helps.
    assert vague <= {("P3409", "moved"), ("P3409", "key"), ("P3422", "need")}


def test_no_words_are_kept_for_what_nobody_says() -> None:
    spoken = codes("sqlite") | codes("postgres")
    assert {c for c in words.REFUSALS if c[1] and c not in spoken} == set()


def test_words_tell_what_to_do_and_name_nothing_of_ours() -> None:
    for message in [*words.REFUSALS.values(), *words.TROUBLE.values(), words.NOT_THERE, words.TOO_SHORT_OR_LONG]:
        assert message.endswith(".")
        assert not re.search(r"P3\d|SQL|trigger|constraint|database", message)
