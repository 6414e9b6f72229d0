"""A pytest plugin: skips are counted aloud and fail under CI; checks that failed earlier are named at the end."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Generator


def under_ci() -> bool:
    """Is this the integration machine, which must have everything a test needs?"""
    return os.environ.get("CI", "").lower() in {"1", "true", "yes"}


def _forbid_skip(report: pytest.TestReport | pytest.CollectReport) -> None:
    """Under CI a skip becomes a failure that keeps its reason; an expected failure stays what it is."""
    if not (under_ci() and report.outcome == "skipped") or hasattr(report, "wasxfail"):
        return
    why = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    report.outcome = "failed"
    report.longrepr = f"{why}\nCI=true: a skip proves nothing. Add what the test needs to installer/linux/packages.txt."


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A skip at run time."""
    report = yield
    _forbid_skip(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """A skip of a whole module."""
    report = yield
    _forbid_skip(report)
    return report


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Before the closing line: how many were skipped, and which checks of `./run` failed before the tests began."""
    skipped = len(terminalreporter.stats.get("skipped", []))
    if skipped:
        terminalreporter.write_line(f"{skipped} skipped here; with CI=true they would have failed", yellow=True)
    earlier = os.environ.get("PELITA3_FAILED_CHECKS", "").split()
    if earlier:
        terminalreporter.write_line(f"failed before the tests: {', '.join(earlier)} (see above)", red=True)
