"""The Kadis's certificate on this computer: its state, taking over the Kadis's own, or making a trial one."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from app.errors import Shown
from app.services.office import Office
from app.ui.parts.banner import Banner
from app.ui.parts.buttons import Button
from app.ui.parts.fields import Field
from app.ui.parts.form import two_columns
from app.ui.parts.inputs import Line, Password
from app.ui.parts.layout import column, line, row
from app.ui.parts.text import Txt
from app.ui.parts.trial_form import TrialForm

if TYPE_CHECKING:
    from app.jobs.certificates import CertificateState
    from app.jobs.workshop import Workshop
    from app.ui.tasks import Progress, Tasks

tr = partial(QCoreApplication.translate, "SignForm")


class SignForm(QWidget):
    """To be done at the Kadis's computer: the certificate stays there, only its root goes into the office's data."""

    def __init__(self, tasks: Tasks, shop: Workshop) -> None:
        super().__init__()
        self._tasks, self._shop, self._office = tasks, shop, Office()
        self.state = Banner(tr("Memeriksa sertifikat di PC ini…"), "mute", "signature")
        self.path = Field(tr("Berkas sertifikat (.p12)"), Line())
        self.browse = Button(tr("Pilih…"), "folder-open", "secondary")
        self.browse.clicked.connect(self._browse)
        self.phrase = Field(tr("Frasa sandi sertifikat"), Password(), hint=tr("Diketik Kadis; tidak disimpan"))
        self.take = Button(tr("Pasang sertifikat ini"), "seal-check", "secondary")
        self.take.clicked.connect(self._take)
        self.trial = TrialForm()
        self.make = Button(tr("Buat sertifikat uji coba"), "signature", "secondary")
        self.make.clicked.connect(self._make)
        fields = two_columns((self.path, self.phrase))
        self.setLayout(
            column(
                self.state,
                12,
                Txt(tr("Sertifikat Kadis sendiri"), "h3"),
                fields,
                row(self.browse, self.take, "s"),
                14,
                line(),
                8,
                Txt(tr("Sertifikat uji coba"), "h3"),
                self.trial,
                row(self.make, "s"),
                gap=8,
            )
        )

    def fill(self, office: Office) -> None:
        """For whom a trial certificate would be made."""
        self._office = office

    def look(self) -> None:
        """See what lies on this computer."""
        self._tasks.work(partial(_state, self._shop), self._seen, self._not_seen, owner=self)

    def _seen(self, found: CertificateState) -> None:
        if not found.present:
            here = tr("Kerjakan di PC Kadis: pasang sertifikatnya di bawah ini, atau buat yang uji coba untuk belajar.")
            self.state.set(tr("Belum ada sertifikat di PC ini"), "warn", "warning", detail=here)
            return
        until = f"{found.until:%d-%m-%Y}" if found.until else ""
        facts = " · ".join(part for part in (found.name, tr("sampai {0}").format(until) if until else "") if part)
        if found.trial:
            said = found.note or tr("Dokumen yang ditandatangani dengannya tidak sah secara hukum.")
            self.state.set(tr("Sertifikat uji coba terpasang"), "warn", "warning", detail=said, side=facts)
        else:
            tone = "warn" if found.note else "ok"
            self.state.set(tr("Sertifikat terpasang"), tone, "seal-check", detail=found.note, side=facts)

    def _not_seen(self, error: Exception) -> None:
        self.state.set(str(error), "bad", "x-circle")

    def _browse(self) -> None:
        dialog = QFileDialog(self, tr("Pilih sertifikat"))
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
        dialog.setNameFilters([tr("Sertifikat (*.p12 *.pfx)"), tr("Semua berkas (*)")])
        dialog.fileSelected.connect(self.path.set_value)
        dialog.open()

    def _take(self) -> None:
        if not self.path.value():
            self.path.set_state("bad", tr("Pilih berkas .p12 milik Kadis"))
            return
        if not self.phrase.value():
            self.phrase.set_state("bad", tr("Kadis mengetik frasa sandinya di sini"))
            self.phrase.setFocus()
            return
        given = bytearray(self.phrase.value().encode())
        self.phrase.set_value("")
        work = partial(_take, self._shop, Path(self.path.value()), given)
        self._tasks.work(work, self._changed, self._refused, owner=self, dead=self.take)

    def _make(self) -> None:
        if not self._office.head_name:
            self.state.set(tr("Isi dahulu nama Kepala Dinas pada tab Data kantor, lalu simpan"), "bad", "x-circle")
        elif self.trial.check():
            work = partial(_make, self._shop, self._office, self.trial.take())
            self._tasks.work(work, self._changed, self._refused, owner=self, dead=self.make)

    def _changed(self, _facts: object) -> None:
        self.path.set_value("")
        self.look()

    def _refused(self, error: Exception) -> None:
        field = error.field if isinstance(error, Shown) else ""
        at = {"passphrase": self.phrase, "certificate": self.path}.get(field)
        if at is None or not self.path.value():
            self.state.set(str(error), "bad", "x-circle")
        else:
            at.set_state("bad", str(error))
            at.setFocus()


# Signing loads half a second of libraries: they come in the working thread, when they are wanted.


def _state(shop: Workshop, _progress: Progress) -> CertificateState:
    from app.jobs import certificates  # noqa: PLC0415 - see above

    return certificates.state(shop)


def _take(shop: Workshop, source: Path, passphrase: bytearray, _progress: Progress) -> object:
    from app.jobs import certificates  # noqa: PLC0415 - see above

    return certificates.take_over(shop, source, passphrase)


def _make(shop: Workshop, office: Office, passphrase: bytearray, _progress: Progress) -> None:
    from app.jobs import certificates  # noqa: PLC0415 - see above

    certificates.make_trial(shop, office.head_name, office.head_nip, passphrase)
