"""What the Kadis sees beside a file, and who may not sign what he touched before."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from app.jobs.workshop import Workshop
from app.services import accounts, berkas, four_eyes, intake, papers, signing_desk
from app.services.intake import FindingRow
from app.services.keys import new_key
from app.sop.model import Role
from app.sop.pelita3 import PELITA3
from tests.support.office import Clock, appoint, sit_down
from tests.support.stories import at, before_kadis
from tests.support.walk import act, new_file, walk_to


def test_both_paraf_and_the_documents_stand_beside_a_file(office_db: Path, shop: Workshop, clock: Clock) -> None:
    file = before_kadis(shop, clock)
    kadis = sit_down(Role.KADIS)
    found = signing_desk.beside(PELITA3, kadis, [file.id])[file.id]
    assert found.kasi is not None
    assert found.kabid is not None
    assert (found.kasi.initials, found.kabid.initials) == ("ZH", "MA")
    assert found.kasi.at < found.kabid.at
    assert (found.draft_rev, found.to_sign, found.opened) == (2, 4, False)


def test_a_file_counts_as_opened_once_a_page_of_its_draft_was_seen(office_db: Path, shop: Workshop) -> None:
    file = walk_to("DI_KADIS", shop)
    kadis = sit_down(Role.KADIS)
    draft = papers.current_draft(file.id)
    assert draft is not None
    papers.record_seen(kadis, file.id, [(draft.documents[0].sha256, 1)])
    assert signing_desk.beside(PELITA3, kadis, [file.id])[file.id].opened


def test_a_returned_file_is_listed_until_it_is_on_the_desk_again(office_db: Path, shop: Workshop) -> None:
    file = walk_to("DI_KADIS", shop)
    kadis = sit_down(Role.KADIS)
    intake.add_findings(kadis, file, [FindingRow("akta-suami", "Nama Kadis salah ketik")], new_key())
    act(kadis, file, "kembali_kabid")
    (past,) = signing_desk.sent_back(PELITA3, kadis)
    assert (past.file.number, past.why, past.documents) == (file.number, "Nama Kadis salah ketik", 4)
    meri = sit_down(Role.KABID)
    again = act(meri, act(meri, berkas.head(PELITA3, file.id), "terima_kabid"), "paraf_kabid")
    assert again.stage.key == "KE_KADIS"
    assert signing_desk.sent_back(PELITA3, sit_down(Role.KADIS)) == []


def test_today_begins_at_midnight_in_pekanbaru(office_db: Path, shop: Workshop, clock: Clock) -> None:
    at(clock, 12, "09.00")
    file = walk_to("TERTANDA", shop)
    kadis = sit_down(Role.KADIS)
    assert [p.file.number for p in signing_desk.signed_today(PELITA3, kadis, at(clock, 12, "23.59"))] == [file.number]
    assert signing_desk.signed_today(PELITA3, kadis, at(clock, 13, "0.01")) == []


def test_who_typed_a_file_cannot_initial_it_even_as_acting_kasi(office_db: Path, shop: Workshop) -> None:
    file = walk_to("KE_KASI", shop)
    appoint("rina", Role.KASI, "SPT 2")
    rina = sit_down("rina")
    rina = replace(rina, role=Role.KASI, hat=next(h for h in accounts.hats("rina") if h.role is Role.KASI))
    office = accounts.load_office()
    file = act(rina, file, "terima_kasi")
    assert "ikut mengisi" in four_eyes.barred(PELITA3, rina, office, file, "paraf_kasi")
    assert four_eyes.barred(PELITA3, rina, replace(office, four_eyes=False), file, "paraf_kasi") == ""
    assert four_eyes.barred(PELITA3, sit_down(Role.KASI), office, file, "paraf_kasi") == ""
    assert four_eyes.barred(PELITA3, rina, office, file, "kembali_editor") == "", "returning is always open"


def test_a_file_without_a_draft_has_nothing_to_sign(office_db: Path) -> None:
    file = new_file()
    found = signing_desk.beside(PELITA3, sit_down(Role.KADIS), [file.id])[file.id]
    assert (found.kasi, found.kabid, found.draft_rev, found.to_sign, found.opened) == (None, None, 0, 0, False)
