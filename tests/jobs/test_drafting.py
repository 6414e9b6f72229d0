"""SOP row 5: the draft is frozen from what was typed, and only from what may be printed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from app.errors import Refused
from app.jobs import drafting
from app.jobs.workshop import Workshop
from app.models.tables_papers import Paper
from app.services import card, entry, intake, papers
from app.services.berkas import Head, head
from app.services.case import Case, Route
from app.services.intake import FindingRow
from app.services.keys import new_key
from app.sop.model import Role
from app.sop.pelita3 import PELITA3
from tests.support import walk
from tests.support.cases import case_pa, case_pn
from tests.support.office import sit_down
from tests.support.papers import text
from tests.support.ready import At


def typed(case: Case, file: Head | None = None) -> Head:
    """A file at the entry, with this case saved."""
    file = file or walk.complete(walk.new_file(), case)
    newest = entry.latest(file.id)
    entry.save(sit_down(Role.FO), file, case, newest.rev if newest else 0, new_key())
    return file


def test_the_draft_of_a_pn_decision_holds_what_both_parties_will_get(office_db: Path, shop: Workshop) -> None:
    file = typed(case_pn())
    draft = drafting.make_draft(shop, sit_down(Role.FO), file.id, new_key())
    assert [d.subject for d in draft.documents] == [
        "akta-suami",
        "akta-istri",
        "kk-suami",
        "kk-istri",
        "ktp-suami",
        "ktp-istri",
    ]
    assert draft.to_sign == {"akta-suami", "akta-istri", "kk-suami", "kk-istri"}
    prints = {p.subject: p for p in papers.listed(file.id, ["draft_print"])}
    assert set(prints) == {"draf", drafting.LARGE}
    words = text(papers.data(prints["draf"].sha256))
    for said in (case_pn().husband.name, case_pn().wife.nik, "DRAF", file.number):
        assert said in words
    assert "DRAF" not in text(papers.data(draft.documents[0].sha256)), "what is signed has no watermark"
    now = head(PELITA3, file.id)
    assert (now.stage.key, now.n) == ("DRAF", file.n + 1)
    assert card.lines(PELITA3, file.id)[-1].draft_hash == draft.sha256
    assert card.verify(file.id).whole


def test_a_pa_decision_gives_no_deed(office_db: Path, shop: Workshop) -> None:
    file = typed(case_pa())
    draft = drafting.make_draft(shop, sit_down(Role.FO), file.id, new_key())
    assert {d.subject.split("-")[0] for d in draft.documents} == {"kk", "ktp"}


def test_pressed_again_after_a_lost_answer_it_is_the_same_draft(office_db: Path, shop: Workshop) -> None:
    file, key = typed(case_pn()), new_key()
    fo = sit_down(Role.FO)
    first = drafting.make_draft(shop, fo, file.id, key)
    count = Paper.select().count()
    assert drafting.make_draft(shop, fo, file.id, key) == first
    assert (head(PELITA3, file.id).n, Paper.select().count()) == (file.n + 1, count)


def test_cut_off_between_the_papers_and_the_line_it_goes_on(
    office_db: Path, shop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, key = typed(case_pn()), new_key()
    fo = sit_down(Role.FO)

    def power_fails(*_told: object) -> None:
        raise SystemExit

    with monkeypatch.context() as cut:
        cut.setattr(drafting, "act", power_fails)
        with pytest.raises(SystemExit):
            drafting.make_draft(shop, fo, file.id, key)
    assert head(PELITA3, file.id).stage.key == "ENTRI"
    draft = drafting.make_draft(shop, fo, file.id, key)
    assert draft.rev == 1
    assert head(PELITA3, file.id).stage.key == "DRAF"
    assert card.verify(file.id).whole


def test_without_an_entry_there_is_nothing_to_draft(office_db: Path, shop: Workshop) -> None:
    file = walk.new_file()
    with pytest.raises(Refused) as refusal:
        drafting.make_draft(shop, sit_down(Role.FO), file.id, new_key())
    assert refusal.value.field == "husband.nik"


@pytest.mark.parametrize(
    ("case", "field"),
    [
        (replace(case_pn(), husband=replace(case_pn().husband, nik="123")), "husband.nik"),
        (replace(case_pn(), wife=replace(case_pn().wife, name="")), "wife.name"),
        (
            replace(case_pn(), decision=replace(case_pn().decision, date=date(2001, 1, 1))),
            "decision.date",
        ),
    ],
)
def test_an_error_is_told_at_its_field_and_nothing_is_frozen(
    office_db: Path, shop: Workshop, case: Case, field: str
) -> None:
    file = typed(case)
    with pytest.raises(Refused) as refusal:
        drafting.make_draft(shop, sit_down(Role.FO), file.id, new_key())
    assert refusal.value.field == field
    assert papers.current_draft(file.id) is None
    assert papers.listed(file.id, ["document", "draft_print"]) == []
    assert head(PELITA3, file.id).stage.key == "ENTRI"


def test_the_same_couple_in_another_open_file_wants_a_reason(office_db: Path, shop: Workshop) -> None:
    first = typed(case_pn())
    file = typed(case_pn())
    fo = sit_down(Role.FO)
    with pytest.raises(Refused, match=first.number) as refusal:
        drafting.make_draft(shop, fo, file.id, new_key())
    assert refusal.value.field == "husband.nik"
    reasons = (("husband.nik", "berkas lain dibatalkan"), ("wife.nik", "berkas lain dibatalkan"))
    typed(replace(case_pn(), overrides=reasons), file)
    assert drafting.make_draft(shop, fo, file.id, new_key()).rev == 1


def test_what_the_editor_repairs_is_a_new_revision_that_goes_to_the_kasi(shop: Workshop, file_at: At) -> None:
    file = file_at("DI_KASI")
    kasi = sit_down(Role.KASI)
    intake.add_findings(kasi, file, [FindingRow("wife.name", "Satu huruf kurang")], new_key())
    file = walk.act(kasi, file, "kembali_editor")
    editor = sit_down(Role.EDITOR)
    file = walk.act(editor, file, "terima_editor")
    mended = replace(case_pn(), wife=replace(case_pn().wife, name="DEBORA MELINDA HUTAPEAA"))
    newest = entry.latest(file.id)
    assert newest is not None
    entry.save(editor, file, mended, newest.rev, new_key())
    key = new_key()
    draft = drafting.make_draft(shop, editor, file.id, key)
    assert (draft.rev, head(PELITA3, file.id).stage.key) == (2, "KE_KASI")
    assert drafting.make_draft(shop, editor, file.id, key) == draft, "a lost answer is asked for again"
    assert card.lines(PELITA3, file.id)[-1].action == "perbaiki"
    assert newest.case.route is Route.PN
