"""Web bookings: a list comes in once and without names, owners check in, and who never came is counted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.errors import Conflict, Refused
from app.models import base
from app.models.tables_queue import Booking
from app.services import booking_list, bookings, queue, queue_settings
from app.services.accounts import Who
from app.services.booking_list import Columns
from app.services.bookings import Imported, State
from app.services.keys import new_key
from app.sop.model import Role
from tests.support.hall import at_kiosk
from tests.support.office import Clock

Sit = Callable[[str | Role], Who]
NINE = datetime(2026, 5, 12, 2, 0, tzinfo=UTC)
"""09.00 WIB on a Tuesday."""

MPP = Columns(
    "mpp.pekanbaru.go.id", "Kode Antrian", "Tanggal", "Jam", "Layanan", {"akta perceraian": "A", "KK cerai": "B"},
    otherwise="", status="Status",
)  # fmt: skip
HEAD = "No;Kode Antrian;Nama Pemohon;NIK;Tanggal;Jam;Layanan;Status"


def mpp(*lines: str) -> bytes:
    return "\r\n".join([HEAD, *lines, ""]).encode("utf-8-sig")


def line(code: str = "mpp-0042", day: str = "12/05/2026", hour: str = "09:00 - 09:15 WIB", **more: str) -> str:
    service, status = more.get("service", "Akta  Perceraian"), more.get("status", "Terkonfirmasi")
    return f"1;{code};BUDI SANTOSO;1471071403840003;{day};{hour};{service};{status}"


@pytest.fixture
def at_nine(clock: Clock) -> Clock:
    clock.at = NINE
    return clock


def brought_in(*lines: str, columns: Columns = MPP) -> Imported:
    return bookings.store(bookings.preview(mpp(*lines), columns))


# --- reading a list --------------------------------------------------------------------------------------------------


def test_a_list_is_read_by_its_headings_and_says_what_it_leaves_alone() -> None:
    found = booking_list.read(mpp(line()), MPP)
    (row,) = found.rows
    assert (row.line, row.reference, row.service) == (2, "MPP-0042", "A")
    assert row.slot_local.isoformat() == "2026-05-12T09:00:00+07:00"
    assert found.unread == ("No", "Nama Pemohon", "NIK")
    assert booking_list.headings(mpp())[1] == "Kode Antrian"


@pytest.mark.parametrize(
    ("day", "hour"),
    [
        ("2026-05-12", "09.00"),
        ("12-05-2026", "9:00"),
        ("12.05.2026", "09:00:00"),
        ("12/05/2026", "09.00 s/d 09.15"),
    ],
)
def test_days_and_hours_are_read_as_offices_write_them(day: str, hour: str) -> None:
    (row,) = booking_list.read(mpp(line(day=day, hour=hour)), MPP).rows
    assert row.slot_local.isoformat() == "2026-05-12T09:00:00+07:00"


def test_one_column_may_hold_day_and_hour_and_every_row_one_service() -> None:
    data = b"ref,waktu\n77,2026-05-12T09:15\n78,2026-05-12 10:00\n"
    found = booking_list.read(data, Columns("lain", "REF", "Waktu", otherwise="C"))
    assert [(r.reference, r.slot_local.hour, r.service) for r in found.rows] == [("77", 9, "C"), ("78", 10, "C")]


def test_an_odd_way_to_write_days_is_told_once() -> None:
    data = b"ref|hari|jam\n77|05/12/26|09:15\n"
    (row,) = booking_list.read(data, Columns("lain", "ref", "hari", "jam", day_format="%m/%d/%y")).rows
    assert row.slot_local.date().isoformat() == "2026-05-12"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (line(code=""), "Nomor kosong"),
        (line(code="1471071403840003"), "tampak seperti NIK"),
        (line(code="BUDI SANTOSO"), "berisi spasi"),
        (line(day="31-02-2026"), "“31-02-2026” tidak terbaca"),
        (line(hour=""), "Jam kosong"),
        (line(hour="pagi"), "“pagi” tidak terbaca"),
        (line(service="Paspor"), "“Paspor” belum dipasangkan"),
        (line(), "sudah ada di baris 2"),
        ("1", "Nomor kosong"),
    ],
)
def test_a_wrong_line_is_named_with_what_to_do_and_the_others_come_in(wrong: str, said: str) -> None:
    found = booking_list.read(mpp(line(), "", wrong, line("mpp-0043")), MPP)
    assert [r.reference for r in found.rows] == ["MPP-0042", "MPP-0043"]
    (mistake,) = found.mistakes
    assert mistake.line == 4
    assert said in mistake.text
    assert mistake.text.endswith(".")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "csv"),
        (b"hanya satu judul\n1\n", "csv"),
        (b"PK\x03\x04\0\0", "csv"),
        (b'a;b\n"' + b"x" * 200_000 + b'";1\n', "csv"),
        (b"a;b\n" + b"1;2\n" * 20_001, "long"),
        (b"a;b\n1;2\n", "columns"),
    ],
)
def test_what_is_no_list_is_refused_kindly(data: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        booking_list.read(data, MPP)
    assert refused.value.code == code
    assert refused.value.message.endswith(".")


def test_an_old_excel_speaks_another_alphabet() -> None:
    data = "ref;hari;jam;catatan\n77;2026-05-12;09:15;Café\n".encode("cp1252")
    assert len(booking_list.read(data, Columns("lain", "ref", "hari", "jam")).rows) == 1


# --- coming in -------------------------------------------------------------------------------------------------------


def test_how_a_source_is_read_is_kept_and_other_settings_stay(office_db: Path, who: Sit) -> None:
    who(Role.ADMIN)
    queue_settings.save(replace(queue_settings.load(), fair=4), new_key())
    bookings.save_source(MPP, new_key())
    bookings.save_source(replace(MPP, source="aplikasi lama"), new_key())
    assert [c.source for c in bookings.sources()] == ["aplikasi lama", "mpp.pekanbaru.go.id"]
    assert bookings.sources()[1] == replace(MPP, cancelled=list(MPP.cancelled))
    assert queue_settings.load().fair == 4
    who(Role.FO)
    with pytest.raises(Refused):
        bookings.save_source(MPP, new_key())


def test_a_key_of_a_newer_program_does_no_harm() -> None:
    assert booking_list.columns({**MPP.data(), "kelak": 1}) == replace(MPP, cancelled=list(MPP.cancelled))


def test_importing_twice_adds_nothing(office_db: Path, who: Sit, at_nine: Clock) -> None:
    who(Role.FO)
    first = bookings.preview(mpp(line(), line("mpp-0043")), MPP)
    assert [r.reference for r in first.new] == ["MPP-0042", "MPP-0043"]
    assert bookings.store(first) == Imported(2, 0, 0, ())
    assert bookings.store(first) == Imported(0, 2, 0, ())
    who("dedi")
    again = bookings.preview(mpp(line(), line("mpp-0043"), line("mpp-0044")), MPP)
    assert ([r.reference for r in again.new], len(again.known)) == (["MPP-0044"], 2)
    assert bookings.store(again) == Imported(1, 2, 0, ())
    assert bookings.store(replace(first, new=first.new)) == Imported(0, 2, 0, ())
    assert len(bookings.of_day()) == 3


def test_two_desks_that_import_at_once_make_one_booking(office_db: Path, who: Sit, at_nine: Clock) -> None:
    who(Role.FO)
    first = bookings.preview(mpp(line()), MPP)
    who("dedi")
    brought_in(line())
    who(Role.FO)
    assert bookings._add("mpp.pekanbaru.go.id", first.new[0]) is False
    assert len(bookings.of_day()) == 1


def test_nobodys_name_is_kept(office_db: Path, who: Sit, at_nine: Clock) -> None:
    who(Role.FO)
    brought_in(line())
    with base.told():
        (row,) = Booking.select().dicts()
    assert "BUDI" not in str(row)
    assert "1471071403840003" not in str(row)


def test_yesterdays_rows_and_moved_hours_are_told(office_db: Path, who: Sit, at_nine: Clock) -> None:
    who(Role.FO)
    brought_in(line())
    found = bookings.preview(mpp(line("mpp-1", day="11/05/2026"), line(hour="10:00")), MPP)
    assert not found.new
    assert [m.line for m in found.mistakes] == [2, 3]
    assert "sudah lewat" in found.mistakes[0].text
    assert "Selasa, 12 Mei 2026 pukul 10.00" in found.mistakes[1].text


def test_what_was_taken_back_at_its_source_is_taken_back_here(office_db: Path, who: Sit, at_nine: Clock) -> None:
    who(Role.FO)
    brought_in(line(), line("mpp-0043"))
    bookings.check_in("mpp-0043", new_key())
    gone = [line(c, status="DIBATALKAN") for c in ("mpp-0042", "mpp-0043", "mpp-0099")]
    assert brought_in(*gone) == Imported(0, 0, 1, ())
    assert brought_in(*gone) == Imported(0, 0, 0, ())
    first = bookings.preview(mpp(line("mpp-0050")), MPP)
    bookings.store(first)
    taken_back = bookings.preview(mpp(line("mpp-0050", status="batal")), MPP)
    assert [bookings.store(taken_back).cancelled for _ in range(2)] == [1, 1], "the same command, twice"
    assert [(r.state, r.why) for r in bookings.of_day()] == [
        (State.CANCELLED, "dibatalkan di sumbernya"),
        (State.CAME, ""),
        (State.CANCELLED, "dibatalkan di sumbernya"),
    ]


def test_what_the_office_refuses_is_told_by_its_line(office_db: Path, who: Sit, at_nine: Clock) -> None:
    who(Role.ADMIN)
    queue_settings.save(replace(queue_settings.load(), slot_quota=1), new_key())
    who(Role.FO)
    done = brought_in(line(), line("mpp-0043"))
    assert (done.added, done.known) == (1, 0)
    assert [m.line for m in done.mistakes] == [3]
    assert "MPP-0043" in done.mistakes[0].text
    assert "penuh" in done.mistakes[0].text


def test_lists_are_the_front_offices_business(office_db: Path, who: Sit, at_nine: Clock) -> None:
    who(Role.FO)
    found = bookings.preview(mpp(line()), MPP)
    who(Role.KASI)
    done = bookings.store(found)
    assert done.added == 0
    assert "Front Office" in done.mistakes[0].text


# --- checking in -----------------------------------------------------------------------------------------------------


@pytest.fixture
def booked(office_db: Path, who: Sit, at_nine: Clock) -> None:
    who(Role.FO)
    brought_in(
        line(), line("mpp-0043", hour="11:00", service="KK cerai"), line("mpp-0044", day="14/05/2026"),
        line("mpp-0045", hour="08:00"), line("mpp-0046"),
    )  # fmt: skip
    at_kiosk()


@pytest.mark.parametrize(
    "scanned",
    ["MPP-0042", " mpp-0042\n", "https://mpp.pekanbaru.go.id/antrian/cek?kode=MPP-0042&hal=1", "https://x.id/t/mpp-0042"],
)  # fmt: skip
def test_the_owner_checks_in_by_number_or_qr(booked: None, scanned: str) -> None:
    issued = bookings.check_in(scanned, new_key())
    assert (issued.ticket.label, issued.ticket.service, issued.ticket.booked) == ("A-001", "A", True)


def test_the_same_press_is_one_ticket_and_priority_is_kept(booked: None) -> None:
    key = new_key()
    first = bookings.check_in("mpp-0042", key, priority=True)
    assert bookings.check_in("mpp-0042", key, priority=True).ticket.id == first.ticket.id
    assert first.ticket.label == "P-001"


@pytest.mark.parametrize(
    ("number", "code", "said"),
    [
        ("mpp-0043", "early", "mulai 10.45 (1 jam 45 menit lagi)"),
        ("mpp-0044", "day", "Kamis, 14 Mei 2026 pukul 09.00. Datanglah"),
        ("mpp-0045", "late", "Jam Anda 08.00 dan sudah lewat lebih dari 15 menit"),
        ("4711", "unknown", "4711 tidak dikenal"),
        ("", "unknown", "tidak dikenal"),
        ("x" * 300, "unknown", "tidak dikenal"),
    ],
)
def test_who_cannot_check_in_is_told_why_and_what_to_do(booked: None, number: str, code: str, said: str) -> None:
    for ask in (bookings.look, lambda n: bookings.check_in(n, new_key())):
        with pytest.raises(Refused) as refused:
            ask(number)
        assert refused.value.code == code
        assert said in refused.value.message


@pytest.mark.parametrize(
    ("number", "days", "said"),
    [
        ("mpp-0043", 0, "melapor mulai 10.45 (1 jam 45 menit lagi). Minta menunggu"),
        ("mpp-0044", 0, "Kamis, 14 Mei 2026 pukul 09.00. Minta datang pada hari itu"),
        ("mpp-0044", 3, "Harinya sudah lewat; beri nomor biasa."),
        ("4711", 0, "Periksa ketikannya, impor daftarnya bila belum"),
    ],
)
def test_an_officer_is_told_what_he_can_do(
    booked: None, who: Sit, clock: Clock, number: str, days: int, said: str
) -> None:
    who(Role.FO)
    clock.at = NINE + timedelta(days=days)
    for ask in (bookings.look, lambda n: bookings.check_in(n, new_key())):
        with pytest.raises(Refused) as refused:
            ask(number)
        assert said in refused.value.message


def test_a_look_changes_nothing(booked: None) -> None:
    found = bookings.look("https://mpp.pekanbaru.go.id/cek?kode=mpp-0042")
    assert (found.reference, found.service, found.slot) == ("MPP-0042", "A", NINE)
    assert bookings.look("mpp-0042").id == found.id


def test_a_minute_too_early_is_a_minute(booked: None, clock: Clock) -> None:
    clock.at = NINE + timedelta(minutes=104, seconds=20)
    with pytest.raises(Refused, match="1 menit lagi"):
        bookings.check_in("mpp-0043", new_key())


def test_another_day_that_is_over_is_told(booked: None, clock: Clock) -> None:
    clock.at = NINE + timedelta(days=3)
    with pytest.raises(Refused, match="Harinya sudah lewat"):
        bookings.check_in("mpp-0044", new_key())


def test_a_number_serves_once(booked: None) -> None:
    bookings.check_in("mpp-0042", new_key())
    for ask in (bookings.look, lambda n: bookings.check_in(n, new_key())):
        with pytest.raises(Refused, match="sudah dipakai melapor hadir") as refused:
            ask("mpp-0042")
        assert refused.value.code == "used"


def test_a_cancelled_number_is_told(booked: None, who: Sit) -> None:
    who(Role.FO)
    bookings.cancel(bookings.of_day()[1].id, "pemohon menelepon", new_key())
    base.session.actor = "kios-lobi"
    for ask in (bookings.look, lambda n: bookings.check_in(n, new_key())):
        with pytest.raises(Refused) as refused:
            ask("mpp-0042")
        assert refused.value.code == "cancelled"


def test_outside_hours_the_kiosk_says_so(booked: None, clock: Clock) -> None:
    clock.at = NINE.replace(hour=0, minute=29)
    with pytest.raises(Refused, match="belum dibuka atau sudah ditutup") as refused:
        bookings.check_in("mpp-0045", new_key())
    assert refused.value.code == "closed"


def test_an_officer_checks_in_who_is_late(booked: None, who: Sit) -> None:
    who(Role.FO)
    assert bookings.look("mpp-0045").service == "A"
    assert bookings.check_in("mpp-0045", new_key()).ticket.booked


# --- how a day stands ------------------------------------------------------------------------------------------------


def test_a_day_tells_who_came_and_who_never_did(booked: None, who: Sit, clock: Clock) -> None:
    bookings.check_in("mpp-0042", new_key())
    clock.at = NINE + timedelta(minutes=20)
    who(Role.FO)
    rows = bookings.of_day()
    bookings.cancel(rows[3].id, "pemohon menelepon", new_key())
    rows = bookings.of_day("2026-05-12")
    found = [(r.reference, r.state, r.label, r.why) for r in rows]
    assert found == [
        ("MPP-0045", State.EXPIRED, "", ""),
        ("MPP-0042", State.CAME, "A-001", ""),
        ("MPP-0046", State.EXPIRED, "", ""),
        ("MPP-0043", State.CANCELLED, "", "pemohon menelepon"),
    ]
    assert bookings.never_came(rows) == (1, 2)
    assert bookings.never_came(rows).percent == 67
    assert bookings.never_came([]).percent is None
    assert [r.state for r in bookings.of_day("2026-05-14")] == [State.BOOKED]


def test_who_has_come_is_not_cancelled_any_more(booked: None, who: Sit) -> None:
    issued = bookings.check_in("mpp-0042", new_key())
    assert queue.ticket(issued.ticket.id).booked
    who(Role.FO)
    came = next(r for r in bookings.of_day() if r.state is State.CAME)
    with pytest.raises(Conflict):
        bookings.cancel(came.id, "salah orang", new_key())
    with pytest.raises(Refused):
        bookings.cancel(bookings.of_day()[0].id, "x", new_key())


def test_two_sources_may_use_one_number_and_today_goes_first(booked: None, who: Sit) -> None:
    who(Role.FO)
    other = Columns("lain", "ref", "hari", "jam", otherwise="C")
    brought = bookings.store(bookings.preview(b"ref;hari;jam\nMPP-0044;2026-05-12;09:10\n", other))
    assert brought.added == 1
    assert bookings.check_in("mpp-0044", new_key()).ticket.service == "C"
