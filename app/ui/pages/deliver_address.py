"""Where the documents go: the applicant's address, read back to him, corrected at its field."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox

from app.services import intake
from app.services.berkas import Contact, Head
from app.services.keys import new_key
from app.ui.desk import Desk
from app.ui.drafts import Drafts
from app.ui.parts.buttons import Button
from app.ui.parts.fields import Field
from app.ui.parts.inputs import Line
from app.ui.parts.layout import Card, column, row
from app.ui.parts.text import Txt


class AddressCard(Card):
    """E-mail, telephone, and whether the address was read back. What is typed and not saved is kept on this PC."""

    saved = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._file: Head | None = None
        self._key = new_key()
        self._drafts = Drafts(desk.settings_dir / "draf")
        self.email = Field(self.tr("Surel pemohon"), Line("nama@contoh.id"))
        self.phone = Field(self.tr("Telepon"), Line())
        self.read_back = QCheckBox(self.tr("Sudah dibacakan ulang"))
        self.save = Button(self.tr("Simpan alamat"), "floppy-disk", "secondary", "Ctrl S", wide=True)
        self.save.clicked.connect(self._save)
        for field in (self.email, self.phone):
            field.changed.connect(self._typed)
        self.email.changed.connect(lambda: self.read_back.setChecked(False))
        self.read_back.clicked.connect(lambda _on: self._typed())
        words = Txt(self.tr("Bacakan alamatnya huruf demi huruf sebelum dokumen dikirim."), "small", "ink2", wrap=True)
        head = Txt(self.tr("Kirim ke"), "h2")
        self.setLayout(
            column(
                head,
                words,
                2,
                self.email,
                self.phone,
                row(self.read_back, "s"),
                self.save,
                gap=8,
                margins=(16, 12, 16, 14),
            )
        )
        self._judge()

    def typed(self) -> Contact:
        """What stands in the fields now."""
        return Contact(str(self.email.value()).strip(), str(self.phone.value()).strip(), self.read_back.isChecked())

    def changed(self) -> bool:
        """Whether it differs from what is saved."""
        return self._file is not None and self.typed() != self._file.contact

    def kept(self, number: str) -> Contact | None:
        """What was typed for a file and not saved; reads a small file, so it is asked off the GUI thread."""
        found = self._drafts.offer(f"{number}-alamat")
        return Contact(**found) if found else None

    def show_file(self, file: Head, kept: Contact | None, *, may: bool) -> None:
        """Show a file's address; what was typed and not saved stays."""
        another = self._file is None or self._file.id != file.id
        dirty = not another and self.changed()
        self._file = file
        if not dirty:
            known = kept if kept and may else file.contact
            self.email.set_value(known.email)
            self.phone.set_value(known.phone)
            self.read_back.setChecked(known.read_back)
        for field in (self.email, self.phone):
            field.set_read_only(not may)
        self.read_back.setEnabled(may)
        self.save.setVisible(may)
        self._judge()

    def _name(self) -> str:
        return f"{self._file.number}-alamat" if self._file else "alamat"

    def _judge(self) -> None:
        self.save.setEnabled(self.changed())

    def _typed(self) -> None:
        self._judge()
        if self.changed():
            now = self.typed()
            self._drafts.keep(self._name(), {"email": now.email, "phone": now.phone, "read_back": now.read_back})

    def _save(self) -> None:
        file, contact, who, key = self._file, self.typed(), self._desk.who, self._key
        if file is not None and self.changed():
            self._desk.tasks.ask(
                lambda: intake.set_contact(who, file, contact, key),
                self._done,
                self._refused,
                owner=self,
                dead=self.save,
                command=self.tr("Alamat pemohon {0}").format(file.number),
            )

    def _done(self, _nothing: None) -> None:
        self._key = new_key()
        self._drafts.drop(self._name())
        self.saved.emit()

    def _refused(self, error: Exception) -> None:
        self._key = new_key()
        self.email.set_state("bad", str(error))
        self.email.setFocus()
