"""The watchers are watched: what the invariants are there to see, they see."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.models.tables_berkas import Paraf
from app.services import act
from app.services.keys import new_key
from app.sop.model import Role
from tests.support import invariants, walk
from tests.support.invariants import Ledger
from tests.support.office import sit_down
from tests.support.tamper import unguarded

pytestmark = pytest.mark.sqlite_only

DONE = {
    "a key that is not there": "select 1",
    "another remark": "update paraf set note = 'lain' where n = 3",
    "a line taken out": "delete from paraf where n = 2",
    "the last line taken out": "delete from paraf where n = 3",
    "another stage": "update berkas set stage = 'ENTRI'",
    "a file without a card": "delete from paraf",
}


@pytest.mark.parametrize("what", DONE)
def test_they_see(office_db: Path, what: str) -> None:
    file, ledger = walk.new_file(), Ledger()
    keys = {"told": new_key(), "never done": new_key()}
    act.act(sit_down(Role.FO), file.id, "batalkan", file.n, keys["told"], "uji penjaga")
    ledger.tell(keys["told"])
    invariants.embedded(ledger)
    if what == "a key that is not there":
        ledger.tell(keys["never done"], Paraf)
    unguarded(office_db, DONE[what])
    with pytest.raises(AssertionError):
        invariants.embedded(ledger)
