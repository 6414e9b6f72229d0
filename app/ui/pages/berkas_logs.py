"""Three tabs of a file that are lists: notes of the office, mails with the server's answers, and who has read it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.services import berkas
from app.services.berkas import Head, NoteRow
from app.services.keys import new_key
from app.services.outbox import Mail
from app.ui import cells
from app.ui.desk import Desk
from app.ui.drafts import Drafts
from app.ui.parts import moments
from app.ui.parts.buttons import Button
from app.ui.parts.empty import EmptyState
from app.ui.parts.fields import Field
from app.ui.parts.inputs import Note
from app.ui.parts.layout import Card, box, column, row, scrolled
from app.ui.parts.text import Elide, Txt
from app.ui.rows import Column, Rows
from app.ui.theme import px

WRITE, LETTER = 360, 440


class NotesTab(QWidget):
    """Notes are added, never changed; at most 280 characters, private to the office."""

    written = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._file: Head | None = None
        self._key = new_key()
        self._drafts = Drafts(desk.settings_dir / "draf")
        self.rows: Rows[NoteRow] = Rows(
            (Column(self.tr("Catatan"), lambda n: cells.two(n.text, f"{n.by}, {moments.full(n.at)}", bold=False)),),
            lambda n: (n.at, n.by, n.text),
            name=self.tr("Catatan kantor"),
        )
        nothing = EmptyState(
            "note-pencil", self.tr("Belum ada catatan"), self.tr("Tulis yang perlu diketahui meja berikutnya.")
        )
        self.rows.set_empty(nothing)
        self.rows.picked.connect(self._whole)
        hint = self.tr("Hanya untuk kantor, paling banyak 280 huruf, tidak dapat diubah.")
        self.note = Field(self.tr("Catatan baru"), Note(height=132), hint=hint)
        self.note.changed.connect(self._typed)
        self.save = Button(
            self.tr("Simpan catatan"), "note-pencil", "secondary", "Ctrl Shift Enter", wide=True, height=40
        )
        self.save.clicked.connect(self._save)
        self._chosen = Txt(self.tr("Catatan yang dipilih"), "smallb", "ink2")
        self._text = Txt("", "body", wrap=True, selectable=True)
        self._build()

    def _build(self) -> None:
        side = column(
            self.note,
            self.save,
            12,
            self._chosen,
            self._text,
            "s",
            gap=8,
            margins=(16, 14, 16, 16),
        )
        writing = Card(column(scrolled(side), margins=(1, 1, 1, 1)))
        writing.setFixedWidth(px(WRITE))
        self.setLayout(
            row((Card(column(self.rows, margins=(1, 1, 1, 8))), 1), writing, gap=14, margins=(16, 12, 16, 12))
        )

    def kept(self, number: str) -> str:
        """What was typed for a file and not saved; reads a small file, so it is asked off the GUI thread."""
        return str((self._drafts.offer(f"{number}-catatan") or {}).get("text", ""))

    def show_file(self, file: Head, kept: str) -> None:
        """Another file: what was typed for it and not saved stands there again."""
        another = self._file is None or self._file.id != file.id
        self._file = file
        if another:
            self._key = new_key()
            self.note.set_value(kept)

    def show_notes(self, notes: list[NoteRow]) -> None:
        """The notes, newest first."""
        self.rows.set_rows(notes)

    def _whole(self, note: NoteRow | None) -> None:
        self._text.setText(note.text if note else "")
        self._chosen.setVisible(note is not None)

    def _typed(self) -> None:
        text = self.note.input.toPlainText()
        if self._file is not None and text:
            self._drafts.keep(f"{self._file.number}-catatan", {"text": text})
        elif self._file is not None:
            self._drafts.drop(f"{self._file.number}-catatan")

    def _save(self) -> None:
        file, text = self._file, str(self.note.value())
        if file is None or not self.note.judge():
            return
        if not text:
            self.note.set_state("bad", self.tr("Tulis dahulu catatannya"))
            self.note.setFocus()
            return
        who, key = self._desk.who, self._key
        self._desk.tasks.ask(
            lambda: berkas.add_note(who, file, text, key), self._saved, self._refused, owner=self, dead=self.save,
            command=self.tr("Catatan pada {0}").format(file.number),
        )  # fmt: skip

    def _saved(self, _done: None) -> None:
        self._key = new_key()
        self.note.set_value("")
        self.written.emit()

    def _refused(self, error: Exception) -> None:
        self.note.set_state("bad", str(error))


def mail_words(mail: Mail, tr: Callable[[str], str]) -> tuple[str, str]:
    """The state of a mail in words, and its tone: never "terkirim" before the server accepted it."""
    known = {
        "WAITING": (tr("Menunggu giliran"), "mute"),
        "SENDING": (tr("Sedang dikirim"), "info"),
        "SENT": (tr("Diterima server"), "ok"),
        "FAILED": (tr("Akan dicoba lagi"), "warn"),
        "REFUSED": (tr("Ditolak server"), "bad"),
    }
    return known[mail.state]


class MailTab(QWidget):
    """The file's mails, how far each is, and the mail server's own words."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: Rows[Mail] = Rows(
            (
                Column(self.tr("Surel"), lambda m: cells.two(m.subject, m.to, bold=False)),
                Column(self.tr("Dibuat"), lambda m: cells.muted(moments.day_clock(m.at)), 120),
                Column(self.tr("Keadaan"), lambda m: cells.badge(*mail_words(m, self.tr), under=self._tries(m)), 170),
            ),
            lambda m: m.id,
            name=self.tr("Surel berkas"),
        )
        when = self.tr("Surel dibuat saat kekurangan dicatat, resi diberikan, dan dokumen dikirim.")
        self.rows.set_empty(EmptyState("envelope-simple", self.tr("Belum ada surel"), when))
        self.rows.picked.connect(self._show)
        self._subject, self._meta = Txt("", "h3", wrap=True), Txt("", "small", "ink2", wrap=True)
        self._reply = Txt("", "body", "ink", wrap=True, selectable=True)
        self._body = Txt("", "body", "ink", wrap=True, selectable=True)
        self._files = Elide("", "small", "ink2")
        self._build()

    def _build(self) -> None:
        heads = {k: Txt(k, "smallb", "ink2") for k in (self.tr("Jawaban server"), self.tr("Lampiran"), self.tr("Isi"))}
        answer, files, body = heads.values()
        letter = column(
            self._subject,
            self._meta,
            4,
            answer,
            self._reply,
            4,
            files,
            self._files,
            4,
            body,
            self._body,
            "s",
            gap=6,
            margins=(16, 14, 16, 16),
        )
        self._letter = box(letter)
        side = self._side = Card(column(scrolled(self._letter), margins=(1, 1, 1, 1)))
        side.setFixedWidth(px(LETTER))
        self.setLayout(row((Card(column(self.rows, margins=(1, 1, 1, 8))), 1), side, gap=14, margins=(16, 12, 16, 12)))
        side.hide()

    def _tries(self, mail: Mail) -> str:
        return self.tr("{0} kali dicoba").format(mail.tries) if mail.tries else ""

    def show_mails(self, mails: list[Mail]) -> None:
        """The mails, newest first."""
        self.rows.set_rows(mails)
        self._show(self.rows.current())

    def _show(self, mail: Mail | None) -> None:
        self._side.setVisible(mail is not None)
        if mail is None:
            return
        self._subject.setText(mail.subject)
        self._meta.setText(self.tr("Kepada {0} · {1}").format(mail.to, moments.full(mail.at)))
        self._reply.setText(mail.reply or self.tr("Belum ada jawaban."))
        self._files.set_text(", ".join(a.name for a in mail.attachments) or self.tr("tanpa lampiran"))
        self._body.setText(mail.body)


class ReadersTab(QWidget):
    """Who has read the file, what of it, and why (UU 27/2022 art. 31)."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.rows: Rows[NoteRow] = Rows(
            (
                Column(self.tr("Petugas"), lambda n: cells.text(n.by, bold=True), 280, sort=lambda n: n.by),
                Column(self.tr("Yang dibuka, dan mengapa"), lambda n: cells.text(n.text)),
                Column(self.tr("Waktu"), lambda n: cells.muted(moments.full(n.at)), 180, sort=lambda n: n.at),
            ),
            lambda n: (n.at, n.by, n.text),
            height=44,
            name=self.tr("Jejak pembacaan"),
        )
        self.rows.set_empty(EmptyState("footprints", self.tr("Belum ada yang membaca berkas ini")))
        self.setLayout(column(Card(column(self.rows, margins=(1, 1, 1, 8))), margins=(16, 12, 16, 12)))

    def load(self, berkas_id: int) -> None:
        """Read the log."""
        self._desk.tasks.ask(lambda: berkas.readings(berkas_id), self.rows.set_rows, owner=self)
