"""Start to the shown log-in window, and its memory, as ratios to a bare PySide6 window (budgets 2.0 and 2.5).

Every start is a fresh process; the two kinds take turns, so that a busy machine disturbs both alike; medians are
compared. Time runs from just before the process is made to the first exposed and painted window; memory is
the resident set at that moment.

    python bench/startup.py [--rounds 11] [--check]
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TIME_BUDGET, MEMORY_BUDGET = 2.0, 2.5

BARE = """
from PySide6.QtWidgets import QApplication, QWidget
application = QApplication([])
window = QWidget()
"""

LOGIN = """
from app.ui.application import make_application
application = make_application([])
from app.ui.tasks import Tasks
from app.ui.pages.login import LoginWindow
tasks = Tasks(lambda: None, lambda: None)
window = LoginWindow(tasks)
"""

SHOW = """
window.resize(1366, 768)
window.show()
while not window.windowHandle().isExposed():
    application.processEvents()
application.processEvents()
import json, os, re, time
seconds = time.monotonic() - float(os.environ["PELITA3_BENCH_START"])
with open("/proc/self/status", encoding="ascii") as status:
    kilobytes = int(re.search(r"VmRSS:\\s+(\\d+)", status.read())[1])
print(json.dumps({"seconds": seconds, "megabytes": kilobytes / 1024}), flush=True)
os._exit(0)
"""


@dataclass(frozen=True)
class Start:
    """One start: seconds to the painted window, resident megabytes then."""

    seconds: float
    megabytes: float


def start(script: str) -> Start:
    """One fresh process that shows one window and ends."""
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen"),
        "PELITA3_BENCH_START": repr(time.monotonic()),
    }
    done = subprocess.run(
        [sys.executable, "-c", script + SHOW], env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    if done.returncode:
        sys.exit(done.stderr)
    return Start(**json.loads(done.stdout))


def measured(rounds: int) -> dict[str, list[Start]]:
    """The starts of both kinds, in turns; one of each before that warms the disk cache and is not counted."""
    scripts = {"bare": BARE, "login": LOGIN}
    starts: dict[str, list[Start]] = {kind: [] for kind in scripts}
    for turn in range(rounds + 1):
        for kind, script in scripts.items():
            one = start(script)
            if turn:
                starts[kind].append(one)
    return starts


def main() -> int:
    """Print the two ratios as a Markdown table; with --check fail beyond the budgets."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--rounds", type=int, default=11)
    options.add_argument("--check", action="store_true")
    asked = options.parse_args()
    starts = measured(asked.rounds)
    median = {
        kind: Start(statistics.median(s.seconds for s in found), statistics.median(s.megabytes for s in found))
        for kind, found in starts.items()
    }
    bare, login = median["bare"], median["login"]
    in_time, in_memory = login.seconds / bare.seconds, login.megabytes / bare.megabytes
    print("| what | bare PySide6 window | log-in window | ratio | budget |")
    print("|---|---|---|---|---|")
    print(f"| start | {bare.seconds:.3f} s | {login.seconds:.3f} s | {in_time:.2f} | {TIME_BUDGET} |")
    print(f"| memory | {bare.megabytes:.0f} MB | {login.megabytes:.0f} MB | {in_memory:.2f} | {MEMORY_BUDGET} |")
    return int(asked.check and (in_time > TIME_BUDGET or in_memory > MEMORY_BUDGET))


if __name__ == "__main__":
    sys.exit(main())
