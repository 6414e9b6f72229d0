"""Papers as an applicant would bring them, drawn so that they look scanned; every word is invented."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPageSize, QPainter, QPainterPath, QPdfWriter, QPen, QTextDocument

from app.services.case import Case, Party, Route, Sex

MONTHS = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)
INK, SEAL = QColor("#2A2A2E"), QColor("#4B3FA8")
A4 = (1240, 1754)
SERIF, SANS = "Liberation Serif", "Inter"
Extra = Callable[[QPainter, int, int], None]


@dataclass(frozen=True)
class Sheet:
    """One page before it is drawn: its text as rich text, and what is drawn besides."""

    html: str = ""
    tint: str = "#FBF9F2"
    angle: float = 0.4
    stamp: tuple[int, int] | None = None
    extra: Extra | None = None
    size: tuple[int, int] = A4


def day(d: date | None) -> str:
    """A date as letters write it."""
    return f"{d.day} {MONTHS[d.month - 1]} {d.year}" if d else ""


def requirement_files(case: Case, *, blurred: str = "") -> dict[str, bytes]:
    """Requirement code -> PDF of what the applicant brings; `blurred` names one that cannot be read."""
    out = {"putusan": pdf(_decision(case)), "kk": pdf([_kk(case)])}
    out["akta_kawin" if case.route is Route.PN else "akta_cerai"] = pdf([_certificate(case)])
    for code, party in (("ktp_suami", case.husband), ("ktp_istri", case.wife)):
        out[code] = pdf([_ktp(party)], blur=code == blurred)
    return out


def pdf(sheets: list[Sheet], *, blur: bool = False) -> bytes:
    """The sheets as one PDF of pictures, the way a scanner makes it."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle("Pindaian")
    painter = QPainter()
    for i, sheet in enumerate(sheets):
        image = _image(sheet, seed=i + len(sheet.html))
        if blur:
            small = image.scaled(
                image.width() // 14, image.height() // 14, mode=Qt.TransformationMode.SmoothTransformation
            )
            image = small.scaled(image.width(), image.height(), mode=Qt.TransformationMode.SmoothTransformation)
        millimetres = QSizeF(210, 210 * image.height() / image.width())
        writer.setPageSize(QPageSize(millimetres, QPageSize.Unit.Millimeter))
        writer.setPageMargins(QMarginsF(0, 0, 0, 0))
        if i == 0:
            painter.begin(writer)
        else:
            writer.newPage()
        painter.drawImage(QRectF(0, 0, writer.width(), writer.height()), image)
    painter.end()
    return bytes(buffer.data().data())


def _image(sheet: Sheet, seed: int) -> QImage:
    w, h = sheet.size
    image = QImage(w, h, QImage.Format.Format_RGB32)
    image.fill(QColor(sheet.tint))
    p = QPainter(image)
    p.setRenderHints(
        QPainter.RenderHint.Antialiasing
        | QPainter.RenderHint.SmoothPixmapTransform
        | QPainter.RenderHint.TextAntialiasing
    )
    p.translate(w / 2, h / 2)
    p.rotate(sheet.angle)
    p.translate(-w / 2, -h / 2)
    if sheet.extra:
        sheet.extra(p, w, h)
    if sheet.html:
        _text(p, sheet.html, w)
    if sheet.stamp:
        _stamp(p, *sheet.stamp)
    _specks(p, w, h, seed)
    p.end()
    return image


def _text(p: QPainter, html: str, w: int) -> None:
    document = QTextDocument()
    font = QFont(SERIF)
    font.setPixelSize(30)
    document.setDefaultFont(font)
    document.setTextWidth(w - 270)
    document.setHtml(f"<div style='color:#2a2a2e; line-height:118%'>{html}</div>")
    p.save()
    p.translate(135, 110)
    document.drawContents(p)
    p.restore()


def _specks(p: QPainter, w: int, h: int, seed: int) -> None:
    dice = random.Random(seed)
    for _ in range(700):
        p.setPen(QColor(60, 60, 60, dice.randint(8, 40)))
        p.drawPoint(QPointF(dice.uniform(0, w), dice.uniform(0, h)))


def _font(px: int, *, bold: bool = False, family: str = SANS) -> QFont:
    font = QFont(family)
    font.setPixelSize(px)
    font.setBold(bold)
    return font


def _stamp(p: QPainter, x: int, y: int) -> None:
    p.save()
    p.translate(x, y)
    p.rotate(-12)
    p.setOpacity(0.62)
    p.setPen(QPen(SEAL, 4))
    p.setBrush(Qt.BrushStyle.NoBrush)
    p.drawEllipse(QPointF(0, 0), 108, 108)
    p.drawEllipse(QPointF(0, 0), 76, 76)
    p.setFont(_font(20, bold=True))
    p.drawText(QRectF(-90, -15, 180, 30), Qt.AlignmentFlag.AlignCenter, "CONTOH")
    line = QPainterPath(QPointF(-30, 60))
    line.cubicTo(15, -60, 45, 90, 75, -15)
    line.cubicTo(90, 30, 120, 15, 180, -30)
    p.drawPath(line)
    p.restore()


def _emblem(p: QPainter, w: int, y: int) -> None:
    p.setPen(QPen(INK, 3))
    p.setBrush(Qt.BrushStyle.NoBrush)
    p.drawEllipse(QPointF(w / 2, y + 40), 40, 40)
    roof = QPainterPath(QPointF(w / 2, y + 14))
    roof.lineTo(w / 2 + 24, y + 54)
    roof.lineTo(w / 2 - 24, y + 54)
    roof.closeSubpath()
    p.drawPath(roof)


def _address(party: Party) -> str:
    a = party.address
    return f"{a.street.title()}, Kelurahan {a.kelurahan.title()}, Kecamatan {a.kecamatan.title()}, Kota Pekanbaru"


def _decision(case: Case) -> list[Sheet]:
    d, m = case.decision, case.marriage
    first, second = (case.wife, case.husband) if d.filed_by == "ISTRI" else (case.husband, case.wife)
    court = d.court.title()

    def who(p: Party, side: str) -> str:
        return (
            f"<p align=justify><b>{p.name}</b>, lahir di {p.birth_place.title()} tanggal {day(p.birth_date)}, agama "
            f"{p.religion.title()}, pekerjaan {p.occupation.title()}, bertempat tinggal di {_address(p)}, selanjutnya disebut "
            f"sebagai <b>{side}</b>;</p>"
        )

    opening = Sheet(
        f"<br><br><br><p align=center><b>P U T U S A N</b><br>Nomor {d.number}</p><p align=center><b>DEMI KEADILAN BERDASARKAN "
        f"KETUHANAN YANG MAHA ESA</b></p><p align=justify>{court} yang mengadili perkara perdata, telah menjatuhkan putusan sebagai "
        f"berikut dalam perkara gugatan antara:</p>{who(first, 'PENGGUGAT')}<p align=center><b>L a w a n</b></p>"
        f"{who(second, 'TERGUGAT')}<p>Pengadilan tersebut;</p><p>Setelah membaca berkas perkara yang bersangkutan;</p>"
        f"<p align=center><b>TENTANG DUDUK PERKARA</b></p><p align=justify>Menimbang, bahwa Penggugat dan Tergugat telah "
        f"melangsungkan perkawinan pada tanggal {day(m.date)} sebagaimana dicatat dengan Nomor {m.number};</p>",
        stamp=(980, 1600), extra=lambda p, w, _h: _emblem(p, w, 60),
    )  # fmt: skip
    custody = "".join(
        f"<p align=justify>{i}. Menetapkan anak bernama {c.name.title()} berada dalam pengasuhan "
        f"{'Tergugat' if (c.household == 1) == (second is case.husband) else 'Penggugat'};</p>"
        for i, c in enumerate(case.members, 3)
    )
    verdict = Sheet(
        f"<p align=center><i>Putusan Nomor {d.number}</i></p><p align=center><b>M E N G A D I L I :</b></p><p align=justify>1. "
        f"Mengabulkan gugatan Penggugat untuk sebagian;</p><p align=justify>2. Menyatakan perkawinan antara Penggugat dan Tergugat "
        f"sebagaimana Nomor {m.number} <b>putus karena perceraian</b> dengan segala akibat hukumnya;</p>{custody}<p align=justify>"
        f"Demikian diputuskan dalam rapat permusyawaratan Majelis Hakim dan diucapkan dalam sidang terbuka untuk umum pada tanggal "
        f"<b>{day(d.date)}</b>.</p><br><br><p align=right>Hakim Ketua,</p>",
        angle=-0.35, stamp=(820, 1330),
    )  # fmt: skip
    final = Sheet(
        f"<br><p align=center><b>SURAT KETERANGAN PANITERA</b><br>{'Nomor ' + d.clerk_letter if d.clerk_letter else ''}</p><p "
        f"align=justify>Panitera {court} menerangkan bahwa Putusan Nomor {d.number} tanggal {day(d.date)} telah <b>berkekuatan hukum "
        f"tetap</b> sejak tanggal <b>{day(d.bht_date)}</b>.</p><br><br><p align=right>Panitera,</p>",
        angle=0.2, stamp=(900, 760),
    )  # fmt: skip
    return [opening, verdict, final]


def _certificate(case: Case) -> Sheet:
    pa, m, d = case.route is Route.PA, case.marriage, case.decision
    title = "AKTA CERAI" if pa else "KUTIPAN AKTA PERKAWINAN"
    number = d.pa_certificate if pa else m.number
    words = (
        f"Panitera {d.court.title()} menerangkan bahwa pada tanggal {day(d.pa_certificate_date)} telah terjadi perceraian antara"
        if pa
        else f"Bahwa di {m.place.title()} pada tanggal {day(m.date)} telah tercatat perkawinan antara"
    )

    def frame(p: QPainter, w: int, h: int) -> None:
        for width, inset in ((4, 60), (2, 76)):
            p.setPen(QPen(QColor("#7A6A3A"), width))
            p.setBrush(Qt.BrushStyle.NoBrush)
            p.drawRect(inset, inset, w - 2 * inset, h - 2 * inset)
        _emblem(p, w, 120)

    return Sheet(
        f"<br><br><br><br><p align=center><b>REPUBLIK INDONESIA</b></p><p align=center>{'PENGADILAN AGAMA' if pa else 'PENCATATAN SIPIL'}"
        f"</p><p align=center><b>{title}</b></p><p align=center>Nomor {number}</p><p align=justify>{words}</p><p align=center>"
        f"<b>{case.husband.name}</b></p><p align=center>dengan</p><p align=center><b>{case.wife.name}</b></p><br><p align=right>"
        f"Pekanbaru, {day(d.pa_certificate_date if pa else m.date)}</p>",
        tint="#F6F3DF", angle=0.3, stamp=(900, 1330), extra=frame,
    )  # fmt: skip


def _kk(case: Case) -> Sheet:
    people = [(case.husband, "KEPALA KELUARGA"), (case.wife, "ISTRI"), *((m, "ANAK") for m in case.members)]

    def table(p: QPainter, w: int, _h: int) -> None:
        p.setPen(INK)
        p.setFont(_font(40, bold=True))
        p.drawText(QRectF(0, 60, w, 50), Qt.AlignmentFlag.AlignCenter, "KARTU KELUARGA")
        p.setFont(_font(28, bold=True))
        p.drawText(QRectF(0, 112, w, 40), Qt.AlignmentFlag.AlignCenter, f"No. {case.husband.kk_number}")
        p.setFont(_font(20))
        a = case.husband.address
        for i, line in enumerate((f"Nama Kepala Keluarga : {case.husband.kk_head}", f"Alamat : {a.street}", f"RT/RW : {a.rt}/{a.rw}   "
                                  f"Kelurahan : {a.kelurahan}   Kecamatan : {a.kecamatan}")):  # fmt: skip
            p.drawText(70, 205 + i * 32, line)
        xs = (70, 120, 560, 830, 980, 1180, 1350, 1684)
        heads = ("No", "Nama lengkap", "NIK", "JK", "Tempat lahir", "Tgl lahir", "Hubungan")
        rows = [heads] + [
            (str(i), m.name, m.nik, "L" if m.sex is Sex.MALE else "P", m.birth_place, f"{m.birth_date:%d-%m-%Y}", rel)
            for i, (m, rel) in enumerate(people, 1)
        ]
        for j, row in enumerate(rows):
            top = 320 + j * 46
            p.setFont(_font(19, bold=j == 0))
            for i, value in enumerate(row):
                p.drawText(QRectF(xs[i] + 8, top, xs[i + 1] - xs[i] - 10, 46), Qt.AlignmentFlag.AlignVCenter, value)
            p.drawLine(xs[0], top + 46, xs[-1], top + 46)
        for x in xs:
            p.drawLine(x, 320, x, 320 + 46 * len(rows))
        p.drawLine(xs[0], 320, xs[-1], 320)

    return Sheet(tint="#F3F7FA", angle=-0.3, stamp=(1450, 980), extra=table, size=(1754, 1240))


def _ktp(party: Party) -> Sheet:
    def card(p: QPainter, _w: int, _h: int) -> None:
        path = QPainterPath()
        path.addRoundedRect(QRectF(180, 160, 900, 568), 30, 30)
        p.fillPath(path, QColor("#CFE4F2"))
        p.setPen(QColor("#1B2A44"))
        p.setFont(_font(28, bold=True))
        p.drawText(QRectF(180, 182, 900, 36), Qt.AlignmentFlag.AlignCenter, "PROVINSI RIAU")
        p.drawText(QRectF(180, 218, 900, 36), Qt.AlignmentFlag.AlignCenter, "KOTA PEKANBARU")
        p.setFont(_font(36, bold=True))
        p.drawText(220, 312, f"NIK :  {party.nik}")
        p.setFont(_font(21))
        a = party.address
        lines = (
            ("Nama", party.name), ("Tempat/Tgl Lahir", f"{party.birth_place}, {party.birth_date:%d-%m-%Y}"),
            ("Jenis Kelamin", "LAKI-LAKI" if party.sex is Sex.MALE else "PEREMPUAN"), ("Alamat", a.street),
            ("   RT/RW", f"{a.rt}/{a.rw}"), ("   Kel/Desa", a.kelurahan), ("   Kecamatan", a.kecamatan), ("Agama", party.religion),
            ("Status Perkawinan", "KAWIN"), ("Pekerjaan", party.occupation), ("Kewarganegaraan", "WNI"),
        )  # fmt: skip
        for i, (label, value) in enumerate(lines):
            p.drawText(220, 356 + i * 33, label)
            p.drawText(420, 356 + i * 33, f": {value}")
        photo = QRectF(850, 330, 190, 250)
        p.fillRect(photo, QColor("#B8413C" if party.birth_date and party.birth_date.year % 2 else "#2F5E9E"))
        p.setPen(Qt.PenStyle.NoPen)
        p.setBrush(QColor("#E9C9A8"))
        p.drawEllipse(QPointF(945, 425), 48, 58)
        p.setBrush(QColor("#26324A"))
        p.drawRoundedRect(QRectF(880, 492, 130, 88), 36, 36)

    return Sheet(tint="#FBFAF6", angle=0.9, extra=card, size=(1240, 900))
