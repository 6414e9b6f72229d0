"""Rows 3 and 4: a requirement comes from the disk; what cannot be read is refused with what to do about it."""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
from pathlib import Path

import pypdf
import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from app.channels.attachments import MAX_ATTACHMENT, examine, read_attachment
from app.errors import Refused


def pdf(pages: int = 1) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    for _ in range(pages):
        canvas.drawString(70, 700, "Putusan pengadilan")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def picture(kind: str) -> bytes:
    out = io.BytesIO()
    Image.effect_noise((320, 200), 60).save(out, kind)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "mime", "pages"),
    [(pdf(3), "application/pdf", 3), (picture("JPEG"), "image/jpeg", 1), (picture("PNG"), "image/png", 1)],
    ids=["pdf", "jpeg", "png"],
)
def test_what_it_really_is_counts_not_its_name(tmp_path: Path, content: bytes, mime: str, pages: int) -> None:
    place = tmp_path / "pindai.dat"
    place.write_bytes(content)
    found = read_attachment(place)
    assert (found.mime, found.pages, found.data) == (mime, pages, content)
    assert found.sha256 == hashlib.sha256(content).hexdigest()
    assert "data" not in repr(found)


def locked() -> bytes:
    writer = pypdf.PdfWriter(io.BytesIO(pdf()))
    writer.encrypt("rahasia", algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


BAD = {
    "empty": (b"", "empty", "kosong"),
    "program": (b"MZ\x90\x00" + bytes(200), "wrong_type", "Simpan sebagai PDF, JPG, atau PNG"),
    "script": (b"#!/bin/sh\nrm -rf /\n", "wrong_type", "tidak diterima"),
    "svg": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "wrong_type", "tidak diterima"),
    "gif": (b"GIF89a" + bytes(100), "wrong_type", "tidak diterima"),
    "hidden pdf": (b"MZ" + pdf(), "wrong_type", "tidak diterima"),
    "cut pdf": (pdf()[:120], "broken", "rusak"),
    "cut jpeg": (picture("JPEG")[:2000], "broken", "rusak"),
    "cut png": (picture("PNG")[:2000], "broken", "rusak"),
    "only a head": (b"\xff\xd8\xff", "broken", "rusak"),
    "locked pdf": (locked(), "locked_pdf", "terkunci sandi"),
}


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_file_is_refused_by_name_with_what_to_do(tmp_path: Path, kind: str) -> None:
    content, code, words = BAD[kind]
    place = tmp_path / "putusan.pdf"
    place.write_bytes(content)
    with pytest.raises(Refused, match=words) as refusal:
        read_attachment(place)
    assert (refusal.value.field, refusal.value.code) == ("file", code)
    assert "putusan.pdf" in refusal.value.message
    assert place.read_bytes() == content


def test_a_hundred_megabytes_are_refused_before_they_are_read(tmp_path: Path) -> None:
    place = tmp_path / "besar.pdf"
    with place.open("wb") as stream:
        stream.write(b"%PDF-1.7\n")
        stream.truncate(100 * 1024 * 1024)
    with pytest.raises(Refused, match="lebih dari 25 MB") as refusal:
        read_attachment(place)
    assert refusal.value.code == "too_big"
    with pytest.raises(Refused, match="lebih dari 25 MB"):
        examine(b"%PDF-1.7\n" + bytes(MAX_ATTACHMENT), "besar.pdf")


def test_a_picture_that_unpacks_to_a_wall_is_refused(tmp_path: Path) -> None:
    out = io.BytesIO()
    Image.new("1", (12_000, 11_000)).save(out, "PNG")
    place = tmp_path / "dinding.png"
    place.write_bytes(out.getvalue())
    assert len(out.getvalue()) < 100_000
    with pytest.raises(Refused) as refusal:
        read_attachment(place)
    assert refusal.value.code == "too_big"


def test_a_missing_file_a_folder_and_a_pipe_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="tidak ditemukan"):
        read_attachment(tmp_path / "tidak-ada.pdf")
    with pytest.raises(Refused, match="bukan berkas"):
        read_attachment(tmp_path)
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipa")
        with pytest.raises(Refused, match="bukan berkas"):
            read_attachment(tmp_path / "pipa")


def test_a_file_we_may_not_read_says_so(tmp_path: Path) -> None:
    if os.name != "posix":
        pytest.skip("rights are set otherwise here")
    place = tmp_path / "tertutup.pdf"
    place.write_bytes(pdf())
    place.chmod(0)
    if os.geteuid() != 0:
        with pytest.raises(Refused, match="tidak boleh dibaca"):
            read_attachment(place)
        return
    # Root may read everything: the same question is asked by a process that has given root up.
    tmp_path.chmod(0o755)
    for parent in tmp_path.parents[:2]:
        parent.chmod(0o755)
    asked = (
        "import os, sys; from app.channels.attachments import read_attachment; os.setgid(65534); os.setuid(65534)\n"
        "try: read_attachment(sys.argv[1])\nexcept Exception as error: print(type(error).__name__, error)"
    )
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run(
        [sys.executable, "-c", asked, str(place)], capture_output=True, text=True, cwd=root, check=False, timeout=30
    )
    assert done.stdout.startswith("Refused Berkas “tertutup.pdf” tidak boleh dibaca"), done.stderr
