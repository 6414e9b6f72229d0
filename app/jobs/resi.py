"""Gives the resi: printed at the counter, or mailed; the file goes to the Kasi only with the proof (SOP rows 3, 7)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from app.devices.printer import JobState
from app.jobs import mailer
from app.jobs.printing_out import print_paper, said
from app.jobs.workshop import Progress, Workshop, mail_server, office_now
from app.printing import mail as letters
from app.printing.data import Received, ResiData
from app.printing.resi import resi
from app.services import card, clocks, entry, intake, outbox, papers
from app.services.accounts import Who
from app.services.act import Moved, act
from app.services.berkas import Head, head
from app.services.case import Case, documents
from app.services.keys import derived
from app.services.office import Office
from app.services.outbox import Attachment
from app.services.papers import NewPaper, PaperRow
from app.sop.calendar import WIB, after
from app.sop.model import Channel

NAMES = {"akta": "Kutipan Akta Perceraian", "kk": "Kartu Keluarga", "ktp": "KTP-el (pengajuan cetak)"}


@dataclass(frozen=True)
class GivenResi:
    """The resi and whether it was really given: `moved` is None while the proof is missing, `status` says why."""

    paper: PaperRow
    moved: Moved | None
    status: str


def give_resi(shop: Workshop, who: Who, berkas_id: int, key: str, progress: Progress | None = None) -> GivenResi:
    """Make the resi once, hand it out by the file's channel, and sign the line when the proof is there."""
    file = head(shop.sop, berkas_id)
    paper = _paper(shop, who, file, derived(key, "paper"))
    if file.channel is Channel.ONLINE:
        return _by_mail(shop, who, file, paper, key)
    state, detail = papers.print_state(paper.id)
    if state != "COMPLETED":
        status = print_paper(shop, who, paper, derived(key, "print"), progress)
        if status.state is not JobState.COMPLETED:
            return GivenResi(paper, None, said(status))
        detail = said(status)
    return GivenResi(paper, act(who, file.id, "beri_resi", file.n, derived(key, "act")), detail or "Sudah tercetak")


def _by_mail(shop: Workshop, who: Who, file: Head, paper: PaperRow, key: str) -> GivenResi:
    waiting = [m for m in outbox.of_file(file.id) if m.kind == "mail_resi" and m.state != "REFUSED"]
    if waiting and waiting[0].to == file.contact.email:
        mail = waiting[0]
    else:
        mailer.withdraw(who, waiting, key)
        letter = letters.resi(resi_data(shop, who, file))
        attached = [Attachment(f"resi-{file.number}.pdf", paper.sha256)]
        mail = outbox.queue(
            who, file, "mail_resi", file.contact.email, letter.subject, letter.body, attached, derived(key, "mail")
        )
    if mail.state == "SENT":
        # The key that `mailer.send` gives the line, so that a press repeated after a lost answer finds its own.
        moved: Moved | None = act(who, file.id, "beri_resi", file.n, derived(derived(key, "send"), "act"))
    else:
        mail, moved = mailer.send(shop, who, mail, mail_server(office_now()), derived(key, "send"))
    return GivenResi(paper, moved, mail.reply or "Menunggu giliran kirim")


def _paper(shop: Workshop, who: Who, file: Head, key: str) -> PaperRow:
    known = papers.listed(file.id, ["resi"])
    if known:
        return known[-1]
    pdf = resi(resi_data(shop, who, file))
    return papers.store(who, file.id, NewPaper("resi", "resi", "Resi permohonan", pdf, papers.pdf_pages(pdf)), key)


def resi_data(shop: Workshop, who: Who, file: Head) -> ResiData:
    """What stands on the resi of a file; the promise is the office's target from when the file was complete."""
    office = office_now()
    revision = entry.latest(file.id)
    case = revision.case if revision else Case()
    lines = card.lines(shop.sop, file.id)
    complete = next((x.at for x in lines if x.action.startswith("lengkap")), file.made_at)
    received = tuple(
        Received(r.label, _how(r)) for r in intake.requirements(file.id, file.route, case.reporter) if r.ready
    )
    return ResiData(
        shop.frame(office, file, who),
        complete.astimezone(WIB),
        who.name,
        "Daring" if file.channel is Channel.ONLINE else "Loket",
        tuple((NAMES[kind], copies) for kind, copies in documents(case)),
        received,
        _promised(office, complete, shop.now()).astimezone(WIB),
        delivery=f"Surel pemohon: {masked(file.contact.email)}",
    )


def _promised(office: Office, complete: datetime, now: datetime) -> datetime:
    """The first target that is still to come: the short one, the long one, or the short one from now."""
    hours = clocks.hours_around(complete, now)
    targets = [timedelta(minutes=m) for m in (office.target_minutes, office.target_long_minutes)]
    ends = (after(hours, complete, t) for t in targets)
    return next((end for end in ends if end > now), after(hours, now, targets[0]))


def _how(r: intake.RequirementRow) -> str:
    pages = sum(p.pages for p in r.scans)
    return ", ".join(x for x in ("asli dilihat" if r.original_seen else "", f"{pages} halaman" if pages else "") if x)


def masked(email: str) -> str:
    """An address that its owner recognises and nobody else learns: "de•••@contoh.id"."""
    name, _, domain = email.partition("@")
    return f"{name[:2]}•••@{domain}" if domain else ""
