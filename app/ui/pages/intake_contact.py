"""The first questions of intake: which court, who stands here, where the documents go."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox

from app.services.berkas import Contact
from app.services.case import Case, Proxy, Reporter, Route, documents
from app.services.intake import EMAIL
from app.ui.pages.intake_data import Typed
from app.ui.parts.buttons import Button
from app.ui.parts.fields import Field, Line, NameLine, NumberLine
from app.ui.parts.layout import Card, box, column, row
from app.ui.parts.segmented import Segmented
from app.ui.parts.text import Elide, Txt

ROUTES = (Route.PN, Route.PA)
REPORTERS = (Reporter.WIFE, Reporter.HUSBAND, Reporter.PROXY)
NAMES = {"akta": "kutipan akta perceraian", "kk": "KK", "ktp": "pengajuan KTP-el"}
FEWEST_DIGITS = 8


class EmailLine(Line):
    """An e-mail address; a half one is named as such when the field is left."""

    def problem(self) -> str:
        """What no mail server would take."""
        if self.is_blank() or EMAIL.match(self.value()):
            return ""
        return self.tr("Alamat surel belum lengkap, contoh: nama@contoh.id")


class PhoneLine(Line):
    """A telephone number as people write it."""

    def problem(self) -> str:
        """Something else than a number, or too short a one."""
        text = self.value()
        if not text:
            return ""
        strange = [c for c in text if not (c.isdigit() or c in "+ -()")]
        few = sum(c.isdigit() for c in text) < FEWEST_DIGITS
        return self.tr("Tulis nomor telepon dengan angka, contoh: 0812 0000 0000") if strange or few else ""


class ContactCard(Card):
    """`chosen`: an answer that changes the checklist. `typed`: any letter. It can fold to one line."""

    chosen = Signal()
    typed = Signal()
    unfolded = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.route = Segmented((self.tr("Pengadilan Negeri"), self.tr("Pengadilan Agama")), -1, padding=24)
        self.reporter = Segmented((self.tr("Istri"), self.tr("Suami"), self.tr("Kuasa")), -1, padding=24)
        self.says = Txt("", "small", "ink2", wrap=True)
        self.proxy_name = Field(self.tr("Nama kuasa"), NameLine())
        self.proxy_nik = Field(self.tr("NIK kuasa"), NumberLine())
        self.proxy_letter = Field(self.tr("Nomor surat kuasa"), Line())
        self.phone = Field(self.tr("Telepon"), PhoneLine())
        self.email = Field(self.tr("Surel untuk dokumen"), EmailLine())
        self.read_back = QCheckBox(self.tr("Alamat surel sudah dibacakan ulang kepada pemohon"))
        self.fields = (self.proxy_name, self.proxy_nik, self.proxy_letter, self.phone, self.email)
        self._summary = Elide("", "body", "ink")
        self.edit = Button(self.tr("Ubah"), "pencil-simple-line", "quiet", small=True)
        self._arrange()
        self._wire()
        self._judge()

    def _arrange(self) -> None:
        court = column(Txt(self.tr("Putusan dari"), "smallm", "ink2"), self.route, gap=6)
        person = column(Txt(self.tr("Pelapor"), "smallm", "ink2"), self.reporter, gap=6)
        self._questions = box(column(row(court, "s", person, gap=12), self.says, gap=6))
        proxy = column(row((self.proxy_name, 3), (self.proxy_nik, 2), gap=12), self.proxy_letter, gap=8)
        self._proxy = box(proxy)
        address = column(row((self.phone, 2), (self.email, 3), gap=12), self.read_back, gap=8)
        self._whole = box(column(self._questions, self._proxy, address, gap=8))
        self._line = box(row((self._summary, 1), self.edit, gap=8))
        self._line.hide()
        self.setLayout(column(self._whole, self._line, gap=0, margins=(16, 12, 16, 12)))

    def _wire(self) -> None:
        for choice in (self.route, self.reporter):
            choice.changed.connect(self._on_chosen)
        for field in self.fields:
            field.changed.connect(self.typed)
        self.email.changed.connect(self._on_email)
        self.read_back.clicked.connect(lambda _on: self.typed.emit())
        self.edit.clicked.connect(self.unfold)

    # --- values ------------------------------------------------------------------------------------------------------

    def values(self) -> Typed:
        """What stands in the card."""
        proxy = Proxy(self.proxy_name.value(), self.proxy_nik.value(), self.proxy_letter.value())
        contact = Contact(self.email.value(), self.phone.value(), self.read_back.isChecked())
        return Typed(self._route(), self._reporter(), proxy, contact)

    def show_values(self, typed: Typed) -> None:
        """Put values in without telling anyone."""
        self.route.set_current(ROUTES.index(typed.route) if typed.route else -1)
        self.reporter.set_current(REPORTERS.index(typed.reporter) if typed.reporter else -1)
        texts = (typed.proxy.name, typed.proxy.nik, typed.proxy.letter, typed.contact.phone, typed.contact.email)
        for field, text in zip(self.fields, texts, strict=True):
            field.set_value(text)
        self.read_back.setChecked(typed.contact.read_back)
        self._judge()

    def _route(self) -> Route:
        here = self.route.current()
        return ROUTES[here] if here >= 0 else Route.UNKNOWN

    def _reporter(self) -> Reporter:
        here = self.reporter.current()
        return REPORTERS[here] if here >= 0 else Reporter.UNKNOWN

    def set_rights(self, *, questions: bool, contact: bool) -> None:
        """Which parts may be changed in this stage by this officer; what may not stays readable."""
        self.route.setEnabled(questions)
        self.reporter.setEnabled(questions)
        self.read_back.setEnabled(contact)
        for field in self.fields:
            field.set_read_only(not (contact if field in {self.phone, self.email} else questions))

    # --- what follows from an answer ---------------------------------------------------------------------------------

    def _on_chosen(self, _index: int) -> None:
        self._judge()
        self.chosen.emit()

    def _on_email(self) -> None:
        # Another address was not read back.
        self.read_back.setChecked(False)

    def _judge(self) -> None:
        self._proxy.setVisible(self._reporter() is Reporter.PROXY)
        self.says.setText(self.words(self._route()))
        self.says.set_tone("warn" if self._route() is Route.PA else "ink2")
        typed = self.values()
        route = {Route.PN: self.tr("PN"), Route.PA: self.tr("PA")}.get(typed.route, self.tr("pengadilan belum dipilih"))
        who = self.tr("pelapor belum dipilih")
        if typed.reporter:
            who = (self.tr("istri"), self.tr("suami"), self.tr("kuasa"))[REPORTERS.index(typed.reporter)]
        mail = typed.contact.email or self.tr("surel belum diisi")
        self._summary.set_text(" · ".join((route, who, typed.contact.phone or self.tr("telepon belum diisi"), mail)))

    def words(self, route: Route) -> str:
        """What this office will issue; for the Pengadilan Agama, honestly, what it will not (facts.md 2.5)."""
        if not route:
            return self.tr("Tanyakan dahulu; jawabannya menentukan dokumen yang terbit.")
        found = documents(Case(route=route))
        named = [f"{NAMES[kind]} × {copies}" if copies > 1 else NAMES[kind] for kind, copies in found]
        issued = self.tr("Terbit: {0}.").format(", ".join(named))
        if route is Route.PN:
            return issued
        honest = self.tr("Akta cerai sudah diterbitkan Pengadilan Agama; di sini hanya KK dan KTP-el yang berubah.")
        return f"{honest} {issued}"

    # --- one line ----------------------------------------------------------------------------------------------------

    def fold(self) -> bool:
        """Fold to one line where everything is answered and nobody is typing here; whether it did."""
        typed = self.values()
        whole = bool(typed.route and typed.reporter and EMAIL.match(typed.contact.email))
        busy = any(field.input.hasFocus() for field in self.fields)
        if whole and not busy:
            self._judge()
            self._whole.hide()
            self._line.show()
        return whole and not busy

    def unfold(self) -> None:
        """The whole card again."""
        self._line.hide()
        self._whole.show()
        self.unfolded.emit()

    def is_folded(self) -> bool:
        """Whether it is one line now."""
        return self._line.isVisibleTo(self)

    def first_gap(self) -> Any:
        """Where the officer has to go on, None if nothing is missing."""
        typed = self.values()
        if not typed.route:
            return self.route
        if not typed.reporter:
            return self.reporter
        return None if EMAIL.match(typed.contact.email) else self.email
