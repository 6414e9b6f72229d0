"""Signs the frozen revisions of a batch of files (SOP row 10): verified before anything is called signed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.errors import Refused, Shown
from app.jobs.workshop import Progress, Workshop, office_now
from app.printing import qr
from app.printing.dates import moment
from app.services import card, papers
from app.services.accounts import Who
from app.services.act import act
from app.services.berkas import Head, head
from app.services.keys import derived
from app.services.office import Office
from app.services.papers import DraftRow, NewPaper, PaperRow
from app.signing import secret
from app.signing.pades import Appearance, sign
from app.signing.pkcs12 import Signer, open_p12
from app.signing.verify import same_content, verify
from app.sop.calendar import WIB


@dataclass(frozen=True)
class SignedFile:
    """What became of one file: signed only when every document of it is, and the line stands."""

    berkas_id: int
    number: str
    ok: bool
    reason: str
    documents: int


def sign_batch(
    shop: Workshop, who: Who, berkas_ids: Sequence[int], passphrase: bytearray, key: str, progress: Progress | None
) -> tuple[SignedFile, ...]:
    """Open the certificate once and sign file after file; one that fails keeps none of its neighbours back.

    The passphrase is wiped in every case. Raises Refused (field "passphrase" or "certificate") before anything is
    signed where the certificate cannot be opened.
    """
    out: list[SignedFile] = []
    try:
        signer = open_p12(_certificate(shop), passphrase)
    finally:
        secret.wipe(passphrase)
    with signer:
        for i, berkas_id in enumerate(berkas_ids):
            if progress and progress.stop_asked:
                break
            file = head(shop.sop, berkas_id)
            if progress:
                progress.report(i, len(berkas_ids), f"Menandatangani {file.number}")
            out.append(_one(shop, who, file, signer, derived(key, str(berkas_id))))
            if progress:
                progress.result(out[-1].number, out[-1].ok, out[-1].reason)
    return tuple(out)


def check_frozen(shop: Workshop, berkas_id: int) -> str:
    """ "" where every document still has its hash and both paraf carry the current revision; else what is wrong."""
    draft = papers.current_draft(berkas_id)
    if draft is None:
        return "Belum ada draf yang dibekukan."
    lines = card.lines(shop.sop, berkas_id)
    for action, name in (("paraf_kasi", "Kasi"), ("paraf_kabid", "Kabid")):
        last = next((x for x in reversed(lines) if x.action == action), None)
        if last is None or last.draft_hash != draft.sha256:
            return f"Paraf {name} tidak mengikat revisi yang sekarang."
    try:
        for document in draft.documents:
            papers.data(document.sha256)
    except Refused as e:
        return e.message
    found = card.verify(berkas_id)
    return "" if found.whole else f"Kartu kendali tidak utuh: {found.reason}"


def _certificate(shop: Workshop) -> bytes:
    if shop.p12_path is None or not shop.p12_path.is_file():
        raise Refused(
            "Sertifikat TTE belum ada di PC ini. Minta administrator memasangnya di halaman Kantor.",
            field="certificate",
        )
    return shop.p12_path.read_bytes()


def _one(shop: Workshop, who: Who, file: Head, signer: Signer, key: str) -> SignedFile:
    try:
        fault = check_frozen(shop, file.id)
        if fault:
            return SignedFile(file.id, file.number, False, fault, 0)
        draft = papers.current_draft(file.id)
        assert draft is not None
        count = _documents(shop, who, file, draft, signer, key)
        act(who, file.id, "tte", file.n, derived(key, "act"))
    except Shown as e:
        return SignedFile(file.id, file.number, False, e.message, 0)
    return SignedFile(file.id, file.number, True, "", count)


def _documents(shop: Workshop, who: Who, file: Head, draft: DraftRow, signer: Signer, key: str) -> int:
    office, wanted = office_now(), [d for d in draft.documents if d.subject in draft.to_sign]
    done = {p.source for p in papers.listed(file.id, ["signed"]) if p.draft_rev == draft.rev}
    for document in wanted:
        if document.sha256 not in done:
            _sign_one(office, who, file, document, draft.rev, signer, shop.now(), derived(key, document.subject))
    return len(wanted)


def _sign_one(
    office: Office, who: Who, file: Head, document: PaperRow, rev: int, signer: Signer, now: datetime, key: str
) -> None:
    data = papers.data(document.sha256)
    signed = sign(
        data, signer, _appearance(office, file, document, now), "Tanda tangan elektronik Kepala Dinas", office.city, now
    )
    verdict = verify(signed, [r.encode() for r in office.tte_roots], now)
    if not verdict.good or not same_content(data, signed):
        raise Refused("; ".join(verdict.reasons) or "Hasil tanda tangan tidak lolos pemeriksaan.", code="unverified")
    meta = {
        "signer": verdict.signer_name,
        "serial": verdict.serial,
        "signed_at": now.isoformat(),
        "trial": signer.identity.trial,
    }
    paper = NewPaper(
        "signed",
        document.subject,
        document.title,
        signed,
        document.pages,
        source=document.sha256,
        meta=json.dumps(meta),
    )
    papers.store(who, file.id, paper, key, draft_rev=rev)


def _appearance(office: Office, file: Head, document: PaperRow, now: datetime) -> Appearance:
    place = json.loads(document.meta)
    x1, y1, x2, y2 = place["box"]
    return Appearance(
        page=place["page"], box=(x1, y1, x2, y2), qr=qr.matrix(f"{file.number}/{document.subject}/{document.sha256[:16]}".upper()),
        name=office.head_name, nip=office.head_nip, rank=office.head_rank, position=office.head_position,
        when_local=moment(now.astimezone(WIB)),
    )  # fmt: skip
