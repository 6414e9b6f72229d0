"""The office's server before anybody logs in: addresses as they are typed, and what its certificate says."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.errors import Refused, Unavailable
from app.server.cluster import Cluster
from app.services import office_server


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("server-dukcapil", "postgresql://server-dukcapil:5432/pelita3?ca=/ca.crt"),
        (" 10.10.1.5:5433 ", "postgresql://10.10.1.5:5433/pelita3?ca=/ca.crt"),
        ("postgresql://server:6000/latihan?ca=/x", "postgresql://server:6000/latihan?ca=/ca.crt"),
    ],
)
def test_an_address_is_taken_as_people_type_it(typed: str, found: str) -> None:
    assert office_server.address(typed, Path("/ca.crt")) == found


@pytest.mark.parametrize("typed", ["", "  ", "server dukcapil", "http://server/", "server:pelita", "[fd00"])
def test_what_is_no_address_is_told_at_its_field(typed: str) -> None:
    with pytest.raises(Refused, match="misalnya server-dukcapil") as told:
        office_server.address(typed, Path("/ca.crt"))
    assert told.value.field == "address"


def test_the_address_is_kept_with_the_copied_ca_and_nothing_else(tmp_path: Path, cluster: Cluster) -> None:
    assert cluster.ca is not None
    kept = office_server.keep_ca(cluster.ca, tmp_path)
    assert kept.parent == tmp_path
    assert kept.read_bytes() == cluster.ca.read_bytes()
    assert office_server.keep_ca(kept, tmp_path) == kept, "the copy itself may be chosen again"
    address = office_server.address("server-dukcapil", kept)
    assert address == f"postgresql://server-dukcapil:5432/pelita3?ca={kept}"
    assert [f.name for f in tmp_path.iterdir()] == [kept.name]


def test_a_certificate_is_shown_with_its_names_days_and_fingerprint(cluster: Cluster) -> None:
    seen = office_server.look(f"localhost:{cluster.port}", cluster.ca)
    assert seen.wrong is None
    assert "localhost" in seen.names
    assert seen.since < seen.until
    assert len(seen.fingerprint.split(":")) == 32


def test_without_the_ca_it_is_only_looked_at(cluster: Cluster) -> None:
    seen = office_server.look(f"localhost:{cluster.port}", None)
    assert isinstance(seen.wrong, Refused)
    assert seen.wrong.field == "ca"
    assert len(seen.fingerprint.split(":")) == 32


def test_another_ca_is_not_trusted(cluster: Cluster, tmp_path: Path) -> None:
    with Cluster.start(fsync=False) as other:
        assert other.ca is not None
        foreign = tmp_path / "ca.crt"
        foreign.write_bytes(other.ca.read_bytes())
    seen = office_server.look(f"localhost:{cluster.port}", foreign)
    assert isinstance(seen.wrong, Unavailable)
    assert seen.wrong.code == "certificate"


def test_a_file_that_is_no_ca_is_refused_before_anything_is_asked(tmp_path: Path) -> None:
    wrong = tmp_path / "foto.crt"
    wrong.write_text("bukan sertifikat", encoding="utf-8")
    with pytest.raises(Refused, match=r"foto\.crt tidak dapat dipakai") as told:
        office_server.look("localhost:1", wrong)
    assert told.value.field == "ca"
    with pytest.raises(Refused):
        office_server.keep_ca(tmp_path / "hilang.crt", tmp_path)


def test_nobody_there(cluster: Cluster) -> None:
    with pytest.raises(Unavailable) as told:
        office_server.look("localhost:1", cluster.ca)
    assert told.value.code == "lost"
