"""What the hall reads on its screen at a moment: calls, a quiet hall, an empty one, closed doors, late data."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from app.sop.queue import State
from app.ui.display.scene import Facts, Item, Mood, Row, compose, split_place
from tests.ui.display.lobby import AWAY, CALLS, FULL, MORNING, NOW, SHUT, call


def test_the_newest_call_is_large_two_others_beside_it_and_six_before_them() -> None:
    found = compose(FULL, NOW, Facts())
    assert (found.mood, found.head, found.call) == (Mood.CALLING, "Silakan menuju loket", 99)
    assert found.main == Row("A-017", "Loket", "3")
    assert found.others == (Row("B-006", "Loket", "5"), Row("C-013", "Loket", "1"))
    assert [r.label for r in found.listed] == ["A-016", "C-012", "A-015", "D-021", "A-014", "P-003"]
    assert found.strip[0] == Item("A", "14 orang", "25–40 menit")
    assert (found.clock, found.date) == ("10.36", "Selasa, 12 Mei 2026")
    assert (found.title, found.office) == ("Dinas Kependudukan dan Pencatatan Sipil", "Kota Pekanbaru")
    assert (found.data, found.sound) == ("", "")


def test_a_call_stays_large_for_its_minute_though_its_owner_has_come() -> None:
    served = replace(FULL, calls=(replace(CALLS[0], state=State.SERVING),))
    assert compose(served, NOW + timedelta(seconds=55), Facts()).mood is Mood.CALLING
    assert compose(served, NOW + timedelta(seconds=57), Facts()).mood is Mood.LAST


def test_a_call_that_nobody_followed_stays_longer_but_not_for_ever() -> None:
    waiting = replace(FULL, calls=(CALLS[0],))
    assert compose(waiting, NOW + timedelta(seconds=290), Facts()).mood is Mood.CALLING
    assert compose(waiting, NOW + timedelta(seconds=300), Facts()).mood is Mood.LAST


def test_the_offices_own_length_of_a_call_counts() -> None:
    served = replace(FULL, calls=(replace(CALLS[0], state=State.SERVING),), call_seconds=120)
    assert compose(served, NOW + timedelta(seconds=110), Facts()).mood is Mood.CALLING


def test_a_quiet_hall_keeps_the_last_call_dimmed() -> None:
    found = compose(replace(FULL, calls=CALLS[3:]), NOW, Facts())
    assert (found.mood, found.head, found.call) == (Mood.LAST, "Terakhir dipanggil", 0)
    assert found.main == Row("A-016", "Loket", "4")
    assert found.listed[0].label == "C-012", "it does not stand twice"


def test_an_empty_hall_invites() -> None:
    found = compose(replace(FULL, calls=(), waiting=()), NOW, Facts())
    assert (found.mood, found.head, found.lines) == (Mood.EMPTY, "Antrean kosong", ("Silakan ambil nomor",))
    assert found.strip_text == "Antrean kosong, silakan ambil nomor"
    assert compose(replace(FULL, calls=()), NOW, Facts()).lines == ("Sebentar lagi nomor dipanggil di sini",)


def test_closed_doors_say_when_they_open() -> None:
    shut = replace(FULL, calls=CALLS[3:], waiting=(), doors=SHUT)
    found = compose(shut, NOW.replace(hour=15, minute=40), Facts())
    assert (found.mood, found.head) == (Mood.CLOSED, "Loket tutup")
    assert found.lines == ("Buka kembali Rabu, 13 Mei 2026 pukul 07.30", "Jam pelayanan 07.30–15.00")
    assert found.strip_text == "Pengambilan nomor sudah ditutup"
    early = compose(replace(shut, calls=(), doors=MORNING), NOW.replace(hour=7, minute=5), Facts())
    assert (early.head, early.lines[0]) == ("Loket belum buka", "Buka pukul 07.30")
    assert early.strip_text == "Nomor dapat diambil mulai pukul 07.30"
    never = compose(replace(shut, doors=replace(SHUT, again=None)), NOW, Facts())
    assert never.lines[0] == "Belum ada jam buka"


def test_who_came_in_time_is_called_after_the_doors_are_closed() -> None:
    after = replace(FULL, doors=SHUT)
    assert compose(after, NOW, Facts()).mood is Mood.CALLING
    assert compose(replace(after, calls=CALLS[3:]), NOW, Facts()).mood is Mood.LAST
    assert compose(replace(after, waiting=()), NOW, Facts()).mood is Mood.CALLING


def test_late_data_says_of_when_it_is_and_the_numbers_stay() -> None:
    found = compose(FULL, NOW + timedelta(minutes=2), Facts(late=True))
    assert (found.data, found.clock) == ("data 10.36", "10.38")
    assert found.main == Row("A-017", "Loket", "3")


def test_before_the_first_data_visitors_are_told_what_to_do_and_it_what_is_wrong() -> None:
    found = compose(None, NOW, Facts(away=AWAY))
    assert found.mood is Mood.AWAY
    assert found.lines == ("Nomor Anda tetap dipanggil petugas di loket", AWAY)


def test_from_far_away_four_rows() -> None:
    assert len(compose(FULL, NOW, Facts(far=True)).listed) == 4


def test_a_silent_screen_does_not_promise_a_voice() -> None:
    alone = replace(FULL, calls=CALLS[:1])
    assert compose(alone, NOW, Facts()).hint == "Nomor dipanggil di layar ini dan dengan suara"
    assert compose(alone, NOW, Facts(sound="tanpa suara")).hint == "Nomor dipanggil di layar ini"


@pytest.mark.parametrize(
    ("place", "parts"),
    [
        ("Loket 3", ("Loket", "3")), ("Loket 12", ("Loket", "12")), ("Loket 3B", ("Loket", "3B")),
        ("7", ("Loket", "7")), ("Loket A", ("Loket", "A")), ("Meja 4", ("Meja", "4")),
        ("Ruang Konsultasi", ("", "Ruang Konsultasi")),
        ("Kasir", ("", "Kasir")),
    ],
)  # fmt: skip
def test_a_place_is_a_word_and_a_number_or_a_name(place: str, parts: tuple[str, str]) -> None:
    assert split_place(place) == parts


@pytest.mark.parametrize(
    ("place", "head"),
    [("Loket 3", "Silakan menuju loket"), ("Meja 4", "Silakan menuju meja"), ("Kasir", "Silakan menuju")],
)
def test_the_heading_names_the_kind_of_place(place: str, head: str) -> None:
    assert compose(replace(FULL, calls=(call(1, "A-001", place, 1),)), NOW, Facts()).head == head
