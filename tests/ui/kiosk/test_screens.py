"""Two screens at one PC: the kiosk covers the one it was told, and the main one where that is not there."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.ui.kiosk.measure import GAP_MM, TARGET_MM, Measure, columns, home_places

ROOT = Path(__file__).resolve().parents[3]
DESK = {"name": "1 meja", "x": 0, "y": 0, "width": 1366, "height": 768, "logicalDpi": 96, "dpr": 1}
HALL = {"name": "2 lobi", "x": 1366, "y": 0, "width": 1080, "height": 1920, "logicalDpi": 96, "dpr": 1}


@pytest.mark.parametrize(
    ("number", "place"),
    [(0, "0 0 1366 768 0"), (1, "0 0 1366 768 0"), (2, "1366 0 1080 1920 1"), (3, "0 0 1366 768 0")],
)
def test_it_covers_the_screen_it_was_told(tmp_path: Path, number: int, place: str) -> None:
    screens = tmp_path / "screens.json"
    screens.write_text(json.dumps({"screens": [DESK, HALL]}), encoding="utf-8")
    picture = tmp_path / "kios.png"
    done = subprocess.run(
        [sys.executable, "-m", "tests.ui.kiosk.second", str(number), str(picture)],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": f"offscreen:configfile={screens}"},
        capture_output=True,
        text=True,
        timeout=50,
        check=True,
    )
    assert done.stdout.strip() == place
    assert picture.stat().st_size > 1000


SIZES = ((1920, 1080), (1366, 768), (1080, 1920), (768, 1366), (3840, 2160), (1280, 1024))


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("inches", [15.6, 21.5, 32, 55])
@pytest.mark.parametrize("count", range(1, 7))
def test_what_is_touched_keeps_its_millimetres(size: tuple[int, int], inches: float, count: int) -> None:
    m = Measure(*size, inches)
    places = home_places(m, count)
    touched = [*places.tiles, places.band, places.call]
    for one in touched:
        assert m.mm(one.height()) >= TARGET_MM - 0.1
        assert m.mm(one.width()) >= TARGET_MM - 0.1
        assert one.left() >= 0
        assert one.right() <= size[0] + 0.5
        assert one.bottom() <= size[1]
    for i, one in enumerate(touched):
        for other in touched[i + 1 :]:
            apart = GAP_MM * m.per_mm - 0.6
            assert not one.adjusted(-apart, -apart, apart, apart).intersects(other)
    assert places.title.bottom() <= places.tiles[0].top() + 0.5


def test_upright_screens_have_one_column() -> None:
    assert [columns(Measure(1080, 1920), n) for n in (1, 4, 6)] == [1, 1, 1]
    assert [columns(Measure(1920, 1080), n) for n in (1, 2, 4, 5, 6)] == [1, 2, 2, 3, 3]
