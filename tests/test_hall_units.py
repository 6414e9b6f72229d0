"""The units that start a hall's machine: packaged, understood by systemd, calling commands that exist."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

from app.__main__ import _parser

ROOT = Path(__file__).resolve().parents[1]
UNITS = sorted((ROOT / "installer" / "linux" / "hall").glob("*.service"))


def test_there_is_one_for_each_machine() -> None:
    assert [u.name for u in UNITS] == ["pelita3-display.service", "pelita3-kiosk.service"]


@pytest.mark.parametrize("unit", UNITS, ids=lambda u: u.stem)
def test_it_starts_a_watched_machine(unit: Path) -> None:
    (called,) = re.findall(r"^ExecStart=\S+/pelita3 (.+)$", unit.read_text(encoding="utf-8"), re.MULTILINE)
    given = _parser().parse_args(shlex.split(called))
    assert given.watch
    assert f"pelita3-{given.command}.service" == unit.name


def test_the_wheel_carries_every_unit() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    patterns = [p for several in settings["tool"]["setuptools"]["data-files"].values() for p in several]
    carried = {path for pattern in patterns for path in ROOT.glob(pattern)}
    every = {p for p in (ROOT / "installer" / "linux").rglob("*") if p.suffix in {".service", ".timer"}}
    assert set(UNITS) < every
    assert not every - carried


def test_systemd_understands_them(tmp_path: Path) -> None:
    command = tmp_path / "pelita3"
    command.write_text("#!/bin/sh\n", encoding="utf-8")
    command.chmod(0o755)
    for unit in UNITS:
        text = unit.read_text(encoding="utf-8").replace("/opt/pelita3/.venv/bin/pelita3", str(command))
        (tmp_path / unit.name).write_text(text, encoding="utf-8")
        assert text.index("[Unit]") < text.index("[Service]") < text.index("[Install]")
    analyze = shutil.which("systemd-analyze")
    if not analyze:  # where systemd is, it is the better judge
        return
    files = sorted(tmp_path.glob("*.service"))
    said = subprocess.run(
        [analyze, "--user", "verify", "--man=no", *files],
        env={**os.environ, "XDG_RUNTIME_DIR": str(tmp_path)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert not [line for line in said.stderr.splitlines() if "pelita3" in line]
