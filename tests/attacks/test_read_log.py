"""The reading log: what it opens is written down for good before anything is shown, with a reason, and cannot be cheated."""

from __future__ import annotations

import psycopg
import pytest

from tests.attacks.fort import Connection, Fort, rows
from tests.attacks.tries import NOTHING, PERSONAL, Honest, Try

OPEN = "insert into read_log(berkas_id, what, why) values (:{}, 'membuka berkas', '{}')"

# fmt: off
LOGGING = (
    Try("tono", "without a reason", OPEN.format("entri", ""), "P3422 why"),
    Try("tono", "a reason of spaces", OPEN.format("entri", "      "), "P3422 why"),
    Try("tono", "a reason of four letters", OPEN.format("entri", "cek "), "P3422 why"),
    Try("tono", "no reason at all", OPEN.format("entri", "").replace("''", "null"), "P3400 what"),
    Try("tono", "as if it had been a search", OPEN.format("entri", "nomor").replace("membuka berkas", "mencari"), "P3400 what"),
    Try("tono", "as if it had been a Search", OPEN.format("entri", "nomor").replace("membuka berkas", " Mencari "), "P3400 what"),
    Try("tono", "says that it was searched", "insert into read_log(berkas_id, what, why, searched) values (:entri, 'x', 'nomor', 1)", "42501 permission denied for table read_log"),
    Try("tono", "in a colleague's name", "insert into read_log(berkas_id, what, why, login) values (:entri, 'x', 'diminta', 'zulfikar')", "42501 permission denied for table read_log"),
    Try("tono", "last year", "insert into read_log(berkas_id, what, why, made_us) values (:entri, 'x', 'diminta', 1)", "42501 permission denied for table read_log"),
    Try("tono", "in another transaction", "insert into read_log(berkas_id, what, why, made_in) values (:entri, 'x', 'diminta', '1')", "42501 permission denied for table read_log"),
    Try("tono", "a file that is still to come", "insert into read_log(berkas_id, what, why) values (987654, 'x', 'berjaga-jaga')", "P3403 read"),
    Try("tono", "all that are still to come", "insert into read_log(berkas_id, what, why) select g, 'x', 'berjaga-jaga' from generate_series(1, 100000) g", "P3403 read"),
    Try("tono", "on a picture that stands still", ("begin isolation level repeatable read", OPEN.format("entri", "diminta")), "P3400 isolation"),
    Try("admin", "the administrator opens a file", OPEN.format("entri", "Diminta kepala"), "P3403 read"),
    Try("audi", "the auditor opens a file", OPEN.format("entri", "Diminta kepala"), "P3403 read"),
    Try("tamu", "nobody opens a file", OPEN.format("entri", "Diminta kepala"), "P3403 read"),
    Try("calon", "a Kadis whom nobody confirmed", OPEN.format("entri", "Diminta kepala"), "P3403 read"),
    Try("baru", "who must change his password", OPEN.format("entri", "Diminta kepala"), "P3403 read"),
    Try("tono", "takes a line out of the log", "delete from read_log where login = 'tono'", "42501 permission denied for table read_log"),
    Try("tono", "writes another reason", "update read_log set why = 'dinas'", "42501 permission denied for table read_log"),
    Try("tono", "what others read", "select * from read_log where login <> 'tono'", NOTHING),
)
SEARCHING = (
    Try("dedi", "everything by %", "select search_files('nama', '%%%')", "P3400 short"),
    Try("dedi", "everything by _", "select search_files('nama', '___')", "P3400 short"),
    Try("dedi", "everything by backslashes", r"select search_files('nama', '\\\')", "P3400 short"),
    Try("dedi", "everything by spaces", "select search_files('nama', '    ')", "P3400 short"),
    Try("dedi", "two letters and a wildcard", "select search_files('nama', 'S%I')", "P3400 short"),
    Try("dedi", "by something that there is not", "select search_files('alamat', 'KAYU MANIS')", "P3400 kind"),
    Try("dedi", "by nothing", "select search_files(null, null)", "P3400 kind"),
    Try("dedi", "on a picture that stands still", ("begin isolation level serializable", "select search_files('nama', 'SITORUS')"), "P3400 isolation"),
    Try("dedi", "a colleague's search", "select found_files('3')", NOTHING),
    Try("dedi", "a colleague's question for a NIK", "select found_numbers('3')", NOTHING),
)
HONEST = (
    Honest("tono", "opens with a reason", OPEN.format("entri", "Diminta kepala bidang")),
    Honest("tono", "opens his desk's file without one", OPEN.format("ke_kasi", "")),
)
# fmt: on


@pytest.mark.parametrize("attempt", [*LOGGING, *SEARCHING], ids=str)
def test_refused(fort: Fort, attempt: Try) -> None:
    attempt.met_by(fort)


@pytest.mark.parametrize("command", HONEST, ids=str)
def test_the_right_officer_may(fort: Fort, command: Honest) -> None:
    command.done_at(fort)


def found(connection: Connection, kind: str, wanted: str) -> set[int]:
    """A search as a window does it: two statements, autocommit."""
    ((search,),) = connection.execute("select search_files(%s, %s)::text", (kind, wanted)).fetchall()
    return {i for (i,) in connection.execute("select found_files(%s::xid8)", (search,))}


def lines(fort: Fort, login: str) -> int:
    return int(fort.one(f"select count(*) from read_log where login = '{login}'"))


def test_what_is_opened_is_seen_and_logged(fort: Fort) -> None:
    connection, before = fort.seat("fo20"), lines(fort, "fo20")
    assert connection.execute(fort.filled("select id from berkas where id = :di_kabid")).fetchall() == []
    connection.execute(fort.filled(OPEN.format("di_kabid", "Ditanya pemohon")))
    assert len(connection.execute(fort.filled("select id from berkas where id = :di_kabid")).fetchall()) == 1
    assert lines(fort, "fo20") == before + 1


def test_a_reading_that_is_taken_back_shows_nothing(fort: Fort) -> None:
    """Log it, read, roll back: the log would know nothing."""
    connection, before = fort.seat("tono"), lines(fort, "tono")
    for savepoint in (False, True):
        with connection.transaction(force_rollback=True):
            connection.execute(b"savepoint s" if savepoint else b"select 1")
            connection.execute(fort.filled(OPEN.format("entri", "hanya ingin tahu")))
            connection.execute(b"release savepoint s" if savepoint else b"select 1")
            for table in ("berkas where id", "paraf where berkas_id", "entry where berkas_id", "paper where berkas_id"):
                assert rows(connection.execute(fort.filled(f"select 1 from {table} = :entri"))) == []
    assert lines(fort, "tono") == before


def test_one_statement_that_logs_and_reads_reads_nothing(fort: Fort) -> None:
    connection = fort.seat("tono")
    both = f"with l as ({OPEN.format('entri', 'hanya ingin tahu')}) select data from entry where berkas_id = :entri"
    with connection.transaction(force_rollback=True):
        assert rows(connection.execute(fort.filled(both))) == []


@pytest.mark.parametrize("kind", ["nama", "NIK", "nomor"])
def test_a_search_that_is_taken_back_tells_nothing(fort: Fort, kind: str) -> None:
    wanted = {"nama": "YOHANES DI KABID", "NIK": fort.names["nik_di_kabid"], "nomor": fort.names["number_di_kabid"]}[
        kind
    ]
    connection, before = fort.seat("fo17"), lines(fort, "fo17")
    with connection.transaction(force_rollback=True):
        ((search,),) = connection.execute("select search_files(%s, %s)::text", (kind, wanted)).fetchall()
        assert connection.execute("select found_files(%s::xid8)", (search,)).fetchall() == []
        assert (
            connection.execute("select * from read_log where searched > 0 and made_in = %s::xid8", (search,)).fetchall()
            == []
        )
        assert connection.execute(fort.filled("select * from berkas where id = :di_kabid")).fetchall() == []
    assert connection.execute("select found_files(%s::xid8)", (search,)).fetchall() == []
    assert lines(fort, "fo17") == before


def test_a_search_shows_heads_but_no_contents_and_is_logged(fort: Fort) -> None:
    connection, before = fort.seat("fo18"), lines(fort, "fo18")
    assert found(connection, "NIK", str(fort.names["nik_di_kabid"])) == {fort.names["di_kabid"]}
    assert len(connection.execute(fort.filled("select id from berkas where id = :di_kabid")).fetchall()) == 1
    for table in ("entry", "paper", "contact", "draft", "note", "requirement_check"):
        assert rows(connection.execute(fort.filled(f"select 1 from {table} where berkas_id = :di_kabid"))) == []
    assert rows(connection.execute(fort.filled("select 1 from blob where sha256 = :blob_di_kabid"))) == []
    assert found(connection, "nama", "TIDAK ADA ORANGNYA") == set()
    assert found(connection, "nama", "' or true --") == set()
    assert found(connection, "nomor", "") == found(connection, "nomor", "%") == set()
    assert lines(fort, "fo18") == before + 5, "also what found nothing"
    logged = repr(fort.su.execute("select what, why from read_log where login = 'fo18'").fetchall())
    assert not PERSONAL.search(logged), "the log itself names nobody"


def test_a_colleagues_search_is_not_mine(fort: Fort) -> None:
    ((search,),) = fort.seat("fo18").execute("select search_files('nama', 'YOHANES DI KABID')::text").fetchall()
    assert fort.seat("fo20").execute("select found_files(%s::xid8)", (search,)).fetchall() == []
    assert len(fort.seat("fo18").execute("select found_files(%s::xid8)", (search,)).fetchall()) == 1


def test_whose_nik_it_is_costs_a_line_in_the_log(fort: Fort) -> None:
    """The warning of the entry form is no quiet way to ask who is divorced."""
    connection, before = fort.seat("rina"), lines(fort, "rina")
    ask = fort.filled("select files_with_nik(:draf, :nik_di_kabid)")
    assert connection.execute(ask).fetchall() == [(None,)], "not this file's: it must be asked aloud"
    ((search,),) = connection.execute(fort.filled("select ask_nik(:draf, :nik_di_kabid)::text")).fetchall()
    assert connection.execute("select found_numbers(%s::xid8)", (search,)).fetchall() == [
        (fort.names["number_di_kabid"],)
    ]
    assert connection.execute(fort.filled("select files_with_nik(:draf, :nik_draf)")).fetchall() == [([],)]
    assert lines(fort, "rina") == before + 1
    with connection.transaction(force_rollback=True):
        ((search,),) = connection.execute(fort.filled("select ask_nik(:draf, :nik_di_kabid)::text")).fetchall()
        assert connection.execute("select found_numbers(%s::xid8)", (search,)).fetchall() == []
    assert (
        connection.execute(
            fort.filled("select 1 from entry where berkas_id = :di_kabid and made_by <> 'rina'")
        ).fetchall()
        == []
    )


def test_nobody_opens_the_whole_office(fort: Fort) -> None:
    """Two hundred files of other desks in an hour; whoever copies the office by its log needs days, and is seen."""
    every = (
        "insert into read_log(berkas_id, what, why) select f, 'membuka berkas', 'ingin tahu' "
        "from unnest(array[:entri, :draf, :ktp, :kurang]) f, generate_series(1, {})"
    )
    connection = fort.seat("tono")
    with connection.transaction(force_rollback=True):
        assert connection.execute(fort.filled(every.format(50))).rowcount == 200
    with pytest.raises(psycopg.Error, match="P3403 many_readings"):
        connection.execute(fort.filled(every.format(51)))
