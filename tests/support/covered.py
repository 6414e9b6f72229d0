"""A pytest plugin: coverage is measured where the data floors are tested; windows and servers run at full speed.

What sop, services and models do must be proved by their own tests, not by a window that happens to pass through it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Generator

MEASURED = ("tests/sop/", "tests/services/", "tests/models/", "tests/jobs/", "tests/server/")
"""The folders whose tests count; of a test that runs on both engines the embedded one counts, but for the models."""
ON_SERVER = "[postgres"


def _counts(item: pytest.Item) -> bool:
    twice = ON_SERVER in item.nodeid and not item.nodeid.startswith("tests/models/")
    return item.nodeid.startswith(MEASURED) and not (twice and item.get_closest_marker("postgres_only") is None)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Set-up, call and teardown of a test that is not measured: the tracer sleeps."""
    measuring = getattr(item.config.pluginmanager.getplugin("_cov"), "cov_controller", None)
    if measuring is None or _counts(item):
        return (yield)
    measuring.pause()
    try:
        return (yield)
    finally:
        measuring.resume()
