"""From a signed line to the other desk's list that shows it: NOTIFY, LISTEN, and the list read again.

The other window is a process of its own with two connections, as the program has them: one listens, one reads.
"""

from __future__ import annotations

import select
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

from server_crowd import Client
from server_place import DATABASE, LOGINS, Place, seat

from app.models import news
from app.services import worklist
from app.services.clocks import utc_now
from app.services.office import Office
from app.sop.model import Role
from app.sop.pelita3 import PELITA3

WINDOW, HANDS = 20, (21, 22)
"""Which Kasi looks on, and which two take files from each other."""


def window(address: str) -> None:
    """The other desk: says when its list was fresh again, each time somebody changed something."""
    who = seat(address, LOGINS[Role.KASI][WINDOW], Role.KASI)
    ear = news.listen()
    assert ear is not None
    with closing(ear):
        print("ready", flush=True)
        while True:
            found = select.select([ear, sys.stdin], [], [])[0]
            if sys.stdin in found:
                return
            if ear.heard():
                worklist.waiting(PELITA3, who, Office(), utc_now())
                print(time.monotonic(), flush=True)


def measure(place: Place, times: int) -> list[float]:
    """Milliseconds from the press of a button to the other window's fresh list; the press itself is in it."""
    command = [sys.executable, str(Path(__file__)), place.cluster.address(DATABASE)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdin
        assert other.stdout
        assert other.stdout.readline() == "ready\n"
        taken = []
        for i in range(times):
            client = Client(place.seat(Role.KASI, HANDS[i % 2]))
            found = client.look()
            begin = time.monotonic()
            client.step(found)
            taken.append((float(other.stdout.readline()) - begin) * 1e3)
        other.stdin.close()
    return taken


if __name__ == "__main__":
    window(sys.argv[1])
