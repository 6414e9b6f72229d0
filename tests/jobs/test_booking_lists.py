"""A list of web bookings from a file: its source recognised, and its way of reading kept where that is wanted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from app.errors import Unavailable
from app.jobs import booking_lists
from app.services import bookings
from app.services.accounts import Who
from app.services.booking_list import Columns
from app.sop.model import Role

Sit = Callable[[str | Role], Who]
HOW = Columns("kota", "ref", "hari", "jam")


def test_the_first_source_that_fits_is_taken(office_db: Path, who: Sit, tmp_path: Path) -> None:
    who(Role.FO)
    path = tmp_path / "daftar.csv"
    path.write_bytes(b"REF;Hari;Jam;Nama\n7;2026-05-12;09:00;BUDI\n")
    other = Columns("desa", "kode", "hari")
    opened = booking_lists.open_list(path, [other, HOW])
    assert (opened.name, opened.how, opened.headings) == ("daftar.csv", HOW, ("REF", "Hari", "Jam"))
    assert "BUDI" not in repr(opened), "a list's people reach no log"
    assert booking_lists.open_list(path, [other]).how.source == booking_lists.CITY


def test_a_file_out_of_reach_or_too_large_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Unavailable, match="tidak dapat dibuka"):
        booking_lists.open_list(tmp_path / "tidak-ada.csv", [])
    monkeypatch.setattr(booking_lists, "LARGEST", 3)
    (tmp_path / "besar.csv").write_bytes(b"a;b\n")
    with pytest.raises(Unavailable, match="lebih besar"):
        booking_lists.open_list(tmp_path / "besar.csv", [])


def test_words_an_officer_left_out_stay_left_out(office_db: Path, who: Sit, tmp_path: Path) -> None:
    who(Role.FO)
    path = tmp_path / "daftar.csv"
    path.write_bytes(b"ref;hari;jam;layanan\n7;2026-05-12;09:00;Akta perceraian, KK, KTP-el\n8;2026-05-12;09:00;C\n")
    opened = booking_lists.open_list(path, [])
    found = booking_lists.look(opened, opened.how)
    assert found.how.services == {"Akta perceraian, KK, KTP-el": "A", "C": "C"}
    out = Columns(opened.how.source, "ref", "hari", "jam", "layanan", {"c": ""}, otherwise="B")
    assert booking_lists.look(opened, out).how.services == {"c": "", "Akta perceraian, KK, KTP-el": "A"}
    assert not bookings.sources()
