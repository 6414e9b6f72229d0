"""The control card's printed twin, from the card as it stands now."""

from __future__ import annotations

from collections.abc import Sequence

from app.jobs.workshop import Workshop, office_now
from app.printing.control_card import control_card
from app.printing.data import CardData, CardRow
from app.services import papers
from app.services.accounts import Who
from app.services.berkas import Head, head
from app.services.card import Line
from app.services.journey import Turn, journey
from app.services.papers import NewPaper, PaperRow
from app.sop.calendar import WIB
from app.sop.model import Channel


def store_card(shop: Workshop, who: Who, berkas_id: int, key: str) -> PaperRow:
    """Make the card's PDF and keep it with the file."""
    pdf = control_card(card_data(shop, who, head(shop.sop, berkas_id)))
    return papers.store(who, berkas_id, NewPaper("card", "kartu", "Kartu kendali", pdf, papers.pdf_pages(pdf)), key)


def card_data(shop: Workshop, who: Who, file: Head) -> CardData:
    """The hand-overs with both stamps, norms and work time; no names of the applicants (cards lie open on desks)."""
    whole = journey(shop.sop, office_now(), file.id, shop.now())
    channel = "Daring" if file.channel is Channel.ONLINE else "Loket"
    facts = (("Kanal", f"{channel}, {file.source}"), ("Tahap", file.stage.label), ("SOP", shop.sop.number))
    return CardData(
        shop.frame(office_now(), file, who),
        tuple(_row(t, whole.lines) for t in whole.turns),
        facts,
        (),
        whole.lines[-1].hash if whole.lines else "",
    )


def _row(whole: Turn, lines: Sequence[Line]) -> CardRow:
    turn = whole.hand
    used = whole.spent.worked.total_seconds() / 60 if turn.received and turn.done else None
    notes = [x.note for x in lines[turn.first_n - 1 : turn.last_n] if x.note]
    rows = "–".join(str(r) for r in dict.fromkeys((turn.rows[0], turn.rows[-1]))) if turn.rows else ""
    return CardRow(
        rows, turn.desk,
        turn.handed.name, turn.handed.at.astimezone(WIB), turn.handed.initials,
        turn.received.name if turn.received else "", turn.received.at.astimezone(WIB) if turn.received else None,
        turn.received.initials if turn.received else "", turn.norm_minutes or None, used,
        " · ".join(x for x in (turn.result, turn.received.acting if turn.received else "", *notes) if x), turn.back,
    )  # fmt: skip
