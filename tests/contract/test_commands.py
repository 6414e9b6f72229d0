"""The commands of a newcomer: scripts that any POSIX shell reads, locks that fit pyproject.toml and name no host."""

from __future__ import annotations

import importlib.metadata
import os
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = ["run", ".ci/run", "installer/linux/packages.sh"]
LOCKS = ["requirements.lock", "requirements-dev.lock"]
SYSTEM = ROOT / "installer" / "linux" / "packages.sh"


def project() -> dict[str, object]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    found = settings["project"]
    assert isinstance(found, dict)
    return found


def normal(requirement: str) -> str:
    """The name in a requirement, as package indexes compare names."""
    return re.sub(r"[-_.]+", "-", re.split(r"[\[<>=!~; ]", requirement, maxsplit=1)[0]).lower()


def locked(lock: str) -> dict[str, str]:
    text = (ROOT / lock).read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+)", text, re.MULTILINE))


@pytest.mark.parametrize("script", SCRIPTS)
def test_script_is_executable_and_plain_sh(script: str) -> None:
    path = ROOT / script
    assert os.access(path, os.X_OK)
    assert path.read_text(encoding="utf-8").startswith("#!/bin/sh\n")
    said = subprocess.run(["sh", "-n", path], capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stderr


def test_run_from_anywhere_tells_its_commands(tmp_path: Path) -> None:
    said = subprocess.run([ROOT / "run"], cwd=tmp_path, capture_output=True, text=True, check=True).stdout
    for command in ("demo", "test", "quick", "pelita3", "setup"):
        assert f"./run {command}" in said


def test_run_refuses_a_command_it_does_not_know() -> None:
    said = subprocess.run([ROOT / "run", "tset"], capture_output=True, text=True, check=False)
    assert said.returncode == 2
    assert "./run test" in said.stderr


def test_run_leaves_a_folder_alone_that_is_no_environment(tmp_path: Path) -> None:
    letters = tmp_path / "surat"
    letters.mkdir()
    (letters / "penting.txt").write_text("jangan dihapus", encoding="utf-8")
    said = subprocess.run(
        [ROOT / "run", "setup"],
        env={**os.environ, "PELITA3_VENV": str(letters), "DISPLAY": "", "WAYLAND_DISPLAY": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert said.returncode == 1
    assert "left alone" in said.stderr
    assert (letters / "penting.txt").read_text(encoding="utf-8") == "jangan dihapus"


@pytest.mark.skipif(not shutil.which("dpkg-query"), reason="names are those of Debian's packages")
def test_missing_system_packages_are_named_and_present_ones_are_not(tmp_path: Path) -> None:
    shutil.copy(SYSTEM, tmp_path)
    lines = ["base dpkg surely here", "base nama-yang-tak-ada|nama-lain-tak-ada either", "test x-tak-ada other group"]
    (tmp_path / "packages.txt").write_text("\n".join([*lines, ""]), encoding="utf-8")
    script = tmp_path / "packages.sh"
    said = subprocess.run(["sh", script, "missing", "base"], capture_output=True, text=True, check=True).stdout
    assert said == "nama-lain-tak-ada"
    (tmp_path / "packages.txt").write_text("base tak-ada|dpkg one of two names is enough\n", encoding="utf-8")
    said = subprocess.run(["sh", script, "missing", "base"], capture_output=True, text=True, check=True).stdout
    assert said == ""


def test_system_packages_are_grouped_and_reasoned() -> None:
    text = (SYSTEM.parent / "packages.txt").read_text(encoding="utf-8")
    lines = [line.split(maxsplit=2) for line in text.splitlines() if line and not line.startswith("#")]
    assert len(lines) > 10
    assert {line[0] for line in lines} == {"base", "screen", "print", "sound", "test", "server"}
    assert all(len(line) == 3 for line in lines), "each with the reason why"


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_pins_by_hash_and_names_no_place(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert not re.search(r"https?:|file:|--(extra-)?index|--find-links|--trusted", text)
    blocks = re.split(r"\n(?=[a-z0-9])", text)
    assert all("--hash=sha256:" in block for block in blocks if re.match(r"[a-z0-9]", block))


def test_locks_hold_what_pyproject_asks_for_and_agree() -> None:
    asked = project()["dependencies"]
    extra = project()["optional-dependencies"]
    assert isinstance(asked, list)
    assert isinstance(extra, dict)
    runtime, developing = locked("requirements.lock"), locked("requirements-dev.lock")
    assert {normal(line) for line in asked} <= set(runtime)
    assert {normal(line) for line in [*asked, *extra["dev"]]} <= set(developing)
    assert runtime.items() <= developing.items(), "officers run what was tested"


def test_the_meta_package_that_drags_a_browser_in_is_not_there() -> None:
    assert not {"pyside6", "pyside6-webengine"} & set(locked("requirements-dev.lock"))


def test_every_dependency_is_reasoned_with_its_licence() -> None:
    table = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| ([A-Za-z0-9-]+) \| (\d\S*) \|", table, re.MULTILINE))
    written = {normal(package): version for package, version in rows.items()}
    assert written == locked("requirements-dev.lock"), "docs/dependencies.md and the lock have parted"


def test_no_library_binds_the_office_to_a_strong_copyleft() -> None:
    """Strong copyleft would bind the whole program; the office may hand it on under Apache-2.0."""
    for package in locked("requirements.lock"):
        try:
            meta = importlib.metadata.metadata(package)
        except importlib.metadata.PackageNotFoundError:
            continue  # for another system than this one
        said = " ".join(meta[key][:200] for key in ("License-Expression", "License") if key in meta)
        strong = re.search(r"\bA?GPL-?[v ]?[23]", said)
        assert not strong or re.search(r"LGPL|\bOR\b|\bor\b", said), f"{package}: {said}"
