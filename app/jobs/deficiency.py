"""Notes what a file lacks, tells the applicant, and stops the clock, as one act (SOP rows 3 and 4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from app.errors import Refused, Shown
from app.jobs.printing_out import print_paper
from app.jobs.workshop import Progress, Workshop, office_now
from app.printing import mail as letters
from app.printing.data import DeficiencyData, Problem
from app.printing.deficiency import HOW as BY_HAND
from app.printing.deficiency import deficiency
from app.services import intake, outbox, papers
from app.services.accounts import Who
from app.services.act import Moved, act
from app.services.berkas import Head, head
from app.services.case import Reporter, Route
from app.services.intake import FindingRow
from app.services.keys import derived
from app.services.outbox import Attachment
from app.services.papers import NewPaper, PaperRow
from app.sop.calendar import WIB
from app.sop.model import Channel, Kind, Step

BY_MAIL = "Balas e-mail ini dengan melampirkan berkas yang diminta (PDF atau foto yang jelas)."


@dataclass(frozen=True)
class Message:
    """What the applicant will read: the e-mail, or the same words on paper."""

    subject: str
    body: str


def step_of(shop: Workshop, who: Who, file: Head) -> Step:
    """The SOP's row by which this officer stops the clock of this file; Refused where there is none now."""
    for step in shop.sop.offered(who.role, file.stage, file.channel):
        if step.pauses:
            return step
    raise Refused("Kekurangan hanya dicatat selama berkas diverifikasi. Muat ulang berkas untuk melihat tahapnya.")


def preview(shop: Workshop, who: Who, berkas_id: int, findings: Sequence[FindingRow], note: str = "") -> Message:
    """The message as it would go out now; nothing is stored."""
    letter = letters.deficiency(_data(shop, who, head(shop.sop, berkas_id), findings, note))
    return Message(letter.subject, letter.body)


def note_deficiency(
    shop: Workshop, who: Who, berkas_id: int, findings: Sequence[FindingRow], key: str,
    progress: Progress | None = None, note: str = "",
) -> Moved:  # fmt: skip
    """Findings, the paper, the applicant's message, then the line that stops the clock; offline the paper is printed.

    Refused before anything is written where no finding is given or an online applicant has no address. A printer that
    fails does not undo the line: `papers.print_state` says what became of the paper, and it can be printed again.
    """
    file = head(shop.sop, berkas_id)
    if file.stage.kind is Kind.PAUSE:
        return _again(shop, who, file, key, note)
    step = step_of(shop, who, file)
    if not findings:
        raise Refused("Pilih paling sedikit satu kekurangan untuk disampaikan kepada pemohon.", field="findings")
    if file.channel is Channel.ONLINE and not file.contact.email:
        raise Refused("Isi alamat surel pemohon dahulu; pemberitahuan dikirim ke sana.", field="email")
    data = _data(shop, who, file, findings, note)
    _say(progress, "Menyimpan catatan kekurangan")
    intake.add_findings(who, file, findings, derived(key, "findings"))
    paper = _paper(who, file, data, derived(key, "paper"))
    if file.channel is Channel.ONLINE:
        _queue(who, file, data, paper, derived(key, "mail"))
    moved = act(who, berkas_id, step.key, file.n, derived(key, "act"), note)
    if file.channel is Channel.OFFLINE:
        _print(shop, who, paper, derived(key, "print"), progress)
    return moved


def _again(shop: Workshop, who: Who, file: Head, key: str, note: str) -> Moved:
    """The line of an earlier try whose answer was lost; the database refuses if this key signed none."""
    step = next(s for s in shop.sop.steps if s.to == file.stage and s.pauses and s.open_to(who.role, file.channel))
    return act(who, file.id, step.key, file.n, derived(key, "act"), note)


def _print(shop: Workshop, who: Who, paper: PaperRow, key: str, progress: Progress | None) -> None:
    try:
        print_paper(shop, who, paper, key, progress)
    except Shown as trouble:
        # The line is signed already; what the printer said stands on record and on the page.
        _say(progress, trouble.message)


def _paper(who: Who, file: Head, data: DeficiencyData, key: str) -> PaperRow:
    pdf = deficiency(data)
    paper = NewPaper("deficiency", "kekurangan", "Catatan kekurangan", pdf, papers.pdf_pages(pdf))
    return papers.store(who, file.id, paper, key)


def _queue(who: Who, file: Head, data: DeficiencyData, paper: PaperRow, key: str) -> None:
    letter = letters.deficiency(data)
    attached = [Attachment(f"catatan-kekurangan-{file.number}.pdf", paper.sha256)]
    outbox.queue(who, file, "mail_deficiency", file.contact.email, letter.subject, letter.body, attached, key)


def _data(shop: Workshop, who: Who, file: Head, findings: Sequence[FindingRow], note: str) -> DeficiencyData:
    office = office_now()
    frame = shop.frame(office, file, who)
    labels = requirement_labels(file.id)
    problems = tuple(Problem(labels.get(f.subject, "Berkas"), f.problem, f.solution) for f in findings)
    keep = (frame.printed_at_local + timedelta(days=office.keep_deficient_days)).astimezone(WIB).date()
    return DeficiencyData(frame, problems, keep, note, BY_MAIL if file.channel is Channel.ONLINE else BY_HAND)


def requirement_labels(berkas_id: int) -> dict[str, str]:
    """Code → label of every requirement either route knows."""
    routes = (Route.PA, Route.PN)
    return {r.code: r.label for route in routes for r in intake.requirements(berkas_id, route, Reporter.PROXY)}


def _say(progress: Progress | None, text: str) -> None:
    if progress:
        progress.report(0, 1, text)
