"""A file from a disk becomes a scan of a requirement, or nothing at all happens."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from app.channels.attachments import MAX_ATTACHMENT
from app.errors import Conflict, Refused
from app.jobs import attaching
from app.jobs.workshop import Workshop
from app.services import intake, papers
from app.services.accounts import Who
from app.services.berkas import Head, head
from app.services.case import Reporter, Route
from app.services.keys import new_key
from app.sop.model import Role
from app.sop.pelita3 import PELITA3
from tests.support.sheets import paper
from tests.support.walk import act, new_file

Sit = Callable[[str | Role], Who]


@pytest.fixture
def file(office_db: Path) -> Head:
    return new_file()


def stored(file: Head) -> dict[str, list[str]]:
    rows = intake.requirements(file.id, Route.PN, Reporter.WIFE)
    return {r.code: [p.title for p in r.scans] for r in rows if r.scans}


def test_a_sound_pdf_lies_under_its_requirement_byte_for_byte_and_ticks_nothing(
    shop: Workshop, who: Sit, file: Head, tmp_path: Path
) -> None:
    path = tmp_path / "putusan.pdf"
    path.write_bytes(paper(pages=3))
    row = attaching.attach_file(shop, who(Role.FO), file, "putusan", path, new_key())

    assert (row.kind, row.subject, row.title) == ("scan", "putusan", "putusan.pdf")
    assert (row.pages, row.mime) == (3, "application/pdf")
    assert papers.data(row.sha256) == path.read_bytes()
    found = next(r for r in intake.requirements(file.id, Route.PN, Reporter.WIFE) if r.code == "putusan")
    assert (found.verdict, found.ready, [p.id for p in found.scans]) == ("UNSET", False, [row.id])


def test_pictures_and_several_files_for_one_requirement(shop: Workshop, who: Sit, file: Head, tmp_path: Path) -> None:
    for name, kind in (("depan.jpg", "JPEG"), ("belakang.png", "PNG")):
        Image.new("RGB", (300, 200), "white").save(tmp_path / name, kind)
        attaching.attach_file(shop, who(Role.FO), file, "ktp_suami", tmp_path / name, new_key())
    assert stored(file) == {"ktp_suami": ["depan.jpg", "belakang.png"]}


def test_the_same_press_stores_once(shop: Workshop, who: Sit, file: Head, tmp_path: Path) -> None:
    (tmp_path / "kk.pdf").write_bytes(paper())
    key = new_key()
    first = attaching.attach_file(shop, who(Role.FO), file, "kk", tmp_path / "kk.pdf", key)
    again = attaching.attach_file(shop, who(Role.FO), file, "kk", tmp_path / "kk.pdf", key)
    assert first == again
    assert stored(file) == {"kk": ["kk.pdf"]}


def _cut(path: Path) -> None:
    path.write_bytes(paper(pages=2)[:400])


def _empty(path: Path) -> None:
    path.touch()


def _text(path: Path) -> None:
    path.write_text("bukan pindaian", encoding="utf-8")


def _hundred_megabytes(path: Path) -> None:
    with path.open("wb") as stream:
        stream.write(b"%PDF-1.7\n")
        stream.truncate(100 * 1024 * 1024)


def _nothing(path: Path) -> None:
    assert not path.exists()


def _folder(path: Path) -> None:
    path.mkdir()


def _pipe(path: Path) -> None:
    os.mkfifo(path)


@pytest.mark.parametrize(
    ("make", "code", "says"),
    [
        (_cut, "broken", "rusak atau terpotong"),
        (_empty, "empty", "kosong"),
        (_text, "wrong_type", "PDF, JPG, atau PNG"),
        (_hundred_megabytes, "too_big", f"lebih dari {MAX_ATTACHMENT // 1024 // 1024} MB"),
        (_folder, "not_a_file", "bukan berkas"),
        (_pipe, "not_a_file", "bukan berkas"),
        (_nothing, "not_found", "Pilih ulang"),
    ],
)
def test_a_bad_file_is_refused_in_words_and_leaves_nothing(
    make: Callable[[Path], None], code: str, says: str, shop: Workshop, who: Sit, file: Head, tmp_path: Path
) -> None:
    path = tmp_path / "berkas.pdf"
    make(path)
    with pytest.raises(Refused) as refusal:
        attaching.attach_file(shop, who(Role.FO), file, "kk", path, new_key())
    assert (refusal.value.field, refusal.value.code) == ("file", code)
    assert says in refusal.value.message
    assert "berkas.pdf" in refusal.value.message
    assert stored(file) == {}


def test_a_file_that_moved_on_takes_no_more_scans(shop: Workshop, who: Sit, file: Head, tmp_path: Path) -> None:
    (tmp_path / "kk.pdf").write_bytes(paper())
    fo = who(Role.FO)
    act(fo, file, "batalkan", "pemohon menarik permohonannya")
    with pytest.raises((Refused, Conflict)):
        attaching.attach_file(shop, fo, file, "kk", tmp_path / "kk.pdf", new_key())
    assert stored(file) == {}


def test_a_removed_scan_comes_back_as_a_new_row(shop: Workshop, who: Sit, file: Head, tmp_path: Path) -> None:
    (tmp_path / "kk.pdf").write_bytes(paper())
    fo = who(Role.FO)
    row = attaching.attach_file(shop, fo, file, "kk", tmp_path / "kk.pdf", new_key())
    papers.remove_scan(fo, row, "Salah berkas", new_key())
    assert stored(file) == {}

    back = attaching.restore(fo, head(PELITA3, file.id), row, new_key())
    assert (back.sha256, back.title, back.subject) == (row.sha256, row.title, row.subject)
    assert back.id != row.id
    assert stored(file) == {"kk": ["kk.pdf"]}
