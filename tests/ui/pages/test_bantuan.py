"""Help says what the SOP's table says, so it can never say something else."""

from __future__ import annotations

from collections.abc import Callable

from pytestqt.qtbot import QtBot

from app.sop.model import Role
from app.sop.pelita3 import PELITA3
from app.ui.desk import Desk
from app.ui.pages.bantuan import BantuanPage
from app.ui.parts.text import Txt
from tests.support.pages import seated


def test_every_step_role_and_total_of_the_sop_is_told(desk: Callable[[str | Role], Desk], qtbot: QtBot) -> None:
    _, page = seated(qtbot, desk(Role.KASI), BantuanPage)
    said = [label.text() for label in page.findChildren(Txt)]
    assert set(PELITA3.row_labels.values()) <= set(said)
    assert {"25 m", "29 m"} <= set(said), "the SOP's own sums"
    for role in ("Pemohon", "Front Office", "Kepala Seksi", "Kepala Bidang", "Kepala Dinas"):
        assert role in said
    assert any("di luar SOP" in text for text in said), "what the SOP does not know is marked"
    assert page.subtitle.endswith(PELITA3.number)
