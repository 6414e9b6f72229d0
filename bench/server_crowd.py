"""Two hundred clients at once: each reads its list every three seconds and signs a line every twenty.

Some processes of fifty threads stand for them; each thread is one officer with his own log-in and connection, and uses
the program's own questions and commands. The load runs on the server's own processors, which makes everything slower
than in an office.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from server_place import DATABASE, LOGINS, PASSWORD, Place, bind, officer

from app.errors import Conflict, Refused, Unavailable
from app.models import base, lists, news, server
from app.models.lists import HeadRow
from app.models.tables_berkas import Berkas
from app.services import act, worklist
from app.services.accounts import Who
from app.services.keys import new_key
from app.sop.model import Channel, Role
from app.sop.pelita3 import PELITA3

LOOK, STEP = 3.0, 20.0
THREADS = 50


class Client:
    """One officer at his window."""

    def __init__(self, who: Who) -> None:
        self.who, self.dice = who, random.Random(who.login)  # noqa: S311  who takes which file
        self.looks: list[float] = []
        self.steps: list[float] = []
        self.moved = self.failed = 0

    def connect(self, lock: threading.Lock) -> None:
        """Log in; one after the other, because the program has one officer at a time."""
        with lock:
            server.current().connect_params.update(user=server.ROLE + self.who.login, password=PASSWORD)
            server.connect()

    def look(self) -> list[HeadRow]:
        """Ask the server for all that a list is made of, timed; making it is the PC's work, of which there are many."""
        begin = time.perf_counter()
        desk = [stage.key for stage in PELITA3.desk_stages(self.who.role)]
        found = lists.heads(Berkas.stage.in_(desk), [Berkas.moved_us], worklist.LIST_LIMIT)
        lists.lines([f.id for f in found])
        lists.beside([], [f.id for f in found if f.stage == "KURANG"], [f.id for f in found if f.stage == "TERTANDA"])
        self.looks.append((time.perf_counter() - begin) * 1e3)
        return found

    def step(self, found: list[HeadRow]) -> None:
        """Take over a file of a colleague or receive one, timed: steps that ask for nothing that stands beside it."""
        ours = [f for f in found if f.holder != self.who.login and f.stage not in {"KURANG", "TERTANDA"}]
        if not ours:
            return
        file = self.dice.choice(ours)
        action = (
            "ambil_alih" if file.holder else PELITA3.offered(self.who.role, file.stage, Channel(file.channel))[0].key
        )
        begin = time.perf_counter()
        try:
            act.act(self.who, file.id, action, file.n, new_key(), "pengukuran")
        except Conflict:
            self.moved += 1  # another client was faster
        self.steps.append((time.perf_counter() - begin) * 1e3)
        news.tell()

    def work(self, begin: float, seconds: float) -> None:
        """Look and step until the time is over."""
        next_look, next_step = begin + self.dice.random() * LOOK, begin + self.dice.random() * STEP
        found: list[HeadRow] = []
        while min(next_look, next_step) < begin + seconds:
            time.sleep(max(0.0, min(next_look, next_step) - time.monotonic()))
            try:
                if next_look <= next_step:
                    next_look += LOOK
                    found = self.look()
                else:
                    next_step += STEP
                    self.step(found)
            except (Refused, Unavailable):
                self.failed += 1


def crowd() -> list[tuple[str, Role]]:
    """Two hundred officers as their roles are."""
    return [(login, role) for role, logins in LOGINS.items() for login in logins]


def clients(address: str, first: int, seconds: float) -> dict[str, Any]:
    """Fifty clients in this process: what they measured. Told over stdin and stdout when all may begin."""
    bind(address)
    lock, ready = threading.Lock(), threading.Barrier(THREADS + 1)
    go = threading.Event()
    crew = [Client(officer(login, role)) for login, role in crowd()[first : first + THREADS]]

    def run(client: Client) -> None:
        client.connect(lock)
        ready.wait()
        go.wait()
        client.work(time.monotonic(), seconds)
        base.db.close()

    threads = [threading.Thread(target=run, args=(client,)) for client in crew]
    for thread in threads:
        thread.start()
    ready.wait()
    print("ready", flush=True)
    sys.stdin.readline()
    go.set()
    for thread in threads:
        thread.join()
    return {
        "looks": [t for c in crew for t in c.looks], "steps": [t for c in crew for t in c.steps],
        "moved": sum(c.moved for c in crew), "failed": sum(c.failed for c in crew),
    }  # fmt: skip


def measure(place: Place, seconds: float) -> dict[str, Any]:
    """Two hundred clients for so long; times of lists and steps, and what their connections weigh, in megabytes."""
    command = [sys.executable, str(Path(__file__)), place.cluster.address(DATABASE), str(seconds)]
    children = [
        subprocess.Popen([*command, str(first)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for first in range(0, len(crowd()), THREADS)
    ]
    for child in children:
        assert child.stdout
        assert child.stdout.readline() == "ready\n"
    idle = weights(place)
    for child in children:
        assert child.stdin
        child.stdin.write("go\n")
        child.stdin.flush()
    time.sleep(seconds * 0.9)
    busy = weights(place)
    found: dict[str, Any] = {"looks": [], "steps": [], "moved": 0, "failed": 0, "idle": idle, "busy": busy}
    for child in children:
        for name, value in json.loads(child.communicate()[0].splitlines()[-1]).items():
            found[name] += value
    return found


def weights(place: Place) -> list[float]:
    """What each officer's connection weighs on the server: its own memory and its share of what is shared (PSS)."""
    with place.superuser() as su:
        pids = [r[0] for r in su.execute(r"select pid from pg_stat_activity where usename like 'p\_%'").fetchall()]
    out = []
    for pid in pids:
        with suppress(OSError):
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
            out.append(next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024)
    return out


if __name__ == "__main__":
    print(json.dumps(clients(sys.argv[1], int(sys.argv[3]), float(sys.argv[2]))))
