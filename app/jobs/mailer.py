"""Sends what the outbox holds; a file moves only when the mail server has accepted (SOP rows 3, 7, 11)."""

from __future__ import annotations

from collections.abc import Sequence

from app.channels import smtp
from app.errors import Conflict, Refused, Shown
from app.jobs.workshop import Progress, Workshop, mail_server, office_now
from app.services import outbox, papers
from app.services.accounts import Who
from app.services.act import Moved, act
from app.services.berkas import head
from app.services.keys import derived, new_key
from app.services.outbox import Mail
from app.sop.model import Role

FINISHES = {"mail_documents": "kirim", "mail_resi": "beri_resi"}
SENDERS = (Role.FO, Role.EDITOR, Role.MAILER)
SETTINGS = {"auth", "ca_file", "no_starttls", "plain", "tls"}
"""Refusals of app.channels.smtp that are about the office's mail server, not about this mail."""


def run_once(shop: Workshop, who: Who, progress: Progress | None = None) -> tuple[Mail, ...]:
    """Try every mail that is due, oldest first; returns them as they stand afterwards.

    A file whose mail was accepted but whose line nobody signed (the sender ended in between) is moved first. Raises
    Refused or Unavailable only where the mail server's own settings are unusable, so that nothing was tried.
    """
    for mail in outbox.unfinished():
        finish(shop, who, mail, new_key())
    due = outbox.due()
    if not due:
        return ()
    server = mail_server(office_now())
    out: list[Mail] = []
    for i, mail in enumerate(due):
        if progress:
            progress.report(i, len(due), f"Mengirim surel berkas {mail.number}")
            if progress.stop_asked:
                break
        out.append(send(shop, who, mail, server, new_key())[0])
    return tuple(out)


def send(shop: Workshop, who: Who, mail: Mail, server: smtp.Server, key: str) -> tuple[Mail, Moved | None]:
    """Lease, send, write down the server's words, and sign the line that waits for them.

    Somebody else's lease is no error: the mail comes back as it stands.
    """
    try:
        outbox.lease(who, mail, derived(key, "lease"))
    except Conflict:
        return _again(mail), finish(shop, who, _again(mail), derived(key, "act"))
    try:
        accepted = smtp.send(_message(mail), server)
    except Shown as e:
        outbox.failed(who, mail, e.message, derived(key, "failed"), for_good=_for_good(e))
        return _again(mail), None
    outbox.sent(who, mail, accepted.reply, derived(key, "sent"))
    return _again(mail), finish(shop, who, _again(mail), derived(key, "act"))


def finish(shop: Workshop, who: Who, mail: Mail, key: str) -> Moved | None:
    """Move the file whose mail was accepted, where it still waits for that and this officer may."""
    action = FINISHES.get(mail.kind)
    try:
        file = head(shop.sop, mail.berkas_id)
    except Refused:
        # Another sender has finished it, and so it has left this one's desk.
        return None
    step = shop.sop.step(action, file.stage, file.channel) if action else None
    if mail.state != "SENT" or step is None or who.role not in step.who:
        return None
    if file.stage.held and file.holder != who.login:
        return None
    try:
        return act(who, file.id, step.key, file.n, key)
    except Conflict:
        # Another sender found the same acceptance and was faster.
        return None


def withdraw(who: Who, mails: Sequence[Mail], key: str) -> None:
    """Take back what waits for an address that was corrected: it must never reach a stranger."""
    for old in mails:
        if old.state != "SENT":
            why = "Alamat surel dikoreksi; surel ke alamat lama ditarik."
            outbox.withdraw(who, old, why, derived(key, f"old:{old.id}"))


def _for_good(said: Shown) -> bool:
    """Whether no later try can help. What the administrator mends in the settings is tried again by itself."""
    return isinstance(said, Refused) and said.code not in SETTINGS and said.field != "from_address"


def _message(mail: Mail) -> smtp.Message:
    files = tuple((a.name, "application/pdf", papers.data(a.sha256)) for a in mail.attachments)
    return smtp.Message(mail.message_id, mail.to, mail.subject, mail.body, files)


def _again(mail: Mail) -> Mail:
    return next((m for m in outbox.of_file(mail.berkas_id) if m.id == mail.id), mail)
