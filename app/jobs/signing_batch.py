"""Signs the frozen revisions of a batch of files (SOP row 10): verified before anything is called signed."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from app.errors import Refused, Shown
from app.jobs.workshop import Progress, Workshop, office_now
from app.printing import qr
from app.printing.dates import moment
from app.services import card, four_eyes, papers
from app.services.accounts import Who
from app.services.act import act
from app.services.berkas import Head, head
from app.services.keys import derived
from app.services.office import Office
from app.services.papers import DraftRow, NewPaper, PaperRow
from app.signing import secret
from app.signing.pades import Appearance, sign
from app.signing.pkcs12 import Signer, open_p12
from app.signing.verify import Verdict, same_content, verify
from app.sop.calendar import WIB

TTE = "tte"
CHANGED = "Hasil tanda tangan tidak lolos pemeriksaan."


@dataclass(frozen=True)
class SignedFile:
    """What became of one file: signed only when every document of it is, and the line stands."""

    berkas_id: int
    number: str
    ok: bool
    reason: str
    documents: int


@dataclass(frozen=True)
class _Batch:
    """What all files of one press share. `tell` is called before each document."""

    shop: Workshop
    who: Who
    signer: Signer
    tell: Callable[[str], None]

    @cached_property
    def office(self) -> Office:
        """As it is when this file is signed; asked for where a failure is this file's alone."""
        return office_now()


def sign_batch(
    shop: Workshop, who: Who, berkas_ids: Sequence[int], passphrase: bytearray, key: str, progress: Progress | None
) -> tuple[SignedFile, ...]:
    """Open the certificate once and sign file after file; one that fails keeps none of its neighbours back.

    The passphrase is wiped in every case. Raises Refused (field "passphrase" or "certificate") before anything is
    signed where the certificate cannot be opened. Asked to stop, it ends after the file in hand.
    """
    try:
        signer = open_p12(_certificate(shop), passphrase, shop.now())
    finally:
        secret.wipe(passphrase)
    out: list[SignedFile] = []
    with signer:
        files, counts = [head(shop.sop, i) for i in berkas_ids], [_count(i) for i in berkas_ids]
        for place, file in enumerate(files):
            if progress and progress.stop_asked:
                break
            batch = _Batch(shop, who, signer, _teller(progress, sum(counts[:place]), sum(counts)))
            done = _one(batch, file, derived(key, str(file.id)))
            out.append(done)
            if progress:
                progress.result(done.number, done.ok, done.reason)
    if progress and len(out) == len(berkas_ids):
        progress.report(sum(counts), sum(counts), "")
    return tuple(out)


def check_frozen(shop: Workshop, berkas_id: int) -> str:
    """What keeps this file from being signed, or an empty text.

    Every document must still have its hash, both paraf must carry the current revision, and the card must be whole.
    """
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
    missing = "Sertifikat TTE belum ada di PC ini. Minta administrator memasangnya di halaman Kantor."
    if shop.p12_path is None:
        raise Refused(missing, field="certificate")
    try:
        return shop.p12_path.read_bytes()
    except FileNotFoundError:
        raise Refused(missing, field="certificate") from None
    except OSError:
        text = "Sertifikat TTE di PC ini tidak dapat dibaca. Minta petugas TI memeriksa izin berkasnya."
        raise Refused(text, field="certificate") from None


def _count(berkas_id: int) -> int:
    draft = papers.current_draft(berkas_id)
    return len(draft.to_sign) if draft else 0


def _teller(progress: Progress | None, before: int, total: int) -> Callable[[str], None]:
    """Counts documents over the whole batch, beginning after those of the files before."""
    state = {"done": before}

    def tell(text: str) -> None:
        if progress:
            progress.report(state["done"], total, text)
        state["done"] += 1

    return tell


def _one(batch: _Batch, known: Head, key: str) -> SignedFile:
    """Everything is looked at anew: the file, and the office whose head signs it."""
    try:
        file = head(batch.shop.sop, known.id)
        fault = _unfit(batch, file) or check_frozen(batch.shop, file.id)
        if fault:
            return SignedFile(file.id, file.number, ok=False, reason=fault, documents=0)
        draft = papers.current_draft(file.id)
        assert draft is not None
        count = _documents(batch, file, draft, key)
        act(batch.who, file.id, TTE, file.n, derived(key, "act"))
    except Shown as e:
        return SignedFile(known.id, known.number, ok=False, reason=e.message, documents=0)
    return SignedFile(file.id, file.number, ok=True, reason="", documents=count)


def _unfit(batch: _Batch, file: Head) -> str:
    """Why this officer may not sign this file now: asked before a signature exists, not after."""
    sop, who = batch.shop.sop, batch.who
    if TTE not in {s.key for s in sop.offered(who.role, file.stage, file.channel)}:
        return f"Berkas tidak sedang menunggu tanda tangan; tahapnya sekarang {file.stage.label}."
    if file.holder != who.login:
        return f"Berkas sedang dipegang {file.holder_name}."
    return four_eyes.barred(sop, who, batch.office, file, TTE)


def _documents(batch: _Batch, file: Head, draft: DraftRow, key: str) -> int:
    """Sign what is not signed yet; a batch that was cut off goes on where it stopped, after checking what it left."""
    wanted = [d for d in draft.documents if d.subject in draft.to_sign]
    known = {p.source: p for p in papers.listed(file.id, ["signed"]) if p.draft_rev == draft.rev}
    for place, document in enumerate(wanted, 1):
        batch.tell(f"{file.number}: {document.title}, {place} dari {len(wanted)}")
        unsigned, twin = papers.data(document.sha256), known.get(document.sha256)
        if twin is None:
            _sign_one(batch, file, document, draft.rev, unsigned, derived(key, document.subject))
        else:
            _judge(batch, unsigned, papers.data(twin.sha256))
    return len(wanted)


def _sign_one(batch: _Batch, file: Head, document: PaperRow, rev: int, unsigned: bytes, key: str) -> None:
    now, identity = batch.shop.now(), batch.signer.identity
    look = _appearance(batch.office, file, document, now)
    signed = sign(unsigned, batch.signer, look, "Tanda tangan elektronik Kepala Dinas", batch.office.city, now)
    verdict = _judge(batch, unsigned, signed)
    if verdict.serial != identity.serial:
        raise Refused(CHANGED, code="unverified")
    meta = {
        "signer": verdict.signer_name,
        "serial": verdict.serial,
        "signed_at": now.isoformat(),
        "trial": identity.trial,
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
    papers.store(batch.who, file.id, paper, key, draft_rev=rev)


def _judge(batch: _Batch, unsigned: bytes, signed: bytes) -> Verdict:
    """The local check: the office's pinned roots, and not one byte of what was initialled rewritten. Refused if not."""
    verdict = verify(signed, [root.encode() for root in batch.office.tte_roots], batch.shop.now())
    if not verdict.good or not same_content(unsigned, signed):
        raise Refused("; ".join(verdict.reasons) or CHANGED, code="unverified")
    return verdict


def _appearance(office: Office, file: Head, document: PaperRow, now: datetime) -> Appearance:
    place = json.loads(document.meta)
    x1, y1, x2, y2 = place["box"]
    code = f"{file.number}/{document.subject}/{document.sha256[:16]}".upper()
    return Appearance(
        page=place["page"], box=(x1, y1, x2, y2), qr=qr.matrix(code), name=office.head_name, nip=office.head_nip,
        rank=office.head_rank, position=office.head_position, when_local=moment(now.astimezone(WIB)),
    )  # fmt: skip
