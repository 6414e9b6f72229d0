"""The contrast table of the design, computed from the tokens; and that a theme reaches open windows."""

from collections.abc import Iterator
from dataclasses import asdict

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.ui import icons, theme
from app.ui.parts.buttons import Button
from app.ui.parts.inputs import Line
from app.ui.parts.text import Txt
from app.ui.theme import DARK, LIGHT, TV

TEXT = {
    "ink": "bg surface sunken subtle field",
    "ink2": "bg surface key_bg subtle",
    "ink3": "bg surface sunken primary_s",
    "on_primary": "primary primary_h primary_p",
    "primary_t": "surface primary_s primary_s2",
    "ok": "surface ok_s",
    "warn": "surface warn_s",
    "bad": "surface bad_s",
    "pause": "surface pause_s",
    "rail_t": "rail rail_a",
    "rail_on": "rail rail_a",
    "flame": "rail",
    "on_flame": "flame",
    "toast_ok": "rail",
}
SHAPES = {
    "line2": "surface bg field",
    **dict.fromkeys(("ok_l", "warn_l", "bad_l", "pause_l", "c_work", "c_taken", "c_untaken", "c_appl"), "surface"),
}
FAR = {
    "on_yellow": "yellow",
    "white": "panel panel2 ground strip",
    "yellow": "panel panel2",
    "text2": "panel ground strip",
}


def pairs(table: dict[str, str], need: float) -> Iterator[tuple[str, str, float]]:
    return ((ink, ground, need) for ink, grounds in table.items() for ground in grounds.split())


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground", "need"), [*pairs(TEXT, 4.5), *pairs(SHAPES, 3.0)])
def test_every_pair_in_use_can_be_read(tokens: theme.Tokens, ink: str, ground: str, need: float) -> None:
    assert theme.contrast(getattr(tokens, ink), getattr(tokens, ground)) >= need


@pytest.mark.parametrize(("ink", "ground", "need"), [*pairs(FAR, 7.0)])
def test_the_lobby_screen_can_be_read_from_the_last_row(ink: str, ground: str, need: float) -> None:
    assert theme.contrast(getattr(TV, ink), getattr(TV, ground)) >= need


def test_the_kiosk_tile_can_be_read() -> None:
    assert theme.contrast(LIGHT.ink, LIGHT.flame) >= 7
    assert theme.contrast(LIGHT.on_flame2, LIGHT.flame) >= 7


def test_contrast_is_that_of_wcag() -> None:
    assert theme.contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert theme.contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


def test_every_token_is_a_colour() -> None:
    for tokens in (LIGHT, DARK, TV):
        assert all(QColor(value).isValid() and len(value) == 7 for value in asdict(tokens).values())


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_no_token_is_left_unfilled_in_the_stylesheet(tokens: theme.Tokens, qapp: QApplication) -> None:
    assert "@" not in theme.stylesheet(tokens)


def test_a_new_theme_reaches_the_palette_and_what_is_open(qapp: QApplication, qtbot: QtBot) -> None:
    label = Txt("Berkas", tone="ink2")
    qtbot.addWidget(label)
    label.show()
    theme.apply(qapp, dark=True)
    assert qapp.palette().color(QPalette.ColorRole.Window) == QColor(DARK.bg)
    assert label.palette().color(QPalette.ColorRole.WindowText) == QColor(DARK.ink2)
    assert icons.pixmap("check", 16, "ink").toImage() != _light_check(qapp)


def _light_check(qapp: QApplication) -> object:
    theme.apply(qapp, dark=False)
    return icons.pixmap("check", 16, "ink").toImage()


def test_larger_text_makes_widgets_larger(qapp: QApplication, qtbot: QtBot) -> None:
    label, button, line = Txt("Berkas"), Button("Terima", key="F2"), Line()
    for widget in (label, button, line):
        qtbot.addWidget(widget)
        widget.show()
    before = label.font().pixelSize(), button.sizeHint(), line.height()
    theme.apply(qapp, scale=125)
    assert label.font().pixelSize() == round(before[0] * 1.25 + 0.01)
    assert button.sizeHint().width() > before[1].width()
    assert line.height() == round(before[2] * 1.25)


def test_a_text_size_nobody_offers_is_refused(qapp: QApplication) -> None:
    with pytest.raises(ValueError, match="140"):
        theme.apply(qapp, scale=140)


def test_zero_and_one_are_told_apart_in_data() -> None:
    plain, data = theme.font(15, 500), theme.font(15, 500, data=True)
    tag = next(tag for tag in data.featureTags() if tag.toString() == "zero")
    assert (plain.featureValue(tag), data.featureValue(tag)) == (0, 1)
