"""SOP row 10: the Kadis signs a batch; what is called signed was proved by others than the one who signed."""

from __future__ import annotations

import io
import json
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from pypdf import PdfReader

from app.errors import Refused
from app.jobs import certificates
from app.jobs.signing_batch import check_frozen, sign_batch
from app.jobs.workshop import Workshop
from app.services import accounts, intake, papers
from app.services.accounts import Who
from app.services.berkas import Head, head
from app.services.intake import FindingRow
from app.services.keys import new_key
from app.sop.model import Role
from app.sop.pelita3 import PELITA3
from tests.support import signed as own
from tests.support.office import appoint, sit_down
from tests.support.tamper import spoil, unguarded
from tests.support.walk import act, walk_to

PHRASE = b"frasa-sandi-uji"
NAME, NIP = "Dr. Nurlaila Hasibuan, M.Si", "196911201995032001"
pytestmark = pytest.mark.slow


class Watcher:
    """Follows a batch, and asks it to stop after so many files."""

    def __init__(self, stop_after: int = 99) -> None:
        self.reports: list[tuple[int, int, str]] = []
        self.results: list[tuple[str, bool, str]] = []
        self._stop_after = stop_after

    @property
    def stop_asked(self) -> bool:
        return len(self.results) >= self._stop_after

    def report(self, done: int, total: int, text: str) -> None:
        self.reports.append((done, total, text))

    def result(self, label: str, ok: bool, reason: str = "") -> None:
        self.results.append((label, ok, reason))


@pytest.fixture
def certified(office_db: Path, shop: Workshop) -> Workshop:
    sit_down(Role.ADMIN)
    certificates.make_trial(shop, NAME, NIP, bytearray(PHRASE))
    return shop


@pytest.fixture
def kadis(certified: Workshop) -> Callable[[], Who]:
    return lambda: sit_down(Role.KADIS)


def signed_papers(file: Head) -> list[papers.PaperRow]:
    return papers.listed(file.id, ["signed"])


def stage_of(file: Head) -> str:
    return head(PELITA3, file.id).stage.key


def test_a_batch_is_signed_and_every_document_holds_before_an_independent_verifier(
    certified: Workshop, kadis: Callable[[], Who], tmp_path: Path
) -> None:
    files = [walk_to("DI_KADIS", certified), walk_to("DI_KADIS", certified)]
    phrase, watcher = bytearray(PHRASE), Watcher()
    done = sign_batch(certified, kadis(), [f.id for f in files], phrase, new_key(), watcher)

    assert [(d.number, d.ok, d.documents) for d in done] == [(f.number, True, 4) for f in files]
    assert phrase == bytearray(len(PHRASE)), "the passphrase must be gone"
    assert [r[:2] for r in watcher.reports] == [(i, 8) for i in range(9)]
    assert [r[1] for r in watcher.results] == [True, True]
    for file in files:
        assert stage_of(file) == "TERTANDA"
        draft = papers.current_draft(file.id)
        assert draft is not None
        twins = {p.source: p for p in signed_papers(file)}
        assert set(twins) == {d.sha256 for d in draft.documents if d.subject in draft.to_sign}
        for source, twin in twins.items():
            data = papers.data(twin.sha256)
            assert data.startswith(papers.data(source)), "what was initialled is inside, byte for byte"
            assert json.loads(twin.meta)["trial"] is True
            independently_good(data, tmp_path)


def independently_good(data: bytes, folder: Path) -> None:
    path = folder / "tertanda.pdf"
    path.write_bytes(data)
    field = PdfReader(io.BytesIO(data)).get_fields() or {}
    assert "TTE_KADIS" in field
    told = subprocess.run(
        ["pdfsig", "-nocert", str(path)], capture_output=True, text=True, check=False, timeout=30
    ).stdout
    assert "Signature is Valid." in told
    assert "Total document signed" in told
    assert f"{NAME.partition(',')[0]}" in told
    signature: Any = field["TTE_KADIS"].value
    start, head_size, tail, tail_size = (int(n) for n in signature["/ByteRange"])
    (folder / "isi.bin").write_bytes(data[start : start + head_size] + data[tail : tail + tail_size])
    (folder / "tte.der").write_bytes(bytes(signature["/Contents"]))
    command = ["openssl", "cms", "-verify", "-binary", "-inform", "DER", "-in", str(folder / "tte.der"),
               "-content", str(folder / "isi.bin"), "-noverify", "-out", str(folder / "keluar.bin")]  # fmt: skip
    proved = subprocess.run(command, capture_output=True, check=False, timeout=30)
    assert proved.returncode == 0, proved.stderr


def test_a_wrong_passphrase_signs_nothing_and_is_told_at_its_field(
    certified: Workshop, kadis: Callable[[], Who]
) -> None:
    file = walk_to("DI_KADIS", certified)
    phrase = bytearray(b"frasa yang salah")
    with pytest.raises(Refused) as refused:
        sign_batch(certified, kadis(), [file.id], phrase, new_key(), None)
    assert refused.value.field == "passphrase"
    assert phrase == bytearray(len(phrase))
    assert signed_papers(file) == []
    assert stage_of(file) == "DI_KADIS"


def test_without_a_certificate_nothing_begins(office_db: Path, shop: Workshop) -> None:
    file = walk_to("DI_KADIS", shop)
    phrase = bytearray(PHRASE)
    with pytest.raises(Refused, match="belum ada di PC ini") as refused:
        sign_batch(shop, sit_down(Role.KADIS), [file.id], phrase, new_key(), None)
    assert refused.value.field == "certificate"
    assert phrase == bytearray(len(phrase))


def test_a_changed_byte_is_refused_and_its_neighbour_is_signed(
    certified: Workshop, kadis: Callable[[], Who], office_db: Path
) -> None:
    spoilt, whole = walk_to("DI_KADIS", certified), walk_to("DI_KADIS", certified)
    draft = papers.current_draft(spoilt.id)
    assert draft is not None
    victim = draft.documents[0].sha256
    spoil(office_db, victim)

    assert "berbeda dari sidiknya" in check_frozen(certified, spoilt.id)
    assert check_frozen(certified, whole.id) == ""
    done = sign_batch(certified, kadis(), [spoilt.id, whole.id], bytearray(PHRASE), new_key(), None)
    assert [d.ok for d in done] == [False, True]
    assert "sidik" in done[0].reason
    assert signed_papers(spoilt) == []
    assert (stage_of(spoilt), stage_of(whole)) == ("DI_KADIS", "TERTANDA")


@pytest.mark.parametrize(("action", "name"), [("paraf_kasi", "Kasi"), ("paraf_kabid", "Kabid")])
def test_both_paraf_must_bind_the_revision_that_would_be_signed(
    certified: Workshop, kadis: Callable[[], Who], office_db: Path, action: str, name: str
) -> None:
    file = walk_to("DI_KADIS", certified)
    unguarded(
        office_db, "update paraf set draft_hash = ? where berkas_id = ? and action = ?", "0" * 64, file.id, action
    )
    assert f"Paraf {name}" in check_frozen(certified, file.id)
    (done,) = sign_batch(certified, kadis(), [file.id], bytearray(PHRASE), new_key(), None)
    assert (done.ok, signed_papers(file)) == (False, [])


def test_a_broken_card_is_not_signed(certified: Workshop, office_db: Path) -> None:
    file = walk_to("DI_KADIS", certified)
    unguarded(office_db, "update paraf set note = 'lain' where berkas_id = ? and n = 2", file.id)
    assert check_frozen(certified, file.id).startswith("Kartu kendali tidak utuh")


def test_a_signature_of_an_unpinned_root_is_never_called_signed(certified: Workshop, kadis: Callable[[], Who]) -> None:
    file = walk_to("DI_KADIS", certified)
    sit_down(Role.ADMIN)
    foreign = own.trial("Orang Lain").root_pem.decode()
    accounts.save_office(replace(accounts.load_office(), tte_roots=(foreign,)), new_key())
    (done,) = sign_batch(certified, kadis(), [file.id], bytearray(PHRASE), new_key(), None)
    assert not done.ok
    assert "tidak dikenal" in done.reason
    assert signed_papers(file) == []


def test_stopped_it_ends_after_the_file_in_hand(certified: Workshop, kadis: Callable[[], Who]) -> None:
    files = [walk_to("DI_KADIS", certified), walk_to("DI_KADIS", certified)]
    done = sign_batch(certified, kadis(), [f.id for f in files], bytearray(PHRASE), new_key(), Watcher(stop_after=1))
    assert [d.number for d in done] == [files[0].number]
    assert [stage_of(f) for f in files] == ["TERTANDA", "DI_KADIS"]


def test_a_batch_that_was_cut_off_goes_on_where_it_stopped(
    certified: Workshop, kadis: Callable[[], Who], monkeypatch: pytest.MonkeyPatch
) -> None:
    file, calls = walk_to("DI_KADIS", certified), []  # type: Head, list[int]
    real = papers.store

    def full_disk(*args: object, **more: object) -> papers.PaperRow:
        calls.append(1)
        if len(calls) == 3:
            raise Refused("Penyimpanan penuh.")
        return real(*args, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(papers, "store", full_disk)
    (cut,) = sign_batch(certified, kadis(), [file.id], bytearray(PHRASE), new_key(), None)
    assert (cut.ok, cut.reason, len(signed_papers(file))) == (False, "Penyimpanan penuh.", 2)
    assert stage_of(file) == "DI_KADIS"
    kept = {p.sha256 for p in signed_papers(file)}
    monkeypatch.undo()
    (done,) = sign_batch(certified, kadis(), [file.id], bytearray(PHRASE), new_key(), None)
    assert done.ok
    assert kept < {p.sha256 for p in signed_papers(file)}
    assert len(signed_papers(file)) == 4


def test_pressed_twice_with_the_same_key_it_is_signed_once(certified: Workshop, kadis: Callable[[], Who]) -> None:
    file, key = walk_to("DI_KADIS", certified), new_key()
    sign_batch(certified, kadis(), [file.id], bytearray(PHRASE), key, None)
    before = [p.sha256 for p in signed_papers(file)]
    (again,) = sign_batch(certified, kadis(), [file.id], bytearray(PHRASE), key, None)
    assert "tahapnya sekarang" in again.reason
    assert [p.sha256 for p in signed_papers(file)] == before


def test_who_initialled_cannot_sign_and_leaves_no_signature_behind(certified: Workshop, office_db: Path) -> None:
    file = walk_to("KE_KADIS", certified)
    # A Kabid who stands in for the Kadis today: allowed to receive, not to sign what he initialled.
    appoint("meri", Role.KADIS, "SPT 1")
    meri = sit_down("meri")
    acting = next(h for h in accounts.hats("meri") if h.role is Role.KADIS)
    meri = replace(meri, role=Role.KADIS, hat=acting)
    file = act(meri, file, "terima_kadis")
    (done,) = sign_batch(certified, meri, [file.id], bytearray(PHRASE), new_key(), None)
    assert not done.ok
    assert "Paraf, ajukan TTE" in done.reason
    assert signed_papers(file) == []


def test_returned_by_the_kadis_it_needs_a_new_paraf_of_the_kabid_only(
    certified: Workshop, kadis: Callable[[], Who]
) -> None:
    file = walk_to("DI_KADIS", certified)
    who = kadis()
    intake.add_findings(who, file, [FindingRow("akta-suami", "Nama Kadis salah ketik")], new_key())
    file = act(who, file, "kembali_kabid")
    assert file.stage.key == "KE_KABID"
    meri = sit_down(Role.KABID)
    file = act(meri, act(meri, file, "terima_kabid"), "paraf_kabid")
    file = act(kadis(), file, "terima_kadis")
    assert check_frozen(certified, file.id) == ""


def test_a_trial_certificate_is_private_to_its_owner_and_known_without_its_passphrase(certified: Workshop) -> None:
    path = certified.p12_path
    assert path is not None
    assert path.stat().st_mode & 0o077 == 0
    found = certificates.state(certified)
    assert (found.present, found.trial, found.note, found.pinned) == (True, True, "", 1)
    assert found.name == f"{NAME} (UJI COBA)"
    assert PHRASE not in path.with_suffix(".json").read_bytes()
    path.write_bytes(path.read_bytes() + b" ")
    assert (certificates.state(certified).name, certificates.state(certified).trial) == ("", False)
    path.unlink()
    assert "halaman Kantor" in certificates.state(certified).note


def test_a_short_passphrase_makes_no_certificate(office_db: Path, shop: Workshop) -> None:
    sit_down(Role.ADMIN)
    with pytest.raises(Refused) as refused:
        certificates.make_trial(shop, NAME, NIP, bytearray(b"pendek"))
    assert refused.value.field == "passphrase"
    assert not certificates.state(shop).present
    assert accounts.load_office().tte_roots == ()


def test_the_kadis_own_p12_is_taken_over_only_with_its_passphrase(
    office_db: Path, shop: Workshop, tmp_path: Path
) -> None:
    sit_down(Role.ADMIN)
    source = tmp_path / "milik-kadis.p12"
    source.write_bytes(own.trial().p12)
    with pytest.raises(Refused) as refused:
        certificates.take_over(shop, source, bytearray(b"bukan sandinya"))
    assert (refused.value.field, certificates.state(shop).present) == ("passphrase", False)
    facts = certificates.take_over(shop, source, bytearray(own.PASSPHRASE.encode()))
    assert facts.trial
    assert accounts.load_office().tte_roots == (own.trial().root_pem.decode(),)
    certificates.take_over(shop, source, bytearray(own.PASSPHRASE.encode()))
    assert len(accounts.load_office().tte_roots) == 1


def test_a_p12_without_its_root_is_not_taken_over(office_db: Path, shop: Workshop, tmp_path: Path) -> None:
    sit_down(Role.ADMIN)
    source = tmp_path / "sendiri.p12"
    source.write_bytes(own.own(ec.generate_private_key(ec.SECP256R1())).p12)
    with pytest.raises(Refused, match="rantai lengkap") as refused:
        certificates.take_over(shop, source, bytearray(own.PASSPHRASE.encode()))
    assert refused.value.code == "no_root"
    assert not certificates.state(shop).present
