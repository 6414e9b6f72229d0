"""Rows 1 to 3, online: an application arrives as a folder or a .zip, and nothing in it can reach outside."""

from __future__ import annotations

import hashlib
import json
import os
import stat
import zipfile
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.channels.attachments import MAX_ATTACHMENT
from app.channels.package import Package, Person, read_package
from app.channels.package_form import read_form
from app.errors import Refused
from tests.channels.test_attachments import pdf, picture

PUTUSAN, FOTO = pdf(2), picture("JPEG")


def entry(requirement: str, path: str, content: bytes) -> dict[str, str]:
    return {"requirement": requirement, "path": path, "sha256": hashlib.sha256(content).hexdigest()}


def form(**changes: Any) -> dict[str, Any]:
    filled = {
        "route": "PN",
        "reporter": "WIFE",
        "phone": "0812 0000 0000",
        "email": "pemohon@example.org",
        "submitted_at": "2026-05-12T09:30:00+07:00",
        "external_ref": "WEB-2026-000123",
        "wife": {"name": "DEBORA M. HUTAPEA", "nik": "1471015203860002"},
        "files": [entry("putusan", "berkas/putusan.pdf", PUTUSAN), entry("foto", "berkas/foto.jpg", FOTO)],
    }
    return {name: value for name, value in {**filled, **changes}.items() if value is not ...}


def folder(place: Path, filled: dict[str, Any] | bytes, files: dict[str, bytes] | None = None) -> Path:
    files = {"berkas/putusan.pdf": PUTUSAN, "berkas/foto.jpg": FOTO} if files is None else files
    raw = filled if isinstance(filled, bytes) else json.dumps(filled).encode()
    for path, content in {"permohonan.json": raw, **files}.items():
        (place / path).parent.mkdir(parents=True, exist_ok=True)
        (place / path).write_bytes(content)
    return place


def zipped(place: Path, filled: dict[str, Any], files: dict[str, bytes] | None = None) -> Path:
    files = {"berkas/putusan.pdf": PUTUSAN, "berkas/foto.jpg": FOTO} if files is None else files
    target = place / "paket.zip"
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in {"permohonan.json": json.dumps(filled).encode(), **files}.items():
            archive.writestr(path, content)
    return target


@pytest.mark.parametrize("wrap", [folder, zipped])
def test_an_application_is_read_whole(tmp_path: Path, wrap: Any) -> None:
    package: Package = read_package(wrap(tmp_path, form()))
    assert (package.route, package.reporter, package.external_ref) == ("PN", "WIFE", "WEB-2026-000123")
    assert package.submitted_at == datetime(2026, 5, 12, 2, 30, tzinfo=UTC)
    assert (package.husband, package.wife) == (None, Person("DEBORA M. HUTAPEA", "1471015203860002"))
    assert [(one.requirement, one.mime, one.pages) for one in package.files] == [
        ("putusan", "application/pdf", 2),
        ("foto", "image/jpeg", 1),
    ]
    assert [one.read() for one in package.files] == [PUTUSAN, FOTO]
    assert package.quarantined == ()
    assert "HUTAPEA" not in repr(package)
    assert "pemohon@" not in repr(package)


def test_the_same_package_has_the_same_mark(tmp_path: Path) -> None:
    first, second = tmp_path / "a", tmp_path / "b"
    first.mkdir()
    assert read_package(zipped(first, form())).sha256 == read_package(folder(second, form())).sha256


@pytest.mark.parametrize("wrap", [folder, zipped])
def test_one_bad_file_is_set_aside_and_the_rest_comes_in(tmp_path: Path, wrap: Any) -> None:
    files = {
        "ok.pdf": PUTUSAN,
        "program.exe": b"MZ" + bytes(100),
        "terpotong.pdf": PUTUSAN[:90],
        "diubah.pdf": PUTUSAN + b" ",
        "besar.pdf": b"%PDF-1.7\n" + os.urandom(MAX_ATTACHMENT),
    }
    entries = [entry("kk", name, content) for name, content in files.items()] + [entry("ktp", "hilang.pdf", b"x")]
    entries[3]["sha256"] = hashlib.sha256(PUTUSAN).hexdigest()
    package = read_package(wrap(tmp_path, form(files=entries), files))
    assert [one.name for one in package.files] == ["ok.pdf"]
    reasons = {one.name: one.reason for one in package.quarantined}
    assert "tidak diterima" in reasons["program.exe"]
    assert "rusak" in reasons["terpotong.pdf"]
    assert "tidak sama dengan yang dikirim" in reasons["diubah.pdf"]
    assert "lebih dari 25 MB" in reasons["besar.pdf"]
    assert "tidak ada di dalam paket" in reasons["hilang.pdf"]
    assert all(name in reason for name, reason in reasons.items())


OUTSIDE = ["../rahasia.pdf", "/etc/passwd", "berkas/../../x.pdf", "C:/x.pdf", "..\\x.pdf", "a//b.pdf", "./x.pdf", ".."]


@pytest.mark.parametrize("path", [*OUTSIDE, "", "x\n.pdf", "berkas/"])
@pytest.mark.parametrize("wrap", [folder, zipped])
def test_a_path_that_leaves_the_package_refuses_it_whole(tmp_path: Path, wrap: Any, path: str) -> None:
    (tmp_path / "rahasia.pdf").write_bytes(PUTUSAN)
    inside = tmp_path / "paket"
    inside.mkdir()
    bad = form(files=[*form()["files"], entry("kk", path, PUTUSAN)])
    with pytest.raises(Refused, match="di luar foldernya") as refusal:
        read_package(wrap(inside, bad))
    assert (refusal.value.field, refusal.value.code) == ("package", "outside")


@pytest.mark.parametrize("path", OUTSIDE)
def test_a_zip_with_such_a_member_is_refused_even_when_nobody_asks_for_it(tmp_path: Path, path: str) -> None:
    with pytest.raises(Refused, match="di luar foldernya"):
        read_package(zipped(tmp_path, form(), {"berkas/putusan.pdf": PUTUSAN, "berkas/foto.jpg": FOTO, path: b"x"}))


@pytest.mark.parametrize("what", ["file", "folder"])
def test_a_link_out_of_the_folder_is_refused(tmp_path: Path, what: str) -> None:
    outside = tmp_path / "luar"
    outside.mkdir()
    (outside / "putusan.pdf").write_bytes(PUTUSAN)
    place = folder(tmp_path / "paket", form(), {"lain/foto.jpg": FOTO})
    if what == "folder":
        (place / "berkas").symlink_to(outside)
    else:
        (place / "berkas").mkdir()
        (place / "berkas/putusan.pdf").symlink_to(outside / "putusan.pdf")
    with pytest.raises(Refused, match="adalah tautan"):
        read_package(place)


def test_a_link_in_a_zip_is_refused(tmp_path: Path) -> None:
    target = zipped(tmp_path, form())
    link = zipfile.ZipInfo("berkas/kk.pdf")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(target, "a") as archive:
        archive.writestr(link, "/etc/passwd")
    with pytest.raises(Refused, match="adalah tautan"):
        read_package(target)


def test_a_pipe_does_not_make_us_wait(tmp_path: Path) -> None:
    if not hasattr(os, "mkfifo"):
        pytest.skip("no pipes by name here")
    place = folder(tmp_path, form(), {"berkas/foto.jpg": FOTO})
    os.mkfifo(place / "berkas/putusan.pdf")
    package = read_package(place)
    assert [one.name for one in package.quarantined] == ["berkas/putusan.pdf"]


@pytest.mark.parametrize("bomb", ["ratio", "many", "total", "lying"])
def test_a_zip_made_to_burst_is_refused_before_it_does(tmp_path: Path, bomb: str) -> None:
    files = {
        "ratio": {"berkas/putusan.pdf": b"%PDF-1.7" + bytes(20 * 1024 * 1024)},
        "many": {f"berkas/{number}.pdf": b"" for number in range(300)},
        "total": {f"berkas/{number}.pdf": b"x" for number in range(9)},
        "lying": {"berkas/putusan.pdf": b"%PDF-1.7" + bytes(40 * 1024 * 1024)},
    }[bomb]
    target = zipped(tmp_path, form(), files)
    if bomb in ("total", "lying"):
        _claim(target, 24 * 1024 * 1024 if bomb == "total" else 1000)
    if bomb == "lying":
        # The table says a thousand bytes; unpacking stops there or fails, and never fills the memory.
        assert {one.name for one in read_package(target).quarantined} >= {"berkas/putusan.pdf"}
        return
    with pytest.raises(Refused, match="mengembang") as refusal:
        read_package(target)
    assert refusal.value.code == "bomb"


def _claim(target: Path, size: int) -> None:
    """Writes another unpacked size into the central directory for every PDF."""
    raw = bytearray(target.read_bytes())
    at = raw.find(b"PK\x01\x02")
    while at >= 0:
        length = int.from_bytes(raw[at + 28 : at + 30], "little")
        if raw[at + 46 : at + 46 + length].endswith(b".pdf"):
            raw[at + 24 : at + 28] = size.to_bytes(4, "little")
            # Packed size too, or the ratio gives it away first.
            raw[at + 20 : at + 24] = max(size // 2, int.from_bytes(raw[at + 20 : at + 24], "little")).to_bytes(
                4, "little"
            )
        at = raw.find(b"PK\x01\x02", at + 4)
    target.write_bytes(bytes(raw))


@pytest.mark.parametrize("content", [b"", b"halo", b"PK\x03\x04 rusak", b"%PDF-1.7"])
def test_something_that_is_no_package_is_told(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "paket.zip").write_bytes(content)
    with pytest.raises(Refused, match=r"bukan folder atau \.zip yang utuh"):
        read_package(tmp_path / "paket.zip")


def test_a_package_that_is_not_there_or_has_no_form_is_told(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="tidak ditemukan"):
        read_package(tmp_path / "tidak-ada.zip")
    with pytest.raises(Refused, match=r"“permohonan\.json” tidak ada"):
        read_package(tmp_path)


WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "no route": ({"route": ...}, "“route” tidak ada"),
    "unknown field": ({"rute": "PN"}, "“rute” di permohonan.json tidak dikenal"),
    "wrong route": ({"route": "MA"}, "“route” di permohonan.json harus salah satu dari PN, PA"),
    "route as list": ({"route": ["PN"]}, "“route”"),
    "wrong reporter": ({"reporter": "ANAK"}, "HUSBAND, WIFE, PROXY"),
    "time without zone": ({"submitted_at": "2026-05-12T09:30:00"}, "dengan zona"),
    "before all time": ({"submitted_at": "0001-01-01T00:00:00+07:00"}, "dengan zona"),
    "no time": ({"submitted_at": "kemarin"}, "dengan zona"),
    "bad e-mail": ({"email": "a@b\nBcc: c@d.example"}, "“email”"),
    "bad phone": ({"phone": 812}, "“phone”"),
    "bad reference": ({"external_ref": "x y"}, "“external_ref”"),
    "short nik": ({"wife": {"name": "DEBORA M. HUTAPEA", "nik": "123"}}, "“wife.nik”"),
    "person with more": ({"wife": {"name": "DEBORA M. HUTAPEA", "umur": 40}}, "“umur” di wife"),
    "person as text": ({"wife": "DEBORA M. HUTAPEA"}, "“wife”"),
    "files as text": ({"files": "putusan.pdf"}, "“files”"),
    "file without hash": ({"files": [{"requirement": "kk", "path": "a.pdf"}]}, "“sha256”"),
    "short hash": ({"files": [{"requirement": "kk", "path": "a.pdf", "sha256": "00"}]}, "nomor 1"),
    "twice": ({"files": [entry("kk", "a.pdf", b"x"), entry("ktp", "a.pdf", b"x")]}, "dua kali"),
}


@pytest.mark.parametrize("kind", WRONG)
def test_a_wrong_form_is_refused_by_its_field_and_names_nobody(tmp_path: Path, kind: str) -> None:
    changes, words = WRONG[kind]
    with pytest.raises(Refused) as refusal:
        read_package(folder(tmp_path, form(**changes)))
    assert words in refusal.value.message
    assert (refusal.value.field, refusal.value.code) == ("package", "bad_form")
    assert "HUTAPEA" not in refusal.value.message


@pytest.mark.parametrize("raw", [b"", b"{", b"[]", b"\xff\xfe", b'{"route":"PN","route":"PA"}', b"[" * 100_000])
def test_an_unreadable_form_is_told(tmp_path: Path, raw: bytes) -> None:
    with pytest.raises(Refused, match="tidak dapat dibaca"):
        read_package(folder(tmp_path, raw))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@settings(deadline=None)  # a busy machine is no fault of the form
@given(st.dictionaries(st.sampled_from([*form(), "husband"]), JSON))
def test_whatever_stands_in_the_form_the_answer_is_a_form_or_a_refusal(changes: dict[str, Any]) -> None:
    raw = json.dumps(form(**changes)).encode()
    # Anything but a form or a refusal would leave this test as an error of its own.
    with suppress(Refused):
        assert read_form(raw).route in ("PN", "PA")


def test_a_package_changed_after_it_was_read_is_refused(tmp_path: Path) -> None:
    package = read_package(folder(tmp_path, form()))
    (tmp_path / "berkas/putusan.pdf").write_bytes(pdf(1))
    with pytest.raises(Refused, match="berubah sejak dibaca"):
        package.files[0].read()
