"""Signs a line on the control card: the one way a file moves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.models.base import CLIENT, add_and_see, moment
from app.models.tables_berkas import Paraf
from app.services.accounts import Who


@dataclass(frozen=True)
class Moved:
    """The line as the database stamped it."""

    berkas_id: int
    n: int
    action: str
    stage: str
    at: datetime


def act(who: Who, berkas_id: int, action: str, expects: int, key: str, note: str = "") -> Moved:
    """Sign `action` on a file whose card has `expects` lines; asking again with the same key gives the same line.

    Raises Refused where the SOP's table, the holder, four eyes or a need forbids it; Conflict where the file has
    moved meanwhile; Unavailable where the database cannot be reached (ask again with the same key).
    """
    n, stage, at_us = add_and_see(
        Paraf,
        key,
        ("n", "to_stage", "at_us"),
        berkas_id=berkas_id,
        action=action,
        as_role=who.role.value,
        expects=expects,
        note=note.strip(),
        client=CLIENT,
    )
    return Moved(berkas_id, n, action, stage, moment(at_us))
