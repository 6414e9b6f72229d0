"""A file lacks something: the applicant is told, and the clock stands until he has brought it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pypdfium2
import pytest

from app.errors import Conflict, Refused
from app.jobs import deficiency, packages
from app.jobs.workshop import Workshop
from app.pdfium import LOCK
from app.services import card, clocks, intake, outbox, papers
from app.services.accounts import Who
from app.services.berkas import Contact, Head, head
from app.services.intake import FindingRow
from app.services.keys import new_key
from app.sop.model import Kind, Role
from app.sop.pelita3 import PELITA3
from tests.support import parcels
from tests.support.office import Clock
from tests.support.walk import new_file, walk_to

Sit = Callable[[str | Role], Who]
BLURRED = FindingRow("ktp_suami", "KTP-el buram, NIK tidak terbaca.", "Bawa KTP-el asli; kami pindai ulang di loket.")
NO_BHT = FindingRow("putusan", "Belum ada keterangan berkekuatan hukum tetap.", "Minta surat keterangan panitera.")


def words(pdf: bytes) -> str:
    with LOCK:
        document = pypdfium2.PdfDocument(pdf)
        text = " ".join(page.get_textpage().get_text_bounded() for page in document)
        document.close()
    return " ".join(text.split())


def online(shop: Workshop, fo: Who, tmp_path: Path) -> Head:
    file = packages.receive(shop, fo, parcels.folder(tmp_path / "paket"), new_key())
    return intake.register_online(PELITA3, fo, file, new_key())


def test_at_the_counter_the_clock_stops_and_the_applicant_gets_it_on_paper(
    shop: Workshop, who: Sit, clock: Clock
) -> None:
    clock.at = datetime(2026, 5, 12, 3, 42, tzinfo=UTC)
    file, fo = new_file(), who(Role.FO)

    moved = deficiency.note_deficiency(shop, fo, file.id, [BLURRED, NO_BHT], new_key(), note="Boleh diantar besok.")

    assert (moved.action, moved.stage) == ("kurang_loket", "KURANG")
    paper = papers.listed(file.id, ["deficiency"])[-1]
    text = words(papers.data(paper.sha256))
    told = ("kembali ke loket", BLURRED.problem, BLURRED.solution, NO_BHT.problem, "Boleh diantar besok.")
    for said in ("KTP-el suami", "11 Juni 2026", *told):
        assert said in text
    assert papers.print_state(paper.id)[0] == "COMPLETED"
    assert [p.read_bytes() for p in (shop.folder / "cetakan").glob("*.pdf")] == [papers.data(paper.sha256)]
    assert [(f.subject, f.problem, f.solution) for f in intake.open_findings(file.id, moved.n)] == [
        (f.subject, f.problem, f.solution) for f in (BLURRED, NO_BHT)
    ]
    assert card.lines(PELITA3, file.id)[-1].note == "Boleh diantar besok."
    assert outbox.of_file(file.id) == []
    assert card.verify(file.id).whole


def test_the_applicants_days_do_not_count_and_the_clock_goes_on_at_his_act(
    shop: Workshop, who: Sit, clock: Clock
) -> None:
    clock.at = datetime(2026, 5, 12, 3, 0, tzinfo=UTC)
    file, fo = new_file(), who(Role.FO)
    clock.at += timedelta(minutes=2)
    deficiency.note_deficiency(shop, fo, file.id, [BLURRED], new_key())
    noted, clock.at = clock.at, clock.at + timedelta(days=1)
    came, clock.at = clock.at, clock.at + timedelta(minutes=10)
    moved = intake.answer(fo, head(PELITA3, file.id), "KTP-el asli dibawa", came, new_key())

    assert moved.stage == "VERIFIKASI"
    lines = card.lines(PELITA3, file.id)
    life = clocks.pieces(lines, clock.at, clocks.hours_around(lines[0].at, clock.at), clocks.answers(file.id))
    pauses = [(p.start, p.end) for p in life if p.kind is Kind.PAUSE]
    assert pauses == [(noted, came)]


def test_online_the_message_waits_in_the_outbox_with_the_same_words(shop: Workshop, who: Sit, tmp_path: Path) -> None:
    fo = who(Role.FO)
    file = online(shop, fo, tmp_path)
    intake.set_contact(fo, file, Contact("debora.mh@contoh.id", "0812"), new_key())

    shown = deficiency.preview(shop, fo, file.id, [BLURRED], "Mohon sebelum Jumat.")
    moved = deficiency.note_deficiency(shop, fo, file.id, [BLURRED], new_key(), note="Mohon sebelum Jumat.")

    assert (moved.action, moved.stage) == ("kurang_online", "KURANG")
    mail = outbox.of_file(file.id)[0]
    assert (mail.kind, mail.to, mail.state) == ("mail_deficiency", "debora.mh@contoh.id", "WAITING")
    assert (mail.subject, mail.body) == (shown.subject, shown.body)
    assert BLURRED.solution in mail.body
    assert "Mohon sebelum Jumat." in mail.body
    assert "Balas e-mail ini" in mail.body
    assert "Debora" not in mail.subject
    paper = papers.listed(file.id, ["deficiency"])[-1]
    assert [(a.name, a.sha256) for a in mail.attachments] == [(f"catatan-kekurangan-{file.number}.pdf", paper.sha256)]
    assert not (shop.folder / "cetakan").exists()


def test_online_without_an_address_nothing_is_written(shop: Workshop, who: Sit, tmp_path: Path) -> None:
    fo = who(Role.FO)
    file = online(shop, fo, tmp_path)
    with pytest.raises(Refused) as refusal:
        deficiency.note_deficiency(shop, fo, file.id, [BLURRED], new_key())
    assert refusal.value.field == "email"
    assert intake.findings(file.id) == []
    assert papers.listed(file.id, ["deficiency"]) == []
    assert head(PELITA3, file.id).stage.key == "VERIFIKASI"


def test_without_a_finding_nothing_is_written(shop: Workshop, who: Sit) -> None:
    file = new_file()
    with pytest.raises(Refused) as refusal:
        deficiency.note_deficiency(shop, who(Role.FO), file.id, [], new_key())
    assert refusal.value.field == "findings"
    assert head(PELITA3, file.id).n == file.n


def test_a_dead_printer_does_not_undo_the_line_and_is_on_record(shop: Workshop, who: Sit) -> None:
    file = new_file()
    dead = replace(shop, printers={"deficiency": "printer-mati"})
    moved = deficiency.note_deficiency(dead, who(Role.FO), file.id, [BLURRED], new_key())
    assert moved.stage == "KURANG"
    paper = papers.listed(file.id, ["deficiency"])[-1]
    assert papers.print_state(paper.id)[0] != "COMPLETED"


def test_the_same_press_notes_once(shop: Workshop, who: Sit) -> None:
    file, fo, key = new_file(), who(Role.FO), new_key()
    first = deficiency.note_deficiency(shop, fo, file.id, [BLURRED], key)
    again = deficiency.note_deficiency(shop, fo, file.id, [BLURRED], key)
    assert (first, head(PELITA3, file.id).n) == (again, file.n + 1)
    assert len(intake.findings(file.id)) == 1
    assert len(papers.listed(file.id, ["deficiency"])) == 1


def test_a_second_officers_press_on_a_file_that_waits_is_refused(shop: Workshop, who: Sit) -> None:
    file = new_file()
    deficiency.note_deficiency(shop, who("rina"), file.id, [BLURRED], new_key())
    with pytest.raises((Refused, Conflict)):
        deficiency.note_deficiency(shop, who("dedi"), file.id, [NO_BHT], new_key())
    assert [f.subject for f in intake.findings(file.id)] == ["ktp_suami"]


def test_later_stages_have_no_deficiency(shop: Workshop, who: Sit) -> None:
    file = walk_to("ENTRI", shop)
    with pytest.raises(Refused, match="selama berkas diverifikasi"):
        deficiency.note_deficiency(shop, who(Role.FO), file.id, [BLURRED], new_key())


def test_the_labels_an_applicant_reads(office_db: Path) -> None:
    labels = deficiency.requirement_labels(0)
    assert labels["akta_cerai"] == "Akta cerai dari Pengadilan Agama"
    assert labels["akta_kawin"] == "Kutipan akta perkawinan"
    assert labels["kuasa"] == "Surat kuasa"
