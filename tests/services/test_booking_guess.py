"""A list nobody has described: its columns by their headings, never one that holds people."""

from __future__ import annotations

import pytest

from app.services import booking_guess, booking_list
from app.services.booking_list import Columns
from app.services.queue_settings import Service

OURS = (Service("A", "Akta perceraian"), Service("B", "KK dan KTP-el"), Service("C", "KK hilang"))


@pytest.mark.parametrize(
    ("headings", "said"),
    [
        (("No", "Kode Antrian", "Nama Pemohon", "NIK", "Tanggal", "Jam", "Nama Layanan", "Status"),
         ("Kode Antrian", "Tanggal", "Jam", "Nama Layanan", "Status", "")),
        (("NOMOR_ANTREAN", "Tgl. Kunjungan", "Sesi", "No HP"),
         ("NOMOR_ANTREAN", "Tgl. Kunjungan", "Sesi", "", "", "A")),
        (("booking id", "waktu"), ("booking id", "waktu", "", "", "", "A")),
        (("Nama", "Alamat", "x"), ("", "", "", "", "", "A")),
    ],
)  # fmt: skip
def test_columns_are_proposed_by_their_headings(headings: tuple[str, ...], said: tuple[str, ...]) -> None:
    found = booking_guess.propose("kota", headings, OURS)
    assert (found.reference, found.day, found.time, found.service, found.status, found.otherwise) == said
    assert found.source == "kota"


def test_an_office_without_services_still_gets_a_letter() -> None:
    assert booking_guess.propose("kota", ("ref", "hari"), ()).otherwise == "A"


def test_columns_of_people_are_not_offered() -> None:
    heads = ("No", "Nama Pemohon", "N.I.K", "NIK", "No. HP", "E-mail", "Email", "Alamat", "Nama Layanan", "", "Status")
    assert booking_guess.offered(heads) == ("No", "N.I.K", "E-mail", "Nama Layanan", "Status")


def test_a_known_source_is_recognised_by_its_headings() -> None:
    how = Columns("kota", "Kode", "Hari", service="Layanan")
    assert booking_guess.fits(how, ("KODE", " hari ", "layanan", "x"))
    assert not booking_guess.fits(how, ("kode", "hari"))
    assert not booking_guess.fits(Columns("kota", "", "hari"), ("kode", "hari"))


def test_words_find_their_service_where_only_one_can_be_meant() -> None:
    said = ("AKTA  Perceraian", "b", "KK", "akta", "kk hilang di jalan", "Paspor", "x")
    assert booking_guess.letters(said, OURS) == {
        "AKTA  Perceraian": "A", "b": "B", "akta": "A", "kk hilang di jalan": "C",
    }  # fmt: skip


def test_words_of_a_column_are_few_or_none() -> None:
    data = b"\nref;layanan\n1;KK\n2;kk \n3;Akta\n4\n5;\n"
    assert booking_list.words(data, "Layanan") == ("kk", "Akta")
    assert booking_list.words(data, "jenis") == ()
    many = b"ref;nama\n" + b"".join(b"%d;ORANG %d\n" % (n, n) for n in range(13))
    assert booking_list.words(many, "nama") == (), "so many are people, not services"


@pytest.mark.parametrize(
    ("day", "hour"),
    [
        ("Selasa, 12 Mei 2026", "09:00"),
        ("12 mei 2026", "09.00"),
        ("Jum'at, 12 Mei 2026", "9:00"),
        ("12 Mei. 2026", "09:00"),
    ],
)
def test_days_in_words_are_read(day: str, hour: str) -> None:
    data = f"ref;hari;jam\n7;{day};{hour}\n".encode()
    (row,) = booking_list.read(data, Columns("kota", "ref", "hari", "jam")).rows
    assert row.slot_local.isoformat() == "2026-05-12T09:00:00+07:00"


def test_a_day_in_words_may_hold_its_hour() -> None:
    data = b"ref;kapan\n7;12 Agustus 2026 09:15\n8;12 Brumaire 2026 09:15\n"
    found = booking_list.read(data, Columns("kota", "ref", "kapan"))
    assert [r.slot_local.isoformat() for r in found.rows] == ["2026-08-12T09:15:00+07:00"]
    assert [m.line for m in found.mistakes] == [3]
