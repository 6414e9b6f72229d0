"""The tab of all papers of a file: scans, draft revisions, signed twins, resi; seen here, printed again, copied."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from app.errors import Unavailable
from app.services import berkas, papers
from app.services.berkas import Head
from app.services.keys import new_key
from app.services.papers import PaperRow
from app.ui import cells
from app.ui.cells import Cell
from app.ui.desk import Desk
from app.ui.parts import moments
from app.ui.parts.buttons import Button
from app.ui.parts.empty import EmptyState
from app.ui.parts.layout import Card, column, row
from app.ui.parts.text import Elide
from app.ui.parts.viewer import Viewer
from app.ui.rows import Column, Rows
from app.ui.tasks import Progress
from app.ui.theme import px

LIST = 400
ENDINGS = {"application/pdf": ".pdf", "image/png": ".png", "image/jpeg": ".jpg"}


def _tr(text: str) -> str:
    return QCoreApplication.translate("berkas_papers", text)


def kind_word(kind: str) -> str:
    """A kind of paper in words."""
    words = {
        "scan": _tr("Persyaratan"),
        "document": _tr("Dokumen draf"),
        "draft_print": _tr("Cetakan draf"),
        "deficiency": _tr("Catatan kekurangan"),
        "ktp_request": _tr("Pengajuan KTP-el"),
        "resi": _tr("Resi"),
        "signed": _tr("Dokumen bertanda tangan"),
        "card": _tr("Kartu kendali"),
    }
    return words[kind]


@dataclass(frozen=True)
class Opened:
    """One paper with its bytes and what is known of its prints."""

    paper: PaperRow
    data: bytes
    prints: int
    state: tuple[str, str]


class PapersTab(QWidget):
    """The list at the left, the page viewer at the right."""

    told = Signal(str, str)
    """A sentence and its tone."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._file: Head | None = None
        self._open: Opened | None = None
        self._keys: dict[int, str] = {}
        self.locked = False
        self.viewer = Viewer(desk.tasks)
        self.rows: Rows[PaperRow] = Rows(
            (
                Column(self.tr("Dokumen"), self._cell),
                Column(self.tr("Hal."), lambda p: cells.number(str(p.pages)), 64, "right"),
            ),
            lambda p: p.id,
            name=self.tr("Dokumen berkas"),
        )
        self.rows.set_empty(EmptyState("files", self.tr("Belum ada dokumen")))
        self.rows.picked.connect(self._picked)
        self.rows.opened.connect(lambda _p: self.viewer.setFocus())
        self._said = Elide("", "small", "ink3")
        self.print = Button(self.tr("Cetak lagi"), "printer", "secondary", small=True, height=32)
        self.copy = Button(self.tr("Simpan salinan"), "download-simple", "secondary", small=True, height=32)
        self.print.clicked.connect(self._print)
        self.copy.clicked.connect(self._ask_where)
        self.dialog: QFileDialog | None = None
        self._build()

    def _build(self) -> None:
        left = Card(column(self.rows, margins=(1, 1, 1, 8)))
        left.setFixedWidth(px(LIST))
        tools = row((self._said, 1), self.print, self.copy, gap=10)
        right = Card(column(tools, (self.viewer, 1), gap=10, margins=(14, 10, 14, 12)))
        self.setLayout(row(left, (right, 1), gap=14, margins=(16, 12, 16, 12)))
        self._may()

    def _cell(self, p: PaperRow) -> Cell:
        revision = self.tr(" · revisi {0}").format(p.draft_rev) if p.draft_rev else ""
        return cells.two(
            p.title or kind_word(p.kind), f"{kind_word(p.kind)}{revision} · {moments.day_clock(p.at)}", bold=False
        )

    def show_papers(self, file: Head, found: list[PaperRow]) -> None:
        """The file's papers, newest first."""
        if self._file is not None and self._file.id != file.id:
            self._open = None
            self.viewer.clear()
        self._file = file
        self.rows.set_rows(list(reversed(found)))

    def open_shown(self) -> None:
        """The tab came to the front: show the paper one stands on."""
        self._picked(self.rows.current())

    def _picked(self, paper: PaperRow | None) -> None:
        if paper is None or not self.isVisible() or (self._open and self._open.paper.id == paper.id):
            return
        word = kind_word(paper.kind)

        def read() -> Opened:
            berkas.log_reading(paper.berkas_id, f"membuka {word.lower()}")
            return Opened(paper, papers.data(paper.sha256), papers.prints(paper.id), papers.print_state(paper.id))

        self._desk.tasks.ask(read, self._show, self._unreadable, owner=self)

    def _show(self, opened: Opened) -> None:
        now = self.rows.current()
        if now is None or now.id != opened.paper.id:
            return
        self._open = opened
        self.viewer.show_document(opened.paper.sha256, opened.data, opened.paper.mime)
        self._say_state()
        self._may()

    def _unreadable(self, error: Exception) -> None:
        self._open = None
        self.viewer.clear(str(error))
        self._may()

    def _say_state(self) -> None:
        opened = self._open
        if opened is None:
            self._said.set_text("")
        elif opened.paper.kind == "document":
            self._said.set_text(self.tr("Belum bertanda tangan: hanya untuk dibaca."))
        elif opened.prints:
            self._said.set_text(self.tr("Tercetak {0} kali.").format(opened.prints))
        else:
            self._said.set_text(opened.state[1])

    def _may(self) -> None:
        """An unsigned document without watermark is for reading only; it could be taken for a finished one."""
        may = self._open is not None and self._open.paper.kind != "document" and not self.locked
        self.print.setEnabled(may)
        self.copy.setEnabled(may)

    def lock(self, on: bool) -> None:
        """A broken card: nothing goes out of this file."""
        self.locked = on
        self._may()

    def _print(self) -> None:
        if self._open is None:
            return
        paper, desk = self._open.paper, self._desk
        key = self._keys.setdefault(paper.id, new_key())

        def work(progress: Progress) -> tuple[str, str]:
            return print_now(desk, paper, key, progress)

        what = f"{self.print.accessibleName()} {self._file.number}" if self._file else None
        desk.tasks.work(work, self._printed, self._refused, owner=self, dead=self.print, command=what)

    def _printed(self, said: tuple[str, str]) -> None:
        self._keys.clear()
        self.told.emit(*said)
        if self._open is not None:
            paper = self._open.paper
            self._open = None
            self._picked(paper)

    def _refused(self, error: Exception) -> None:
        self._keys.clear()
        self.told.emit(str(error), "warn")

    def _ask_where(self) -> None:
        if self._open is None or self._file is None:
            return
        paper = self._open.paper
        name = f"{self._file.number}-{paper.subject or paper.kind}{ENDINGS.get(paper.mime, '')}"
        asked = self.dialog = QFileDialog(self, self.tr("Simpan salinan"), str(Path.home() / name))
        asked.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        asked.setOption(QFileDialog.Option.DontUseNativeDialog)
        asked.selectFile(name)
        asked.fileSelected.connect(lambda chosen: self.save_to(Path(chosen)))
        asked.open()

    def save_to(self, target: Path) -> None:
        """Write a copy of the paper that is shown; the reading log says so before it is written."""
        opened = self._open
        if opened is None:
            return
        paper, word = opened.paper, kind_word(opened.paper.kind)

        def work(_progress: Progress) -> str:
            berkas.log_reading(paper.berkas_id, f"menyimpan salinan {word.lower()}")
            return write_copy(target, papers.data(paper.sha256))

        def said(name: str) -> None:
            self.told.emit(self.tr("Salinan disimpan: {0}").format(name), "ok")

        self._desk.tasks.work(work, said, self._refused, owner=self, dead=self.copy)


def write_copy(target: Path, data: bytes) -> str:
    """Write the bytes, whole or not at all, and return the file's name; Unavailable where the place refuses it."""
    half = target.with_name(f".{target.name}.sebagian")
    try:
        half.write_bytes(data)
        half.replace(target)
    except OSError as e:
        half.unlink(missing_ok=True)
        message = "Salinan tidak dapat disimpan di sana. Pilih folder lain, atau periksa izin dan sisa ruangnya."
        raise Unavailable(message) from e
    return target.name


def print_now(desk: Desk, paper: PaperRow, key: str, progress: Progress) -> tuple[str, str]:
    """Print a stored paper and say what the spooler says; runs off the GUI thread."""
    from app.devices.printer import JobState  # noqa: PLC0415 - printing is loaded when somebody prints
    from app.jobs import printing_out  # noqa: PLC0415 - the same

    status = printing_out.print_paper(desk.workshop, desk.who, paper, key, progress)
    tone = "ok" if status.state is JobState.COMPLETED else "warn"
    return printing_out.said(status), tone
