"""SOP rows 1 to 5 at the counter: online packages, the address, the checklist, findings, the confirmation."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.errors import Conflict, Refused
from app.models.tables_berkas import Berkas, Package
from app.services import entry, intake, papers
from app.services.berkas import Contact, Head, head
from app.services.case import Case, Reporter, Route
from app.services.intake import FindingRow
from app.services.keys import new_key
from app.services.papers import NewPaper
from app.sop.model import Channel, Role
from app.sop.pelita3 import PELITA3
from tests.support import walk
from tests.support.cases import case_pn
from tests.support.office import Clock, sit_down
from tests.support.ready import At

MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
KK = FindingRow("kk", "KK belum dibawa", "Bawa KK asli")


# --- row 1 and 2 online


def receive(reference: str, key: str, files: tuple[NewPaper, ...] = (), route: str = "PN") -> Head:
    data = {"route": route, "external_ref": reference}
    return intake.receive_package(PELITA3, sit_down(Role.FO), reference, data, MONDAY, files, key)


def test_a_package_becomes_a_file_with_its_scans(office_db: Path) -> None:
    scans = tuple(NewPaper("scan", c, f"{c}.pdf", walk.SCAN + c.encode(), 1) for c in ("putusan", "kk"))
    key = new_key()
    file = receive("ONL-1", key, scans)
    assert (file.stage.key, file.channel, file.source) == ("DIAJUKAN", Channel.ONLINE, "ONL-1")
    assert [p.subject for p in papers.scans(file.id)] == ["putusan", "kk"]
    assert receive("ONL-1", key, scans) == file, "cut off and repeated it is the same file"
    assert (Berkas.select().count(), Package.select().count(), len(papers.scans(file.id))) == (1, 1, 2)
    registered = intake.register_online(PELITA3, sit_down(Role.FO), file, new_key())
    assert (registered.stage.key, registered.holder) == ("VERIFIKASI", "rina")


def test_the_same_application_comes_in_once(office_db: Path) -> None:
    receive("ONL-1", new_key())
    with pytest.raises(Conflict, match="sudah pernah masuk"):
        receive("ONL-1", new_key(), route="PA")
    assert Berkas.select().count() == 1


# --- contact


@pytest.mark.parametrize(
    "email", ["", "debora", "debora@", "@contoh.id", "debora@contoh", "de bora@contoh.id", "a@b..id"]
)
def test_an_address_that_cannot_be_one_is_told_at_its_field(office_db: Path, email: str) -> None:
    file = walk.new_file()
    with pytest.raises(Refused) as refusal:
        intake.set_contact(sit_down(Role.FO), file, Contact(email), new_key())
    assert refusal.value.field == "email"
    assert head(PELITA3, file.id).contact == Contact()


def test_the_newest_address_counts(office_db: Path) -> None:
    file = walk.new_file()
    fo = sit_down(Role.FO)
    intake.set_contact(fo, file, Contact("lama@contoh.id"), new_key())
    intake.set_contact(fo, file, Contact(" baru@contoh.id ", " 0812 ", read_back=True), new_key())
    assert head(PELITA3, file.id).contact == Contact("baru@contoh.id", "0812", read_back=True)


# --- rows 3 and 4: the checklist


def row(file: Head, code: str, reporter: Reporter = Reporter.WIFE) -> intake.RequirementRow:
    return next(r for r in intake.requirements(file.id, Route.PN, reporter) if r.code == code)


@pytest.mark.parametrize(
    ("route", "reporter", "required", "optional"),
    [
        (Route.PN, Reporter.WIFE, {"putusan", "akta_kawin", "kk", "ktp_suami", "ktp_istri"}, {"lain"}),
        (Route.PA, Reporter.HUSBAND, {"akta_cerai", "putusan", "kk", "ktp_suami", "ktp_istri"}, {"lain"}),
        (Route.PN, Reporter.PROXY, {"putusan", "akta_kawin", "kk", "ktp_suami", "ktp_istri", "kuasa"}, {"lain"}),
        (Route.UNKNOWN, Reporter.UNKNOWN, {"putusan", "akta_kawin", "kk", "ktp_suami", "ktp_istri"}, {"lain"}),
    ],
)
def test_route_and_reporter_decide_what_is_asked(
    office_db: Path, route: Route, reporter: Reporter, required: set[str], optional: set[str]
) -> None:
    rows = intake.requirements(walk.new_file().id, route, reporter)
    assert {r.code for r in rows if r.required} == required
    assert {r.code for r in rows if not r.required} == optional
    assert all(r.verdict == "UNSET" and not r.ready and r.label for r in rows)


def test_legible_alone_is_not_ready_it_must_be_here(office_db: Path) -> None:
    file = walk.new_file()
    fo = sit_down(Role.FO)
    intake.tick(fo, file, "kk", "OK", new_key())
    assert not row(file, "kk").ready
    intake.tick(fo, file, "kk", "OK", new_key(), original_seen=True)
    assert row(file, "kk").ready
    intake.tick(fo, file, "kk", "UNSET", new_key())
    assert not row(file, "kk").ready


def test_a_file_from_disk_stands_under_its_requirement_and_ticks_nothing(office_db: Path) -> None:
    file = walk.new_file()
    fo = sit_down(Role.FO)
    intake.attach(fo, file, "kk", NewPaper("scan", "", "kk.pdf", walk.SCAN, 1), new_key())
    found = row(file, "kk")
    assert [p.title for p in found.scans] == ["kk.pdf"]
    assert (found.verdict, found.ready) == ("UNSET", False)
    intake.tick(fo, file, "kk", "OK", new_key())
    assert row(file, "kk").ready
    papers.remove_scan(fo, found.scans[0], "salah orang", new_key())
    assert row(file, "kk").scans == ()
    assert not row(file, "kk").ready


def test_illegible_wants_a_word_what(office_db: Path) -> None:
    file = walk.new_file()
    fo = sit_down(Role.FO)
    with pytest.raises(Refused) as refusal:
        intake.tick(fo, file, "kk", "BAD", new_key(), reason=" x ")
    assert refusal.value.field == "reason"
    intake.tick(fo, file, "kk", "BAD", new_key(), reason=" NIK buram ")
    assert (row(file, "kk").verdict, row(file, "kk").reason) == ("BAD", "NIK buram")


def test_by_proxy_the_power_of_attorney_is_asked_by_the_database_too(office_db: Path) -> None:
    file = walk.new_file()
    fo = sit_down(Role.FO)
    intake.set_contact(fo, file, Contact("pemohon@contoh.id"), new_key())
    entry.save(fo, file, Case(route=Route.PN, reporter=Reporter.PROXY), 0, new_key())
    for r in intake.requirements(file.id, Route.PN, Reporter.WIFE):
        intake.tick(fo, file, r.code, "OK", new_key(), original_seen=True)
    with pytest.raises(Refused, match="persyaratan"):
        walk.act(fo, file, "lengkap_loket")
    intake.tick(fo, file, "kuasa", "OK", new_key(), original_seen=True)
    assert walk.act(fo, file, "lengkap_loket").stage.key == "ENTRI"


# --- findings and their answer


def test_findings_stand_at_the_line_they_led_to(office_db: Path, clock: Clock) -> None:
    clock.at = MONDAY
    file = walk.new_file()
    fo, key = sit_down(Role.FO), new_key()
    for _ in range(2):
        intake.add_findings(fo, file, [KK, FindingRow("lainnya", " Surat kuasa tanpa meterai ")], key)
    found = intake.findings(file.id)
    assert [(f.subject, f.problem, f.solution, f.at_n, f.by, f.at) for f in found] == [
        ("kk", "KK belum dibawa", "Bawa KK asli", file.n, "rina", MONDAY),
        ("lainnya", "Surat kuasa tanpa meterai", "", file.n, "rina", MONDAY),
    ]
    assert intake.findings(file.id, file.n) == found
    assert intake.findings(file.id, file.n + 1) == []


def test_findings_are_open_from_the_return_until_the_next_draft(file_at: At) -> None:
    file = file_at("DI_KASI")
    kasi = sit_down(Role.KASI)
    wrong = FindingRow("husband.name", "Nama tidak sama dengan KK", "Samakan dengan KK")
    assert intake.open_findings(file.id, file.n) == []
    intake.add_findings(kasi, file, [wrong], new_key())
    assert intake.open_findings(file.id, file.n) == [], "noted, not yet returned"
    file = walk.act(kasi, file, "kembali_editor")
    assert [f.subject for f in intake.open_findings(file.id, file.n)] == ["husband.name"]
    editor = sit_down(Role.EDITOR)
    file = walk.act(editor, file, "terima_editor")
    entry.save(editor, file, Case(route=Route.PN), 2, new_key())
    papers.freeze(editor, file.id, 3, [NewPaper("document", "akta-suami", "Akta", walk.SCAN, 1, sign=True)], new_key())
    assert intake.open_findings(file.id, file.n) == []


def test_what_the_applicant_brought_starts_the_clock_at_his_act(office_db: Path, clock: Clock) -> None:
    clock.at = MONDAY
    file = walk.new_file()
    fo = sit_down(Role.FO)
    intake.add_findings(fo, file, [KK], new_key())
    papers.store(fo, file.id, NewPaper("deficiency", "catatan", "Catatan", walk.SCAN, 1), new_key())
    file = walk.act(fo, file, "kurang_loket")
    clock.at += timedelta(hours=4)
    key = new_key()
    moved = intake.answer(fo, file, "KK asli dibawa", MONDAY + timedelta(hours=1), key)
    assert moved.stage == "VERIFIKASI"
    assert intake.answer(fo, file, "KK asli dibawa", MONDAY + timedelta(hours=1), key) == moved


# --- row 5: the confirmation


def test_the_applicant_confirms_the_draft_before_him_and_no_other(file_at: At, clock: Clock) -> None:
    file = file_at("DRAF")
    fo = sit_down(Role.FO)
    draft = papers.current_draft(file.id)
    assert draft is not None
    assert intake.confirmed_at(file) is None
    with pytest.raises(Conflict, match="draf yang lebih baru"):
        intake.confirm_draft(fo, file, draft.rev + 1, new_key())
    clock.at = datetime(2030, 1, 7, 3, tzinfo=UTC)
    intake.confirm_draft(fo, file, draft.rev, new_key())
    assert intake.confirmed_at(file) == clock.at


def test_after_a_correction_the_old_confirmation_no_longer_counts(file_at: At) -> None:
    file = file_at("DRAF")
    fo = sit_down(Role.FO)
    intake.confirm_draft(fo, file, 1, new_key())
    intake.add_findings(fo, file, [FindingRow("wife.name", "Nama ibu kurang satu huruf")], new_key())
    back = walk.act(fo, file, "koreksi_pemohon")
    assert back.stage.key == "ENTRI"
    assert intake.confirmed_at(back) is None
    entry.save(fo, back, case_pn(), 2, new_key())
