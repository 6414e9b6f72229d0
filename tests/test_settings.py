"""This computer's settings: kept whole, and never in the way of starting work."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from app import settings
from app.settings import HOME


def load(home: Path) -> settings.Settings:
    return settings.load({HOME: str(home)})


def test_a_fresh_computer_gets_the_shipped_settings_in_its_own_folder(tmp_path: Path) -> None:
    found = load(tmp_path / "rumah")
    assert found.folder == tmp_path / "rumah"
    assert found.database_path == found.folder / "kantor.db"
    assert found.certificate_path == found.folder / "kadis.p12"
    assert (found.scale, found.dark, found.said) == (100, False, "")
    assert found.folder.stat().st_mode & 0o077 == 0, "the folder is its owner's alone"


def test_what_was_saved_comes_back(tmp_path: Path) -> None:
    wanted = replace(load(tmp_path), printers={"resi": "loket-a5"}, dark=True, scale=125, last_login="rina")
    settings.save(wanted)
    assert load(tmp_path) == wanted


def test_saving_leaves_no_half_file_and_keeps_what_a_newer_program_wrote(tmp_path: Path) -> None:
    chosen = load(tmp_path)
    chosen.file.write_text(json.dumps({"dark": True, "suara": "pelan"}), encoding="utf-8")
    settings.save(replace(load(tmp_path), scale=110))
    assert json.loads(chosen.file.read_text(encoding="utf-8"))["suara"] == "pelan"
    assert load(tmp_path).scale == 110
    assert load(tmp_path).dark
    assert [p.name for p in tmp_path.iterdir()] == [chosen.file.name]


@pytest.mark.parametrize(
    "broken", ["{", "[]", '{"scale": 117}', '{"dark": "ya"}', '{"printers": {"resi": 3}}', "\x00\x01", "[" * 5000]
)
def test_a_broken_file_is_put_aside_and_said_once(tmp_path: Path, broken: str) -> None:
    file = load(tmp_path).file
    file.write_text(broken, encoding="utf-8")
    found = load(tmp_path)
    assert found.scale == 100
    assert "pengaturan bawaan dipakai" in found.said
    aside = next(tmp_path.glob("pengaturan-rusak-*.json"))
    assert aside.read_text(encoding="utf-8") == broken
    assert load(tmp_path).said == "", "it is said once"


def test_a_server_address_is_known_as_one(tmp_path: Path) -> None:
    assert replace(load(tmp_path), database="postgresql://kantor/pelita3").is_server
    assert not replace(load(tmp_path), database="/data/kantor.db").is_server
