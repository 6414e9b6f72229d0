"""The daily report of a sealed day: from the seal's own numbers to paper, and by mail to the head of the office."""

from __future__ import annotations

from dataclasses import dataclass

from app.channels import smtp
from app.devices.printer import JobStatus
from app.errors import Refused
from app.jobs.workshop import Workshop, mail_server, office_now
from app.printing import daily_report as paper
from app.printing import dates
from app.printing.daily_report import DailyReport, StageCount, StepCount
from app.printing.data import Frame, signer_of
from app.services import evidence, seals
from app.services.accounts import HAT_LABELS
from app.services.evidence import Past
from app.services.seals import SealRow
from app.sop.calendar import WIB
from app.sop.model import Kind, Sop, Stage

KIND = "daily_report"
"""Under this name a computer's settings may give the report a printer of its own."""
BEYOND = "Di luar baris SOP (dilengkapi, dibatalkan, diambil alih)"
NEVER = "belum pernah diperiksa"


@dataclass(frozen=True)
class Mailed:
    """The report as the mail server took it."""

    to: str
    reply: str


def make(shop: Workshop, seal: SealRow) -> bytes:
    """The report's PDF; the same seal gives the same numbers for ever."""
    office = office_now()
    at = seal.made_at.astimezone(WIB)
    before = next((s for s in seals.seals(limit=100_000) if s.seal == seal.previous), None) if seal.previous else None
    frame = Frame(office, seal.day.isoformat(), shop.now().astimezone(WIB), f"{seals.CODE}:{seal.day}", seal.made_by)
    return paper.daily_report(
        DailyReport(
            frame, seal.day, before.made_at.astimezone(WIB) if before else None, at, facts(shop.sop, seal),
            steps(shop.sop, seal), stages(shop.sop, seal), seal.seal, seal.previous, seal.code,
            checked(evidence.last_check()), signer_of(office, None),
        )
    )  # fmt: skip


def print_out(shop: Workshop, seal: SealRow, printer: str = "") -> JobStatus:
    """Print it; returns what the spooler said at once."""
    chosen = shop.printer_for(KIND, printer)
    return chosen.state(chosen.print_pdf(make(shop, seal), f"{paper.KIND} {seal.day}"))


def mail(shop: Workshop, seal: SealRow) -> Mailed:
    """Send it to the head of the office. Refused where no mail server or no address is set; Unavailable: later."""
    office = office_now()
    if not office.head_email:
        raise Refused(
            "Alamat surel Kepala Dinas belum diisi di halaman Kantor, jadi laporan harian tidak dikirim.",
            field="head_email",
        )
    server = mail_server(office)
    day = dates.weekday_day(seal.day)
    body = (
        f"Laporan harian {day} terlampir.\n\nSegel harian:\n{seals.grouped(seal.seal)}\n\n"
        "Simpan surel ini. Bila kelak basis data diperiksa, segel ini harus ditemukan di dalamnya.\n"
        "Surel ini tidak memuat nama atau NIK pemohon.\n"
    )
    name = f"laporan-harian-{seal.day.isoformat()}.pdf"
    # The same day has the same Message-ID: a report that was sent twice is seen as one.
    host = office.smtp_from.rpartition("@")[2] or "pelita3"
    message = smtp.Message(
        f"laporan-{seal.seal[:32]}@{host}", office.head_email, f"Laporan harian PELITA 3, {day}", body,
        ((name, "application/pdf", make(shop, seal)),),
    )  # fmt: skip
    return Mailed(office.head_email, smtp.send(message, server).reply)


def checked(past: Past | None) -> str:
    """What the last verification found, in one line."""
    if past is None:
        return NEVER
    found, when = past.report, dates.moment(past.report.ended.astimezone(WIB))
    if found.bad:
        return f"{when}, {counted(found.bad)} KERUSAKAN. {past.first_bad}"
    how = "" if found.mode == "full" else ", isi berkas dinilai server"
    return f"{when}, {counted(found.files)} kartu dan {counted(found.lines)} baris utuh{how}"


def facts(sop: Sop, seal: SealRow) -> tuple[tuple[str, str], ...]:
    """The day in a few numbers."""
    running = sum(many for stage, many in _stages(sop, seal) if stage.kind not in {Kind.START, Kind.END})
    paused = sum(many for stage, many in _stages(sop, seal) if stage.kind is Kind.PAUSE)
    return (
        ("Permohonan masuk", counted(seal.counts.get(("action", "ajukan"), 0))),
        ("Selesai dikirim", counted(seal.counts.get(("action", "kirim"), 0))),
        ("Dibatalkan", counted(seal.counts.get(("action", "batalkan"), 0))),
        ("Berkas berjalan", counted(running)),
        ("Menunggu pemohon", counted(paused)),
        ("Seluruh berkas", counted(seal.total("files"))),
        ("Pembacaan dicatat", counted(seal.total("readings"))),
        ("Paraf tertahan", held(seal)),
    )


def held(seal: SealRow) -> str:
    """Lines whose signing waited long for its commit; only a server measures it."""
    measured = seal.total("measured")
    if not measured:
        return "tidak diukur"
    longest = f"{seal.total('longest_us') / 1_000_000:.1f}".replace(".", ",")
    return f"{counted(seal.total('held'))} dari {counted(measured)} (terlama {longest} detik)"


def steps(sop: Sop, seal: SealRow) -> tuple[StepCount, ...]:
    """Signed lines by row of the SOP, forward and back; what has no row stands last."""
    of_row: dict[int | None, list[int]] = {row: [0, 0] for row in (*sorted(sop.row_labels), None)}
    for action in sop.actions():
        step = sop.step_labelled(action)
        of_row[step.row][int(step.back)] += seal.counts.get(("action", action), 0)
    return tuple(
        StepCount(str(row) if row else "–", sop.row_labels[row] if row else BEYOND, signed, back)
        for row, (signed, back) in of_row.items()
    )


def stages(sop: Sop, seal: SealRow) -> tuple[StageCount, ...]:
    """Files by stage, in the order of the procedure."""
    found = _stages(sop, seal)
    return tuple(StageCount(_desk(s), s.label, many) for s, many in found if s.kind is not Kind.START or many)


def _stages(sop: Sop, seal: SealRow) -> list[tuple[Stage, int]]:
    return [(s, seal.counts.get(("stage", s.key), 0)) for s in sop.stages]


def _desk(stage: Stage) -> str:
    return HAT_LABELS[stage.desk].replace("Kepala ", "Ka. ") if stage.desk else "–"


def counted(many: int) -> str:
    """As in 10.482."""
    return f"{many:,}".replace(",", ".")
