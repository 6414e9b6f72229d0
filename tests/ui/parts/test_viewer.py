"""The page viewer: what is shown, what counts as seen, and what is said of a broken file."""

import io

import pytest
from PIL import Image
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QScrollArea
from pytestqt.qtbot import QtBot
from reportlab.pdfgen.canvas import Canvas

from app.ui.parts.viewer import Viewer
from app.ui.seen import Seen
from app.ui.tasks import Tasks

WHOLE = (0.0, 0.0, 1.0, 1.0)


def pdf(pages: int, password: str = "") -> bytes:
    made = io.BytesIO()
    canvas = Canvas(made, pagesize=(400, 600), encrypt=password or None)
    for page in range(pages):
        canvas.setFillColorRGB(page % 2, 0, 1)
        canvas.rect(0, 0, 400, 600, stroke=0, fill=1)
        canvas.showPage()
    canvas.save()
    return made.getvalue()


def picture(kind: str) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (300, 200), (200, 30, 30)).save(made, kind)
    return made.getvalue()


@pytest.fixture
def viewer(tasks: Tasks, qtbot: QtBot) -> Viewer:
    made = Viewer(tasks, seen_after_ms=150)
    qtbot.addWidget(made)
    made.resize(500, 800)
    made.show()
    return made


def colour(viewer: Viewer) -> QColor:
    image = viewer.leaf.grab().toImage()
    return image.pixelColor(image.width() // 2, image.height() // 2)


def open_pdf(viewer: Viewer, qtbot: QtBot, pages: int, **more: tuple[int, ...]) -> None:
    viewer.show_document("putusan", pdf(pages), "application/pdf", **more)
    qtbot.waitUntil(viewer.leaf.has_image)


def test_a_pdf_is_drawn_page_by_page(viewer: Viewer, qtbot: QtBot) -> None:
    open_pdf(viewer, qtbot, 3)
    assert (viewer.page(), viewer.pages()) == (1, 3)
    assert colour(viewer) == QColor(0, 0, 255)
    with qtbot.waitSignal(viewer.page_changed) as changed:
        qtbot.keyClick(viewer, Qt.Key.Key_PageDown)
    assert changed.args == [2, 3]
    qtbot.waitUntil(viewer.leaf.has_image)
    assert colour(viewer) == QColor(255, 0, 255)
    assert viewer.bar.where() == "2 / 3"


@pytest.mark.parametrize(("kind", "mime"), [("PNG", "image/png"), ("JPEG", "image/jpeg")])
def test_a_picture_is_one_page(viewer: Viewer, qtbot: QtBot, kind: str, mime: str) -> None:
    viewer.show_document("ktp", picture(kind), mime)
    qtbot.waitUntil(viewer.leaf.has_image)
    assert viewer.pages() == 1
    assert colour(viewer).red() > 180
    assert colour(viewer).green() < 60


def test_a_page_in_sight_for_a_while_is_seen_and_told_once(viewer: Viewer, qtbot: QtBot) -> None:
    told: list[tuple[str, int]] = []
    viewer.page_seen.connect(lambda key, page: told.append((key, page)))
    open_pdf(viewer, qtbot, 2)
    viewer.fit_page()
    qtbot.waitUntil(lambda: bool(told))
    qtbot.wait(300)
    assert told == [("putusan", 1)]
    viewer.go(2)
    qtbot.waitUntil(lambda: viewer.seen() == {1, 2})


def test_a_page_that_only_flew_by_is_not_seen(viewer: Viewer, qtbot: QtBot) -> None:
    open_pdf(viewer, qtbot, 3)
    viewer.fit_page()
    viewer.go(2)
    viewer.go(3)
    qtbot.waitUntil(lambda: 3 in viewer.seen())
    assert 2 not in viewer.seen()


def test_the_lower_part_must_be_read_too(viewer: Viewer, qtbot: QtBot) -> None:
    viewer.resize(500, 360)
    open_pdf(viewer, qtbot, 1)
    qtbot.wait(500)
    assert viewer.seen() == frozenset()
    for _ in range(12):
        qtbot.keyClick(viewer, Qt.Key.Key_Down)
        qtbot.wait(60)
    qtbot.waitUntil(lambda: viewer.seen() == {1})


def test_a_hidden_viewer_sees_nothing(viewer: Viewer, qtbot: QtBot) -> None:
    open_pdf(viewer, qtbot, 1)
    viewer.hide()
    qtbot.wait(400)
    assert viewer.seen() == frozenset()


def test_n_leads_down_the_page_and_then_to_the_next_one_not_seen(viewer: Viewer, qtbot: QtBot) -> None:
    open_pdf(viewer, qtbot, 4, seen=(2, 4))
    area = viewer.findChild(QScrollArea)
    assert area is not None
    bar = area.verticalScrollBar()
    assert bar.maximum() > 0
    while bar.value() < bar.maximum():
        before = bar.value()
        qtbot.keyClick(viewer, Qt.Key.Key_N)
        assert (viewer.page(), bar.value() > before) == (1, True)
    qtbot.keyClick(viewer, Qt.Key.Key_N)
    assert viewer.page() == 3
    viewer.show_document("kk", pdf(2), "application/pdf", seen=(1, 2))
    qtbot.waitUntil(viewer.leaf.has_image)
    assert not viewer.next_unseen()


@pytest.mark.parametrize(
    ("data", "mime"),
    [
        (b"%PDF-1.7 rusak", "application/pdf"),
        (b"", "application/pdf"),
        (b"bukan gambar", "image/png"),
        (b"MZ", "application/octet-stream"),
    ],
)
def test_a_broken_file_is_told_kindly(viewer: Viewer, qtbot: QtBot, data: bytes, mime: str) -> None:
    with qtbot.waitSignal(viewer.unreadable) as told:
        viewer.show_document("rusak", data, mime)
    assert "salinan baru" in told.args[0]
    assert viewer.notice.isVisible()
    assert viewer.pages() == 0


def test_a_locked_pdf_is_told_kindly(viewer: Viewer, qtbot: QtBot) -> None:
    with qtbot.waitSignal(viewer.unreadable):
        viewer.show_document("sandi", pdf(1, password="rahasia"), "application/pdf")


def test_a_late_answer_does_not_replace_a_newer_document(viewer: Viewer, qtbot: QtBot) -> None:
    viewer.show_document("lama", pdf(5), "application/pdf")
    viewer.show_document("baru", pdf(2), "application/pdf")
    qtbot.waitUntil(viewer.leaf.has_image)
    assert (viewer.key(), viewer.pages()) == ("baru", 2)


def test_a_turned_page_is_wider_than_high(viewer: Viewer, qtbot: QtBot) -> None:
    open_pdf(viewer, qtbot, 1)
    qtbot.keyClick(viewer, Qt.Key.Key_R)
    qtbot.waitUntil(viewer.leaf.has_image)
    assert viewer.leaf.width() > viewer.leaf.height()


def test_a_marker_lies_where_the_entry_was_read(viewer: Viewer, qtbot: QtBot) -> None:
    viewer.show_document("ktp", picture("PNG"), "image/png")
    qtbot.waitUntil(viewer.leaf.has_image)
    before = colour(viewer)
    viewer.set_mark(1, QRectF(0.4, 0.4, 0.2, 0.2))
    qtbot.waitUntil(lambda: colour(viewer) != before)


def test_keys_make_it_larger_and_smaller(viewer: Viewer, qtbot: QtBot) -> None:
    open_pdf(viewer, qtbot, 1)
    width = viewer.leaf.width()
    qtbot.keyClick(viewer, Qt.Key.Key_Plus)
    larger = viewer.leaf.width()
    qtbot.keyClick(viewer, Qt.Key.Key_Minus)
    assert larger > viewer.leaf.width() == width


class TestSeen:
    def test_counts_part_by_part(self) -> None:
        seen = Seen(1000)
        assert not seen.look(1, (0, 0, 1, 0.5), 1000)
        assert seen.look(1, (0, 0.5, 1, 1), 1000)
        assert not seen.look(1, WHOLE, 1000)
        assert seen.pages() == {1}

    def test_four_fifths_are_enough_and_less_is_not(self) -> None:
        assert not Seen(1000).look(1, (0, 0, 1, 0.79), 5000)
        assert Seen(1000).look(1, (0, 0, 1, 0.8), 1000)

    def test_a_short_look_is_none(self) -> None:
        seen = Seen(1000)
        assert not seen.look(1, WHOLE, 900)
        assert seen.look(1, WHOLE, 100)
