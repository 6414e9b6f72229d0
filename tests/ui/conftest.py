"""Windows for the tests of the interface: a dressed application, and tasks whose threads end with the test."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.ui import theme
from app.ui.application import make_application
from app.ui.tasks import Tasks


@pytest.fixture(scope="session")
def qapp() -> QApplication:
    return make_application([])


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> Iterator[None]:
    yield
    if theme.is_dark() or theme.scale() != 100:
        theme.apply(qapp)


@pytest.fixture
def tasks(qtbot: QtBot) -> Iterator[Tasks]:
    made = Tasks()
    yield made
    made.close()
