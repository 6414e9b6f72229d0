"""The house of docs/architecture.md: floors, sizes, names, and what may be imported where."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
MODULES = sorted((ROOT / "app").rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
EVERY = [*MODULES, *TESTS, *sorted((ROOT / "bench").rglob("*.py"))]
ATTICS = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "managers", "base_classes", "core", "lib"}
# Modules that may be longer than 300 lines; each by an ADR, which is its value here.
LONGER: dict[str, str] = {}
MODULE_LINES, FUNCTION_LINES = 300, 40
# A NIK is 16 digits: six of region, date of birth (women + 40), four of sequence. Sixteen digits that are not invented
# would be somebody's. Invented ones end in a sequence that no register hands out first: see tests/support/cases.py.


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def imports(path: Path) -> Iterator[str]:
    """Every module a file imports, as full dotted names, inside functions too."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name(path)}:{node.lineno}: imports are absolute"
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_there_is_a_house() -> None:
    assert len(MODULES) > 20, "the tests below would pass on nothing"


def test_arrows_point_down_only() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    said = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stdout + said.stderr


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_module_fits_in_300_lines(path: Path) -> None:
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= MODULE_LINES or name(path) in LONGER, f"{lines} lines: split it, or write an ADR"


def test_every_exception_of_length_has_its_adr_and_is_still_one() -> None:
    for module, adr in LONGER.items():
        assert (ROOT / "docs" / "adr" / adr).is_file(), adr
        assert len((ROOT / module).read_text(encoding="utf-8").splitlines()) > MODULE_LINES, f"{module} fits again"


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_function_fits_in_40_lines(path: Path) -> None:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno is not None
            lines = node.end_lineno - node.lineno + 1
            assert lines <= FUNCTION_LINES, f"{name(path)}:{node.lineno} {node.name} has {lines} lines"


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_first_line_says_what_lives_there(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert source.startswith('"""'), "the first line is the docstring"
    assert ast.get_docstring(tree(path)), "and it says something"


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_no_attic_grows(path: Path) -> None:
    parts = set(path.relative_to(ROOT).with_suffix("").parts)
    assert not parts & ATTICS, "a name that says nothing collects everything"


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_widgets_live_in_ui_only(path: Path) -> None:
    if path.relative_to(ROOT / "app").parts[0] in {"ui", "demo"}:
        return
    qt = {module for module in imports(path) if module.startswith("PySide6.")}
    allowed = ("PySide6.QtCore", "PySide6.QtGui", "PySide6.QtPrintSupport", "PySide6.QtMultimedia")
    if path.relative_to(ROOT / "app").parts[0] != "devices":
        allowed = ()
    assert not {module for module in qt if not module.startswith(allowed)} or not qt, f"{name(path)}: {sorted(qt)}"


@pytest.mark.parametrize("path", [p for p in MODULES if "pages" in p.parts], ids=name)
def test_pages_do_not_import_pages(path: Path) -> None:
    own = ".".join(path.relative_to(ROOT).with_suffix("").parts[:4])
    others = {m for m in imports(path) if m.startswith("app.ui.pages.") and not (m + ".").startswith(own + ".")}
    assert not others


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_local_time_says_so(path: Path) -> None:
    """Time is UTC in data. A naive clock reading is nobody's time."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Attribute) and node.attr in {"utcnow", "utcfromtimestamp"}:
            pytest.fail(f"{name(path)}:{node.lineno}: {node.attr} is naive")
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "now":
            known = bool(node.args or node.keywords) or not isinstance(node.func.value, ast.Name)
            known = known or (isinstance(node.func.value, ast.Name) and node.func.value.id != "datetime")
            assert known, f"{name(path)}:{node.lineno}: now() without a zone"


@pytest.mark.parametrize("path", EVERY, ids=name)
def test_nothing_is_left_for_later(path: Path) -> None:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        comment = line.partition("#")[2]
        assert not re.search(r"\b(TODO|FIXME|XXX|HACK)\b", comment), f"{name(path)}:{number}: {comment.strip()}"
        assert "NotImplementedError" not in line or path == Path(__file__), f"{name(path)}:{number}: a stub"


@pytest.mark.parametrize("path", TESTS, ids=name)
def test_tests_meet_the_real_thing(path: Path) -> None:
    modules = set(imports(path))
    assert not {m for m in modules if m.startswith(("unittest.mock", "mock")) or m.endswith(".MagicMock")}


def test_every_ignored_rule_has_its_reason_on_the_line() -> None:
    inside = False
    for number, line in enumerate((ROOT / "pyproject.toml").read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("ignore = [") or re.match(r'"[\w/*.]+" = \[$', line):
            inside = True
        elif line.startswith("]"):
            inside = False
        elif inside:
            assert re.search(r"#\s*\S.{7,}", line), f"pyproject.toml:{number}: {line.strip()}"


def test_every_noqa_names_its_rule_and_every_type_ignore_its_error() -> None:
    for path in EVERY:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            for mark, wanted in (("# noqa", "# noqa: "), ("# type: ignore", "# type: ignore[")):
                if path != Path(__file__) and mark in line:
                    assert wanted in line, f"{name(path)}:{number}: blanket {mark}"


def test_wheel_carries_every_resource_and_resources_hold_no_python() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    carried = {
        path
        for patterns in settings["tool"]["setuptools"]["data-files"].values()
        for pattern in patterns
        for path in ROOT.glob(pattern)
    }
    files = {path for path in (ROOT / "resources").rglob("*") if path.is_file() and "__pycache__" not in path.parts}
    assert files, "there are resources"
    assert not files - carried, "a folder of resources is not listed in [tool.setuptools.data-files]"
    assert not {path for path in files if path.suffix == ".py"}


def test_every_python_folder_of_the_program_is_a_package() -> None:
    for folder in {path.parent for path in MODULES}:
        assert (folder / "__init__.py").is_file(), f"{name(folder)} would be missing from the wheel"
