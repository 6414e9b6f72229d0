"""The office's server with many files: reading, searching, signing, two hundred clients; as ratios and against targets.

Fills a throw-away office on a PostgreSQL of its own, which needs about 5 kB of disk for each file and is gone at the
end. Everything is asked as an officer asks it: real log-in, TLS, row-level security, the program's own services.

    python bench/server.py [--files 20000] [--only read,crowd,news,act] [--rounds 3] [--seconds 60] [--check]
"""

from __future__ import annotations

import argparse
import os
import sys
import time

import server_act
import server_crowd
import server_files
import server_news
import server_read
from server_place import Place, open_office
from server_read import Taken, percentile

PARTS = ("read", "crowd", "news", "act")
BIG, LEAST = 200_000, 10_000
TARGETS = {"work list": 10.0, "name search": 50.0}
"""Milliseconds that 95 of 100 stay below, by how the figure's name begins."""
NEWS_MS, ACT_RATIO = 150.0, 0.4


class Verdict:
    """What met its target and what did not."""

    def __init__(self) -> None:
        self.missed: list[str] = []

    def judge(self, name: str, *, good: bool) -> str:
        """A word for the table."""
        if not good:
            self.missed.append(name)
        return "ok" if good else "MISSED"


def say(text: str) -> None:
    """Progress, not a figure."""
    print(f"  {text}", file=sys.stderr, flush=True)


def load() -> str:
    """How busy the machine is; our own work counts too."""
    return f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors"


def read(place: Place, files: int, verdict: Verdict) -> None:
    """Lists, searches, cards."""
    print(
        f"| reading, {files:,} files | rows | whole p50 / p95 ms | questions | in questions p50 / p95 ms | target p95 |"
    )
    print("|---|---|---|---|---|---|")
    for t in server_read.measure(place, files):
        print(_reading(t, verdict))
    print(f"\n{load()}\n")


def _reading(t: Taken, verdict: Verdict) -> str:
    target = next((ms for begin, ms in TARGETS.items() if t.name.startswith(begin)), None)
    whole, asked = percentile(t.whole, 0.95), percentile(t.asked, 0.95)
    word = f"{target:.0f} {verdict.judge(t.name, good=asked <= target)}" if target else ""
    return (
        f"| {t.name} | {t.rows} | {percentile(t.whole, 0.5):.1f} / {whole:.1f} | {t.questions} | "
        f"{percentile(t.asked, 0.5):.1f} / {asked:.1f} | {word} |"
    )


def crowd(place: Place, seconds: float) -> None:
    """Two hundred clients."""
    found = server_crowd.measure(place, seconds)
    idle, busy = found["idle"], found["busy"]
    print(f"| {len(idle)} clients for {seconds:.0f} s, list every 3 s, line every 20 s | many | p50 / p95 ms |")
    print("|---|---|---|")
    for name in ("looks", "steps"):
        times = found[name]
        print(f"| {name} | {len(times)} | {percentile(times, 0.5):.0f} / {percentile(times, 0.95):.0f} |")
    print(f"| another was faster / failed | {found['moved']} / {found['failed']} | |")
    print(f"| memory of a connection, idle (PSS) | {len(idle)} | {sum(idle) / len(idle):.1f} MB |")
    print(f"| memory of a connection at work (PSS) | {len(busy)} | {sum(busy) / len(busy):.1f} MB |")
    print(f"\n{load()}\n")


def tell(place: Place, verdict: Verdict) -> None:
    """From one window to the other."""
    times = server_news.measure(place, 100)
    p95 = percentile(times, 0.95)
    word = verdict.judge("change to other window", good=p95 <= NEWS_MS)
    spent = f"{percentile(times, 0.5):.0f} / {p95:.0f} ms"
    print(f"| from the button to the other window's list | {len(times)} | {spent} | {NEWS_MS:.0f} {word} |")
    print(f"\n{load()}\n")


def sign(place: Place, rounds: int, verdict: Verdict) -> None:
    """Guarded, unguarded, pgbench."""
    light, heavy = server_act.measure(place, rounds, say)
    print(f"| lines a second, median of {rounds} rounds | guarded | p95 ms | unguarded | pgbench -N | "
          "guarded / unguarded | guarded / pgbench |")  # fmt: skip
    print("|---|---|---|---|---|---|---|")
    for connections, r in light.items():
        ratio, beside = r.ratio("guarded", "unguarded"), r.ratio("guarded", "pgbench")
        word = verdict.judge("act", good=ratio >= ACT_RATIO) if connections == 20 else ""  # noqa: PLR2004  the target's
        print(f"| {server_act.LIGHT.action}, {connections} connections | {_rates(r)} | {r.rate('pgbench'):.0f} | "
              f"{ratio:.2f} {word} | {beside:.2f} |")  # fmt: skip
    for action, r in heavy.items():
        print(f"| {action}, 20 connections | {_rates(r)} | | {r.ratio('guarded', 'unguarded'):.2f} | |")
    print(f"\n{load()}\n")


def _rates(r: server_act.Rates) -> str:
    return f"{r.rate('guarded'):.0f} | {r.p95('guarded'):.0f} | {r.rate('unguarded'):.0f}"


def main() -> None:
    """Prints tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--files", type=int, default=20_000)
    parser.add_argument("--only", default=",".join(PARTS), help="parts to measure, with commas")
    parser.add_argument("--rounds", type=int, default=3, help="turns of guarded and unguarded")
    parser.add_argument("--seconds", type=float, default=60, help="how long the clients work")
    parser.add_argument("--check", action="store_true", help="fail where a target is missed")
    given = parser.parse_args()
    parts, verdict = given.only.split(","), Verdict()
    if "act" in parts and given.files < LEAST:
        parser.error(f"act needs at least {LEAST:,} files: the oldest are signed on; or leave it out with --only")
    with open_office("1GB" if given.files > BIG else "512MB") as place:
        begin = time.perf_counter()
        lines = server_files.fill(place, given.files, say)
        say(f"{given.files:,} files with {lines:,} lines in {time.perf_counter() - begin:.0f} s; {load()}")
        if "read" in parts:
            read(place, given.files, verdict)
        if "crowd" in parts:
            crowd(place, given.seconds)
        if "news" in parts:
            tell(place, verdict)
        if "act" in parts:
            sign(place, given.rounds, verdict)
    print(f"missed: {', '.join(verdict.missed)}" if verdict.missed else "every target met")
    sys.exit(bool(given.check and verdict.missed))


if __name__ == "__main__":
    main()
