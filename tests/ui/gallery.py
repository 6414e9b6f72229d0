"""All parts in all states, light and dark, as pictures to be looked at: `python -m tests.ui.gallery FOLDER`."""

import os
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication, QCheckBox, QRadioButton, QWidget

from app.ui import cells, theme
from app.ui.application import make_application
from app.ui.desk import Desk, Page
from app.ui.parts.badges import Avatar, Badge, KeyCap, Lamp
from app.ui.parts.banner import Banner
from app.ui.parts.bars import Bar, StepLine
from app.ui.parts.buttons import FACES, Button, LockReason
from app.ui.parts.confirm import Confirm
from app.ui.parts.empty import Act, EmptyState
from app.ui.parts.fields import Choice, DateLine, ErrorSummary, Field, Line, NameLine, Note, NumberLine, Password
from app.ui.parts.layout import Card, Footer, box, column, line, row, scrolled
from app.ui.parts.masked import MaskedValue
from app.ui.parts.progress import LongWork
from app.ui.parts.segmented import Segmented
from app.ui.parts.stamp import Stamp
from app.ui.parts.tabs import Tab, Tabs
from app.ui.parts.text import Elide, Ico, Txt
from app.ui.rows import Column, Rows
from app.ui.shell import PageSpec, Shell
from app.ui.tasks import Tasks

TONES = ("ok", "warn", "bad", "pause", "info", "mute")
LOOKS = ((False, 100, (1366, 768)), (True, 100, (1366, 768)), (False, 125, (1366, 768)), (False, 100, (1280, 640)))
NOW = datetime(2026, 5, 12, 4, 31, 44, tzinfo=UTC)


@dataclass(frozen=True)
class Waiting:
    """One line of an invented work list."""

    number: str
    names: str
    step: str
    since: str
    channel: str
    used: float
    tone: str
    words: str


LIST = (
    Waiting(
        "P3-2605-0414-8",
        "Andi Siahaan & Grace Pohan",
        "4 Entri data",
        "dilayani A-024",
        "Di loket",
        0.2,
        "ok",
        "5 m  Tepat",
    ),
    Waiting(
        "P3-2605-0383-2",
        "Oktavianus Zai & Fitri Lase",
        "11 Kirim",
        "surel ditolak 09.31",
        "Daring",
        1.3,
        "bad",
        "1 j 18 m  Lewat",
    ),
    Waiting(
        "P3-2605-0410-3",
        "Willy Tanujaya & Merry Gunawan",
        "3 Verifikasi",
        "masuk 09.50",
        "Daring",
        0.87,
        "warn",
        "52 m  Dekat batas",
    ),
    Waiting(
        "P3-2605-0407-7",
        "Eko Panjaitan & Rosmala Sihotang",
        "8 Perbaikan",
        "kembali 11.12",
        "Di loket",
        0.82,
        "warn",
        "49 m  Dekat batas",
    ),
    Waiting(
        "P3-2605-0371-6",
        "Hotlan Manik & Vera Nababan",
        "Menunggu pemohon",
        "KTP-el suami buram",
        "Daring",
        0.4,
        "pause",
        "24 m  Dijeda",
    ),
)


def table() -> Rows[Waiting]:
    columns = [
        Column[Waiting]("Berkas", lambda w: cells.two(w.names, w.number), sort=lambda w: w.names),
        Column[Waiting]("Langkah", lambda w: cells.two(w.step, w.since, bold=False), 186),
        Column[Waiting]("Kanal", lambda w: cells.muted(w.channel), 84),
        Column[Waiting]("Waktu, target 1 j", lambda w: cells.bar(w.used, w.tone, w.words), 156, sort=lambda w: w.used),
    ]
    rows: Rows[Waiting] = Rows(columns, lambda w: w.number, name="Berkas saya")
    rows.set_rows(LIST)
    rows.select("P3-2605-0407-7")
    return rows


class ListPage(Page):
    """The work list as it was drawn."""

    title, subtitle = "Berkas saya", "2 mendekati batas, 1 lewat"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        tabs = Tabs(
            [Tab("Semua", 7), Tab("Dikerjakan", 4), Tab("Menunggu pemohon", 2, "pause"), Tab("Siap kirim", 1, "bad")]
        )
        receive = Button("Terima semua", "check", "secondary", "Ctrl T", height=34, small=True)
        notice = Banner("2 berkas diserahkan kepada Anda dan belum diterima", "info", "hand-arrow-down", action=receive)
        left = Card(column(box(column(tabs, margins=(16, 4, 16, 0))), (table(), 1), 8, gap=0))
        main = column(notice, (left, 1), gap=12)
        self.setLayout(row((main, 1), self._peek(), gap=14, margins=(16, 12, 16, 14)))

    def _peek(self) -> QWidget:
        fix = Button("Perbaiki isian", "pencil-simple-line", "primary", "Ctrl Enter", height=44, wide=True)
        other = row(
            Button("Buka berkas", "folder-open", key="Enter", small=True, wide=True),
            Button("Konsultasi", "chats-circle", small=True, wide=True),
        )
        peek = Card(
            column(
                row(Txt("P3-2605-0407-7", "h2", data=True), "s", Badge("Dekat batas", "warn")),
                Elide("Eko Panjaitan & Rosmala Sihotang", "body", "ink2"),
                6,
                Banner("Dikembalikan Kasi: 2 isian salah", "bad", "arrow-u-up-left"),
                row(Txt("Nama istri", "smallm", "ink2"), "s", Txt("kurang huruf L", "small")),
                line(),
                row(Txt("Tanggal BHT", "smallm", "ink2"), "s", Txt("lihat putusan halaman 15", "small")),
                4,
                fix,
                other,
                6,
                line(),
                Txt("Perjalanan", "h3"),
                Stamp("Rina O.", "11.15"),
                Stamp(),
                "s",
                gap=8,
                margins=(18, 14, 18, 16),
            )
        )
        area = scrolled(peek)
        area.setFixedWidth(theme.px(352))
        return area

    def footer(self) -> QWidget:
        return Footer(
            [
                LockReason(
                    "Paraf terkunci",
                    "2 halaman belum dilihat, 1 isian salah",
                    Button("Halaman berikut", "caret-right", key="N"),
                )
            ],
            [Button("Kembalikan ke Editor", "arrow-u-up-left", "danger", "Ctrl B", height=40), locked()],
        )


def locked() -> Button:
    button = Button("Paraf & teruskan ke Kabid", "seal-check", "primary", "Ctrl Shift Enter", height=40)
    button.setEnabled(False)
    return button


def _buttons() -> Card:
    faces = [Button(kind, "check", kind, "F9") for kind in FACES]
    dead = [Button("mati", "check", kind, "F9") for kind in ("primary", "secondary", "quiet", "danger")]
    for button in dead:
        button.setEnabled(False)
    marks = [Badge(tone, tone) for tone in TONES]
    lamps = [Lamp(tone, tone) for tone in TONES]
    first, second = row(*faces[:4], "s"), row(*faces[4:], "s")
    return Card(
        column(
            first,
            second,
            row(*dead, "s"),
            row(*marks, "s"),
            row(*lamps, "s"),
            row(
                KeyCap("Ctrl K"),
                KeyCap("F2"),
                Avatar("RO"),
                Ico("gavel"),
                Button("", "eye"),
                MaskedValue("1471071403840003"),
                "s",
            ),
            row(Segmented(["Semua", "Berubah 3", "Belum 7"]), "s"),
            Bar(0.4, "info"),
            Bar(0.7, "ok", tick=0.9),
            row(StepLine(8, "Verifikasi Kasi", skipped=(3,)), "s"),
            row(StepLine(4, "Verifikasi & entri", skipped=(3,)), "s"),
            row(Stamp("Z. Hasan", "12 Mei 08.12"), Stamp(), "s"),
            "s",
            gap=10,
            margins=(16, 14, 16, 14),
        )
    )


def _fields() -> Card:
    nik, short, day, wrong = NumberLine(), NumberLine(), DateLine(), DateLine()
    nik.set_value("1471071403840003")
    short.set_value("147103111280012")
    day.set_value("12-05-2026")
    wrong.set_value("31-02-2026")
    name = NameLine()
    name.set_value("DEBORA MELINDA HUTAPEA")
    court = Choice([(1, "PN PEKANBARU"), (2, "PENGADILAN AGAMA PEKANBARU KELAS SATU A DENGAN NAMA PANJANG")])
    court.set_value(2)
    secret = Password()
    secret.set_value("rahasia")
    fields = [Field("NIK", nik), Field("NIK saksi kedua", short), Field("Tanggal", day), Field("Tanggal BHT", wrong)]
    fields += [
        Field("Nama lengkap", name),
        Field("Pengadilan", court),
        Field("Kata sandi", secret),
        Field("Catatan", Note()),
    ]
    for field in fields[:4]:
        field.judge()
    fields[0].set_state("ok")
    fields[4].set_state("warn", "Beda dengan NIK", [Button("Pakai", kind="link", small=True, height=28)])
    left = Field("Surel", Line("nama@contoh.id"), left=True, hint="Dibacakan ulang kepada pemohon")
    summary = ErrorSummary()
    summary.set_errors(
        "Draf belum bisa dicetak: 2 isian perlu diperbaiki",
        [("NIK saksi kedua hanya 15 angka", "Saksi", fields[1]), ("Tanggal BHT tidak ada", "Putusan", fields[3])],
    )
    ticks = QCheckBox("Alamat surel sudah dibacakan ulang"), QRadioButton("Pengadilan Negeri")
    ticks[0].setChecked(True)
    ticks[1].setChecked(True)
    pairs = [row(*[(f, 1) for f in fields[i : i + 2]], gap=12) for i in range(0, 8, 2)]
    return Card(column(summary, *pairs, left, row(*ticks, "s"), "s", gap=10, margins=(16, 14, 16, 14)))


def _states() -> Card:
    work = LongWork("Menandatangani 39 dokumen")
    work.report(3, 39, "Kutipan akta I, P3-2605-0390-3")
    work.result("P3-2605-0379-8", ok=True, reason="")
    work.result("P3-2605-0390-3", ok=False, reason="Frasa sandi tidak cocok, belum ada yang ditandatangani")
    nothing = EmptyState(
        "tray",
        "Belum ada berkas di loket ini",
        "Tekan F4 setelah pemohon duduk.",
        [Act("barcode", "Pindai resi atau kartu kendali", "Berkas langsung terbuka", "Ctrl K", lambda: None)],
    )
    notices = [Banner(f"Banner {tone}: yang masih bisa dikerjakan tetap disebut", tone, "warning") for tone in TONES]
    return Card(column(*notices, (work, 1), (nothing, 1), gap=8, margins=(16, 14, 16, 14)))


class PartsPage(Page):
    """Every part."""

    title, subtitle = "Galeri", "semua bagian"

    def cards(self) -> list[Card]:
        return [_buttons(), _fields()]

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.setLayout(
            row(
                *[(scrolled(column(c)), 1) for c in self.cards()],
                gap=12,
                margins=(16, 12, 16, 12),
            )
        )


class StatesPage(PartsPage):
    """Notices, long work, emptiness."""

    def cards(self) -> list[Card]:
        return [_states(), _states()]


def make_desk(tasks: Tasks) -> Desk:
    """An invented officer of the front office, with no server behind him."""
    who: Any = SimpleNamespace(
        name="Rina Oktaviani", role=SimpleNamespace(name="FO"), position="Front Office", place="Loket 3"
    )
    nobody: Any = None
    return Desk(nobody, who, tasks, nobody, nobody, Path(), lambda: NOW)


def make_shell() -> Shell:
    """A shell with its pages."""
    desk = make_desk(Tasks())
    specs = [
        PageSpec("loket", "Loket", "headset", PartsPage),
        PageSpec("worklist", "Berkas", "tray", ListPage),
        PageSpec("terkirim", "Terkirim", "paper-plane-tilt", StatesPage),
        PageSpec("laporan", "Laporan", "chart-bar", PartsPage),
        PageSpec("bantuan", "Bantuan", "question", PartsPage),
        PageSpec("berkas", "Berkas", "tray", ListPage, in_rail=False),
    ]
    shell = Shell(desk, {spec.key: spec for spec in specs})
    shell.rail.set_count("worklist", 5)
    shell.set_lamp("tv", "TV lobi terputus", "bad")
    shell.set_lamp("printer", "Printer tiket: kertas tipis", "warn")
    shell.set_lamp("siak", "SIAK gangguan", "pause")
    return shell


def _shoot(folder: Path, suffix: str, size: tuple[int, int]) -> None:
    shell = make_shell()
    shell.resize(*size)
    shell.show()
    shell.set_banner(
        "siak", "SIAK gangguan sejak 11.20. Jam semua berkas dijeda; entri tetap bisa disimpan.", "pause", "plugs"
    )
    for key in ("worklist", "loket", "terkirim"):
        shell.navigate(key)
        shell.drop_banner("siak") if key == "loket" else None
        shell.say("A-011 ditahan: fotokopi KK", lambda: None)
        QApplication.processEvents()
        shell.grab().save(str(folder / f"gallery-{key}{suffix}.png"))
    ask = Confirm(
        shell,
        "Kembalikan ke Editor",
        "Berkas kembali ke meja Editor dengan alasan Anda.",
        "Kembalikan",
        reason_label="Alasan",
        choices=["Nama", "Tanggal"],
    )
    ask.show()
    shell.show_keys()
    QApplication.processEvents()
    ask.grab().save(str(folder / f"gallery-confirm{suffix}.png"))
    shell.sheet.grab().save(str(folder / f"gallery-keys{suffix}.png"))
    ask.close()
    shell.desk.tasks.close()
    shell.close()


def main(folder: Path) -> None:
    """Draw light, dark, and large type."""
    app = make_application([])
    for dark, scale, size in (
        (False, 100, (1366, 768)),
        (True, 100, (1366, 768)),
        (False, 125, (1366, 768)),
        (False, 100, (1280, 640)),
    ):
        theme.apply(app, dark, scale)
        _shoot(
            folder,
            f"{'-dark' if dark else ''}{f'-{scale}' if scale != 100 else ''}{'-small' if size[0] == 1280 else ''}",
            size,
        )


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "."))
