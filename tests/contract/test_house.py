"""The house of docs/architecture.md: floors, sizes, names, and what may be imported where."""

from __future__ import annotations

import ast
import functools
import re
import subprocess
import sys
import tokenize
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
MODULES = sorted((ROOT / "app").rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
EVERY = [*MODULES, *TESTS, *sorted((ROOT / "bench").rglob("*.py"))]
ATTICS = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "managers", "core", "lib"}
# Modules that may be longer than 300 lines; each by an ADR, which is its value here.
LONGER: dict[str, str] = {}
MODULE_LINES, FUNCTION_LINES = 300, 40
# What a device may take of Qt: no widgets.
DEVICE_QT = ("PySide6.QtCore", "PySide6.QtGui", "PySide6.QtPrintSupport", "PySide6.QtMultimedia")
# Clock readings without a zone: nobody's time.
NAIVE = {"utcnow", "utcfromtimestamp"}


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def floor(path: Path) -> str:
    return path.relative_to(ROOT / "app").parts[0].removesuffix(".py")


@functools.cache
def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@functools.cache
def nodes(path: Path) -> list[ast.AST]:
    return list(ast.walk(ast.parse(text(path), filename=str(path))))


def imports(path: Path) -> Iterator[str]:
    """Every module a file imports, as full dotted names, inside functions too."""
    for node in nodes(path):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def comments(path: Path) -> Iterator[tuple[int, str]]:
    with path.open("rb") as file:
        for token in tokenize.tokenize(file.readline):
            if token.type == tokenize.COMMENT:
                yield token.start[0], token.string


def test_there_is_a_house() -> None:
    assert len(MODULES) > 20, "what follows would hold for nothing"
    assert len(TESTS) > 10


def test_arrows_point_down_only() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    said = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stdout + said.stderr


def test_imports_are_absolute() -> None:
    assert not [
        f"{name(path)}:{node.lineno}"
        for path in EVERY
        for node in nodes(path)
        if isinstance(node, ast.ImportFrom) and node.level
    ]


def test_modules_fit_in_300_lines() -> None:
    sizes = {name(path): len(text(path).splitlines()) for path in MODULES}
    too_long = {path: lines for path, lines in sizes.items() if lines > MODULE_LINES}
    assert not {path: lines for path, lines in too_long.items() if path not in LONGER}, "split, or write an ADR"
    assert set(LONGER) <= set(too_long), "an exception fits again"
    assert all((ROOT / "docs" / "adr" / adr).is_file() for adr in LONGER.values())


def test_functions_fit_in_40_lines() -> None:
    assert not [
        f"{name(path)}:{node.lineno} {node.name}: {(node.end_lineno or 0) - node.lineno + 1} lines"
        for path in MODULES
        for node in nodes(path)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno + 1 > FUNCTION_LINES
    ]


def test_the_first_line_says_what_lives_there() -> None:
    written = [*MODULES, *(path for path in TESTS if path.name != "__init__.py")]
    assert not [name(path) for path in written if not re.match(r'"""\S[^\n]{10,}', text(path))]


def test_no_attic_grows() -> None:
    assert not [name(path) for path in MODULES if ATTICS & set(path.relative_to(ROOT).with_suffix("").parts)]


def test_widgets_live_in_ui_only() -> None:
    allowed = {"ui": ("PySide6",), "demo": ("PySide6",), "devices": DEVICE_QT}
    assert not [
        f"{name(path)}: {module}"
        for path in MODULES
        for module in imports(path)
        if module.startswith("PySide6.") and not module.startswith(allowed.get(floor(path), ("nothing",)))
    ]


def page_of(module: str) -> str:
    """The page a module of app.ui.pages belongs to: `entry` and its parts `entry_household` are one."""
    return module.removeprefix("app.ui.pages.").split(".")[0].split("_")[0]


def test_pages_do_not_import_pages() -> None:
    pages = [path for path in MODULES if "pages" in path.parts and path.name != "__init__.py"]
    assert pages
    for path in pages:
        own = page_of(path.relative_to(ROOT).with_suffix("").parts[3])
        others = [module for module in imports(path) if module.startswith("app.ui.pages.") and page_of(module) != own]
        assert not others, f"{name(path)}: {others}"


def test_time_always_has_a_zone() -> None:
    for path in MODULES:
        for node in nodes(path):
            assert not (isinstance(node, ast.Attribute) and node.attr in NAIVE), f"{name(path)}:{node.lineno}"
            if isinstance(node, ast.Call) and ast.unparse(node.func) in {"datetime.now", "datetime.datetime.now"}:
                assert node.args or node.keywords, f"{name(path)}:{node.lineno}: now() without a zone"


def raises_not_implemented(function: ast.AST) -> bool:
    raised = [node.exc for node in ast.walk(function) if isinstance(node, ast.Raise) and node.exc is not None]
    return any(ast.unparse(exc).startswith("NotImplementedError") for exc in raised)


def test_nothing_is_left_for_later() -> None:
    for path in EVERY:
        for line, comment in comments(path):
            assert not re.search(r"\b(TODO|FIXME|XXX|HACK)\b", comment), f"{name(path)}:{line}: {comment}"


def test_what_a_base_leaves_open_is_done_by_another_class() -> None:
    functions = [node for path in MODULES for node in nodes(path) if isinstance(node, ast.FunctionDef)]
    known = [function.name for function in functions]
    open_ones = {function.name for function in functions if raises_not_implemented(function)}
    assert not {function for function in open_ones if known.count(function) < 2}, "a stub"


def test_tests_meet_the_real_thing() -> None:
    assert not [name(path) for path in TESTS if any(m.startswith(("unittest.mock", "mock")) for m in imports(path))]


def test_every_ignored_rule_has_its_reason_on_the_line() -> None:
    inside, seen = False, 0
    for number, line in enumerate((ROOT / "pyproject.toml").read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("ignore = [") or re.match(r'"[\w/*.]+" = \[$', line):
            inside = True
        elif line.startswith("]"):
            inside = False
        elif inside:
            seen += 1
            assert re.search(r"#\s*\S.{7,}", line), f"pyproject.toml:{number}: {line.strip()}"
    assert seen > 20


def test_an_exception_in_code_names_its_rule() -> None:
    for path in EVERY:
        for line, comment in comments(path):
            if re.search(r"#\s*noqa|#\s*type:\s*ignore", comment):
                named = re.search(r"# noqa: [A-Z]+\d+|# type: ignore\[[a-z-]+", comment)
                assert named, f"{name(path)}:{line}: {comment}"


def test_the_wheel_carries_every_resource_and_resources_hold_no_python() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    carried = {
        path
        for patterns in settings["tool"]["setuptools"]["data-files"].values()
        for pattern in patterns
        for path in ROOT.glob(pattern)
    }
    files = {path for path in (ROOT / "resources").rglob("*") if path.is_file()}
    assert files
    assert not files - carried, "a folder of resources is not listed in [tool.setuptools.data-files]"
    assert not {path for path in files if path.suffix == ".py"}


def test_every_folder_of_the_program_is_a_package() -> None:
    assert not [name(folder) for folder in {p.parent for p in MODULES} if not (folder / "__init__.py").is_file()]
