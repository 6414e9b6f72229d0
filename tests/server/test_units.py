"""The systemd units as shipped: complete, understood by systemd, calling commands that exist."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import app
from app.__main__ import _parser
from app.errors import Unavailable
from app.server import units
from app.server.place import Place

PLACE = Place(Path("/var/run/postgresql"), 5433, "15/main")
FOLDER = Path("/etc/pelita3")


def test_nothing_is_left_open() -> None:
    found = units.filled(PLACE, FOLDER)
    assert set(found) >= {units.WATCHDOG, *units.TIMERS, "pelita3-nightly.service", "pelita3-renew.service"}
    for text in found.values():
        assert not re.search(r"@[A-Z_]+@", text)
    assert "After=postgresql@15-main.service" in found[units.WATCHDOG]
    assert "--socket /var/run/postgresql --port 5433" in found[units.WATCHDOG]


def test_every_command_that_a_unit_calls_exists_with_its_options() -> None:
    every = "\n".join(units.filled(PLACE, FOLDER).values())
    called = [shlex.split(line) for line in re.findall(r"^ExecStart=.* (admin .+)$", every, re.MULTILINE)]
    given = [_parser().parse_args(words) for words in called]
    assert {g.what for g in given} == {"watchdog", "renew", "seal", "backup"}
    assert {(g.socket, g.port) for g in given} == {("/var/run/postgresql", 5433)}


def test_systemd_understands_them(tmp_path: Path) -> None:
    analyze = shutil.which("systemd-analyze")
    for name, text in units.filled(PLACE, FOLDER).items():
        here = re.sub(r"^User=.*", "User=daemon", text, flags=re.MULTILINE)  # our users exist on a server only
        (tmp_path / name).write_text(here, encoding="utf-8")
        assert re.findall(r"^\[(\w+)\]$", text, re.MULTILINE)[0] == "Unit"
    if analyze:  # where systemd is, it is the better judge
        files = sorted(tmp_path.iterdir())
        said = subprocess.run([analyze, "verify", "--man=no", *files], capture_output=True, text=True, check=False)
        ours = [line for line in said.stderr.splitlines() if "pelita3" in line and "postgresql@" not in line]
        assert not ours


class TestInstalling:
    @pytest.fixture
    def calls(self, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
        """A systemd that runs whatever was started."""
        made: list[tuple[str, ...]] = []

        def run(*command: str) -> str:
            made.append(command)
            if command[1].startswith("is-") and ("systemctl", "restart", command[-1]) not in made:
                raise Unavailable("inactive")
            return ""

        monkeypatch.setattr(units, "run", run)
        return made

    def test_units_are_written_and_started_once(self, calls: list[tuple[str, ...]], tmp_path: Path) -> None:
        assert set(units.install(PLACE, FOLDER, tmp_path)) == set(units.filled(PLACE, FOLDER))
        assert calls[0] == ("systemctl", "daemon-reload")
        assert ("systemctl", "enable", units.WATCHDOG) in calls
        before = len([c for c in calls if c[1] == "restart"])
        assert units.install(PLACE, FOLDER, tmp_path) == []
        assert len([c for c in calls if c[1] == "restart"]) == before

    def test_one_that_changed_is_loaded_again(self, calls: list[tuple[str, ...]], tmp_path: Path) -> None:
        units.install(PLACE, FOLDER, tmp_path)
        (tmp_path / units.WATCHDOG).write_text("lain", encoding="utf-8")
        assert units.outdated(PLACE, FOLDER, tmp_path) == [units.WATCHDOG]
        assert units.install(PLACE, FOLDER, tmp_path) == [units.WATCHDOG]
        assert units.outdated(PLACE, FOLDER, tmp_path) == []

    def test_users_without_shell_and_home_are_made_once(
        self, calls: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert units.make_users() == ["pelita3-backup", "pelita3-watch"]
        assert all("/usr/sbin/nologin" in command for command in calls)
        monkeypatch.setattr(units, "BACKUP_USER", "root")
        monkeypatch.setattr(units, "WATCH_USER", "root")
        assert units.make_users() == []


def test_a_program_that_services_cannot_reach_is_noticed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    open_place = tmp_path / "opt"
    open_place.mkdir()
    closed = open_place / "rumah"
    closed.mkdir(mode=0o700)
    python = closed / "python"
    python.write_text("", encoding="utf-8")
    python.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(python))
    found = units.unreachable_by_services()
    assert found  # pytest's own folders are closed to others, too
    assert str(closed).startswith(found)
    monkeypatch.setattr(sys, "executable", "/usr/bin/env")
    monkeypatch.setattr(app, "__file__", "/usr/bin/env")
    assert units.unreachable_by_services() == ""


def test_an_installed_copy_finds_them_under_share(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(app, "__file__", str(tmp_path / "site-packages/app/__init__.py"))
    assert units.shipped().parts[-3:] == ("share", "pelita3", "systemd")
