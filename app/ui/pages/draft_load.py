"""What the draft page reads of a file: runs in the database thread."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from app.services import berkas, entry, fields, intake, outbox, papers
from app.services.berkas import Head
from app.services.papers import DraftRow, PaperRow
from app.sop.model import Channel, Sop

COMPLETED = "COMPLETED"
STATES = {
    "QUEUED": "Menunggu printer", "PRINTING": "Sedang dicetak", COMPLETED: "Sudah tercetak",
    "STOPPED": "Printer berhenti", "LOST": "Keadaan cetakan tidak diketahui",
}  # fmt: skip
SHORT = {"akta": "Akta", "kk": "KK", "ktp": "KTP"}
MAIL = {
    "WAITING": "menunggu giliran kirim", "SENDING": "sedang dikirim", "SENT": "sudah diterima server surel",
    "FAILED": "belum terkirim", "REFUSED": "ditolak server surel",
}  # fmt: skip


@dataclass(frozen=True)
class Shown:
    """One tab: what it is called, and the paper."""

    label: str
    paper: PaperRow


@dataclass(frozen=True)
class Drafted:
    """A file with its frozen draft. `prints` is (state, detail) by paper id, as the spooler last said."""

    file: Head
    draft: DraftRow | None
    shown: tuple[Shown, ...]
    prints: Mapping[int, tuple[str, str]]
    confirmed: datetime | None
    subjects: Mapping[str, str]
    mail: str

    @property
    def offline(self) -> bool:
        """Whether the applicant stands at the counter."""
        return self.file.channel is Channel.OFFLINE

    def paper(self, subject: str) -> PaperRow | None:
        """The newest paper of that subject."""
        return next((s.paper for s in self.shown if s.paper.subject == subject), None)

    def printed(self, subject: str) -> str:
        """What the spooler says of it, in words."""
        paper = self.paper(subject)
        state, detail = self.prints.get(paper.id, ("", "")) if paper else ("", "")
        return f"{STATES.get(state, 'Belum dicetak')}{f': {detail}' if detail else ''}"

    def has_printed(self, subject: str) -> bool:
        """Whether the spooler said that it came out."""
        paper = self.paper(subject)
        return bool(paper) and self.prints.get(paper.id if paper else 0, ("", ""))[0] == COMPLETED


def load(sop: Sop, berkas_id: int, *, log: bool) -> Drafted:
    """Everything about one file's draft; the reading is written down first (UU 27/2022 art. 31)."""
    file = berkas.head(sop, berkas_id)
    if log:
        berkas.log_reading(file.id, "membuka draf")
    draft = papers.current_draft(file.id)
    revision = entry.revision(file.id, draft.entry_rev) if draft else None
    shown = _shown(file, draft)
    mails = [m for m in outbox.of_file(file.id) if m.kind == "mail_resi"]
    mail = f"{MAIL.get(mails[0].state, mails[0].state)} {mails[0].reply}".strip() if mails else ""
    return Drafted(
        file, draft, shown, {s.paper.id: papers.print_state(s.paper.id) for s in shown}, _confirmed(file, draft),
        fields.labels(revision.case) if revision else {}, mail,
    )  # fmt: skip


def _confirmed(file: Head, draft: DraftRow | None) -> datetime | None:
    """When the applicant confirmed: at this line, or at the one before where the KTP-el is already requested."""
    if draft is None or file.stage.key not in ("DRAF", "KTP"):
        return None
    return intake.confirmed_at(file if file.stage.key == "DRAF" else replace(file, n=file.n - 1))


def _shown(file: Head, draft: DraftRow | None) -> tuple[Shown, ...]:
    if draft is None:
        return ()
    prints = [p for p in papers.listed(file.id, ["draft_print"]) if p.draft_rev == draft.rev]
    later = {p.kind: p for p in papers.listed(file.id, ["ktp_request", "resi"])}
    out = []
    fresh = file.stage.key == "DRAF"
    if not fresh:
        out += [Shown("Pengajuan KTP-el", later["ktp_request"])] if "ktp_request" in later else []
        out += [Shown("Resi", later["resi"])] if "resi" in later else []
    out += [Shown("Draf", p) for p in prints if p.subject == "draf"]
    out += [Shown(_short(p.subject), p) for p in draft.documents if fresh or p.subject in draft.to_sign]
    out += [Shown("Huruf besar", p) for p in prints if fresh and p.subject == "draf-besar"]
    return tuple(out)


def _short(subject: str) -> str:
    kind, _, party = subject.partition("-")
    return f"{SHORT.get(kind, kind)} {party}"
