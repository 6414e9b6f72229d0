"""Lists of web bookings come in by the window: seen line by line first, stored once, and nobody's name is read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.services import bookings, queue_settings
from app.services.booking_list import Columns
from app.services.keys import new_key
from app.sop.model import Role
from app.ui.booking_import import PAUSE_MS, BookingImport
from app.ui.desk import Desk
from app.ui.dialogs.booking_columns import NEW
from app.ui.dialogs.booking_import import BookingDialog
from app.ui.dialogs.booking_lines import GONE, KNOWN, WRONG
from app.ui.dialogs.booking_lines import NEW as FRESH
from app.ui.kantor_queue import WEB
from app.ui.pages.kantor import QUEUE, KantorPage
from app.ui.pages.loket import LoketPage
from app.ui.parts.text import Elide, Txt
from tests.support.office import Clock, sit_down
from tests.support.pages import CTRL, SHIFT, Seat, seated

Make = Callable[[str | Role], Desk]
NINE = datetime(2026, 5, 12, 2, 0, tzinfo=UTC)
HEAD = "No;Kode Antrian;Nama Pemohon;NIK;Tanggal;Jam;Layanan;Status"
WHO = "BUDI SANTOSO;1471071403840003"


def line(code: str, day: str = "12/05/2026", hour: str = "09:00", what: str = "Akta Cerai", status: str = "ok") -> str:
    return f"1;{code};{WHO};{day};{hour};{what};{status}"


@pytest.fixture
def csv(tmp_path: Path) -> Callable[..., Path]:
    def make(*lines: str, head: str = HEAD, name: str = "antrean-mpp.csv") -> Path:
        path = tmp_path / name
        path.write_text("\r\n".join([head, *lines, ""]), encoding="utf-8-sig")
        return path

    return make


def described() -> Columns:
    """The administrator has described the city's list before."""
    sit_down(Role.ADMIN)
    how = Columns("mpp.pekanbaru.go.id", "Kode Antrian", "Tanggal", "Jam", "Layanan", {"akta cerai": "A"},
                  otherwise="", status="Status")  # fmt: skip
    bookings.save_source(how, new_key())
    return how


def at_office(qtbot: QtBot, desk: Make) -> tuple[Seat, KantorPage]:
    made = desk(Role.ADMIN)
    page = KantorPage(made, lambda _changes: None)
    seat = Seat(qtbot, made, page)
    seat.sit()
    page.open_tab(QUEUE)
    seat.wait()
    page.queue.open_kind(WEB)
    return seat, page


def opened(seat: Seat, imports: BookingImport) -> BookingDialog:
    seat.press(Qt.Key.Key_I, CTRL | SHIFT)
    assert imports.dialog is not None
    seat.bot.waitUntil(imports.dialog.isActiveWindow)
    return imports.dialog


def dropped(seat: Seat, dialog: BookingDialog, path: Path) -> None:
    """The file is dragged into the dialog."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    over = QDragEnterEvent(QPoint(50, 50), copy, mime, left, none)
    dialog.dragEnterEvent(over)
    assert over.isAccepted()
    dialog.dropEvent(QDropEvent(QPoint(50, 50), copy, mime, left, none))
    seat.wait()
    seat.wait()


def clicked(seat: Seat, button: QWidget) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    seat.wait()
    seat.wait()


def again(seat: Seat) -> None:
    """The list is read anew a moment after the last change."""
    QTest.qWait(PAUSE_MS + 30)
    seat.wait()


def kinds(dialog: BookingDialog) -> list[tuple[int, str]]:
    return [(x.line, x.kind) for x in dialog.lines.rows.rows()]


def texts(widget: QWidget) -> str:
    shown = [t.text() for t in widget.findChildren(Txt) if t.isVisibleTo(widget)]
    return " | ".join([*shown, *(t.text() for t in widget.findChildren(Elide) if t.isVisibleTo(widget))])


# --- the administrator -----------------------------------------------------------------------------------------------


def test_a_first_list_is_proposed_seen_stored_and_its_way_kept(
    qtbot: QtBot, desk: Make, clock: Clock, csv: Callable[..., Path]
) -> None:
    clock.at = NINE
    seat, page = at_office(qtbot, desk)
    dialog = opened(seat, page.queue.imports)
    rows = [line("mpp-1"), line("mpp-2", hour="pagi"), line("mpp-3", "13/05/2026", what="Paspor")]
    dropped(seat, dialog, csv(*rows))

    assert dialog.columns.how().reference == "Kode Antrian"
    offered = dialog.columns.columns["reference"].input
    assert [offered.itemText(i) for i in range(offered.count())] == [
        "No", "Kode Antrian", "Tanggal", "Jam", "Layanan", "Status",
    ], "columns with people are not even offered"  # fmt: skip
    assert "Nama Pemohon, NIK" in texts(dialog), "what is not read is said"
    assert "BUDI" not in texts(dialog)
    assert "1471071403840003" not in texts(dialog)

    dialog.columns._words["Akta Cerai"].set_value("A")
    dialog.columns._words["Paspor"].set_value("C")
    dialog.columns._words["Paspor"].changed.emit()
    again(seat)
    assert kinds(dialog) == [(2, FRESH), (3, WRONG), (4, FRESH)]
    assert dialog.lines.kind.words_of() == ["Semua 3", "Baru 2", "Sudah ada 0", "Ditarik 0", "Tidak masuk 1"]
    dialog.lines.rows.select((3, 1))
    assert "Baris 3. Jam “pagi” tidak terbaca. Tulis seperti 09:15." in texts(dialog)

    assert dialog.yes.text() == "Simpan 2 pesanan"
    clicked(seat, dialog.yes)
    assert dialog.report.title.text() == "2 pesanan disimpan"
    assert dialog.report.says.text() == "1 baris tidak masuk."
    clicked(seat, dialog.report.copy)
    assert QGuiApplication.clipboard().text() == "Baris 3: Jam “pagi” tidak terbaca. Tulis seperti 09:15."
    sit_down(Role.ADMIN)
    assert [r.reference for r in bookings.of_day()] == ["MPP-1"]
    (kept,) = bookings.sources()
    assert (kept.source, kept.services) == ("mpp.pekanbaru.go.id", {"akta cerai": "A", "paspor": "C"})
    clicked(seat, dialog.no)
    assert page.queue.days.today.number.text() == "1"
    assert page.queue.days.coming.number.text() == "1"


def test_the_same_list_again_changes_nothing_and_a_taken_back_number_goes(
    qtbot: QtBot, desk: Make, clock: Clock, csv: Callable[..., Path]
) -> None:
    clock.at = NINE
    described()
    seat, page = at_office(qtbot, desk)
    dialog = opened(seat, page.queue.imports)
    dropped(seat, dialog, csv(line("mpp-1"), line("mpp-2")))
    assert dialog.columns.keep.isHidden(), "nothing new to be kept"
    seat.bot.waitUntil(dialog.yes.isEnabled)
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert dialog.report.title.text() == "", "plain Enter stores nothing"
    QTest.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    seat.wait()
    assert dialog.report.title.text() == "2 pesanan disimpan"
    assert "Semua baris masuk" in dialog.report.says.text()

    clicked(seat, dialog.again)
    dropped(seat, dialog, csv(line("mpp-1"), line("mpp-2")))
    assert kinds(dialog) == [(2, KNOWN), (3, KNOWN)]
    assert (dialog.yes.text(), dialog.yes.isEnabled()) == ("Tidak ada yang baru", False)

    dropped(seat, dialog, csv(line("mpp-1", status="BATAL"), line("mpp-2"), line("mpp-3")))
    assert kinds(dialog) == [(2, GONE), (3, KNOWN), (4, FRESH)]
    assert dialog.yes.text() == "Simpan 1, tarik 1 pesanan"
    clicked(seat, dialog.yes)
    assert dialog.report.says.text() == (
        "1 dibatalkan di sumbernya dan ditarik kembali, 1 sudah tercatat sebelumnya, tidak berubah."
    )
    sit_down(Role.ADMIN)
    assert [r.state.value for r in bookings.of_day()] == ["batal", "dipesan", "dipesan"]


def test_another_source_is_named_and_its_columns_chosen_and_an_escape_loses_nothing(
    qtbot: QtBot, desk: Make, clock: Clock, csv: Callable[..., Path]
) -> None:
    clock.at = NINE
    described()
    seat, page = at_office(qtbot, desk)
    dialog = opened(seat, page.queue.imports)
    path = csv("7,12 Mei 2026 10:15,x", head="urut,kapan,catatan", name="lain.csv")
    dropped(seat, dialog, path)
    columns = dialog.columns
    assert not dialog.yes.isEnabled()
    assert columns.columns["reference"].message() == "Pilih kolom nomornya"
    columns.source.set_value(NEW)
    columns.source.changed.emit()
    columns.name.set_value("MPP.pekanbaru.go.id")
    columns.columns["reference"].set_value("urut")
    columns.columns["day"].set_value("kapan")
    columns.columns["day"].changed.emit()
    again(seat)
    assert columns.name.message() == "Sumber itu sudah ada; pilih di atas"
    columns.name.set_value("aplikasi desa")
    columns.name.changed.emit()
    again(seat)
    assert kinds(dialog) == [(2, FRESH)]

    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    dialog = opened(seat, page.queue.imports)
    dropped(seat, dialog, path)
    assert (dialog.columns.how().source, dialog.columns.how().day) == ("aplikasi desa", "kapan"), "what was typed stays"
    clicked(seat, dialog.yes)
    sit_down(Role.ADMIN)
    assert [c.source for c in bookings.sources()] == ["aplikasi desa", "mpp.pekanbaru.go.id"]
    (row,) = bookings.of_day()
    assert (row.source, row.reference, row.slot.hour, row.service) == ("aplikasi desa", "7", 3, "A")


@pytest.mark.parametrize(
    ("data", "said"),
    [(b"PK\x03\x04\0\0", "bukan teks CSV"), (b"", "bukan daftar CSV"), (None, "tidak dapat dibuka")],
)
def test_what_is_no_list_is_said_and_the_dialog_stays(
    qtbot: QtBot, desk: Make, tmp_path: Path, data: bytes | None, said: str
) -> None:
    seat, page = at_office(qtbot, desk)
    dialog = opened(seat, page.queue.imports)
    path = tmp_path / "daftar.csv"
    if data is not None:
        path.write_bytes(data)
    dropped(seat, dialog, path)
    assert said in dialog.trouble.text()
    assert dialog.choose.isVisible()


# --- the Front Office ------------------------------------------------------------------------------------------------


def test_the_front_office_brings_in_what_the_administrator_described(
    qtbot: QtBot, desk: Make, clock: Clock, csv: Callable[..., Path]
) -> None:
    clock.at = NINE
    how = described()
    seat, page = seated(qtbot, desk(Role.FO), LoketPage)
    clicked(seat, page.tools.web)
    assert page.tools.open is not None
    QTest.keyClick(page.tools.open, Qt.Key.Key_2)
    seat.wait()
    dialog = page.bookings.dialog
    assert dialog is not None
    dropped(seat, dialog, csv(line("mpp-1"), line("mpp-2", what="Paspor")))
    assert kinds(dialog) == [(2, FRESH), (3, WRONG)]
    assert not dialog.columns.keep.isVisible()
    sources = dialog.columns.source.input
    assert [sources.itemText(i) for i in range(sources.count())] == ["mpp.pekanbaru.go.id"], "he names no new source"

    dialog.columns._words["Paspor"].set_value("B")
    dialog.columns._words["Paspor"].changed.emit()
    again(seat)
    assert "kali ini saja" in texts(dialog)
    clicked(seat, dialog.yes)
    assert dialog.report.title.text() == "2 pesanan disimpan"
    sit_down(Role.FO)
    assert [r.service for r in bookings.of_day()] == ["A", "B"]
    assert bookings.sources()[0].services == how.services, "only the administrator's way is kept"


def booked(*lines: str) -> None:
    how = described()
    sit_down(Role.FO)
    data = "\n".join([HEAD, *lines]).encode()
    assert not bookings.store(bookings.preview(data, how)).mistakes


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Ketik atau pindai"),
        ("mpp-77", "MPP-77 tidak dikenal. Periksa ketikannya"),
        ("mpp-2", "Jamnya 11.00; melapor mulai 10.45 (1 jam 45 menit lagi)"),
        ("mpp-3", "untuk Kamis, 14 Mei 2026 pukul 09.00. Minta datang"),
        ("mpp-4", "sudah dipakai melapor hadir. Bila kertasnya hilang, cetak ulang"),
        ("mpp-5", "sudah dibatalkan. Beri nomor biasa."),
    ],
)
def test_who_cannot_check_in_is_told_at_the_field(
    qtbot: QtBot, desk: Make, clock: Clock, typed: str, said: str
) -> None:
    clock.at = NINE
    booked(line("mpp-1"), line("mpp-2", hour="11:00"), line("mpp-3", "14/05/2026"), line("mpp-4"), line("mpp-5"))
    bookings.check_in("mpp-4", new_key())
    bookings.cancel(next(r.id for r in bookings.of_day() if r.reference == "MPP-5"), "menelepon", new_key())
    seat, page = seated(qtbot, desk(Role.FO), LoketPage)
    seat.press(Qt.Key.Key_H, CTRL | SHIFT)
    dialog = page.new.dialog
    assert dialog is not None
    QTest.keyClicks(dialog.reference.input, typed)
    QTest.keyClick(dialog.reference.input, Qt.Key.Key_Return)
    seat.wait()
    assert said in dialog.reference.message()
    assert dialog.isVisible()
    assert dialog.reference.value() == typed.upper()


def test_a_late_owner_gets_his_number_at_the_counter(qtbot: QtBot, desk: Make, clock: Clock) -> None:
    clock.at = NINE
    booked(line("mpp-1", hour="08:00"))
    seat, page = seated(qtbot, desk(Role.FO), LoketPage)
    seat.press(Qt.Key.Key_N, CTRL | SHIFT)
    assert page.new.open is not None
    QTest.keyClick(page.new.open, Qt.Key.Key_9)
    seat.wait()
    dialog = page.new.dialog
    assert dialog is not None
    QTest.keyClicks(dialog.reference.input, "mpp-9")
    QTest.keyClick(dialog.reference.input, Qt.Key.Key_Return)
    seat.wait()
    dialog.priority.setChecked(True)
    dialog.take_scan("https://mpp.pekanbaru.go.id/cek?kode=mpp-1")
    seat.wait()
    assert page.queue.ticket.isVisible()
    assert "P-001" in texts(page.queue.ticket)
    assert [(r.label, r.state.value) for r in bookings.of_day()] == [("P-001", "hadir")]


def test_the_list_of_services_never_hides_the_way_in_for_bookings(qtbot: QtBot, desk: Make) -> None:
    sit_down(Role.ADMIN)
    for letter in "EFG":
        queue_settings.save_service(queue_settings.Service(letter, f"Layanan {letter}", position=9), new_key())
    seat, page = seated(qtbot, desk(Role.FO), LoketPage)
    seat.press(Qt.Key.Key_N, CTRL | SHIFT)
    assert page.new.open is not None
    assert page.new.open.lines[-1].answer.label == "Punya pesanan daring"
    assert len(page.new.open.lines) == 9
