"""First start: the office, its officers, its mail, a trial certificate. Nothing is written before the last press."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.errors import Shown
from app.jobs import set_up
from app.jobs.workshop import Workshop
from app.services import keys
from app.services.accounts import NewOfficer
from app.services.office import Office
from app.sop.model import Role
from app.ui.drafts import Drafts
from app.ui.first_start_done import DonePage
from app.ui.first_start_people import PeoplePage
from app.ui.parts.bars import Bar
from app.ui.parts.buttons import Button
from app.ui.parts.layout import Footer, box, column, row, scrolled
from app.ui.parts.mail_form import MailForm
from app.ui.parts.office_form import office_form, office_values, with_office
from app.ui.parts.segmented import Segmented
from app.ui.parts.steprail import StepRail
from app.ui.parts.text import Ico, Txt
from app.ui.parts.trial_form import TrialForm

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.sop.model import Sop
    from app.ui.computer import Computer
    from app.ui.tasks import Progress, Tasks

DRAFT = "pemasangan"
OFFICE, PEOPLE, MAIL, TTE, DONE = range(5)


class FirstStart(QWidget):
    """Four short pages and the sheet of first passwords. What is typed, but for passwords, outlives a crash."""

    finished = Signal(str)
    """The administrator's login, to go on with the log-in."""

    def __init__(self, tasks: Tasks, sop: Sop, computer: Computer) -> None:
        super().__init__()
        self._tasks, self._computer = tasks, computer
        self._shop = Workshop(sop, computer.folder, computer.pc, computer.printers, computer.p12_path)
        self._drafts = Drafts(computer.folder / "draf")
        self._key = keys.new_key()
        self._officers: tuple[NewOfficer, ...] = ()
        self.office, self.people, self.mail, self.trial = office_form(), PeoplePage(), MailForm(tasks), TrialForm()
        self.office.fill(office_values(Office()))
        self.mail.fill(Office())
        self.later = Segmented([self.tr("Nanti"), self.tr("Buat sekarang")])
        self.later.setAccessibleName(self.tr("Sertifikat uji coba"))
        self.later.changed.connect(lambda now: self.trial.setVisible(now == 1))
        self.trial.hide()
        self._build()
        for part in (self.office, self.people, self.mail):
            part.changed.connect(self._keep)
        tasks.draw(lambda: self._drafts.offer(DRAFT), self._restore, owner=self)

    # --- what it looks like ------------------------------------------------------------------------------------------

    def _build(self) -> None:
        steps = [
            (self.tr("Kantor"), self.tr("Kop surat dan Kepala Dinas")),
            (self.tr("Petugas"), self.tr("Satu akun untuk tiap orang")),
            (self.tr("Surel"), self.tr("Boleh diisi nanti")),
            (self.tr("Tanda tangan"), self.tr("Sertifikat uji coba, bila perlu")),
        ]
        self._rail = StepRail(steps)
        self._stack = QStackedWidget()
        choice = column(row(self.later, "s"), 6, self.trial, gap=8)
        mail = self.tr("Untuk mengirim resi, catatan kekurangan, dan dokumen jadi. Lewati bila datanya belum ada.")
        tte = self.tr(
            "Kadis menandatangani dengan sertifikatnya sendiri. Untuk belajar, program dapat membuat yang uji coba."
        )
        who = self.tr(
            "Sandi pertama dibuat otomatis dan ditampilkan sekali di akhir. Peran lain diatur di halaman Petugas."
        )
        kop = self.tr("Data ini tercetak pada setiap surat dan dokumen. Semuanya dapat diubah nanti di halaman Kantor.")
        self._page(self.tr("Kantor Anda"), kop, self.office)
        self._page(self.tr("Petugas dan administrator"), who, self.people)
        self._page(self.tr("Server surel"), mail, self.mail)
        self._page(self.tr("Tanda tangan elektronik"), tte, box(choice))
        self.back = Button(self.tr("Kembali"), "caret-left", "secondary", "Esc", height=40)
        self.next = Button(self.tr("Lanjut"), "arrow-right", "primary", "Ctrl Enter", height=40)
        self.back.clicked.connect(self._back)
        self.next.clicked.connect(self._next)
        self._sign, self._said = Ico("floppy-disk", 18, "ink3"), Txt("", "small", "ink2", wrap=True)
        self._bar = Bar(0, "info")
        self._bar.setFixedWidth(160)
        self._bar.hide()
        foot = Footer([self._sign, (self._said, 1), self._bar], [self.back, self.next])
        self.setLayout(row(self._rail, (column((self._stack, 1), foot, gap=0), 1), gap=0))
        self._go(OFFICE)

    def _page(self, title: str, says: str, form: QWidget) -> None:
        head = column(Txt(title, size=24, weight=700), 4, Txt(says, "body", "ink2", wrap=True), gap=0)
        inner = box(column(head, 18, form, "s", gap=0, margins=(40, 28, 40, 24)))
        page = box(column((scrolled(inner), 1), gap=0), "surface")
        page.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._stack.addWidget(page)

    def _go(self, number: int) -> None:
        if number == PEOPLE:
            values = self.office.values()
            self.people.set_head(values["head_name"], values["head_nip"])
        self._stack.setCurrentIndex(number)
        self._rail.set_current(number)
        self.back.setVisible(OFFICE < number < DONE)
        last = number == TTE
        self.next.set_text(self.tr("Buat kantor") if last else self.tr("Lanjut"))
        self.next.set_icon("check" if last else "arrow-right")
        self._tell(self.tr("Belum ada yang ditulis ke basis data."), "info", "ink3")
        first: QWidget = (self.office, self.people.rows[0].name, self.mail.form.fields["smtp_host"], self.later)[number]
        (self.office.fields["head_name"] if number == OFFICE else first).setFocus()

    def _tell(self, text: str, glyph: str, tone: str) -> None:
        self._sign.set_icon(glyph, tone)
        self._said.setText(text)
        self._said.set_tone("ink2" if tone == "ink3" else tone)

    def page(self) -> int:
        """Which page is in front, from 0."""
        return self._stack.currentIndex()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back a page; nothing typed goes away."""
        if event.key() == Qt.Key.Key_Escape and self.back.isVisible():
            self.back.press()
        else:
            super().keyPressEvent(event)

    # --- the local draft ---------------------------------------------------------------------------------------------

    def _keep(self) -> None:
        self._drafts.keep(DRAFT, self.draft())

    def draft(self) -> dict[str, Any]:
        """What is kept on this PC while the first start is not finished; it holds no password."""
        people, mail = self.people.values(), self.mail.values()
        return {"key": self._key, "office": self.office.values(), "people": people, "mail": mail}

    def _restore(self, found: Mapping[str, Any] | None) -> None:
        if not found:
            return
        self._key = str(found.get("key") or self._key)
        self.office.fill(found.get("office", {}))
        self.people.fill(found.get("people", []))
        self.mail.fill_values(found.get("mail", {}))
        self._tell(
            self.tr("Isian sebelumnya dilanjutkan. Sandi tidak disimpan, jadi ketik lagi."), "floppy-disk", "ink3"
        )

    # --- forth and back ----------------------------------------------------------------------------------------------

    def _back(self) -> None:
        self._go(max(OFFICE, self.page() - 1))

    def _next(self) -> None:
        page = self.page()
        if page == DONE:
            self._drafts.drop(DRAFT)
            self.finished.emit(self._officers[0].login)
        elif self._checked(page):
            if page == TTE:
                self._create()
            else:
                self._go(page + 1)

    def _checked(self, page: int) -> bool:
        checks = (self.office.check, self.people.check, self.mail.check, self._trial_checked)
        return checks[page]()

    def _trial_checked(self) -> bool:
        return self.later.current() == 0 or self.trial.check()

    def _plan(self) -> set_up.Plan:
        office = self.mail.with_mail(with_office(Office(), self.office.values()))
        rank = office.head_rank
        self._officers = tuple(self._officer(person, rank) for person in self.people.values())
        passphrase = self.trial.take() if self.later.current() == 1 else None
        return set_up.Plan(office, self._officers, self.mail.password.value(), passphrase)

    def _officer(self, person: dict[str, Any], head_rank: str) -> NewOfficer:
        role, admin = Role(person["role"]), person["role"] == Role.ADMIN.value
        return NewOfficer(
            login=person["login"],
            name=person["name"],
            roles=(role,),
            password=self.people.password.value() if admin else set_up.first_password(),
            nip=person["nip"],
            rank=head_rank if role is Role.KADIS else "",
            position=self.tr("Petugas Front Office") if role is Role.FO else person["post"],
            place=person["post"] if role is Role.FO else "",
            must_change=not admin,
        )

    def _create(self) -> None:
        self._drafts.keep(DRAFT, self.draft())
        plan = self._plan()
        self._tell(self.tr("Membuat kantor…"), "floppy-disk", "ink3")
        self._bar.show()
        self.back.setEnabled(False)
        work = partial(_create, self._drafts, self._shop, plan, self._key)
        self._tasks.work(work, partial(self._made, plan.office), self._refused, self, owner=self, dead=self.next)

    def report(self, done: int, total: int, text: str) -> None:
        """How far the making is."""
        self._bar.set(done / total if total else 0, "info")
        self._said.setText(text)

    def result(self, label: str, ok: bool, reason: str) -> None:
        """One thing of the making ended; only what failed needs a word."""
        if not ok:
            self._said.setText(f"{label}: {reason}")

    def _made(self, office: Office, notes: tuple[str, ...]) -> None:
        self._bar.hide()
        self._drafts.drop(DRAFT)
        done = DonePage(self._tasks, self._shop, office, self._officers, notes)
        says = self.tr("Bagikan sandi pertama kepada masing-masing petugas, lalu masuk sebagai administrator.")
        self._page(self.tr("Kantor sudah dibuat"), says, done)
        self._stack.setCurrentIndex(DONE)
        self._rail.set_current(DONE)
        self.back.hide()
        self.next.set_text(self.tr("Selesai, masuk"))
        self.next.set_icon("sign-in")
        self._tell(self.tr("Kantor tersimpan di PC ini."), "check-circle", "ok")

    def _refused(self, error: Exception) -> None:
        self._bar.hide()
        self.back.setEnabled(True)
        field = error.field if isinstance(error, Shown) else ""
        if field in {"login", "roles", "password"}:
            self._go(PEOPLE)
        said = self.tr("{0} Perbaiki, lalu tekan Buat kantor lagi; yang sudah dibuat dilanjutkan.").format(error)
        self._tell(said, "x-circle", "bad")


def _create(drafts: Drafts, shop: Workshop, plan: set_up.Plan, key: str, progress: Progress) -> tuple[str, ...]:
    drafts.flush()  # the key must outlive a crash, so that an interrupted start goes on and does not begin anew
    return set_up.create_office(shop, plan, key, progress)
