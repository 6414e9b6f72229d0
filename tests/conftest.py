"""What every test has at hand."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

pytest_plugins = [
    "tests.support.strict",
    "tests.support.covered",
    "tests.support.postgres",
    "tests.support.office",
    "tests.support.ready",
    "tests.support.desks",
    "tests.support.cups",
    "tests.support.smtp_server",
    "tests.support.sound",
]
