"""The small parts: QR symbols, wrapping and shrinking text, dates, letterhead with arms."""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from app.errors import Refused
from app.printing import dates, draft, fonts, qr, resi
from app.printing.text import Text, measured, wrapped
from tests.support import papers
from tests.support.cases import case_long, case_pa, case_pn

NAMES = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ '.-éü", min_size=1, max_size=120)


def test_the_png_of_a_code_is_read() -> None:
    picture = Image.open(io.BytesIO(qr.png(papers.BERKAS, 4)))
    assert papers.codes(picture.convert("L")) == {papers.BERKAS}


def test_the_matrix_has_no_quiet_zone() -> None:
    rows = qr.matrix(papers.BERKAS)
    assert all(rows[0][:7])
    assert len(rows) == len(rows[0]) == 21


def test_level_m_survives_a_stained_corner() -> None:
    picture = Image.open(io.BytesIO(qr.png(papers.BERKAS, 8))).convert("L")
    picture.paste(255, (17 * 8, 17 * 8, 21 * 8, 21 * 8))
    assert [found.text for found in zxingcpp.read_barcodes(picture)] == [papers.BERKAS]


def test_a_text_too_long_for_a_code_is_refused() -> None:
    with pytest.raises(Refused) as caught:
        qr.matrix("x" * 4000)
    assert caught.value.code == "qr_too_long"


@settings(max_examples=60, deadline=None)
@given(NAMES, st.floats(30, 300))
def test_no_line_is_wider_than_its_room_and_no_letter_is_lost(name: str, room: float) -> None:
    fonts.register()
    lines = wrapped(measured(name, fonts.SANS), fonts.SANS, 9, room)
    assert all(fonts.width(line, fonts.SANS, 9) <= room + 0.01 for line in lines)
    assert "".join("".join(lines).split()) == "".join(name.split())


@settings(max_examples=60, deadline=None)
@given(NAMES, st.floats(60, 300))
def test_a_text_with_a_number_of_lines_shrinks_into_them(name: str, room: float) -> None:
    shown = Text(name, fonts.SANS, 9, lines=2)
    shown.wrap(room, 1000)
    assert len(shown.rows) <= 2
    assert all(fonts.width(row, shown.font, shown.shown) <= room + 0.01 for row in shown.rows)


def test_dates_are_indonesian() -> None:
    assert dates.day(date(2026, 8, 17)) == "17 Agustus 2026"
    assert dates.weekday_day(date(2026, 5, 12)) == "Selasa, 12 Mei 2026"
    assert dates.stamp(papers.AT) == "12 Mei 2026 10.42.18 WIB"
    assert dates.day(None) == "–"


def test_the_arms_of_the_city_stand_beside_the_letterhead() -> None:
    out = io.BytesIO()
    Image.new("RGB", (80, 100), (0, 0, 0)).save(out, "PNG")
    data = papers.resi_data()
    plain = papers.raster(resi.resi(data), 72).crop((58, 36, 80, 66))
    with_arms = papers.raster(resi.resi(replace(data, frame=replace(papers.FRAME, arms=out.getvalue()))), 72)
    assert min(plain.tobytes()) > 200
    assert min(with_arms.crop((58, 36, 80, 66)).tobytes()) < 50


def test_papers_made_at_the_same_time_are_the_same_papers() -> None:
    data = [papers.draft_data(case) for case in (case_pn(), case_pa(), case_long())] * 3
    alone = [draft.draft(one) for one in data]
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(draft.draft, data)) == alone
