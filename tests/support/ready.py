"""Files that already stand in a stage: walked there once per run, then copied, so that many tests can start there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from app.jobs.workshop import Workshop
from app.models import base
from app.services.berkas import Head, head
from app.sop.pelita3 import PELITA3
from tests.support.office import open_copy
from tests.support.walk import walk_to


@pytest.fixture(scope="session")
def walked(office_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """walked("DI_KASI"): an office whose only file (number 1) stands there."""
    made: dict[str, Path] = {}

    def template(stage: str) -> Path:
        if stage not in made:
            folder = tmp_path_factory.mktemp(stage.lower())
            path = folder / "kantor.db"
            database = open_copy(office_template, path)
            walk_to(stage, Workshop(PELITA3, folder, p12_path=folder / "kadis.p12"))
            database.execute_sql("pragma wal_checkpoint(truncate)")
            database.close()
            made[stage] = path
        return made[stage]

    return template


@pytest.fixture
def file_at(office_db: Path, walked: Callable[[str], Path]) -> Callable[[str], Head]:
    """file_at("DI_KASI"): the test's office becomes one in which a file stands there; that file's head."""

    def bring(stage: str) -> Head:
        base.db.close()
        template = walked(stage)
        open_copy(template, office_db)
        base.session.actor = ""
        return head(PELITA3, 1)

    return bring
