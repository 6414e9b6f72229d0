"""Sending the signed documents to the applicant (SOP row 11): finished only when the mail server has accepted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QStackedLayout, QWidget

from app.errors import Unavailable
from app.services import berkas, outbox, papers
from app.services.act import Moved
from app.services.berkas import Contact, Head
from app.services.keys import new_key
from app.services.outbox import Mail
from app.services.papers import PaperRow
from app.sop.model import Kind
from app.ui import cells
from app.ui.desk import Desk, Page
from app.ui.pages.deliver_address import AddressCard
from app.ui.parts import moments
from app.ui.parts.acts import work_page
from app.ui.parts.badges import Badge
from app.ui.parts.banner import Banner
from app.ui.parts.buttons import Button
from app.ui.parts.confirm import Confirm
from app.ui.parts.empty import Act, EmptyState
from app.ui.parts.layout import Card, Footer, box, column, row, scrolled
from app.ui.parts.text import Elide, Txt
from app.ui.parts.viewer import Viewer
from app.ui.rows import Column, Rows
from app.ui.tasks import Progress
from app.ui.theme import px

LIST, SIDE = 320, 360


@dataclass(frozen=True)
class Loaded:
    """A file that is ready to be sent: its documents and its mail, newest first."""

    file: Head
    signed: list[PaperRow]
    mails: list[Mail]
    kept: Contact | None


def read(desk: Desk, berkas_id: int, kept: Callable[[str], Contact | None]) -> Loaded:
    """The file, the signed twins of its current revision, and the mails that carry them; asks the database."""
    file, draft = berkas.head(desk.sop, berkas_id), papers.current_draft(berkas_id)
    signed = [p for p in papers.listed(berkas_id, ["signed"]) if draft and p.draft_rev == draft.rev]
    mails = [m for m in outbox.of_file(berkas_id) if m.kind == "mail_documents"]
    return Loaded(file, signed, mails, kept(file.number))


class DeliverPage(Page):
    """What goes out, where it goes, and what the mail server said. "Terkirim" stands here only with its proof."""

    wide_search = False

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.title = self.tr("Kirim dokumen")
        self._id = 0
        self._loaded: Loaded | None = None
        self._key = new_key()
        self.asked: Confirm | None = None
        self.rows: Rows[PaperRow] = Rows(
            (Column(self.tr("Dokumen bertanda tangan"), lambda p: cells.two(p.title, self._pages(p), bold=False)),),
            lambda p: p.id,
            name=self.tr("Dokumen yang dikirim"),
        )
        self.rows.picked.connect(self._picked)
        self.viewer = Viewer(desk.tasks)
        self.address = AddressCard(desk)
        self.address.saved.connect(self._address_saved)
        self.send = Button(self.tr("Kirim dokumen"), "paper-plane-tilt", "primary", "Ctrl Enter", height=40)
        self.send.clicked.connect(self._ask)
        self._now = Elide("", "small", "ink2")
        self._build()

    def _pages(self, paper: PaperRow) -> str:
        return self.tr("{0} halaman, {1}").format(paper.pages, moments.day_clock(paper.at))

    def _build(self) -> None:
        left = Card(column(self.rows, margins=(1, 1, 1, 8)))
        left.setFixedWidth(px(LIST))
        middle = Card(column(self.viewer, margins=(14, 10, 14, 12)))
        self.mail, self.answer = Badge("", "mute"), Banner("", "warn", "envelope-simple")
        self._when = Txt("", "small", "ink2", wrap=True)
        mailing = Card(
            column(
                row(Txt(self.tr("Surel"), "h2"), "s", self.mail),
                self.answer,
                self._when,
                gap=8,
                margins=(16, 12, 16, 14),
            )
        )
        side = scrolled(column(self.address, mailing, "s", gap=12))
        side.setFixedWidth(px(SIDE))
        self._work = box(row(left, (middle, 1), side, gap=14, margins=(16, 12, 16, 14)))
        reading = Act(
            "folder-open", self.tr("Buka berkas"), self.tr("Kartu kendali dan semua dokumennya"), "", self._read
        )
        leaving = Act(
            "tray", self.tr("Kembali ke daftar"), self.tr("Berkas yang menunggu di meja Anda"), "", self.back.emit
        )
        self.done = EmptyState("check-circle", "", "", (reading, leaving))
        self._stack = QStackedLayout()
        self._stack.addWidget(self._work)
        self._stack.addWidget(self.done)
        self.setLayout(self._stack)

    def footer(self) -> QWidget:
        """What is happening now, and the one act."""
        self._foot = Footer([(self._now, 1)], [self.send])
        return self._foot

    # --- reading -----------------------------------------------------------------------------------------------------

    def arrive(self, argument: object) -> None:
        """A file by its id."""
        if isinstance(argument, int) and argument != self._id:
            self._id, self._loaded, self.stands = argument, None, None
            self.viewer.clear(self.tr("Membuka dokumen…"))
        desk, wanted, kept = self.desk, self._id, self.address.kept

        def log_and_read() -> Loaded:
            berkas.log_reading(wanted, "membuka untuk dikirim")
            return read(desk, wanted, kept)

        desk.tasks.ask(log_and_read, self._show, self._missing, owner=self)

    def refresh(self) -> None:
        """Read the file again."""
        if self._loaded is not None:
            desk, wanted, kept = self.desk, self._id, self.address.kept
            desk.tasks.ask(lambda: read(desk, wanted, kept), self._show, self._missing, owner=self)

    def _missing(self, error: Exception) -> None:
        self.done.set_words(self.tr("Berkas tidak dapat dibuka"), str(error))
        self._stack.setCurrentIndex(1)
        self.send.setEnabled(False)

    def _show(self, loaded: Loaded) -> None:
        if loaded.file.id != self._id:
            return
        self._loaded, self.stands = loaded, loaded.file
        file = loaded.file
        self.set_title(self.tr("Kirim {0}").format(file.number))
        self.set_fact(file.title)
        may = work_page(self.desk, file) == "deliver"
        self.rows.set_rows(loaded.signed)
        self.address.show_file(file, loaded.kept, may=may)
        self._show_mail(loaded.mails[0] if loaded.mails else None)
        self.send.setEnabled(may and bool(loaded.signed))
        self.send.set_text(self.tr("Coba kirim lagi") if loaded.mails and may else self.tr("Kirim dokumen"))
        self._end(file, loaded.mails)

    def _end(self, file: Head, mails: list[Mail]) -> None:
        """The file has left this stage: say how, and what comes next."""
        if file.stage.key == "TERTANDA":
            self._stack.setCurrentIndex(0)
            return
        sent = next((m for m in mails if m.state == "SENT"), None)
        if file.stage.kind is Kind.END and sent is not None:
            words = self.tr("Server surel menerima dokumen untuk {0} pada {1}. Berkas selesai.")
            self.done.set_words(
                self.tr("Dokumen {0} terkirim").format(file.number), words.format(sent.to, moments.full(file.moved_at))
            )
        else:
            self.done.set_words(
                self.tr("{0} tidak sedang menunggu pengiriman").format(file.number),
                self.tr("Tahap sekarang: {0}.").format(file.stage.label),
            )
        self._stack.setCurrentIndex(1)

    def _show_mail(self, mail: Mail | None) -> None:
        self.answer.setVisible(mail is not None and bool(mail.reply))
        if mail is None:
            self.mail.set(self.tr("Belum dikirim"), "mute")
            self._when.setText(self.tr("Dokumen dikirim ke alamat di atas setelah Anda menekan Kirim dokumen."))
            return
        known = {
            "WAITING": (self.tr("Menunggu giliran"), "mute"),
            "SENDING": (self.tr("Sedang dikirim"), "info"),
            "SENT": (self.tr("Diterima server"), "ok"),
            "FAILED": (self.tr("Belum diterima"), "warn"),
            "REFUSED": (self.tr("Ditolak server"), "bad"),
        }
        self.mail.set(*known[mail.state])
        tone = {"SENT": "ok", "REFUSED": "bad"}.get(mail.state, "warn")
        self.answer.set(mail.reply, tone, "envelope-simple")
        self._when.setText(self._next(mail))

    def _next(self, mail: Mail) -> str:
        to = self.tr("Kepada {0}.").format(mail.to)
        if mail.state == "FAILED":
            when = moments.near(mail.next_at, self.desk.clock())
            said = self.tr("Dicoba lagi otomatis sekitar {0}, selama ada petugas yang masuk.").format(when)
        elif mail.state == "REFUSED":
            said = self.tr("Periksa alamat surel pemohon, perbaiki bila salah, lalu kirim lagi.")
        else:
            said = self.tr("Berkas selesai begitu server surel menerima kiriman.") if mail.state != "SENT" else ""
        return f"{to} {said}".strip()

    def _picked(self, paper: PaperRow | None) -> None:
        if paper is None or paper.sha256 == self.viewer.key():
            return

        def opened(data: bytes) -> None:
            now = self.rows.current()
            if now is not None and now.id == paper.id:
                self.viewer.show_document(paper.sha256, data, paper.mime)

        self.desk.tasks.ask(lambda: papers.data(paper.sha256), opened, lambda e: self.viewer.clear(str(e)), owner=self)

    # --- sending -----------------------------------------------------------------------------------------------------

    def _ask(self) -> None:
        loaded = self._loaded
        if loaded is None:
            return
        if self.address.changed():
            self.address.email.set_state("warn", self.tr("Simpan dahulu alamat yang Anda ubah"))
            self.address.save.setFocus()
            return
        contact = loaded.file.contact
        if not contact.email:
            self.address.email.set_state("bad", self.tr("Isi alamat surel pemohon; dokumen dikirim ke sana"))
            self.address.email.setFocus()
            return
        text = self.tr(
            "{0} dokumen bertanda tangan dikirim ke {1}. Surel yang sudah diterima server tidak dapat ditarik."
        )
        said = text.format(len(loaded.signed), contact.email)
        if not contact.read_back:
            said += " " + self.tr("Alamat ini belum ditandai sudah dibacakan ulang.")
        title = self.tr("Kirim dokumen {0}?").format(loaded.file.number)
        asked = self.asked = Confirm(
            self, title, said, self.tr("Kirim"), icon="paper-plane-tilt", harmless=self.tr("Belum"), dangerous=False
        )
        asked.confirmed.connect(lambda _why: self._send())
        asked.finished.connect(self._asked_gone)
        asked.open()

    def _asked_gone(self, _result: int) -> None:
        self.asked = None

    def _send(self) -> None:
        desk, wanted, key = self.desk, self._id, self._key
        self._now.set_text(self.tr("Menghubungi server surel…"))

        def work(progress: Progress) -> tuple[Mail, Moved | None]:
            from app.jobs import delivery  # noqa: PLC0415 - mail is loaded when somebody sends

            return delivery.deliver(desk.workshop, desk.who, wanted, key, progress)

        what = f"{self.send.accessibleName()} {self._loaded.file.number}" if self._loaded else None
        desk.tasks.work(work, self._answered, self._refused, owner=self, dead=self.send, command=what)

    def _answered(self, result: tuple[Mail, Moved | None]) -> None:
        self._key = new_key()
        mail, moved = result
        self._now.set_text("")
        if moved is not None:
            self.say(self.tr("Server surel menerima dokumen {0}. Berkas selesai.").format(mail.number))
            self.moved.emit()
        elif self._resting(mail):
            when = moments.near(mail.next_at, self.desk.clock())
            self.say(self.tr("Server surel baru dapat dicoba lagi pukul {0}.").format(when), tone="warn")
        else:
            self.say(self.tr("Dokumen belum diterima server surel. Jawabannya tertulis di kanan."), tone="warn")
        self.refresh()

    def _resting(self, mail: Mail) -> bool:
        """Whether nothing was tried: after a refusal for now the server is left alone for a while."""
        before = self._loaded.mails[0] if self._loaded and self._loaded.mails else None
        return mail.state == "FAILED" and before is not None and (before.id, before.tries) == (mail.id, mail.tries)

    def _refused(self, error: Exception) -> None:
        if not isinstance(error, Unavailable):
            self._key = new_key()
        self._now.set_text("")
        self.answer.set(str(error), "bad", "warning")
        self.answer.show()
        self.send.setFocus()

    def _address_saved(self) -> None:
        self.say(self.tr("Alamat disimpan."))
        self.refresh()

    def _read(self) -> None:
        self.open_berkas.emit(self._id)
