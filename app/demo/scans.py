"""Papers as an applicant would bring them; every word is invented."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from app.demo.scan_look import INK, Sheet, emblem, font, pdf
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


def _address(party: Party) -> str:
    a = party.address
    return f"{a.street.title()}, Kelurahan {a.kelurahan.title()}, Kecamatan {a.kecamatan.title()}, Kota Pekanbaru"


def _decision(case: Case) -> list[Sheet]:
    return [_opening(case), _verdict(case), _final(case)]


def _sides(case: Case) -> tuple[Party, Party]:
    return (case.wife, case.husband) if case.decision.filed_by == "ISTRI" else (case.husband, case.wife)


def _side(p: Party, side: str) -> str:
    return (
        f"<p align=justify><b>{p.name}</b>, lahir di {p.birth_place.title()} tanggal {day(p.birth_date)}, "
        f"agama {p.religion.title()}, pekerjaan {p.occupation.title()}, bertempat tinggal di {_address(p)}, "
        f"selanjutnya disebut sebagai <b>{side}</b>;</p>"
    )


def _opening(case: Case) -> Sheet:
    d, m = case.decision, case.marriage
    first, second = _sides(case)
    html = (
        f"<br><br><br><p align=center><b>P U T U S A N</b><br>Nomor {d.number}</p>"
        "<p align=center><b>DEMI KEADILAN BERDASARKAN KETUHANAN YANG MAHA ESA</b></p>"
        f"<p align=justify>{d.court.title()} yang mengadili perkara perdata, telah menjatuhkan putusan sebagai "
        f"berikut dalam perkara gugatan antara:</p>{_side(first, 'PENGGUGAT')}<p align=center><b>L a w a n</b></p>"
        f"{_side(second, 'TERGUGAT')}<p>Pengadilan tersebut;</p>"
        "<p>Setelah membaca berkas perkara yang bersangkutan;</p>"
        "<p align=center><b>TENTANG DUDUK PERKARA</b></p><p align=justify>Menimbang, bahwa Penggugat dan Tergugat "
        f"telah melangsungkan perkawinan pada tanggal {day(m.date)} sebagaimana dicatat dengan Nomor {m.number};</p>"
    )
    return Sheet(html, stamp=(980, 1600), draw=lambda p, w, _h: emblem(p, w, 60))


def _verdict(case: Case) -> Sheet:
    d = case.decision
    _, second = _sides(case)
    custody = "".join(
        f"<p align=justify>{i}. Menetapkan anak bernama {c.name.title()} berada dalam pengasuhan "
        f"{'Tergugat' if (c.household == 1) == (second is case.husband) else 'Penggugat'};</p>"
        for i, c in enumerate(case.members, 3)
    )
    html = (
        f"<p align=center><i>Putusan Nomor {d.number}</i></p><p align=center><b>M E N G A D I L I :</b></p>"
        "<p align=justify>1. Mengabulkan gugatan Penggugat untuk sebagian;</p>"
        "<p align=justify>2. Menyatakan perkawinan antara Penggugat dan Tergugat sebagaimana Nomor "
        f"{case.marriage.number} <b>putus karena perceraian</b> dengan segala akibat hukumnya;</p>{custody}"
        "<p align=justify>Demikian diputuskan dalam rapat permusyawaratan Majelis Hakim dan diucapkan dalam sidang "
        f"terbuka untuk umum pada tanggal <b>{day(d.date)}</b>.</p><br><br><p align=right>Hakim Ketua,</p>"
    )
    return Sheet(html, angle=-0.35, stamp=(820, 1330))


def _final(case: Case) -> Sheet:
    d = case.decision
    html = (
        "<br><p align=center><b>SURAT KETERANGAN PANITERA</b><br>"
        f"{'Nomor ' + d.clerk_letter if d.clerk_letter else ''}</p><p align=justify>Panitera {d.court.title()} "
        f"menerangkan bahwa Putusan Nomor {d.number} tanggal {day(d.date)} telah <b>berkekuatan hukum tetap</b> "
        f"sejak tanggal <b>{day(d.bht_date)}</b>.</p><br><br><p align=right>Panitera,</p>"
    )
    return Sheet(html, angle=0.2, stamp=(900, 760))


def _certificate(case: Case) -> Sheet:
    pa, m, d = case.route is Route.PA, case.marriage, case.decision
    issuer, title = ("PENGADILAN AGAMA", "AKTA CERAI") if pa else ("PENCATATAN SIPIL", "KUTIPAN AKTA PERKAWINAN")
    number, on = (d.pa_certificate, d.pa_certificate_date) if pa else (m.number, m.date)
    words = (
        f"Panitera {d.court.title()} menerangkan bahwa pada tanggal {day(on)} telah terjadi perceraian antara"
        if pa
        else f"Bahwa di {m.place.title()} pada tanggal {day(on)} telah tercatat perkawinan antara"
    )
    html = (
        f"<br><br><br><br><p align=center><b>REPUBLIK INDONESIA</b></p><p align=center>{issuer}</p>"
        f"<p align=center><b>{title}</b></p><p align=center>Nomor {number}</p><p align=justify>{words}</p>"
        f"<p align=center><b>{case.husband.name}</b></p><p align=center>dengan</p>"
        f"<p align=center><b>{case.wife.name}</b></p><br><p align=right>Pekanbaru, {day(on)}</p>"
    )
    return Sheet(html, tint="#F6F3DF", angle=0.3, stamp=(900, 1330), draw=_frame)


def _frame(p: QPainter, w: int, h: int) -> None:
    for width, inset in ((4, 60), (2, 76)):
        p.setPen(QPen(QColor("#7A6A3A"), width))
        p.setBrush(Qt.BrushStyle.NoBrush)
        p.drawRect(inset, inset, w - 2 * inset, h - 2 * inset)
    emblem(p, w, 120)


def _kk(case: Case) -> Sheet:
    people = [(case.husband, "KEPALA KELUARGA"), (case.wife, "ISTRI"), *((m, "ANAK") for m in case.members)]

    def table(p: QPainter, w: int, _h: int) -> None:
        p.setPen(INK)
        p.setFont(font(40, bold=True))
        p.drawText(QRectF(0, 60, w, 50), Qt.AlignmentFlag.AlignCenter, "KARTU KELUARGA")
        p.setFont(font(28, bold=True))
        p.drawText(QRectF(0, 112, w, 40), Qt.AlignmentFlag.AlignCenter, f"No. {case.husband.kk_number}")
        p.setFont(font(20))
        a = case.husband.address
        place = f"RT/RW : {a.rt}/{a.rw}   Kelurahan : {a.kelurahan}   Kecamatan : {a.kecamatan}"
        lines = (f"Nama Kepala Keluarga : {case.husband.kk_head}", f"Alamat : {a.street}", place)
        for i, line in enumerate(lines):
            p.drawText(70, 205 + i * 32, line)
        xs = (70, 120, 560, 830, 980, 1180, 1350, 1684)
        heads = ("No", "Nama lengkap", "NIK", "JK", "Tempat lahir", "Tgl lahir", "Hubungan")
        rows = [heads] + [
            (str(i), m.name, m.nik, "L" if m.sex is Sex.MALE else "P", m.birth_place, f"{m.birth_date:%d-%m-%Y}", rel)
            for i, (m, rel) in enumerate(people, 1)
        ]
        for j, row in enumerate(rows):
            top = 320 + j * 46
            p.setFont(font(19, bold=j == 0))
            for i, value in enumerate(row):
                p.drawText(QRectF(xs[i] + 8, top, xs[i + 1] - xs[i] - 10, 46), Qt.AlignmentFlag.AlignVCenter, value)
            p.drawLine(xs[0], top + 46, xs[-1], top + 46)
        for x in xs:
            p.drawLine(x, 320, x, 320 + 46 * len(rows))
        p.drawLine(xs[0], 320, xs[-1], 320)

    return Sheet(tint="#F3F7FA", angle=-0.3, stamp=(1450, 980), draw=table, size=(1754, 1240))


def _ktp(party: Party) -> Sheet:
    def card(p: QPainter, _w: int, _h: int) -> None:
        path = QPainterPath()
        path.addRoundedRect(QRectF(180, 160, 900, 568), 30, 30)
        p.fillPath(path, QColor("#CFE4F2"))
        p.setPen(QColor("#1B2A44"))
        p.setFont(font(28, bold=True))
        p.drawText(QRectF(180, 182, 900, 36), Qt.AlignmentFlag.AlignCenter, "PROVINSI RIAU")
        p.drawText(QRectF(180, 218, 900, 36), Qt.AlignmentFlag.AlignCenter, "KOTA PEKANBARU")
        p.setFont(font(36, bold=True))
        p.drawText(220, 312, f"NIK :  {party.nik}")
        p.setFont(font(21))
        a = party.address
        lines = (
            ("Nama", party.name), ("Tempat/Tgl Lahir", f"{party.birth_place}, {party.birth_date:%d-%m-%Y}"),
            ("Jenis Kelamin", "LAKI-LAKI" if party.sex is Sex.MALE else "PEREMPUAN"), ("Alamat", a.street),
            ("   RT/RW", f"{a.rt}/{a.rw}"), ("   Kel/Desa", a.kelurahan), ("   Kecamatan", a.kecamatan),
            ("Agama", party.religion), ("Status Perkawinan", "KAWIN"), ("Pekerjaan", party.occupation),
            ("Kewarganegaraan", "WNI"),
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

    return Sheet(tint="#FBFAF6", angle=0.9, draw=card, size=(1240, 900))
