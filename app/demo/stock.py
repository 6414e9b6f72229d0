"""Files at several desks for whoever tries the windows: brought there through the same services the windows use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

from app.channels.attachments import examine
from app.demo import cases, scans
from app.demo.office import PASSWORD, DemoOffice
from app.jobs import drafting, ktp, resi
from app.jobs.workshop import Workshop
from app.services import accounts, act, entry, intake, papers, queue, queue_settings
from app.services.accounts import Who
from app.services.berkas import Contact, Head, head
from app.services.case import Case
from app.services.keys import new_key
from app.sop.model import Role
from app.sop.pelita3 import PELITA3

LOGINS = {Role.FO: "rina", Role.KASI: "zulfikar", Role.KABID: "meri", Role.ADMIN: "admin"}
LAST_MINUTE = 24 * 60 - 1


def sit(role: Role) -> Who:
    """That role's officer logs in."""
    return accounts.work_as(accounts.log_in(LOGINS[role], PASSWORD, "PC-LOKET-03"), role)


def fill(office: DemoOffice) -> None:
    """One file each: online and new, in entry, waiting for the Kasi, waiting for the Kadis; three numbers wait.

    The kiosk gives numbers around the clock: whoever tries it, tries it when he has time.
    """
    office.opening.open()
    shop = Workshop(PELITA3, office.folder, "PC-LOKET-03", office.printers, office.p12)
    try:
        sit(Role.ADMIN)
        queue_settings.save(replace(queue_settings.load(), opens=0, closes=LAST_MINUTE), new_key())
        _online(cases.tanujaya())
        _entered(_counter(cases.ramadhan()), cases.ramadhan())
        _handed_over(shop, cases.panjaitan())
        _initialled(_handed_over(shop, cases.sitorus()))
        fo = sit(Role.FO)
        for priority in (False, False, True):
            queue.issue(new_key(), priority=priority)
        assert fo.role is Role.FO
        accounts.log_out()
    finally:
        office.opening.close()


def scanned(files: Mapping[str, bytes]) -> list[papers.NewPaper]:
    """Requirement files as papers."""
    found = {code: examine(data, f"{code}.pdf") for code, data in files.items()}
    return [papers.NewPaper("scan", code, f"{code}.pdf", a.data, a.pages, a.mime) for code, a in found.items()]


def _online(case: Case) -> Head:
    data = {
        "route": case.route.value,
        "reporter": case.reporter.value,
        "email": "pemohon@contoh.id",
        "external_ref": "ONL-0001",
    }
    files = scanned(scans.requirement_files(case))
    return intake.receive_package(PELITA3, sit(Role.FO), "ONL-0001", data, datetime.now(UTC), files, new_key())


def _counter(case: Case) -> Head:
    fo = sit(Role.FO)
    ticket = queue.issue(new_key()).ticket
    queue.call_next(fo.place, new_key())
    file = intake.register_ticket(PELITA3, fo, ticket.id, new_key())
    queue.done(ticket.id, fo.place, new_key())
    intake.set_contact(fo, file, Contact("pemohon@contoh.id", "081200000000", read_back=True), new_key())
    entry.save(fo, file, Case(route=case.route, reporter=case.reporter), 0, new_key())
    for paper in scanned(scans.requirement_files(case)):
        intake.attach(fo, file, paper.subject, paper, new_key())
        intake.tick(fo, file, paper.subject, "OK", new_key())
    act.act(fo, file.id, "lengkap_loket", file.n, new_key())
    return head(PELITA3, file.id)


def _entered(file: Head, case: Case) -> Head:
    entry.save(sit(Role.FO), file, case, 1, new_key())
    return file


def _handed_over(shop: Workshop, case: Case) -> Head:
    file = _entered(_counter(case), case)
    fo = sit(Role.FO)
    draft = drafting.make_draft(shop, fo, file.id, new_key())
    intake.confirm_draft(fo, head(PELITA3, file.id), draft.rev, new_key())
    ktp.request_ktp(shop, fo, file.id, new_key())
    resi.give_resi(shop, fo, file.id, new_key())
    return head(PELITA3, file.id)


def _initialled(file: Head) -> Head:
    for role in (Role.KASI, Role.KABID):
        who = sit(role)
        act.act(who, file.id, f"terima_{role.lower()}", file.n, new_key())
        pages = [(sha, page) for sha, count in papers.must_see(file.id).items() for page in range(1, count + 1)]
        papers.record_seen(who, file.id, pages)
        act.act(who, file.id, f"paraf_{role.lower()}", file.n + 1, new_key())
        file = head(PELITA3, file.id)
    return file
