"""The Kadis opens his own certificate with his passphrase, once per batch."""

from __future__ import annotations

import gc
import traceback
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec

from app.errors import Refused
from app.signing import secret
from app.signing.pades import sign
from app.signing.pkcs12 import open_p12
from app.signing.trial import make_trial_certificate
from app.signing.verify import verify
from tests.support.signed import NAME, NIP, OFFICE, PASSPHRASE, appearance, opened, own, paper, signed, trial

LOOKS = 3


def test_the_trial_certificate_says_what_it_is() -> None:
    identity = opened().identity
    assert identity.trial
    assert identity.name == f"{NAME} (UJI COBA)"
    assert identity.issuer == "AKAR SERTIFIKAT UJI COBA"
    assert timedelta(days=364) < identity.not_after - datetime.now(UTC) < timedelta(days=366)
    certificate = x509.load_pem_x509_certificate(identity.certificate_pem)
    subject = certificate.subject.rfc4514_string()
    assert "O=SERTIFIKAT UJI COBA" in subject
    assert NIP in subject
    assert OFFICE in subject
    assert identity.root_pem == trial().root_pem
    assert identity.serial == trial().serial


def test_a_very_long_name_still_gets_a_certificate() -> None:
    made = make_trial_certificate("N" * 200, NIP, "O" * 200, secret.from_text(PASSPHRASE))
    assert open_p12(made.p12, secret.from_text(PASSPHRASE)).identity.name.endswith("(UJI COBA)")


@pytest.mark.parametrize(("name", "passphrase", "field"), [(NAME, "pendek", "passphrase"), (" ", PASSPHRASE, "name")])
def test_what_cannot_be_certified_is_refused_at_its_field(name: str, passphrase: str, field: str) -> None:
    typed = secret.from_text(passphrase)
    with pytest.raises(Refused) as refusal:
        make_trial_certificate(name, NIP, OFFICE, typed)
    assert refusal.value.field == field
    assert not any(typed)


def test_the_passphrase_is_wiped_whether_it_fits_or_not() -> None:
    right, wrong, never = (secret.from_text(text) for text in (PASSPHRASE, "bukan yang ini", "tidak dibaca"))
    open_p12(trial().p12, right)
    with pytest.raises(Refused):
        open_p12(trial().p12, wrong)
    with pytest.raises(Refused):
        open_p12(b"", never)
    assert right == bytes(len(PASSPHRASE))
    assert not any(wrong)
    assert not any(never)


def test_a_wrong_passphrase_is_told_at_its_field_and_shown_nowhere(caplog: pytest.LogCaptureFixture) -> None:
    # Put together at run time: a traceback quotes the source, and the source must not hold it.
    wrong = secret.from_text(f"salah-ketik-{4406 * 2}")
    with pytest.raises(Refused, match="Frasa sandi tidak cocok") as refusal:
        open_p12(trial().p12, wrong)
    assert (refusal.value.field, refusal.value.code) == ("passphrase", "wrong_passphrase")
    assert refusal.value.__context__ is None
    told = "".join(traceback.TracebackException.from_exception(refusal.value, capture_locals=True).format())
    assert f"ketik-{4406 * 2}" not in told + caplog.text


def test_the_passphrase_stays_nowhere_in_memory() -> None:
    if not Path("/proc/self/mem").exists():
        pytest.skip("only Linux shows a process its own memory as a file")
    # Put together at run time, so that the compiled test itself does not hold it.
    canary = "-".join(["burung", "enggang", str(4_411 * 7)])
    made = make_trial_certificate(NAME, NIP, OFFICE, secret.from_text(canary))
    assert _copies(canary.encode()) > 0
    needle = bytearray(canary.encode())
    with open_p12(made.p12, secret.from_text(canary)) as signer:
        # Looking leaves copies of its own behind (it reads memory into memory), now more, now fewer.
        before = max(_copies(bytes(needle)) for _ in range(LOOKS))
        sign(paper(), signer, appearance(), "uji", "Pekanbaru")
        gc.collect()
        assert min(_copies(bytes(needle)) for _ in range(LOOKS)) <= before


def _copies(needle: bytes) -> int:
    """How often the needle lies in writable memory."""
    found = 0
    maps = Path("/proc/self/maps").read_text().splitlines()
    with Path("/proc/self/mem").open("rb", buffering=0) as memory:
        for line in maps:
            span, rights = line.split()[:2]
            if "rw" not in rights or "[v" in line:
                continue
            start, end = (int(part, 16) for part in span.split("-"))
            try:
                memory.seek(start)
                found += memory.read(end - start).count(needle)
            except OSError:
                continue
    return found


@pytest.mark.parametrize("kind", ["empty", "text", "cut", "half", "pem"])
def test_a_broken_certificate_file_is_told_at_its_field(kind: str) -> None:
    whole = trial().p12
    broken = {
        "empty": b"",
        "text": b"halo",
        "cut": whole[:-1],
        "half": whole[: len(whole) // 2],
        "pem": trial().root_pem,
    }
    with pytest.raises(Refused, match="tidak dapat dibaca atau tidak lengkap") as refusal:
        open_p12(broken[kind], secret.from_text(PASSPHRASE))
    assert (refusal.value.field, refusal.value.code) == ("certificate", "broken_certificate")


def test_a_changed_byte_never_opens() -> None:
    whole = bytearray(trial().p12)
    for at in range(60, len(whole), 97):
        changed = bytes(whole[:at]) + bytes([whole[at] ^ 0x10]) + bytes(whole[at + 1 :])
        with pytest.raises(Refused):
            open_p12(changed, secret.from_text(PASSPHRASE))


def test_a_certificate_whose_time_is_over_or_not_come_is_refused() -> None:
    over = own(ec.generate_private_key(ec.SECP256R1()), days=-1)
    with pytest.raises(Refused, match="sudah habis") as refusal:
        opened(over)
    assert (refusal.value.field, refusal.value.code) == ("certificate", "expired_certificate")
    with pytest.raises(Refused, match="baru berlaku mulai"):
        open_p12(trial().p12, secret.from_text(PASSPHRASE), now=datetime(2020, 1, 1, tzinfo=UTC))


def test_a_certificate_not_made_for_signing_is_refused() -> None:
    with pytest.raises(Refused, match="tidak diterbitkan untuk tanda tangan"):
        opened(own(ec.generate_private_key(ec.SECP256R1()), signing=False))


def test_a_key_on_a_curve_signs_as_well() -> None:
    signer = opened(own(ec.generate_private_key(ec.SECP256R1())))
    root = signer.identity.certificate_pem
    assert verify(signed(signer=signer), [root]).good


def test_a_closed_signer_signs_no_more() -> None:
    with opened() as signer:
        assert repr(signer) == "Signer(…)"
    with pytest.raises(Refused, match="sudah ditutup") as refusal:
        sign(paper(), signer, appearance(), "uji", "Pekanbaru")
    assert refusal.value.code == "closed"
