"""The queue in figures for heads: cards with words, and sentences that follow from them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.services import queue, queue_figures
from app.services.keys import new_key
from app.services.queue_figures import Figures, Missed, Now, Served, Spread, Way
from app.sop.model import Role
from app.ui.desk import Desk
from app.ui.pages import antrean_words as say
from app.ui.pages.antrean import AntreanPage
from app.ui.parts.text import Elide, Txt
from tests.support import line
from tests.support.office import Clock, sit_down
from tests.support.pages import seated

Make = Callable[[str | Role], Desk]
TEN = datetime(2026, 5, 12, 3, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
FINE = Spread(40, 12 * MINUTE, 25 * MINUTE, 0.95, 30 * MINUTE)
QUIET = Figures(
    date(2026, 5, 12), date(2026, 5, 12), (Now("A", "Akta", 3, 4 * MINUTE),), 44, 40, 0, 4, FINE,
    Spread(40, timedelta(seconds=40), 2 * MINUTE, None, None), (Served("A", "Akta", FINE),),
    (Missed(Way.WEB, 20, 1, 24, 2), Missed(Way.KIOSK, 20, 1), Missed(Way.COUNTER, 3, 0)), 40, 4, TEN,
)  # fmt: skip


def texts(widget: QWidget) -> list[str]:
    words = [t.text() for t in widget.findChildren(Txt) if t.isVisibleTo(widget)]
    return words + [e.text() for e in widget.findChildren(Elide) if e.isVisibleTo(widget)]


@pytest.mark.parametrize("role", [Role.KASI, Role.KADIS, Role.ADMIN])
def test_a_lived_day_stands_on_the_cards(qtbot: QtBot, desk: Make, clock: Clock, role: Role) -> None:
    clock.at = TEN
    sit_down(Role.FO)
    for n in range(10):
        ticket = line.number()
        clock.at += (n + 30) * MINUTE / 10
        queue.call_next("Loket 3", new_key())
        queue.start(ticket.id, "Loket 3", new_key())
        clock.at += MINUTE
        queue.done(ticket.id, "Loket 3", new_key())
    line.number()
    clock.at += 2 * MINUTE
    seat, page = seated(qtbot, desk(role), AntreanPage)
    assert page.subtitle.startswith("11 nomor, 10 dilayani, 0 batal · diperbarui")
    assert (page.waiting.number.text(), page.waiting.says.text()) == ("1", "terlama 2 m")
    assert (page.wait.number.text(), page.wait.says.text()) == ("3 m", "P90 3 m; 100 % dalam 30 m")
    assert page.way.number.text() == "00:00"
    assert page.guess.unit.text() == "menit"
    shown = texts(page.services)
    assert "1 m" in shown
    assert "100 %" in shown
    assert "tanpa waktu ditahan; 1 nomor belum atau tidak selesai, di luar hitungan" in shown
    page.period.setFocus()
    QTest.keyClick(page.period, Qt.Key.Key_Right)
    seat.wait()
    assert page.subtitle.startswith("11 nomor")
    clock.at += 5 * MINUTE
    page.live()
    seat.until(lambda: page.waiting.says.text() == "terlama 7 m")


def test_an_empty_day_says_that_there_are_too_few(qtbot: QtBot, desk: Make) -> None:
    _seat, page = seated(qtbot, desk(Role.KADIS), AntreanPage)
    assert [c.number.text() for c in (page.wait, page.way, page.guess)] == ["–"] * 3
    assert page.waiting.says.text() == "tidak ada yang menunggu"
    assert "Belum cukup data untuk dinilai: angka muncul mulai 10 nomor." in texts(page.sentences)
    assert texts(page.missed).count("–") == 3


def test_a_failed_reading_is_said_and_a_quiet_one_is_not(qtbot: QtBot, desk: Make) -> None:
    seat, page = seated(qtbot, desk(Role.KADIS), AntreanPage)
    page._not_read(ValueError("tidak terbaca"))
    assert seat.said[-1] == ("tidak terbaca", "warn")
    page._not_seen(ValueError("tidak terbaca"))
    assert len(seat.said) == 1


def test_a_day_on_which_all_is_well_says_so() -> None:
    assert say.sentences(QUIET) == ["Antrean berjalan lancar."]


SLOW = Spread(40, 12 * MINUTE, 61 * MINUTE, 0.5, 30 * MINUTE)
CASES = {
    "3 menunggu sekarang, terlama 31 m: buka loket tambahan bila ada.": {"queues": (Now("A", "Akta", 3, 31 * MINUTE),)},
    "Hanya 50 % dipanggil dalam 30 m; seorang dari sepuluh menunggu lebih dari 1 j 1 m.": {"wait": SLOW},
    "Pemohon lama sampai ke loket (median 02:00): periksa TV lobi dan suara panggilan.": {
        "way": Spread(40, 2 * MINUTE, 4 * MINUTE, None, None)
    },
    "Akta: 50 % melewati norma 30 m.": {"services": (Served("A", "Akta", SLOW),)},
    "40 % dari nomor “Kios” tidak hadir saat dipanggil.": {"missed": (Missed(Way.KIOSK, 10, 4),)},
    "50 % yang memesan daring tidak pernah datang.": {"missed": (Missed(Way.WEB, 3, 0, 10, 5),)},
    "Perkiraan pada tiket meleset 11 menit (median): jangan dijadikan janji.": {"error": 11},
    "30 % nomor tidak selesai sampai hari berakhir.": {"first": date(2026, 5, 6), "arrived": 10, "unfinished": 3},
}


@pytest.mark.parametrize("sentence", CASES)
def test_what_is_amiss_is_said_in_a_sentence(sentence: str) -> None:
    assert say.sentences(replace(QUIET, **CASES[sentence])) == [sentence]  # type: ignore[arg-type]  # columns of a table


def test_three_sentences_are_enough() -> None:
    worst = replace(
        QUIET, queues=(Now("A", "Akta", 3, 31 * MINUTE),), wait=SLOW, error=30, services=(Served("A", "Akta", SLOW),)
    )
    assert len(say.sentences(worst)) == 3


def test_a_percentile_of_few_is_said_to_be_one() -> None:
    assert (say.span(None), say.short(None)) == ("–", "–")
    assert queue_figures.FEW == 10
