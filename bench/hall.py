"""The queue in numbers: from a call to the TV, numbers and calls a second, and that nothing is double or missing.

On a throw-away PostgreSQL of its own, and on an embedded database where an office would do that. Machines and officers
are processes under logins of their own. Rates stand beside a plain insert of one row by as many processes on the same
server in the same run. Whatever was measured, the rows are counted afterwards: one number given twice, one gap, one
visitor called twice, and this ends with 1.

    python bench/hall.py [--only tv,kiosks,counters,embedded] [--times 100] [--tickets 300] [--rounds 3]
        [--days 250] [--check]
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import hall_screen
from hall_facts import facts
from hall_place import COUNTERS, KIOSKS, SPARE, Hall, embedded, on_server
from hall_rush import Did, Rush, Seat, rush
from server_read import percentile

from app.sop.model import Role

PARTS = ("tv", "kiosks", "counters", "embedded")
SIZES, SMALL = (1, 4, 12, 46), (1, 4)
GIVERS = 4
"""Officers who fill the hall before it is drained."""
LIMIT = 20
"""Numbers that one kiosk's account may give in ten seconds."""
TV_MS = 150.0
CALLS_EVERY, NUMBERS_EVERY = 10.0, 5.0
"""Seconds between two calls of a counter and two numbers of a kiosk, in a hall at work: many times a real one's."""


class Report:
    """What must not be, and which goals were missed."""

    def __init__(self) -> None:
        self.wrong: list[str] = []
        self.missed: list[str] = []

    def count(self, name: str, hall: Hall, did: Sequence[Did]) -> None:
        """Count the rows after a run."""
        found = facts(hall, did)
        print(f"counted after {name}: {found}\n")
        if not found.whole:
            self.wrong.append(name)

    def demand(self, name: str, *, good: bool) -> None:
        """Something that must hold in every run."""
        if not good:
            self.wrong.append(name)
            print(f"WRONG: {name}\n")

    def goal(self, name: str, *, good: bool) -> str:
        """A word for the table."""
        if not good:
            self.missed.append(name)
        return "ok" if good else "MISSED"


def load() -> str:
    """How busy the machine is; our own work counts too."""
    return f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors"


def at_kiosks(many: int, first: int = 0) -> list[Seat]:
    """So many kiosks, each under an account of its own."""
    return [Seat(login, Role.KIOSK) for login in KIOSKS[first : first + many]]


def at_counters(many: int, *, pace: float = 0.0, first: int = 1) -> list[Seat]:
    """So many officers, each at a counter of his own."""
    return [Seat(COUNTERS[i], Role.FO, f"Loket {first + i}", pace) for i in range(many)]


def speed(did: Sequence[Did], done: Callable[[Did], int]) -> float:
    """A second, from the first who began to the last who ended."""
    return sum(map(done, did)) / (max(d.end for d in did) - min(d.begin for d in did))


def pressed(did: Sequence[Did]) -> str:
    """What a press took."""
    times = [t for d in did for t in d.ms]
    return f"{percentile(times, 0.5):.1f} / {percentile(times, 0.95):.1f}"


# --- from a call to the TV -------------------------------------------------------------------------------------------


def tv(hall: Hall, times: int, report: Report, *, busy: bool) -> None:
    """Press, and the real screen in another process has painted it."""
    did = rush(hall.address, "issue", at_counters(1), 4 * times + 300)
    print("| from the press to the painted TV | calls | p50 / p95 / most ms | goal p95 |")
    print("|---|---|---|---|")
    taken = hall_screen.measure(hall, times)
    print(_shown("quiet hall", taken, _judged(hall, report, "call to TV", taken)))
    if busy:
        seats = [*at_counters(12, pace=CALLS_EVERY, first=2), *(s._replace(pace=NUMBERS_EVERY) for s in at_kiosks(4))]
        crowd = Rush(hall.address, "work", seats, times)
        crowd.go()
        taken = hall_screen.measure(hall, times)
        did += crowd.done()
        print(_shown("12 counters and 4 kiosks at work", taken, _judged(hall, report, "call to TV at work", taken)))
    print(f"\n{load()}")
    report.count("the TV", hall, did)


def _judged(hall: Hall, report: Report, name: str, taken: Sequence[float]) -> str:
    """An embedded database is looked at twice a second: it has no goal."""
    if hall.server is None:
        return ""
    return f"{TV_MS:.0f} {report.goal(name, good=percentile(list(taken), 0.95) <= TV_MS)}"


def _shown(name: str, taken: list[float], word: str) -> str:
    times = f"{percentile(taken, 0.5):.0f} / {percentile(taken, 0.95):.0f} / {max(taken):.0f}"
    return f"| {name} | {len(taken)} | {times} | {word} |"


# --- numbers ---------------------------------------------------------------------------------------------------------


def kiosks(hall: Hall, sizes: Sequence[int], tickets: int, rounds: int, report: Report) -> None:
    """Numbers a second: kiosks up to their own limit, officers without one, and plain rows by as many processes."""
    every: list[Did] = []
    print("| numbers of one service, processes | kiosk logins, 20 each | press p50 / p95 ms | FO logins | "
          "press p50 / p95 ms | plain insert | FO / plain |")  # fmt: skip
    print("|---|---|---|---|---|---|---|")
    first = 0
    for many in sizes:
        burst, steady, plain = [], [], []
        speeds: dict[str, list[float]] = {"burst": [], "steady": [], "plain": []}
        each = max(LIMIT, tickets // many)
        for _ in range(rounds):
            fresh = rush(hall.address, "issue", at_kiosks(many, first), LIMIT)
            first += many
            burst += fresh
            speeds["burst"].append(speed(fresh, lambda d: len(d.labels)))
            steady += (more := rush(hall.address, "issue", at_counters(many), each))
            speeds["steady"].append(speed(more, lambda d: len(d.labels)))
            plain += (rows := rush(hall.address, "plain", at_counters(many), each))
            speeds["plain"].append(speed(rows, lambda d: len(d.ms)))
        refused = {code for d in (*burst, *steady) for code in d.refused}
        report.demand(f"a number was refused ({', '.join(refused)})", good=not refused)
        middle = {name: statistics.median(found) for name, found in speeds.items()}
        print(f"| {many} | {middle['burst']:.0f}/s | {pressed(burst)} | {middle['steady']:.0f}/s | {pressed(steady)} | "
              f"{middle['plain']:.0f}/s | {middle['steady'] / middle['plain']:.2f} |")  # fmt: skip
        # A hall in which thousands wait does not exist: the next size finds it empty again.
        every += [*burst, *steady, *rush(hall.address, "drain", at_counters(4))]
    print(f"\nmedian of {rounds} rounds; {load()}")
    every += _flooded(hall, report)
    report.count("the kiosks", hall, every)


def _flooded(hall: Hall, report: Report) -> list[Did]:
    """One kiosk that presses on: what is above its limit is refused, and leaves no gap."""
    did = rush(hall.address, "issue", [Seat(SPARE, Role.KIOSK)], LIMIT + 5)
    print(f"one kiosk that does not stop: {len(did[0].labels)} given, {len(did[0].refused)} refused")
    report.demand("a kiosk's limit", good=did[0].refused == ["too_many"] * 5 and len(did[0].labels) == LIMIT)
    return did


# --- calls -----------------------------------------------------------------------------------------------------------


def counters(hall: Hall, many: int, tickets: int, rounds: int, report: Report) -> None:
    """Counters that call, serve and are done with as fast as they can, until the hall is empty."""
    every: list[Did] = []
    speeds: dict[str, list[float]] = {"calls": [], "plain": []}
    drained: list[Did] = []
    for _ in range(rounds):
        every += (given := rush(hall.address, "issue", at_counters(GIVERS), tickets // GIVERS))
        report.demand("a number was refused", good=not any(d.refused for d in given))
        did = rush(hall.address, "drain", at_counters(many))
        report.demand("a counter stopped early", good=all(d.refused == ["empty"] for d in did))
        speeds["calls"].append(speed(did, lambda d: len(d.called)))
        plain = rush(hall.address, "plain", at_counters(many), 3 * tickets // many)
        speeds["plain"].append(speed(plain, lambda d: len(d.ms)))
        drained += did
    calls, rows = statistics.median(speeds["calls"]), statistics.median(speeds["plain"])
    print("| counters draining the hall | visitors a second | call p50 / p95 ms | plain insert | "
          "events (3 a visitor) / plain |")  # fmt: skip
    print("|---|---|---|---|---|")
    print(f"| {many} | {calls:.0f}/s | {pressed(drained)} | {rows:.0f}/s | {3 * calls / rows:.2f} |")
    print(f"\nmedian of {rounds} rounds of {tickets}; {load()}")
    report.demand("somebody was left waiting", good=not hall.ask("select 1 from ticket where state = 'WAITING'"))
    report.count("the counters", hall, [*every, *drained])


# --- all of it -------------------------------------------------------------------------------------------------------


def _on_server(parts: Sequence[str], given: argparse.Namespace, report: Report) -> None:
    print(f"PostgreSQL, {given.days} days behind it; {load()} before\n")
    with on_server(given.days) as hall:
        if "counters" in parts:  # first: it wants an empty hall
            counters(hall, 12, given.tickets, given.rounds, report)
        if "kiosks" in parts:
            kiosks(hall, SIZES, given.tickets, given.rounds, report)
        if "tv" in parts:
            tv(hall, given.times, report, busy=True)


def _embedded(given: argparse.Namespace, report: Report) -> None:
    print(f"embedded database, one PC; {load()} before\n")
    with tempfile.TemporaryDirectory(prefix="pelita3-bench-") as folder, embedded(Path(folder)) as hall:
        counters(hall, 4, given.tickets, given.rounds, report)
        kiosks(hall, SMALL, given.tickets, given.rounds, report)
        tv(hall, given.times, report, busy=False)


def main() -> None:
    """Prints tables; 1 where something is double or missing, with --check also where a goal is."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--only", default=",".join(PARTS), help="parts to measure, with commas")
    parser.add_argument("--times", type=int, default=100, help="calls until the TV shows them")
    parser.add_argument("--tickets", type=int, default=300, help="numbers for each rate")
    parser.add_argument("--rounds", type=int, default=3, help="turns of which the middle one counts")
    parser.add_argument("--days", type=int, default=250, help="office days of 300 visitors that lie behind (server)")
    parser.add_argument("--check", action="store_true", help="fail where a goal is missed")
    given = parser.parse_args()
    parts, report = given.only.split(","), Report()
    if set(parts) & {"tv", "kiosks", "counters"}:
        _on_server(parts, given, report)
    if "embedded" in parts:
        _embedded(given, report)
    print(f"WRONG: {', '.join(report.wrong)}" if report.wrong else "nothing double, nothing missing")
    print(f"missed: {', '.join(report.missed)}" if report.missed else "every goal met")
    sys.exit(bool(report.wrong or (given.check and report.missed)))


if __name__ == "__main__":
    main()
