"""The office's mail server: its data, its password, and a try that really connects. For first start and Kantor."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QCheckBox, QWidget

from app.errors import Shown
from app.ui.parts.buttons import Button
from app.ui.parts.fields import Field
from app.ui.parts.form import Form, two_columns
from app.ui.parts.inputs import Choice, Line, Password
from app.ui.parts.layout import box, column, row
from app.ui.parts.text import Ico, Txt

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.services.office import Office
    from app.ui.tasks import Progress, Tasks

tr = partial(QCoreApplication.translate, "MailForm")
WAYS = (("starttls", "STARTTLS (587)"), ("tls", "TLS (465)"), ("none", "Tanpa pengamanan"))
PORTS = {"starttls": 587, "tls": 465, "none": 25}
TEXTS = ("smtp_host", "smtp_user", "smtp_from", "smtp_ca_file", "smtp_password_file")


class Port(Line):
    """1 to 65535."""

    def problem(self) -> str:
        """Not a port."""
        typed = self.text().strip()
        good = not typed or (typed.isascii() and typed.isdigit() and 0 < int(typed) < 65536)
        return "" if good else self.tr("Tulis bilangan dari 1 sampai 65535, biasanya 587")


class Address(Line):
    """One mail address."""

    def problem(self) -> str:
        """Not shaped like an address."""
        typed = self.value()
        local, at, domain = typed.partition("@")
        good = not typed or bool(local and at and "." in domain and " " not in typed)
        return "" if good else self.tr("Tulis alamat surel lengkap, misalnya layanan@pekanbaru.go.id")


class MailForm(QWidget):
    """All of it may stay empty: then nothing is mailed until somebody fills it in."""

    def __init__(self, tasks: Tasks) -> None:
        super().__init__()
        self._tasks = tasks
        self._office: Office | None = None
        self.form = _fields()
        self.changed = self.form.changed
        self.password = Field(tr("Sandi surel"), Password(), hint=tr("Disimpan di keyring PC ini, tidak di basis data"))
        self.plain = QCheckBox(tr("Izinkan tanpa pengamanan (hanya untuk server di gedung ini)"))
        self.test = Button(tr("Coba sambungan"), "plugs", "secondary", "Ctrl T")
        self.test.clicked.connect(self._try)
        self._sign, self._said = Ico("info", 18, "ink3", "fill"), Txt("", "body", "ink2", wrap=True, selectable=True)
        self._answer = box(row(self._sign, (self._said, 1), gap=8, margins=(0, 6, 0, 0)))
        self._answer.hide()
        self.form.fields["smtp_security"].changed.connect(self._way_chosen)
        f = self.form.fields
        grid = two_columns(
            (f["smtp_host"], row_widget(f["smtp_port"], f["smtp_security"])),
            (f["smtp_user"], self.password),
            (f["smtp_from"], f["smtp_password_file"]),
            (f["smtp_ca_file"], None),
        )
        self.setLayout(column(grid, self.plain, 2, row(self.test, "s"), self._answer, gap=8))
        self._way_chosen()

    def fill(self, office: Office) -> None:
        """Show what the office has."""
        self._office = office
        self.form.fill({name: getattr(office, name) for name in TEXTS} | _rest(office))
        self.plain.setChecked(office.smtp_allow_plain)
        self._way_chosen(keep_port=True)

    def values(self) -> dict[str, Any]:
        """Everything but the password, for a local draft."""
        return self.form.values() | {"smtp_allow_plain": self.plain.isChecked()}

    def fill_values(self, values: Mapping[str, Any]) -> None:
        """Put a local draft back."""
        self.form.fill(values)
        self.plain.setChecked(bool(values.get("smtp_allow_plain")))
        self._way_chosen(keep_port=True)

    def check(self) -> bool:
        """Judge the fields; an empty server needs nothing else."""
        if not self.form.fields["smtp_host"].value():
            return True
        if not self.form.check():
            return False
        if not self.form.fields["smtp_from"].value():
            return not self.form.refuse("smtp_from", tr("Isi alamat pengirim, misalnya layanan@pekanbaru.go.id"))
        return True

    def with_mail(self, office: Office) -> Office:
        """The office with what the form holds."""
        values = self.values()
        return replace(
            office,
            smtp_port=int(values["smtp_port"] or PORTS["starttls"]),
            smtp_security=values["smtp_security"],
            smtp_allow_plain=values["smtp_allow_plain"],
            **{name: values[name] for name in TEXTS},
        )

    def _way_chosen(self, *, keep_port: bool = False) -> None:
        way = self.form.fields["smtp_security"].value()
        self.plain.setVisible(way == "none")
        if not keep_port:
            self.form.fields["smtp_port"].set_value(str(PORTS.get(way, 587)))

    def _try(self) -> None:
        self._tell("info", "ink3", tr("Menghubungi server surel…"))
        if not self.form.fields["smtp_host"].value():
            self.form.refuse("smtp_host", tr("Isi nama server surel, misalnya smtp.pekanbaru.go.id"))
            self._answer.hide()
            return
        if not self.check() or self._office is None:
            self._answer.hide()
            return
        office, password = self.with_mail(self._office), self.password.value()
        self._tasks.work(
            partial(_check, office, password), self._good, self._bad, owner=self, dead=self.test, command=""
        )

    def _good(self, said: str) -> None:
        self._tell("check-circle", "ok", said)

    def _bad(self, error: Exception) -> None:
        field = error.field if isinstance(error, Shown) else ""
        if field == "smtp_password":
            self.password.set_state("bad", str(error))
            self._answer.hide()
        elif not self.form.refuse(field, str(error)):
            self._tell("x-circle", "bad", str(error))
        else:
            self._answer.hide()

    def _tell(self, glyph: str, tone: str, said: str) -> None:
        self._sign.set_icon(glyph, tone)
        self._said.set_tone("ink2" if tone == "ink3" else tone)
        self._said.setText(said)
        self._answer.show()


def _fields() -> Form:
    f = {
        "smtp_host": Field(tr("Server surel (SMTP)"), Line("smtp.pekanbaru.go.id")),
        "smtp_port": Field(tr("Port"), Port()),
        "smtp_security": Field(tr("Pengamanan"), Choice(WAYS)),
        "smtp_user": Field(tr("Nama pengguna surel"), Line()),
        "smtp_from": Field(tr("Alamat pengirim"), Address("layanan@pekanbaru.go.id")),
        "smtp_password_file": Field(
            tr("Berkas sandi (bila PC tanpa keyring)"),
            Line(),
            hint=tr("Letak lengkap; izin 0600; sandi di baris pertama"),
        ),
        "smtp_ca_file": Field(tr("Sertifikat CA sendiri (boleh kosong)"), Line(), hint=tr("Letak lengkap berkas PEM")),
    }
    f["smtp_security"].set_value("starttls")
    return Form(f, {}, column())


def _rest(office: Office) -> dict[str, Any]:
    return {"smtp_port": str(office.smtp_port), "smtp_security": office.smtp_security}


def row_widget(*widgets: QWidget) -> QWidget:
    """Widgets side by side as one."""
    return box(row(*[(widget, 1) for widget in widgets], gap=12))


def _check(office: Office, password: str, _progress: Progress) -> str:
    from app.jobs import mail_settings  # noqa: PLC0415 - mail libraries load in this thread, when they are wanted

    return mail_settings.check(office, password)
