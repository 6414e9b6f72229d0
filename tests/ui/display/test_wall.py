"""The picture: drawn in every state on every screen, legible from the last row, blinking no more than three times."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRectF
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.ui.display import strokes, wall, zones
from app.ui.display.plan import legible, plan, wants_far
from app.ui.display.scene import Facts, Row, Scene, compose
from app.ui.display.wall import Wall
from app.ui.theme import TV
from tests.ui.display.lobby import CALLS, FULL, NOW, scenes

ROOT = Path(__file__).resolve().parents[3]
SIZES = [(1920, 1080), (1366, 768), (1280, 1024), (1024, 768), (2560, 1080), (3840, 2160), (1280, 720)]
SCENES = scenes()


def drawn(qtbot: QtBot, scene: Scene, width: int = 1920, height: int = 1080) -> QImage:
    shown = Wall()
    qtbot.addWidget(shown)
    shown.resize(width, height)
    shown.show_scene(scene)
    shown._rest()
    return shown.grab().toImage()


def colour(image: QImage, rect: QRectF, unit: float, x: float, y: float) -> str:
    """The colour at a fraction of a rectangle of the plan."""
    at = QPoint(int((rect.left() + rect.width() * x) * unit), int((rect.top() + rect.height() * y) * unit))
    return QColor(image.pixelColor(at)).name().upper()


@pytest.mark.parametrize("size", SIZES, ids=lambda s: f"{s[0]}x{s[1]}")
def test_every_state_is_drawn_on_every_screen(qtbot: QtBot, size: tuple[int, int]) -> None:
    for name, scene in SCENES.items():
        image = drawn(qtbot, scene, *size)
        assert (image.width(), image.height()) == size
        here = plan(*size, far=scene.far)
        wanted = {"CALLING": TV.yellow, "AWAY": TV.ground}.get(scene.mood, TV.panel2)
        assert colour(image, here.main, here.unit, 0.5, 0.02 if scene.mood != "AWAY" else 0.5) == wanted, name
        # The edges of the screen stay free: a TV may cut off two per cent.
        for x in (0.005, 0.995):
            column = [image.pixelColor(int(size[0] * x), y).lightness() for y in range(0, size[1], 3)]
            assert max(column) < 50, name


@pytest.mark.parametrize("size", SIZES, ids=lambda s: f"{s[0]}x{s[1]}")
@pytest.mark.parametrize("far", [False, True])
def test_the_plan_fills_the_screen_without_overlap(size: tuple[int, int], far: bool) -> None:
    here = plan(*size, far=far)
    parts = [here.main, *here.others, here.listed, here.strip, here.foot]
    whole = QRectF(0, 0, here.size.width(), here.size.height())
    for i, one in enumerate(parts):
        assert whole.contains(one.adjusted(0.01, 0.01, -0.01, -0.01))
        for other in parts[i + 1 :]:
            assert not one.adjusted(1, 1, -1, -1).intersects(other)
    assert here.row(here.rows - 1).bottom() <= here.listed.bottom()


@pytest.mark.parametrize("far", [False, True])
@pytest.mark.parametrize("label", ["A-017", "W-888", "A-1017"])
@pytest.mark.parametrize("place", ["3", "12", "3B"])
def test_long_numbers_fit_by_becoming_smaller(qtbot: QtBot, label: str, place: str, far: bool) -> None:
    here, row = plan(1920, 1080, far=far), Row(label, "Loket", place)
    for rect, how in ((here.main, zones.MAIN), (here.others[0], zones.OTHER)):
        size = how.size
        while zones._needed(row, size, how, rect.width()) > rect.width():
            size *= 0.98
        assert size > how.size * 0.6
    room = here.row(0).width()
    assert zones._row_width(row, here.row_size * 0.75, 0) <= room


def test_the_usual_number_is_as_large_as_in_the_drawing(qtbot: QtBot) -> None:
    here = plan(1920, 1080, far=False)
    assert here.unit == 1
    assert zones._needed(Row("A-017", "Loket", "3"), 286, zones.MAIN, here.main.width()) <= here.main.width()
    assert here.main == QRectF(48, 132, 1290, 474)
    assert here.listed == QRectF(1362, 132, 510, 708)


def test_half_the_size_is_half_of_everything() -> None:
    assert plan(960, 540, far=False) == replace(plan(1920, 1080, far=False), unit=0.5)


def test_how_far_one_can_read_follows_the_diagonal() -> None:
    usual = legible(1920, 1080, 55, far=False)
    assert usual.called == pytest.approx(13.2, abs=0.1)
    assert usual.listed == pytest.approx(7.4, abs=0.1)
    assert legible(1366, 768, 55, far=False).listed == pytest.approx(usual.listed, rel=0.01)
    assert legible(1920, 1080, 55, far=True).listed == pytest.approx(10.7, abs=0.1)
    assert not wants_far(1920, 1080, 55, 7)
    assert wants_far(1920, 1080, 43, 7)
    assert wants_far(1920, 1080, 55, 9)


def test_words_become_smaller_and_are_cut_only_at_last(qtbot: QtBot) -> None:
    assert strokes.fit("pendek", 30, 400, 500) == 1
    assert 0.4 < strokes.fit("kata " * 20, 30, 400, 700) < 1


# --- a new call ------------------------------------------------------------------------------------------------------


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wall, "HALF_MS", 20)


class Blinks:
    """Counts how often the edge was lit."""

    def __init__(self, shown: Wall) -> None:
        self.shown, self.count, self.was = shown, int(shown.lit), shown.lit
        shown._timer.timeout.connect(self.look)

    def look(self) -> None:
        self.count += self.shown.lit and not self.was
        self.was = self.shown.lit


def test_a_new_call_blinks_three_times_and_then_rests(quick: None, qtbot: QtBot) -> None:
    shown = Wall()
    qtbot.addWidget(shown)
    shown.show_scene(SCENES["terakhir"])
    assert not shown._timer.isActive()
    shown.show_scene(SCENES["panggil"])
    assert shown.lit
    blinks = Blinks(shown)
    qtbot.waitUntil(lambda: not shown._timer.isActive() and not shown.lit)
    assert blinks.count == 3


def test_the_same_call_does_not_blink_again(quick: None, qtbot: QtBot) -> None:
    shown = Wall()
    qtbot.addWidget(shown)
    shown.show_scene(SCENES["panggil"])
    qtbot.waitUntil(lambda: not shown._timer.isActive())
    shown.show_scene(replace(SCENES["panggil"], clock="10.37"))
    assert not shown._timer.isActive()


def test_many_calls_never_make_it_faster_than_once_a_second(qtbot: QtBot) -> None:
    assert wall.HALF_MS * 2 >= 1000
    assert wall.BLINKS <= 3
    shown = Wall()
    qtbot.addWidget(shown)
    shown._timer.setInterval(40)
    shown.show_scene(SCENES["panggil"])
    blinks = Blinks(shown)
    for i in range(10):
        newer = replace(FULL, calls=(replace(CALLS[0], id=200 + i, ticket_id=200 + i), *CALLS))
        shown.show_scene(compose(newer, NOW, Facts()))
        QTest.qWait(20)
    qtbot.waitUntil(lambda: not shown._timer.isActive())
    assert blinks.count <= 3 + 10 * 20 / 80 + 1
    assert not shown.lit


def test_a_call_that_ends_leaves_no_lit_edge(quick: None, qtbot: QtBot) -> None:
    shown = Wall()
    qtbot.addWidget(shown)
    shown.show_scene(SCENES["panggil"])
    shown.show_scene(SCENES["kosong"])
    assert not shown.lit


def test_a_lit_edge_is_white_and_inside_the_panel(qtbot: QtBot) -> None:
    shown = Wall()
    qtbot.addWidget(shown)
    shown.resize(1920, 1080)
    shown.show_scene(SCENES["panggil"])
    image = shown.grab().toImage()
    assert image.pixelColor(700, 132 + 8).name().upper() == TV.white


def test_what_stands_there_can_be_read_aloud(qtbot: QtBot) -> None:
    shown = Wall()
    qtbot.addWidget(shown)
    shown.show_scene(SCENES["panggil"])
    assert shown.accessibleDescription() == "Silakan menuju loket: A-017, Loket 3"
    shown.show_scene(SCENES["tutup"])
    assert shown.accessibleDescription().startswith("Loket tutup Buka kembali Rabu")


# --- screens ---------------------------------------------------------------------------------------------------------

TWO = {
    "screens": [
        {"name": "meja", "x": 0, "y": 0, "width": 1366, "height": 768},
        {"name": "tv", "x": 1366, "y": 0, "width": 1920, "height": 1080},
    ]
}
SHOW = """
import json, sys
from app.ui.application import make_application
app = make_application([])
from PySide6.QtCore import QTimer
from app.ui.display.glass import Glass
from app.ui.display.wall import Wall
from tests.ui.display.lobby import scenes
wall = Wall()
glass = Glass(wall, int(sys.argv[1]))
glass.show()
wall.show_scene(scenes()["panggil"])
def done():
    g = wall.geometry()
    print(json.dumps([g.x(), g.y(), g.width(), g.height(), wall.screen().name(), glass.number(), wall.isFullScreen(),
                      wall.cursor().shape().name]))
    wall.grab().save(sys.argv[2])
    app.quit()
QTimer.singleShot(200, done)
app.exec()
"""


@pytest.mark.parametrize(
    ("asked", "name", "place"),
    [(0, "tv", [1366, 0, 1920, 1080]), (1, "meja", [0, 0, 1366, 768]), (7, "tv", [1366, 0, 1920, 1080])],
)
def test_it_fills_the_chosen_screen_and_the_last_one_by_itself(
    tmp_path: Path, asked: int, name: str, place: list[int]
) -> None:
    for screen in TWO["screens"]:
        screen |= {"logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}
    file = tmp_path / "layar.json"
    file.write_text(json.dumps(TWO), encoding="utf-8")
    picture = tmp_path / "tv.png"
    said = subprocess.run(
        [sys.executable, "-c", SHOW, str(asked), str(picture)], cwd=ROOT, capture_output=True, text=True, check=True,
        env={**os.environ, "QT_QPA_PLATFORM": f"offscreen:configfile={file}"}, timeout=50,
    ).stdout  # fmt: skip
    *where, screen_name, number, full, cursor = json.loads(said)
    assert where == place
    assert (screen_name, number, full, cursor) == (name, 1 if asked == 1 else 2, True, "BlankCursor")
    assert (QImage(str(picture)).width(), QImage(str(picture)).height()) == tuple(place[2:])
