"""The note of what a file lacks (SOP rows 3 and 4), A5: each problem in plain words with its solution."""

from __future__ import annotations

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, Spacer

from app.printing import dates, fonts, frame, sheet
from app.printing.data import DeficiencyData, Problem
from app.printing.text import Text

KIND = "Catatan kekurangan berkas"
HOW = "Bawa catatan ini kembali ke loket. Anda tidak perlu mengisi permohonan dari awal."


def deficiency(data: DeficiencyData) -> bytes:
    """Problems with their solutions, what to bring or send, and until when the file is kept."""
    facts = [("Nomor berkas", data.frame.number)]
    facts += [("Pemohon", data.applicant)] if data.applicant else []
    facts += [("Dicatat oleh", data.frame.officer), ("Tanggal", dates.moment(data.frame.printed_at_local))]
    story: list[Flowable] = [
        *frame.letterhead(data.frame, 0.72),
        *frame.heading("CATATAN KEKURANGAN BERKAS", size=12),
        frame.pairs(facts, 27 * mm, 8.5),
        Text(opening(data), size=9, before=5, after=4),
        *(_problem(i, p) for i, p in enumerate(data.problems, 1)),
    ]
    story += [frame.section("Catatan petugas"), Text(data.note, size=9)] if data.note else []
    story.append(KeepTogether(_end(data)))
    return sheet.build([sheet.Part(story, sheet.A5_PORTRAIT, KIND)], data.frame, KIND)


def opening(data: DeficiencyData) -> str:
    """The first sentence, also of the e-mail."""
    many = len(data.problems)
    return (
        f"Berkas Anda sudah kami periksa. Ada {many} hal yang perlu dilengkapi agar permohonan dapat diteruskan. "
        "Waktu pelayanan berhenti dihitung sampai Anda melengkapinya."
    )


def kept(data: DeficiencyData) -> str:
    """Until when the file is kept."""
    return f"Berkas Anda kami simpan sampai {dates.weekday_day(data.keep_until_local)}."


def _problem(number: int, problem: Problem) -> Flowable:
    inside: list[Flowable] = [Text(f"{number}. {problem.about}", fonts.SANS_BOLD, 9.5, after=2)]
    rows = [("Masalah", problem.problem), ("Solusi", problem.solution)]
    rows += [("Bawa/kirim", problem.bring)] if problem.bring else []
    inside.append(frame.pairs(rows, 20 * mm, 8.8, strong=False))
    return KeepTogether([frame.boxed(inside, 6, 0.6), Spacer(1, 4)])


def _end(data: DeficiencyData) -> list[Flowable]:
    return [
        Text(data.how or HOW, size=9, before=4, after=3),
        Text(kept(data), fonts.SANS_BOLD, 9.5, after=3),
        Text("Pelayanan ini GRATIS – tidak dipungut biaya.", size=9),
    ]
