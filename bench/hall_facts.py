"""What must hold after every run: no number twice, none left out, nobody called twice, no counter with two visitors."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import astuple, dataclass

from hall_place import OLD, Hall
from hall_rush import Did

ENDS = {"DONE", "NO_SHOW", "HELD", "TRANSFERRED", "CANCELLED", "EXPIRED"}


@dataclass(frozen=True)
class Facts:
    """All of them zero, or the queue is wrong. `lost` counts numbers that somebody was given and nobody has kept."""

    double_numbers: int
    gaps: int
    double_calls: int
    crowded_counters: int
    lost: int

    @property
    def whole(self) -> bool:
        """Whether nothing of that happened."""
        return not any(astuple(self))

    def __str__(self) -> str:
        """For the table."""
        names = ("numbers twice", "gaps", "called twice", "counters with two", "lost")
        return ", ".join(f"{n} {name}" for n, name in zip(astuple(self), names, strict=True))


def facts(hall: Hall, did: Sequence[Did]) -> Facts:
    """Counted from the rows themselves, and from what each process was told."""
    now = f"key not like '{OLD}%'"
    rows = hall.ask(f"select day, prefix, number, code from ticket where {now}")  # noqa: S608  our own words
    events = hall.ask(f"select id, ticket_id, event, place, day from queue_event where {now} order by id")  # noqa: S608
    series: dict[tuple[str, str], list[int]] = defaultdict(list)
    for day, prefix, number, _code in rows:
        series[day, prefix].append(number)
    told = Counter(label for one in did for label in one.labels)
    kept = Counter(f"{prefix}-{number:03d}" for _day, prefix, number, _code in rows)
    twice = sum(len(numbers) - len(set(numbers)) for numbers in series.values())
    twice += len(rows) - len({code for *_, code in rows}) + sum(n - 1 for n in told.values() if n > 1)
    gaps = sum(max(numbers) - len(set(numbers)) for numbers in series.values())
    calls = Counter(ticket for _id, ticket, event, *_ in events if event == "CALLED")
    heard = Counter(ticket for one in did for ticket in one.called)
    double = sum(n - 1 for n in (*calls.values(), *heard.values()) if n > 1)
    return Facts(twice, gaps, double, _crowded(events), sum((told - kept).values()))


def _crowded(events: Sequence[tuple[object, ...]]) -> int:
    """How often a counter got a visitor while it had one."""
    there: dict[tuple[object, object], object] = {}
    found = 0
    for _id, ticket, event, place, day in events:
        if event == "CALLED":
            found += there.get((day, place), ticket) != ticket
            there[day, place] = ticket
        elif event in ENDS and there.get((day, place)) == ticket:
            del there[day, place]
    return found
