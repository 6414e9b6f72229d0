"""Files that already stand in a stage: walked there once per run, then copied, so that many tests can start there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Protocol

import pytest

from app.channels.smtp import Server
from app.jobs.workshop import Workshop
from app.models import base
from app.services import accounts
from app.services.berkas import Head, head
from app.sop.model import Channel, Role
from app.sop.pelita3 import PELITA3
from tests.support.office import all_seeing, open_copy, sit_down
from tests.support.postgres import Offices
from tests.support.walk import walk_to


class At(Protocol):
    """file_at("DI_KASI"): the head of the file, number 1, that stands there."""

    def __call__(self, stage: str, channel: Channel = Channel.OFFLINE) -> Head:
        """The test's office becomes one in which such a file is."""


@pytest.fixture(scope="session")
def walked(office_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, Channel], Path]:
    """walked("DI_KASI", OFFLINE): an office whose only file stands there."""
    made: dict[tuple[str, Channel], Path] = {}

    def template(stage: str, channel: Channel) -> Path:
        if (stage, channel) not in made:
            folder = tmp_path_factory.mktemp(stage.lower())
            path = folder / "kantor.db"
            database = open_copy(office_template, path)
            walk_to(stage, Workshop(PELITA3, folder, p12_path=folder / "kadis.p12"), channel)
            database.execute_sql("pragma wal_checkpoint(truncate)")
            database.close()
            made[stage, channel] = path
        return made[stage, channel]

    return template


@pytest.fixture
def file_at(
    office_db: Path, engine: str, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> At:
    """file_at("DI_KASI"): the test's office becomes one in which a file stands there; that file's head."""

    def bring(stage: str, channel: Channel = Channel.OFFLINE) -> Head:
        if engine == "postgres":
            folder = tmp_path_factory.mktemp(stage.lower())
            on_server: Offices = request.getfixturevalue("offices")
            on_server.become_walked(
                f"{stage}_{channel.value}",
                lambda: walk_to(stage, Workshop(PELITA3, folder, p12_path=folder / "kadis.p12"), channel),
            )
        else:
            base.db.close()
            walked: Callable[[str, Channel], Path] = request.getfixturevalue("walked")
            open_copy(walked(stage, channel), office_db)
            base.session.actor = ""
        with all_seeing():
            return head(PELITA3, 1)

    return bring


def mail_by(server: Server) -> None:
    """The administrator puts this mail server into the office's data; nobody sits at the keyboard afterwards."""
    sit_down(Role.ADMIN)
    office = replace(
        accounts.load_office(),
        smtp_host=server.host,
        smtp_port=server.port,
        smtp_security=server.security,
        smtp_user=server.user,
        smtp_from=server.from_address,
        smtp_ca_file=server.ca_file,
        smtp_allow_plain=server.allow_plain,
    )
    accounts.save_office(office)
    base.session.actor = ""
