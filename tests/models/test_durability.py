"""What was acknowledged survives: the program is killed while it writes lines, again and again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from app.models import base
from app.models.tables_berkas import Berkas, Paraf
from app.services import card
from app.services.berkas import head
from app.sop.pelita3 import PELITA3
from tests.support.office import sit_down

# An officer who takes a ticket, registers it and cancels it, as fast as he can; each acknowledged key is told at once.
WRITER = """
import sys
from pathlib import Path
from app.models import base
from app.services import act
from app.sop.model import Role
from app.sop.pelita3 import PELITA3
from tests.support import line
from tests.support.office import sit_down

base.open_sqlite(Path(sys.argv[1]))
base.db.connect()
fo = sit_down(Role.FO)
while True:
    file = line.registered(fo)
    key = base.new_key()
    act.act(fo, file.id, "batalkan", file.n, key, "uji listrik padam")
    sys.stdout.write(f"{file.id} {key}\\n")
    sys.stdout.flush()
"""


def _killed(path: Path, seconds: float) -> list[tuple[int, str]]:
    """What a writer acknowledged before it was killed without warning."""
    root = Path(__file__).resolve().parents[2]
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE, text=True, cwd=root, env=os.environ.copy()
    ) as child:
        assert child.stdout is not None
        first = child.stdout.readline()
        time.sleep(seconds)
        child.kill()
        rest = child.stdout.read()
    assert child.returncode == (-signal.SIGKILL if os.name == "posix" else 1)
    # The last line may have been cut in half; only a whole one was an acknowledgement.
    lines = [line.split() for line in (first + rest).split("\n")[:-1]]
    return [(int(file), key) for file, key in lines]


@pytest.mark.sqlite_only
@pytest.mark.slow
def test_kill_9_loses_nothing_acknowledged_and_leaves_nothing_half(office_db: Path) -> None:
    base.db.close()
    told: list[tuple[int, str]] = []
    for seconds in (0.05, 0.13, 0.22):
        told += _killed(office_db, seconds)
    base.open_sqlite(office_db)
    base.db.connect()
    assert len(told) > 3
    for file, key in told:
        line = Paraf.get(Paraf.key == key)
        assert (line.berkas_id, line.to_stage) == (file, "BATAL")
    assert base.db.execute_sql("pragma integrity_check").fetchone()[0] == "ok"
    for row in Berkas.select():
        assert card.verify(row.id).whole
        lines = card.lines(PELITA3, row.id)
        assert [x.n for x in lines] == list(range(1, row.n + 1))
        assert lines[-1].to_stage == head(PELITA3, row.id).stage
    # The next officer works on as if nothing had been.
    assert sit_down("rina").role
