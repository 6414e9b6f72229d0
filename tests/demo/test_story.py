"""The README's first command: real windows walk four files through all eleven rows, and what is left is whole."""

from __future__ import annotations

import email
import email.policy
import os
import re
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from app.demo import cases
from app.demo.clock import working_morning
from app.services import rules
from app.sop.calendar import WIB

CASES = (cases.sitorus, cases.tanujaya, cases.ramadhan, cases.panjaitan)
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """What the demonstration said and where it left its things."""
    out = tmp_path_factory.mktemp("peragaan") / "hasil"
    command = [sys.executable, "-m", "app", "demo", "--headless", "--out", str(out)]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=400, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout, out


pytestmark = [pytest.mark.slow, pytest.mark.timeout(420)]


@pytest.mark.parametrize("case", CASES)
def test_the_invented_cases_pass_the_rules_of_the_office(case: object) -> None:
    found = case()  # type: ignore[operator]
    assert [i.path for i in rules.check(found, found.reported) if rules.blocks(i)] == []


def test_every_row_of_the_sop_happened(told: tuple[str, Path]) -> None:
    said, _ = told
    rows = {int(m) for m in re.findall(r"baris\s+(\d+) ", said)}
    assert rows == set(range(1, 12))
    assert len(re.findall("Kirim dokumen ke pemohon", said)) == 4
    assert len(re.findall("Kembalikan ke Editor", said)) == 2
    assert len(re.findall("Kembalikan ke Kasi", said)) == 1


def test_every_card_is_whole_and_every_signature_good(told: tuple[str, Path]) -> None:
    said, out = told
    assert len(re.findall("kartu kendali utuh", said)) == 4
    assert re.findall(r"(\d+) dari (\d+) tanda tangan sah", said) == [("4", "4"), ("4", "4"), ("1", "1"), ("4", "4")]
    for path in (out / "bertanda-tangan").glob("*.pdf"):
        found = subprocess.run(["pdfsig", "-nocert", str(path)], capture_output=True, text=True, check=False)
        assert "Signature is Valid" in found.stdout
        assert "Total document signed" in found.stdout


def test_the_mails_hold_the_documents_and_no_name_in_subject_or_file_names(told: tuple[str, Path]) -> None:
    _, out = told
    names = {w for case in CASES for p in (case().husband, case().wife) for w in p.name.split()}
    files = (out / "surel").glob("*.eml")
    mails = [email.message_from_bytes(p.read_bytes(), policy=email.policy.default) for p in files]
    assert len(mails) == 6
    attached = sum(len(list(m.iter_attachments())) for m in mails if "selesai" in m["Subject"])
    assert attached == 13
    named = [a.get_filename() or "" for m in mails for a in m.iter_attachments()]
    spoken = " ".join([str(m["Subject"]) for m in mails] + named)
    assert not names & set(re.findall(r"[A-Z]{3,}", spoken.upper()))


def test_papers_and_pictures_are_there(told: tuple[str, Path]) -> None:
    _, out = told
    kinds = {p.name.split("-")[5] for p in (out / "kertas").glob("P3-*.pdf")}
    assert {"scan", "document", "draft_print", "ktp_request", "resi", "deficiency"} <= kinds
    tickets = {p.stem.split("tiket-")[1] for p in (out / "kertas").glob("*tiket*.pdf")}
    assert tickets == {"A-001", "A-002", "P-001", "C-001", "D-001"}
    assert len(list((out / "kartu-kendali").glob("*.pdf"))) == 4
    pictures = sorted((out / "layar").glob("*.png"))
    assert len(pictures) > 50
    for path in pictures:
        image = QImage(str(path))
        assert (image.width(), image.height()) in {(1366, 768), (1920, 1080)}
        colours = {image.pixel(x, y) for x in range(0, 1366, 7) for y in range(0, 768, 7)}
        assert len(colours) > 20, f"{path.name} shows nothing"


def test_numbers_come_from_the_kiosk_and_stand_on_the_tv(told: tuple[str, Path]) -> None:
    said, out = told
    assert re.findall(r"([A-DP]-\d{3}) diambil di kios", said) == ["A-001", "A-002", "P-001", "C-001", "D-001"]
    assert re.findall(r"layar TV: Silakan menuju loket: (.*)", said) == ["A-001, Loket 3", "C-001, Loket 5"]
    assert re.findall(r"([A-DP]-\d{3}) selesai dilayani", said) == ["A-001", "P-001", "C-001", "A-002", "D-001"]
    both = {"", "-layar-besar"}
    wanted = {f"kios-{screen}{size}" for screen in ("awal", "prioritas", "nomor") for size in both}
    wanted |= {f"tv-{moment}panggilan{size}" for moment in ("", "beberapa-") for size in both}
    for name in wanted:
        [path] = (out / "layar").glob(f"??-{name}.png")
        image = QImage(str(path))
        assert (image.width(), image.height()) == ((1920, 1080) if "besar" in name else (1366, 768))


@pytest.mark.parametrize(
    ("now", "begins"),
    [
        ("Monday 2026-11-23 16:01", "2026-11-23 08:00"),
        ("Monday 2026-11-23 15:59", "2026-11-20 08:00"),
        ("Tuesday 2026-11-24 00:05", "2026-11-23 08:00"),
        ("Sunday 2026-11-22 20:00", "2026-11-20 08:00"),
        ("Friday 2027-01-01 12:00", "2026-12-31 08:00"),
    ],
)
def test_the_demonstration_lies_on_the_last_working_day_that_is_over(now: str, begins: str) -> None:
    moment = datetime.strptime(now, "%A %Y-%m-%d %H:%M").replace(tzinfo=WIB)
    assert f"{working_morning(moment).astimezone(WIB):%Y-%m-%d %H:%M}" == begins
