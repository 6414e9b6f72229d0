"""The file of the design pictures: two days, one deficiency, one return, waiting for the Kadis."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from app.jobs import drafting, ktp, resi
from app.jobs.workshop import Workshop
from app.services import entry, intake, papers, queue
from app.services.berkas import Contact, Head, head
from app.services.case import Case
from app.services.intake import FindingRow
from app.services.keys import new_key
from app.sop.model import Role
from app.sop.pelita3 import PELITA3
from tests.support.cases import case_pn
from tests.support.office import Clock, sit_down
from tests.support.walk import SCAN, act, see_all

WIB = ZoneInfo("Asia/Jakarta")


def typed() -> Case:
    """The whole entry as the counter typed it on that Monday."""
    case = case_pn()
    first_day = date(2026, 5, 11)
    return replace(case, reported=first_day, siak=replace(case.siak, deed_date=first_day))


def at(clock: Clock, day: int, hour_minute: str) -> datetime:
    """Put the database's clock to a local time of May 2026 and return it as UTC."""
    hour, minute = hour_minute.split(".")
    clock.at = datetime(2026, 5, day, int(hour), int(minute), tzinfo=WIB).astimezone(UTC)
    return clock.at


def asked_for_more(shop: Workshop, clock: Clock) -> Head:
    """Monday 12.46 a ticket, 13.10 called, 13.15 sent home for the proof that the decision is final."""
    fo = sit_down(Role.FO)
    at(clock, 11, "12.46")
    ticket = queue.issue(new_key()).ticket
    at(clock, 11, "13.10")
    queue.call_next(fo.place, new_key())
    file = intake.register_ticket(PELITA3, fo, ticket.id, new_key())
    queue.done(ticket.id, fo.place, new_key())
    case = typed()
    entry.save(
        fo, file, Case(route=case.route, reporter=case.reporter, husband=case.husband, wife=case.wife), 0, new_key()
    )
    intake.set_contact(fo, file, Contact("pemohon@contoh.id", "081200000000", read_back=True), new_key())
    at(clock, 11, "13.15")
    missing = [FindingRow("putusan", "Bukti BHT belum ada", "Minta surat keterangan panitera")]
    intake.add_findings(fo, file, missing, new_key())
    papers.store(fo, file.id, papers.NewPaper("deficiency", "kekurangan", "Catatan kekurangan", SCAN, 1), new_key())
    return act(fo, file, "kurang_loket")


def handed_to_kasi(shop: Workshop, clock: Clock) -> Head:
    """He comes back at 14.40; the rest at the counter takes until 14.53."""
    file = asked_for_more(shop, clock)
    fo = sit_down(Role.FO)
    came = at(clock, 11, "14.40")
    intake.answer(fo, file, "Surat keterangan BHT", came, new_key())
    file = head(PELITA3, file.id)
    case = typed()
    for r in (r for r in intake.requirements(file.id, case.route, case.reporter) if r.required):
        scan = SCAN + f"% {file.number} {r.code}\n".encode()
        intake.attach(fo, file, r.code, papers.NewPaper("scan", r.code, r.label, scan, 1), new_key())
        intake.tick(fo, file, r.code, "OK", new_key())
    at(clock, 11, "14.44")
    file = act(fo, file, "lengkap_loket")
    at(clock, 11, "14.48")
    entry.save(fo, file, case, 1, new_key())
    drafting.make_draft(shop, fo, file.id, new_key())
    file = head(PELITA3, file.id)
    intake.confirm_draft(fo, file, 1, new_key())
    at(clock, 11, "14.51")
    ktp.request_ktp(shop, fo, file.id, new_key())
    at(clock, 11, "14.53")
    resi.give_resi(shop, fo, file.id, new_key())
    return head(PELITA3, file.id)


def sent_back(shop: Workshop, clock: Clock) -> Head:
    """Tuesday the Kasi finds two wrong values and returns the file to the Editor, who takes it at 08.19."""
    file, kasi = handed_to_kasi(shop, clock), sit_down(Role.KASI)
    at(clock, 12, "8.12")
    file = act(kasi, file, "terima_kasi")
    at(clock, 12, "8.16")
    wrong = [
        FindingRow("decision.number", "Nomor putusan kurang satu angka"),
        FindingRow("wife.name", "Kurang huruf L"),
    ]
    intake.add_findings(kasi, file, wrong, new_key())
    file = act(kasi, file, "kembali_editor")
    at(clock, 12, "8.19")
    return act(sit_down(Role.EDITOR), file, "terima_editor")


def before_kadis(shop: Workshop, clock: Clock) -> Head:
    """Repaired at 08.24, both paraf, handed to the Kadis at 08.48; the clock then stands at 11.56."""
    file, editor = sent_back(shop, clock), sit_down(Role.EDITOR)
    at(clock, 12, "8.24")
    newest = entry.latest(file.id)
    assert newest is not None
    case = replace(
        newest.case,
        decision=replace(newest.case.decision, number="123/Pdt.G/2026/PN Pbr"),
        wife=replace(newest.case.wife, name="DEBORA MELINDA HUTAPEAL"),
    )
    entry.save(editor, file, case, newest.rev, new_key())
    drafting.make_draft(shop, editor, file.id, new_key())
    for role, took, gave in ((Role.KASI, "8.26", "8.30"), (Role.KABID, "8.41", "8.48")):
        who, name = sit_down(role), role.value.lower()
        at(clock, 12, took)
        file = act(who, head(PELITA3, file.id), f"terima_{name}")
        at(clock, 12, gave)
        see_all(who, file)
        file = act(who, file, f"paraf_{name}")
    at(clock, 12, "11.56")
    return file
