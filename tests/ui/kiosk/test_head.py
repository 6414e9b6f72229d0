"""The kiosk's head: the longest date stands there whole, beside the office's name."""

from __future__ import annotations

from datetime import datetime

import pytest
from pytestqt.qtbot import QtBot

from app.sop.calendar import WIB
from app.ui.kiosk import words
from app.ui.kiosk.head import Head
from app.ui.kiosk.measure import Measure
from app.ui.parts import paint


@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080), (1080, 1920)])
@pytest.mark.parametrize("day", [(2026, 5, 12), (2026, 11, 23), (2026, 9, 27)])
def test_every_date_is_whole(qtbot: QtBot, size: tuple[int, int], day: tuple[int, int, int]) -> None:
    measure, now = Measure(*size, 21.5), datetime(*day, 8, 0, tzinfo=WIB)
    head = Head(measure, None)  # type: ignore[arg-type]  # alone, without the glass around it
    qtbot.addWidget(head)
    head.show_time(now)
    assert paint.text_width(words.date_words(now), measure.font(17)) <= head.clock_width()
    assert head.clock_width() < measure.px(260), "the office's name needs its room"
