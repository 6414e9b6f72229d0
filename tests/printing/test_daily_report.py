"""The daily report and the key's paper: one page, the seal readable by eye and by scanner, nobody's name."""

from __future__ import annotations

import hashlib
import io
from dataclasses import replace
from datetime import date, datetime, timedelta

import pypdf
import pytest
from reportlab.lib.units import mm

from app.jobs import daily_report as daily_report_job
from app.printing.backup_key import backup_key
from app.printing.daily_report import DailyReport, StageCount, StepCount, daily_report
from app.printing.data import Frame, signer_of
from app.server import backup_key as keys
from app.services.office import Office
from app.services.seals import grouped
from app.sop.calendar import WIB
from app.sop.pelita3 import PELITA3
from tests.support import papers

AT = datetime(2026, 5, 12, 23, 31, 4, tzinfo=WIB)
SEAL = hashlib.sha256(b"segel").hexdigest()
OFFICE = Office(head_name="Dra. Hj. Ratna Dewi Kusuma, M.Si", head_nip="197101011995032001")
KEY = bytes(range(32))


def report(many: int = 1) -> DailyReport:
    facts = tuple((f"Angka ke-{i}", f"{i * many:,}".replace(",", ".")) for i in range(8))
    labels = [*PELITA3.row_labels.values(), daily_report_job.BEYOND]
    steps = tuple(StepCount(str(i), label, i * many, i % 3) for i, label in enumerate(labels, 1))
    stages = tuple(StageCount("Front Office", s.label, i * many) for i, s in enumerate(PELITA3.stages))
    frame = Frame(OFFICE, "2026-05-12", AT, "SEGEL:2026-05-12", "Server")
    return DailyReport(
        frame, date(2026, 5, 12), AT - timedelta(days=1), AT, facts,
        steps, stages, SEAL, hashlib.sha256(b"dulu").hexdigest(), f"SEGEL:2026-05-12:{SEAL.upper()}",
        "12 Mei 2026 23.31 WIB, 10.482 kartu dan 118.204 baris utuh", signer_of(OFFICE, None),
    )  # fmt: skip


def key_paper() -> bytes:
    return backup_key(
        Frame(OFFICE, keys.name(KEY), AT, "PELITA 3"), keys.name(KEY), keys.words(KEY), keys.CODE + keys.words(KEY)
    )


EVERY = {"laporan": lambda: daily_report(report()), "laporan ramai": lambda: daily_report(report(987_654)),
         "kunci": key_paper}  # fmt: skip


@pytest.mark.parametrize("name", EVERY)
def test_one_page_the_same_bytes_and_its_own_fonts(name: str) -> None:
    pdf = EVERY[name]()
    assert pdf == EVERY[name]()
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    assert len(reader.pages) == 1
    for font in reader.pages[0]["/Resources"]["/Font"].values():  # type: ignore[index]
        assert "/FontFile2" in font.get_object()["/FontDescriptor"].get_object()


@pytest.mark.parametrize("name", EVERY)
def test_nothing_lies_on_anything_or_beyond_the_margin(name: str) -> None:
    pdf = EVERY[name]()
    letters = papers.letters(pdf)
    assert papers.overlaps(letters) == []
    width, height = papers.sizes(pdf)[0]
    for letter in letters:
        assert 20 * mm - 0.5 <= letter.left
        assert letter.right <= width - 10 * mm
        assert 8 * mm - 0.5 <= letter.bottom
        assert letter.top <= height - 10 * mm


def test_the_seal_is_read_by_scanner_and_by_eye() -> None:
    pdf = daily_report(report())
    assert papers.codes(papers.raster(pdf, 150, 0)) == {f"SEGEL:2026-05-12:{SEAL.upper()}"}
    [words] = papers.page_texts(pdf)
    flat = "".join(words.split())
    assert SEAL in flat
    for group in grouped(SEAL).split():
        assert group in words
    for said in ("LAPORAN HARIAN PELAYANAN", "Selasa, 12 Mei 2026", "11 Mei 2026 23.31 WIB", "118.204 baris utuh"):
        assert said in words


def test_the_first_day_has_no_day_before() -> None:
    [words] = papers.page_texts(daily_report(replace(report(), since_local=None, previous="")))
    assert "awal pemakaian" in words
    assert "Segel sebelumnya belum ada" in words


def test_an_office_without_a_named_head_leaves_a_line() -> None:
    [words] = papers.page_texts(daily_report(replace(report(), signer=signer_of(Office(), None))))
    assert "Diketahui" in words
    assert "NIP" not in words


def test_the_key_is_typed_back_from_its_paper() -> None:
    pdf = key_paper()
    [code] = papers.codes(papers.raster(pdf, 150, 0))
    assert keys.parse(code) == KEY
    [words] = papers.page_texts(pdf)
    for group in keys.words(KEY).split("-"):
        assert group in words
    assert f"kunci {keys.name(KEY)}" in words
    assert "brankas" in words
    about = pypdf.PdfReader(io.BytesIO(pdf)).metadata
    assert about is not None
    assert keys.words(KEY)[:9] not in " ".join(str(v) for v in about.values())
