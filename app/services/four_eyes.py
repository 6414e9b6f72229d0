"""Who may not sign a line because he typed, repaired or initialled the same file: said before the guard refuses it."""

from __future__ import annotations

from app.services import card, entry
from app.services.accounts import Who
from app.services.berkas import Head
from app.services.office import Office
from app.sop.model import ENTRY, Sop


def barred(sop: Sop, who: Who, office: Office, file: Head, action: str) -> str:
    """Why this officer cannot sign `action` on this file, or an empty text (SOP table, `not_by`).

    An office that has lifted the rule bars nobody; every line it touches says so on the card.
    """
    step = sop.step(action, file.stage, file.channel)
    if step is None or not step.not_by or not office.four_eyes:
        return ""
    if ENTRY in step.not_by and any(r.by == who.login for r in entry.revisions(file.id)):
        return "Anda ikut mengisi berkas ini. Serahkan kepada pejabat lain."
    mine = next((x for x in card.lines(sop, file.id) if x.actor == who.login and x.action in step.not_by), None)
    if mine is None:
        return ""
    return f"Anda sudah menandatangani langkah “{mine.label}” pada berkas ini. Serahkan kepada pejabat lain."
