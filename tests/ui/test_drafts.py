"""Nothing typed is ever lost: drafts on the PC's own disk."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

from app.ui.drafts import Drafts

KEY = "P3-2605-0412-6 entri"
PROMISED = 0.4

TYPIST = """
import sys, time
from pathlib import Path
from app.ui.drafts import Drafts
drafts = Drafts(Path(sys.argv[1]))
for i in range(1, 40):
    drafts.keep("P3-2605-0412-6 entri", {"husband.name": "YOHANES"[: i % 8], "key": i})
    time.sleep(0.005)
print("typed", flush=True)
time.sleep(60)
"""


def test_what_was_typed_outlives_a_killed_program(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", TYPIST, str(tmp_path)], stdout=subprocess.PIPE, cwd=Path(__file__).parents[2]
    ) as typist:
        assert typist.stdout is not None
        assert typist.stdout.readline() == b"typed\n"
        time.sleep(PROMISED)
        os.kill(typist.pid, signal.SIGKILL)
        typist.wait(timeout=10)
    assert Drafts(tmp_path).offer(KEY) == {"husband.name": "YOHANES"[: 39 % 8], "key": 39}


def test_a_normal_end_right_after_the_last_key_loses_nothing(tmp_path: Path) -> None:
    script = TYPIST.replace("time.sleep(60)", "")
    subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)],
        check=True,
        timeout=30,
        cwd=Path(__file__).parents[2],
        capture_output=True,
    )
    kept = Drafts(tmp_path).offer(KEY)
    assert kept is not None
    assert kept["key"] == 39


def test_keeping_does_not_wait_for_the_disk(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path)
    drafts.keep(KEY, {"a": 1})
    assert not list(tmp_path.iterdir()), "nothing is written on the caller's thread"
    assert not drafts.on_disk(KEY)
    assert drafts.offer(KEY) == {"a": 1}, "and yet it is there"
    drafts.flush()
    assert drafts.on_disk(KEY)
    assert Drafts(tmp_path).offer(KEY) == {"a": 1}


def test_the_file_is_private_and_named_by_the_key_alone(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path / "draf")
    drafts.keep(KEY, {"husband.nik": "1471071403840003"})
    drafts.flush()
    [file] = (tmp_path / "draf").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert file.name == "P3-2605-0412-6%20entri.json"


def test_a_key_cannot_leave_the_folder(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path / "draf")
    drafts.keep("../di-luar", {"a": 1})
    drafts.flush()
    assert [p.name for p in tmp_path.iterdir()] == ["draf"]


def test_a_dropped_draft_is_gone_even_if_it_was_not_written_yet(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path)
    drafts.keep(KEY, {"a": 1})
    drafts.drop(KEY)
    drafts.flush()
    assert drafts.offer(KEY) is None
    drafts.keep(KEY, {"a": 2})
    drafts.flush()
    drafts.drop(KEY)
    assert drafts.offer(KEY) is None


def test_a_broken_file_is_set_aside_and_not_deleted(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path)
    drafts.keep(KEY, {"a": 1})
    drafts.flush()
    [file] = tmp_path.iterdir()
    file.write_text('{"a": 1', encoding="utf-8")
    assert drafts.offer(KEY) is None
    assert [p.suffix for p in tmp_path.iterdir()] == [".rusak"]


def test_a_disk_that_does_not_take_it_is_named_and_tried_again(tmp_path: Path) -> None:
    blocked = tmp_path / "draf"
    blocked.write_text("berkas di tempat folder", encoding="utf-8")
    drafts = Drafts(blocked)
    drafts.keep(KEY, {"a": 1})
    drafts.flush()
    assert drafts.trouble() is not None
    assert not drafts.on_disk(KEY)
    blocked.unlink()
    drafts.keep(KEY, {"a": 2})
    drafts.flush()
    assert drafts.trouble() is None
    assert Drafts(blocked).offer(KEY) == {"a": 2}
