"""What the demonstration leaves behind: papers, signed documents, control cards; each checked before it is counted."""

from __future__ import annotations

import email
import email.policy
import itertools
import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from app.demo.office import PASSWORD, DemoOffice
from app.errors import Refused
from app.jobs import cards
from app.jobs.workshop import Workshop
from app.services import accounts, card, papers
from app.services.accounts import Who
from app.services.berkas import Head, head
from app.services.keys import new_key
from app.services.papers import PaperRow
from app.signing.verify import verify
from app.sop.model import Role
from app.sop.pelita3 import PELITA3

PLACES = {"signed": "bertanda-tangan", "card": "kartu-kendali"}


def everything(office: DemoOffice, out: Path) -> bool:
    """Write every paper of every file, verify every card and every signature; False where one does not hold."""
    office.opening.open()
    try:
        account = accounts.log_in("rina", PASSWORD, "PC-LOKET-03")
        who = accounts.work_as(account, Role.FO)
        shop = Workshop(PELITA3, office.folder, "PC-LOKET-03", p12_path=office.p12)
        _tickets(office.folder / "cetakan", out / "kertas")
        return min(map(partial(_file, shop, who, out), _files()), default=False) and _mails(out)
    finally:
        accounts.log_out()
        office.opening.close()


def _tickets(printed: Path, out: Path) -> None:
    """Tickets belong to no file; they are only ever printed."""
    for path in sorted(printed.glob("*iket*.pdf")):
        shutil.copy(path, out / path.name)


def _files() -> Iterator[Head]:
    """Every file of the fresh office: their ids count from 1."""
    for berkas_id in itertools.count(1):
        try:
            yield head(PELITA3, berkas_id)
        except Refused:
            return


def _file(shop: Workshop, who: Who, out: Path, file: Head) -> bool:
    berkas_id, number = file.id, file.number
    cards.store_card(shop, who, berkas_id, new_key())
    roots = [r.encode() for r in accounts.load_office().tte_roots]
    signed = good = 0
    rows = papers.listed(berkas_id)
    for i, paper in enumerate(rows, 1):
        data = papers.data(paper.sha256)
        (out / PLACES.get(paper.kind, "kertas") / _name(number, i, paper)).write_bytes(data)
        if paper.kind == "signed":
            signed += 1
            good += verify(data, roots).good
    found = card.verify(berkas_id)
    state = "utuh" if found.whole else f"RUSAK di baris {found.bad_line}"
    what = f"{good} dari {signed} tanda tangan sah, {len(rows)} kertas"
    print(f"  {number}: kartu kendali {state} ({found.lines} baris), {what}")
    return found.whole and good == signed


def _name(number: str, i: int, paper: PaperRow) -> str:
    rev = f"-rev{paper.draft_rev}" if paper.draft_rev else ""
    return f"{number}-{i:02d}-{paper.kind}-{paper.subject}{rev}.pdf"


def _mails(out: Path) -> bool:
    found = sorted((out / "surel").glob("*.eml"))
    for path in found:
        message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        print(f"  {path.name}: {message['Subject']}, {len(list(message.iter_attachments()))} lampiran")
    return bool(found)
