"""The paper with the backup key, A4: groups that a hand can type, a QR, and where to keep it."""

from __future__ import annotations

from typing import Any

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer, Table

from app.printing import fonts, frame, qr, sheet
from app.printing.data import Frame
from app.printing.text import Text

KIND = "Lembar kunci cadangan"
MODULE = 0.8 * mm
RULES = (
    "Tanpa kunci ini cadangan PELITA 3 tidak dapat dibuka oleh siapa pun, juga oleh pembuat program.",
    "Dengan kunci ini dan satu berkas cadangan, seluruh data pemohon terbaca. Perlakukan seperti stempel dinas.",
    "Masukkan ke dua amplop bersegel: satu di brankas Kepala Dinas, satu di tempat lain di luar gedung ini.",
    "Jangan difoto, jangan dikirim lewat surel atau obrolan, jangan disimpan bersama media cadangan.",
    "Bila amplop pernah dibuka, catat siapa dan kapan, lalu buat kunci baru dan cadangan baru.",
)


def backup_key(data: Frame, name: str, groups: str, code: str) -> bytes:
    """One page. `name` says which key it is (as on every backup), `groups` is the key, `code` what the QR says."""
    fonts.register()
    parts = groups.split("-")
    cells = [[Text(g, fonts.SANS_BOLD, 19, align="c", lines=1) for g in parts[i : i + 5]] for i in range(0, 14, 5)]
    cells[-1] += [Text("", size=19)] * (5 - len(cells[-1]))
    padding: list[Any] = [(f"{side}PADDING", (0, 0), (-1, -1), 6) for side in ("LEFT", "RIGHT", "TOP", "BOTTOM")]
    lines: list[Any] = [("FONTNAME", (0, 0), (-1, -1), fonts.SANS), ("GRID", (0, 0), (-1, -1), 0.5, "#000000")]
    table = Table(cells, colWidths=[32 * mm] * 5, style=[*lines, *padding])
    story: list[Flowable] = [
        *frame.letterhead(data),
        *frame.heading("LEMBAR KUNCI CADANGAN", f"kunci {name}"),
        Spacer(1, 6),
        table,
        Spacer(1, 6),
        Text("Dibaca dari kiri ke kanan, baris demi baris. Tidak ada huruf I, L, O, U.", size=9.5, align="c", after=10),
        qr.Symbol(code, MODULE, align="CENTER"),
        Spacer(1, 6),
        *(Text(f"{i}. {rule}", size=10.5, lead=1.35, after=5) for i, rule in enumerate(RULES, 1)),
        Text("Memulihkan:  pelita3 admin backup-key --type   lalu   pelita3 admin restore BERKAS", size=9.5, before=6),
    ]
    return sheet.build([sheet.Part(story, sheet.A4_PORTRAIT, KIND, own_qr=True)], data, KIND)
