"""A list nobody has described yet: which of its columns is which, judged by the headings alone."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.services.booking_list import Columns, plain
from app.services.queue_settings import Service

PRIVATE = (
    "nama", "nik", "kk", "ktp", "ktp el", "identitas", "alamat", "telepon", "telp", "hp", "handphone", "wa", "whatsapp",
    "email", "surel", "lahir", "pemohon", "name", "phone", "address", "ibu", "ayah",
)  # fmt: skip
"""Words of headings under which people stand: such a column is not even offered."""
NOT_PRIVATE = ("layanan", "service", "antrian", "antrean", "booking", "pesanan", "kunjungan")
HINTS = {
    "reference": (
        "kode antrian", "kode antrean", "nomor antrian", "nomor antrean", "no antrian", "no antrean", "kode booking",
        "nomor booking", "no booking", "kode pesanan", "nomor pesanan", "booking", "kode", "referensi", "reference",
        "ref", "nomor", "tiket",
    ),
    "day": ("tanggal kunjungan", "tanggal antrian", "tanggal antrean", "tanggal", "tgl", "hari", "date", "jadwal"),
    "time": ("jam kunjungan", "jam", "pukul", "sesi", "slot", "waktu", "time"),
    "service": ("nama layanan", "jenis layanan", "layanan", "service", "keperluan"),
    "status": ("status", "keadaan"),
}  # fmt: skip
"""What is looked for → words of its heading, the surest first."""


def offered(headings: Sequence[str]) -> tuple[str, ...]:
    """The headings that may be chosen: none of a column that holds people."""
    return tuple(h for h in headings if h.strip() and not _is_private(h))


def fits(how: Columns, headings: Sequence[str]) -> bool:
    """Whether every column this source is read by stands in the list."""
    there = {plain(h) for h in headings}
    wanted = (how.reference, how.day, how.time, how.service, how.status)
    return all(plain(h) in there for h in wanted if h) and bool(how.reference and how.day)


def propose(source: str, headings: Sequence[str], services: Sequence[Service]) -> Columns:
    """How this list may be meant; "" where no heading says so. Every row is one of the first service at least."""
    left = list(offered(headings))
    found: dict[str, str] = {}
    for what, hints in HINTS.items():
        found[what] = _best(left, hints)
        if found[what]:
            left.remove(found[what])
    if not found["day"]:
        found["day"], found["time"] = found["time"], ""
    first = next((s.service for s in services), "A")
    otherwise = "" if found["service"] else first
    return Columns(
        source, found["reference"], found["day"], found["time"], found["service"], otherwise=otherwise,
        status=found["status"],
    )  # fmt: skip


def letters(said: Sequence[str], services: Sequence[Service]) -> dict[str, str]:
    """Which service a list's words mean, where it is plain: its letter, its name, or one within the other."""
    found = {word: _letter(plain(word), services) for word in said}
    return {word: letter for word, letter in found.items() if letter}


def _letter(word: str, services: Sequence[Service]) -> str:
    labels = {s.service: plain(s.label) for s in services}
    same = [k for k, label in labels.items() if word in {k.casefold(), label}]
    near = [k for k, label in labels.items() if len(word) > 1 and (word in label or label in word)]
    # Where several names would do, somebody who knows chooses.
    return same[0] if same else near[0] if len(near) == 1 else ""


def _best(headings: Sequence[str], hints: Sequence[str]) -> str:
    same = (h for hint in hints for h in headings if _words(h) == hint)
    within = (h for hint in hints for h in headings if f" {hint} " in f" {_words(h)} ")
    return next(same, "") or next(within, "")


def _is_private(heading: str) -> bool:
    said = f" {_words(heading)} "
    return any(f" {w} " in said for w in PRIVATE) and not any(f" {w} " in said for w in NOT_PRIVATE)


def _words(heading: str) -> str:
    return " ".join(re.sub(r"[\W_]+", " ", plain(heading)).split())
