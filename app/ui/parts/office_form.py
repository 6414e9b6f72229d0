"""The office's own data: letterhead and head, and how long things may take. Used by first start and by Kantor."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, Qt

from app.ui.parts.fields import Field
from app.ui.parts.form import Form, two_columns
from app.ui.parts.grouped import NumberLine
from app.ui.parts.inputs import Line
from app.ui.parts.layout import column
from app.ui.parts.text import Txt

if TYPE_CHECKING:
    from app.services.office import Office

tr = partial(QCoreApplication.translate, "OfficeForm")
LETTERHEAD = ("government", "name", "address", "contact", "short_name", "city")
HEAD = ("head_name", "head_nip", "head_rank", "head_position")
MOST_MINUTES = 7 * 24 * 60


class Minutes(Line):
    """A whole number of minutes of office time."""

    def __init__(self) -> None:
        super().__init__()
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setMaxLength(5)

    def problem(self) -> str:
        """Not a number, none at all, or more than a week."""
        typed = self.text().strip()
        if not typed:
            return ""
        if not (typed.isascii() and typed.isdigit() and 0 < int(typed) <= MOST_MINUTES):
            return self.tr("Tulis bilangan bulat dari 1 sampai {0}").format(MOST_MINUTES)
        return ""


def office_form() -> Form:
    """Letterhead on top, the Kadis below."""
    f = {
        "government": Field(tr("Pemerintah daerah"), Line(data=False)),
        "name": Field(tr("Nama dinas (huruf besar, untuk kop)"), Line(data=False)),
        "address": Field(tr("Alamat kantor"), Line(data=False)),
        "contact": Field(tr("Situs atau telepon"), Line(data=False)),
        "short_name": Field(tr("Nama singkat, pengirim surel"), Line(data=False)),
        "city": Field(tr("Kota, di depan tanggal surat"), Line(data=False)),
        "head_name": Field(tr("Nama dan gelar"), Line(data=False)),
        "head_nip": Field(tr("NIP"), NumberLine((8, 6, 1, 3))),
        "head_rank": Field(tr("Pangkat dan golongan"), Line(tr("Pembina Utama Muda (IV/c)"), data=False)),
        "head_position": Field(tr("Jabatan di bawah tanda tangan"), Line(data=False)),
    }
    needed = {
        "government": tr("Isi nama pemerintah daerah untuk kop surat"),
        "name": tr("Isi nama dinas untuk kop surat"),
        "address": tr("Isi alamat kantor untuk kop surat"),
        "short_name": tr("Isi nama singkat; pemohon melihatnya sebagai pengirim surel"),
        "city": tr("Isi nama kota"),
        "head_name": tr("Isi nama Kepala Dinas; namanya tercetak pada setiap dokumen"),
        "head_position": tr("Isi jabatan yang tercetak di bawah tanda tangan"),
    }
    top = two_columns(
        (f["government"], f["name"]), (f["address"], None), (f["contact"], f["short_name"]), (f["city"], None)
    )
    below = two_columns((f["head_name"], f["head_nip"]), (f["head_rank"], f["head_position"]))
    heads = (Txt(tr("Kop surat"), "h3"), Txt(tr("Kepala Dinas"), "h3"))
    return Form(f, needed, column(heads[0], 6, top, 20, heads[1], 6, below, gap=4))


def office_values(office: Office) -> dict[str, str]:
    """What the form shows of an office."""
    return {name: getattr(office, name) for name in (*LETTERHEAD, *HEAD)}


def with_office(office: Office, values: dict[str, str]) -> Office:
    """The office with what the form holds."""
    given: dict[str, Any] = {name: values[name] for name in (*LETTERHEAD, *HEAD)}
    return replace(office, **given)
