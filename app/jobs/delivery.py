"""Delivers the signed documents by e-mail (SOP row 11): finished only on the mail server's acceptance."""

from __future__ import annotations

from app.errors import Refused
from app.jobs import mailer
from app.jobs.workshop import Progress, Workshop, mail_server, office_now
from app.printing import mail as letters
from app.printing.data import signer_of
from app.services import outbox, papers
from app.services.accounts import Who
from app.services.act import Moved
from app.services.berkas import Head, head
from app.services.keys import derived
from app.services.outbox import Attachment, Mail
from app.services.papers import PaperRow


def queue_delivery(shop: Workshop, who: Who, berkas_id: int, key: str) -> Mail:
    """Put the signed documents into the outbox, once per address; Refused where there is none to send or no address."""
    file = head(shop.sop, berkas_id)
    open_ones = [m for m in outbox.of_file(berkas_id) if m.kind == "mail_documents" and m.state != "REFUSED"]
    if open_ones and open_ones[0].to == file.contact.email:
        return open_ones[0]
    signed = signed_documents(berkas_id)
    if not signed:
        raise Refused("Belum ada dokumen bertanda tangan untuk dikirim.")
    if not file.contact.email:
        raise Refused("Alamat surel pemohon belum ada. Isi alamatnya dahulu.", field="email")
    mailer.withdraw(who, open_ones, key)
    return _queue(shop, who, file, signed, key)


def deliver(
    shop: Workshop, who: Who, berkas_id: int, key: str, progress: Progress | None = None
) -> tuple[Mail, Moved | None]:
    """Queue if needed, try at once, and end the file on acceptance. Moved is None while the server has not accepted."""
    mail = queue_delivery(shop, who, berkas_id, derived(key, "queue"))
    if progress:
        progress.report(0, 1, "Menghubungi server surel")
    if mail.state == "SENT":
        return mail, mailer.finish(shop, who, mail, derived(key, "act"))
    return mailer.send(shop, who, mail, mail_server(office_now()), derived(key, "send"))


def signed_documents(berkas_id: int) -> list[PaperRow]:
    """The signed twins of the current revision."""
    draft = papers.current_draft(berkas_id)
    return [p for p in papers.listed(berkas_id, ["signed"]) if draft and p.draft_rev == draft.rev]


def _queue(shop: Workshop, who: Who, file: Head, signed: list[PaperRow], key: str) -> Mail:
    office = office_now()
    letter = letters.delivery(shop.frame(office, file), tuple(p.title for p in signed), signer_of(office, None))
    attached = [Attachment(f"{p.subject}-{file.number}.pdf", p.sha256) for p in signed]
    return outbox.queue(who, file, "mail_documents", file.contact.email, letter.subject, letter.body, attached, key)
