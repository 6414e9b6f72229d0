"""The office's CA and server certificate: strict judges accept them, mistakes are named."""

from __future__ import annotations

import ssl
import stat
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509

from app.errors import Refused
from app.server import certs
from app.server.certs import Papers

NAMES = ["Server-Dukcapil", "localhost"]
ADDRESSES = ["192.168.10.2", "::1"]


@pytest.fixture
def papers(tmp_path: Path) -> Papers:
    return certs.issue(tmp_path / "tls", names=NAMES, addresses=ADDRESSES)


def shake(papers: Papers, name: str, ca: Path | None = None) -> str:
    """A TLS handshake in memory, as strict as Python 3.13's; why it failed, or ""."""
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(papers.certificate, papers.key)
    client = ssl.create_default_context(cafile=str(ca or papers.ca))
    client.verify_flags |= ssl.VERIFY_X509_STRICT
    to_server, to_client = ssl.MemoryBIO(), ssl.MemoryBIO()
    one = client.wrap_bio(to_client, to_server, server_hostname=name)
    two = server.wrap_bio(to_server, to_client, server_side=True)
    for _ in range(5):
        for side in (one, two):
            try:
                side.do_handshake()
            except ssl.SSLWantReadError:
                pass
            except ssl.SSLCertVerificationError as error:
                return error.verify_message
    return ""


@pytest.mark.parametrize("name", ["server-dukcapil", "localhost", "192.168.10.2", "::1"])
def test_a_strict_client_believes_every_name(papers: Papers, name: str) -> None:
    assert shake(papers, name) == ""


def test_no_other_name_and_no_other_ca(papers: Papers, tmp_path: Path) -> None:
    other = certs.issue(tmp_path / "other", names=NAMES, addresses=ADDRESSES)
    assert "Hostname mismatch" in shake(papers, "bank")
    assert "certificate" in shake(papers, "localhost", other.ca)


def test_openssl_agrees(papers: Papers) -> None:
    said = subprocess.run(
        ["openssl", "verify", "-x509_strict", "-purpose", "sslserver", "-verify_ip", "192.168.10.2", "-CAfile",
         papers.ca, papers.certificate],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert said.returncode == 0, said.stderr


def test_keys_are_their_owners_only_and_certificates_everybodys(papers: Papers) -> None:
    modes = {p.name: stat.S_IMODE(p.stat().st_mode) for p in papers.folder.iterdir()}
    assert modes == {
        "pelita3-ca.crt": 0o644,
        "pelita3-ca.key": 0o600,
        "pelita3-server.crt": 0o644,
        "pelita3-server.key": 0o600,
    }


def test_a_ca_may_only_sign_and_a_server_only_serve(papers: Papers) -> None:
    ca, server = certs.load(papers.ca), certs.load(papers.certificate)
    limits = ca.extensions.get_extension_for_class(x509.BasicConstraints)
    assert limits.critical
    assert (limits.value.ca, limits.value.path_length) == (True, 0)
    usage = ca.extensions.get_extension_for_class(x509.KeyUsage).value
    assert (usage.key_cert_sign, usage.digital_signature) == (True, False)
    usage = server.extensions.get_extension_for_class(x509.KeyUsage).value
    assert (usage.key_cert_sign, usage.digital_signature) == (False, True)
    assert 3600 < certs.days_left(papers.ca) < 3660
    assert 700 < certs.days_left(papers.certificate) <= 730


def test_a_second_time_changes_nothing_until_it_must(papers: Papers) -> None:
    before = {p: p.read_bytes() for p in papers.folder.iterdir()}
    now = datetime.now(UTC)
    certs.issue(papers.folder, names=NAMES, addresses=ADDRESSES, now=now + timedelta(days=600))
    assert {p: p.read_bytes() for p in papers.folder.iterdir()} == before
    certs.issue(papers.folder, names=NAMES, addresses=ADDRESSES, now=now + timedelta(days=680))
    changed = {p.name for p, data in before.items() if p.read_bytes() != data}
    assert changed == {"pelita3-server.crt", "pelita3-server.key"}
    certs.issue(papers.folder, names=[*NAMES, "cadangan"], addresses=ADDRESSES, now=now + timedelta(days=680))
    assert certs.held_names(certs.load(papers.certificate))[0] == {"server-dukcapil", "localhost", "cadangan"}


def test_a_server_certificate_never_outlives_its_ca(papers: Papers) -> None:
    late = datetime.now(UTC) + timedelta(days=certs.CA_DAYS - 100)
    certs.issue(papers.folder, names=NAMES, addresses=ADDRESSES, now=late)
    assert certs.load(papers.certificate).not_valid_after_utc <= certs.load(papers.ca).not_valid_after_utc


def test_without_the_cas_key_it_says_so(papers: Papers) -> None:
    papers.ca_key.unlink()
    certs.issue(papers.folder, names=NAMES, addresses=ADDRESSES)  # still good, nothing to do
    papers.certificate.unlink()
    with pytest.raises(Refused, match=r"kunci CA .* tidak ada"):
        certs.issue(papers.folder, names=NAMES, addresses=ADDRESSES)


def test_what_does_not_belong_together_is_named(papers: Papers, tmp_path: Path) -> None:
    other = certs.issue(tmp_path / "other", names=NAMES, addresses=ADDRESSES)
    assert certs.fits(papers.certificate, papers.key, papers.ca) == []
    assert "bukan pasangan" in certs.fits(papers.certificate, other.key, papers.ca)[0]
    assert "tidak diterbitkan" in certs.fits(papers.certificate, papers.key, other.ca)[0]
    wrong = certs.fits(papers.certificate, papers.key, papers.certificate)
    assert wrong == [f"{papers.certificate} bukan sertifikat CA."]


def test_files_that_are_something_else_are_named(papers: Papers, tmp_path: Path) -> None:
    letter = tmp_path / "surat.txt"
    letter.write_text("bukan sertifikat", encoding="utf-8")
    with pytest.raises(Refused, match="bukan sertifikat PEM"):
        certs.fits(letter, papers.key, papers.ca)
    with pytest.raises(Refused, match="bukan kunci PEM"):
        certs.fits(papers.certificate, letter, papers.ca)


def test_an_offices_own_rsa_certificate_through_an_intermediate(tmp_path: Path) -> None:
    made = own_certificate(tmp_path)
    assert certs.fits(*made) == []
    papers = Papers(tmp_path / "x")
    assert papers.ca.name == "pelita3-ca.crt"


CA_FIELDS = "basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\nsubjectKeyIdentifier=hash\n"
LEAF_FIELDS = """\
basicConstraints=critical,CA:FALSE
keyUsage=critical,digitalSignature
extendedKeyUsage=serverAuth
subjectAltName=DNS:db.kantor.go.id,DNS:localhost
subjectKeyIdentifier=hash
authorityKeyIdentifier=keyid
"""
ISSUING = """
new() { openssl req -newkey rsa:2048 -nodes -keyout $1.key -subj /CN=$1 "${@:2}"; }
sign() { openssl x509 -req -in $1.csr -CA $2.crt -CAkey $2.key -CAcreateserial -out $1.crt -days 700 -extfile $3; }
new root -x509 -days 900 -out root.crt -addext keyUsage=critical,keyCertSign
new mid -out mid.csr; sign mid root ca.ext
new own -out own.csr; sign own mid leaf.ext
cat mid.crt >> own.crt
"""


def own_certificate(folder: Path) -> tuple[Path, Path, Path]:
    """What an office's own PKI hands out: an RSA key, a certificate below an intermediate, the root."""
    (folder / "ca.ext").write_text(CA_FIELDS, encoding="utf-8")
    (folder / "leaf.ext").write_text(LEAF_FIELDS, encoding="utf-8")
    subprocess.run(["bash", "-ec", ISSUING], check=True, capture_output=True, cwd=folder)
    return folder / "own.crt", folder / "own.key", folder / "root.crt"
