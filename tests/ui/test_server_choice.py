"""Choosing where the office lies: on first start and from the log-in, with the server's certificate looked at first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app import settings
from app.__main__ import Memory
from app.errors import Refused
from app.models import base
from app.server.cluster import Cluster
from app.ui import theme
from app.ui.pages.first_start import FirstStart
from app.ui.pages.login import LoginWindow
from app.ui.server_choice import ServerChoice
from app.ui.server_join import JoinForm
from app.ui.tasks import Tasks
from tests.support.office import PASSWORD
from tests.ui.pc import Pc


class New(Pc):
    """A PC on which nobody has chosen yet; its settings are real ones."""

    def __init__(self, qtbot: QtBot, folder: Path, database: Path) -> None:
        super().__init__(qtbot, folder, database)
        self.settings = {settings.HOME: str(folder)}
        self.memory = Memory(settings.load(self.settings), self.opening)
        self.program.computer = replace(self.program.computer, join=self.memory.join)

    @property
    def choice(self) -> ServerChoice:
        assert isinstance(self.front, ServerChoice), self.front
        return self.front

    @property
    def form(self) -> JoinForm:
        return self.choice.form

    def looked(self) -> None:
        self.bot.waitUntil(self.form.seen.isVisible, timeout=20_000)


@pytest.fixture
def new(qtbot: QtBot, tmp_path: Path) -> Iterator[New]:
    base.session.actor = ""
    made = New(qtbot, tmp_path, tmp_path / "data" / "kantor.db")
    yield made
    made.end()


def test_a_new_pc_asks_first_and_makes_no_file_before(new: New, tmp_path: Path) -> None:
    new.start()
    assert new.choice.where.join_button.isVisible()
    assert not (tmp_path / "data").exists()
    QTest.keyClick(new.choice.where, Qt.Key.Key_2)
    new.wait()
    assert isinstance(new.front, FirstStart)


def test_the_server_is_looked_at_before_anything_is_kept(new: New, cluster: Cluster) -> None:
    new.start()
    QTest.keyClick(new.choice.where, Qt.Key.Key_Return)
    form = new.form
    form.test.press()
    assert form.address.message() == "Tulis nama atau alamat server"
    form.address.set_value("server dukcapil")
    form.test.press()
    new.bot.waitUntil(lambda: "misalnya server-dukcapil" in form.address.message())
    form.address.set_value(f"localhost:{cluster.port}")
    form.test.press()
    new.looked()
    assert "Pilih berkas CA" in form.seen.verdict.text()
    assert form.seen.names.text() == "Untuk: localhost, 127.0.0.1, ::1"
    assert form.use.isHidden(), "what is not trusted is not used"
    assert cluster.ca is not None
    form.choose(cluster.ca)
    new.looked()
    assert form.seen.verdict.text() == "Server menjawab dan sertifikatnya dipercaya."
    assert len(form.seen.print.text().replace("\n", ":").split(":")) == 32
    assert form.use.isVisible()
    QTest.keyClicks(form.address.input, "1")
    assert form.use.isHidden(), "another address was not looked at"
    assert not settings.load(new.settings).is_server


def test_nobody_at_the_address_and_a_wrong_file_are_told(new: New, tmp_path: Path) -> None:
    new.start()
    new.choice._to_form()
    form = new.form
    form.address.set_value("localhost:1")
    form.test.press()
    new.looked()
    assert form.seen.verdict.text().startswith("Server kantor tidak dapat dihubungi.")
    wrong = tmp_path / "foto.crt"
    wrong.write_text("bukan", encoding="utf-8")
    form.choose(wrong)
    new.bot.waitUntil(lambda: form.seen.isVisible() and "foto.crt" in form.seen.verdict.text())
    QTest.keyClick(form, Qt.Key.Key_Escape)
    assert new.choice.where.isVisible()


def test_settings_that_cannot_be_written_are_told_and_nothing_is_joined(
    new: New, cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_settings: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(settings, "save", full)
    new.start()
    new.choice._to_form()
    new.form.address.set_value(f"localhost:{cluster.port}")
    assert cluster.ca is not None
    new.form.choose(cluster.ca)
    new.bot.waitUntil(new.form.use.isVisible, timeout=20_000)
    new.form.use.press()
    new.wait()
    assert new.form.seen.verdict.text().startswith("Pengaturan komputer ini tidak dapat disimpan")
    assert new.form.use.isHidden()


@pytest.mark.postgres_only
def test_a_pc_joins_the_office_s_server_and_an_officer_logs_in(office_db: Path, new: New, cluster: Cluster) -> None:
    name = base.db.obj.database
    base.db.close()
    new.start()
    new.choice._to_form()
    new.form.address.set_value(f"postgresql://localhost:{cluster.port}/{name}")
    assert cluster.ca is not None
    new.form.choose(cluster.ca)
    new.bot.waitUntil(new.form.use.isVisible, timeout=20_000)
    new.form.use.press()
    new.wait()
    assert isinstance(new.front, LoginWindow)
    assert not new.login.trouble.isVisible()
    new.enter("zulfikar")
    assert new.shell.desk.who.login == "zulfikar"
    ca = new.computer.folder / "pelita3-ca.crt"
    assert ca.exists()
    again = settings.load(new.settings)
    assert again.is_server
    assert again.database == f"postgresql://localhost:{cluster.port}/{name}?ca={ca}"
    assert PASSWORD not in again.file.read_text(encoding="utf-8"), "no password is kept"


def test_from_the_log_in_one_may_choose_again_and_come_back(qtbot: QtBot, office_db: Path, tmp_path: Path) -> None:
    pc = New(qtbot, tmp_path, office_db)
    base.db.close()
    pc.start()
    assert pc.login.choose.isVisible()
    pc.login.choose.press()
    assert "Sekarang" in pc.choice.where.findChildren(type(pc.form.seen.verdict))[1].text()
    QTest.keyClick(pc.choice.where, Qt.Key.Key_Escape)
    pc.wait()
    pc.enter("rina")
    assert pc.shell.desk.who.login == "rina"
    pc.program.lock()
    assert not pc.login.choose.isVisible(), "a locked screen is the officer's own"
    pc.end()


@pytest.mark.parametrize("size", [(1080, 600), (1366, 768), (1920, 1030)])
@pytest.mark.parametrize("scale", [100, 125])
def test_nothing_is_cut(tasks: Tasks, qtbot: QtBot, size: tuple[int, int], scale: int, qapp: object) -> None:
    theme.apply(qapp, dark=False, scale=scale)  # type: ignore[arg-type]  # the one application
    shown = ServerChoice(tasks, lambda text, _ca: text, first=False, server="server-dukcapil:5432")
    qtbot.addWidget(shown)
    shown.resize(*size)
    shown.show()
    assert shown.minimumSizeHint().width() <= 1080
    shown._to_form()
    shown.form._not_shown(shown.form._looked, Refused("x" * 90))
    QTest.qWait(20)
    for button in (shown.form.pick, shown.form.test, shown.form.away):
        assert button.width() >= button.minimumSizeHint().width()
