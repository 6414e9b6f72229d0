"""An online application comes in whole, with what is wrong named, or not at all."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.errors import Conflict, Refused
from app.jobs import packages
from app.jobs.workshop import Workshop
from app.models.tables_berkas import Berkas, Package
from app.models.tables_papers import Paper
from app.services import card, intake, papers
from app.services.accounts import Who
from app.services.case import Reporter, Route
from app.services.keys import new_key
from app.sop.model import Channel, Role
from app.sop.pelita3 import PELITA3
from tests.support import parcels
from tests.support.office import all_seeing
from tests.support.sheets import paper
from tests.support.walk import walk_to

Sit = Callable[[str | Role], Who]


def scans(berkas_id: int) -> dict[str, list[int]]:
    rows = intake.requirements(berkas_id, Route.PN, Reporter.PROXY)
    return {r.code: [p.pages for p in r.scans] for r in rows if r.scans}


def nothing_came_in() -> bool:
    """Read behind the services' back, to be sure."""
    with all_seeing():
        return all(not t.select().count() for t in (Package, Berkas, Paper))


def test_a_sound_package_waits_for_registration_with_all_its_scans(shop: Workshop, who: Sit, tmp_path: Path) -> None:
    fo = who(Role.FO)
    path = parcels.folder(tmp_path / "paket")
    shown = packages.preview(path)
    assert [f.requirement for f in shown.files] == list(parcels.FILES)

    file = packages.receive(shop, fo, path, packages.key_of(shown))

    assert (file.stage.key, file.channel, file.source) == ("DIAJUKAN", Channel.ONLINE, "WEB-2026-000123")
    assert scans(file.id) == {code: [n] for code, n in parcels.FILES.items()}
    row = papers.scans(file.id)[0]
    assert row.source == "daring:WEB-2026-000123"
    assert papers.data(row.sha256) == (path / "putusan" / "putusan.pdf").read_bytes()
    assert card.verify(file.id).whole


def test_what_the_applicant_wrote_begins_the_case_and_the_contact(shop: Workshop, who: Sit, tmp_path: Path) -> None:
    path = parcels.zipped(parcels.folder(tmp_path / "paket"), tmp_path / "paket.zip")
    file = packages.receive(shop, who(Role.FO), path, new_key())
    data = intake.package_data(file.id)

    case = packages.first_case(data)
    assert (case.route, case.reporter, case.husband.nik) == (Route.PN, Reporter.WIFE, "1471071403840003")
    assert case.title == "Yohanes Parulian Sitorus & Debora Melinda Hutapea"
    contact = packages.first_contact(data)
    assert (contact.email, contact.phone, contact.read_back) == ("debora.mh@contoh.id", "0812 0000 4417", False)
    assert datetime.fromisoformat(data["submitted_at"]) == datetime(2026, 5, 12, 2, 30, tzinfo=UTC)


def test_a_bad_file_is_quarantined_with_its_reason_and_the_rest_comes_in(
    shop: Workshop, who: Sit, tmp_path: Path
) -> None:
    files = {"putusan/putusan.pdf": paper(), "kk/kk.pdf": paper()[:300], "ktp_suami/depan.exe": b"MZ\x90\x00"}
    path = parcels.folder(tmp_path / "paket", files)
    shown = packages.preview(path)
    assert [q.requirement for q in shown.quarantined] == ["kk", "ktp_suami"]

    file = packages.receive(shop, who(Role.FO), path, new_key())

    assert scans(file.id) == {"putusan": [1]}
    kept = packages.quarantined(intake.package_data(file.id))
    assert [(q.requirement, q.name) for q in kept] == [("kk", "kk/kk.pdf"), ("ktp_suami", "ktp_suami/depan.exe")]
    assert all(len(q.reason) > 20 for q in kept)


def test_a_file_under_a_requirement_the_route_does_not_know_is_not_lost(
    shop: Workshop, who: Sit, tmp_path: Path
) -> None:
    files = {"surat_kelurahan/surat.pdf": paper(), "putusan/putusan.pdf": paper(pages=2)}
    file = packages.receive(shop, who(Role.FO), parcels.folder(tmp_path / "paket", files), new_key())
    assert scans(file.id) == {"putusan": [2], "lain": [1]}
    other = next(p for p in papers.scans(file.id) if p.subject == "lain")
    assert json.loads(other.meta)["requirement"] == "surat_kelurahan"


@pytest.mark.parametrize("outside", ["../rahasia.pdf", "/etc/passwd", "..\\rahasia.pdf", "C:/rahasia.pdf"])
def test_a_path_outside_the_package_refuses_the_whole_and_nothing_comes_in(
    outside: str, shop: Workshop, who: Sit, office_db: Path, tmp_path: Path
) -> None:
    (tmp_path / "rahasia.pdf").write_bytes(paper())
    path = parcels.folder(tmp_path / "paket")
    said = json.loads((path / "permohonan.json").read_text(encoding="utf-8"))
    said["files"].append({"requirement": "kk", "path": outside, "sha256": "0" * 64})
    (path / "permohonan.json").write_text(json.dumps(said), encoding="utf-8")

    for act in (lambda: packages.preview(path), lambda: packages.receive(shop, who(Role.FO), path, new_key())):
        with pytest.raises(Refused, match="di luar folder") as refusal:
            act()
        assert (refusal.value.field, refusal.value.code) == ("package", "outside")
    assert nothing_came_in()


def test_a_zip_that_wants_to_write_elsewhere_is_refused(
    shop: Workshop, who: Sit, office_db: Path, tmp_path: Path
) -> None:
    path = parcels.zipped(parcels.folder(tmp_path / "paket"), tmp_path / "p.zip", {"../../jahat.sh": b"#!/bin/sh"})
    with pytest.raises(Refused) as refusal:
        packages.receive(shop, who(Role.FO), path, new_key())
    assert refusal.value.code == "outside"
    assert nothing_came_in()


def test_no_form_a_broken_form_or_a_broken_zip(shop: Workshop, who: Sit, office_db: Path, tmp_path: Path) -> None:
    empty = tmp_path / "kosong"
    empty.mkdir()
    bad_form = parcels.folder(tmp_path / "salah", route="KUA")
    cut = tmp_path / "potong.zip"
    cut.write_bytes(parcels.zipped(parcels.folder(tmp_path / "utuh"), tmp_path / "utuh.zip").read_bytes()[:500])
    for path, code in ((empty, "missing"), (bad_form, "bad_form"), (cut, "broken")):
        with pytest.raises(Refused) as refusal:
            packages.receive(shop, who(Role.FO), path, new_key())
        assert (refusal.value.field, refusal.value.code) == ("package", code)
    assert nothing_came_in()


def test_the_same_package_twice_is_one_file_and_the_second_officer_is_told(
    shop: Workshop, who: Sit, tmp_path: Path
) -> None:
    path = parcels.folder(tmp_path / "paket")
    key = packages.key_of(packages.preview(path))
    first = packages.receive(shop, who("rina"), path, key)
    again = packages.receive(shop, who("rina"), path, key)
    assert (first.id, first.n) == (again.id, again.n)
    assert scans(first.id) == {code: [n] for code, n in parcels.FILES.items()}

    with pytest.raises(Conflict, match="sudah pernah masuk"):
        packages.receive(shop, who("dedi"), path, key)


def test_an_import_cut_off_half_way_goes_on_where_it_was(shop: Workshop, who: Sit, tmp_path: Path) -> None:
    path = parcels.folder(tmp_path / "paket")
    shown = packages.preview(path)
    fo, key = who(Role.FO), packages.key_of(shown)
    half = [papers.NewPaper("scan", "putusan", "putusan.pdf", paper(pages=3), 3, source="daring:WEB-2026-000123")]
    before = intake.receive_package(PELITA3, fo, shown.external_ref, {"route": "PN"}, shown.submitted_at, half, key)
    assert scans(before.id) == {"putusan": [3]}

    file = packages.receive(shop, fo, path, key)

    assert file.id == before.id
    assert scans(file.id) == {code: [n] for code, n in parcels.FILES.items()}


def test_only_the_front_office_takes_packages_in(shop: Workshop, who: Sit, office_db: Path, tmp_path: Path) -> None:
    path = parcels.folder(tmp_path / "paket")
    with pytest.raises(Refused, match="Front Office"):
        packages.receive(shop, who(Role.KASI), path, new_key())
    assert nothing_came_in()


def test_an_online_file_walks_on_from_its_package(shop: Workshop, office_db: Path) -> None:
    assert walk_to("ENTRI", shop, Channel.ONLINE).stage.key == "ENTRI"
