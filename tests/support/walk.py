"""Brings a new file to a stage the way officers do: through the services and jobs, never past the guards."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from app.jobs import drafting, ktp, resi
from app.jobs.workshop import Workshop
from app.services import act as acting
from app.services import entry, intake, papers
from app.services.accounts import Who
from app.services.berkas import Contact, Head, head
from app.services.case import Case, Route
from app.services.keys import new_key
from app.sop.model import Channel, Role
from app.sop.pelita3 import PELITA3
from tests.support import line
from tests.support.cases import case_pa, case_pn
from tests.support.office import sit_down

SCAN = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)

ORDER = (
    "DIAJUKAN", "VERIFIKASI", "ENTRI", "DRAF", "KTP", "KE_KASI", "DI_KASI", "KE_KABID", "DI_KABID", "KE_KADIS",
    "DI_KADIS", "TERTANDA",
)  # fmt: skip


def act(who: Who, file: Head, action: str, note: str = "") -> Head:
    """One line, and the file as it is then."""
    acting.act(who, file.id, action, file.n, new_key(), note)
    return head(PELITA3, file.id)


def new_file(channel: Channel = Channel.OFFLINE, route: Route = Route.PN) -> Head:
    """A file that has just been registered (VERIFIKASI), or online still waits (DIAJUKAN)."""
    fo = sit_down(Role.FO)
    if channel is Channel.OFFLINE:
        return line.registered(fo)
    reference = f"ONL-{new_key()[:8]}"
    data = {"route": route.value, "reporter": "WIFE", "external_ref": reference}
    return intake.receive_package(PELITA3, fo, reference, data, datetime.now(UTC), [], new_key())


def complete(file: Head, case: Case) -> Head:
    """Everything the requirements ask: contact, route, scans, ticks; then "berkas lengkap"."""
    fo = sit_down(Role.FO)
    intake.set_contact(fo, file, Contact("pemohon@contoh.id", "081200000000", read_back=True), new_key())
    entry.save(fo, file, Case(route=case.route, reporter=case.reporter), 0, new_key())
    for r in intake.requirements(file.id, case.route, case.reporter):
        if r.required:
            bytes_of_it = SCAN + f"% {file.number} {r.code}\n".encode()
            intake.attach(fo, file, r.code, papers.NewPaper("scan", r.code, f"{r.code}.pdf", bytes_of_it, 1), new_key())
            intake.tick(fo, file, r.code, "OK", new_key())
    return act(fo, file, "lengkap_online" if file.channel is Channel.ONLINE else "lengkap_loket")


def drafted(shop: Workshop, file: Head, case: Case) -> Head:
    """The whole entry typed, and its first draft frozen."""
    fo = sit_down(Role.FO)
    newest = entry.latest(file.id)
    # The invented couple comes to the office more than once in a test; an officer would say why.
    twice = tuple((path, "permohonan yang lain dibatalkan pemohon") for path in entry.others(file.id, case))
    case = replace(case, overrides=(*case.overrides, *twice))
    entry.save(fo, file, case, newest.rev if newest else 0, new_key())
    drafting.make_draft(shop, fo, file.id, new_key())
    return head(PELITA3, file.id)


def to_kasi(shop: Workshop, file: Head) -> Head:
    """Confirmed by the applicant where he stands there, KTP-el requested, resi given."""
    fo = sit_down(Role.FO)
    if file.channel is Channel.OFFLINE:
        draft = papers.current_draft(file.id)
        assert draft is not None
        intake.confirm_draft(fo, file, draft.rev, new_key())
    ktp.request_ktp(shop, fo, file.id, new_key())
    given = resi.give_resi(shop, fo, file.id, new_key())
    assert given.moved, given.status
    return head(PELITA3, file.id)


def see_all(who: Who, file: Head) -> None:
    """Every page before this officer's eyes."""
    papers.record_seen(who, file.id, [(sha, p) for sha, n in papers.must_see(file.id).items() for p in range(1, n + 1)])


def initialled(file: Head, role: Role) -> Head:
    """Received, read and initialled by the Kasi or the Kabid."""
    who = sit_down(role)
    name = role.value.lower()
    file = act(who, file, f"terima_{name}")
    see_all(who, file)
    return act(who, file, f"paraf_{name}")


def walk_to(stage: str, shop: Workshop, channel: Channel = Channel.OFFLINE, route: Route = Route.PN) -> Head:
    """A new file brought to `stage`. Online files need a mail server in the office's data from KTP on."""
    case = replace(case_pn() if route is Route.PN else case_pa(), route=route)
    goal = ORDER.index(stage)
    file = new_file(channel, route)
    if channel is Channel.ONLINE and goal >= ORDER.index("VERIFIKASI"):
        file = intake.register_online(PELITA3, sit_down(Role.FO), file, new_key())
    if goal >= ORDER.index("ENTRI"):
        file = complete(file, case)
    if goal >= ORDER.index("DRAF"):
        file = drafted(shop, file, case)
    if stage == "KTP":
        return _at_ktp(shop, file)
    if goal >= ORDER.index("KE_KASI"):
        file = to_kasi(shop, file)
    return _beyond(stage, goal, shop, file)


def _at_ktp(shop: Workshop, file: Head) -> Head:
    fo = sit_down(Role.FO)
    draft = papers.current_draft(file.id)
    assert draft is not None
    if file.channel is Channel.OFFLINE:
        intake.confirm_draft(fo, file, draft.rev, new_key())
    ktp.request_ktp(shop, fo, file.id, new_key())
    return head(PELITA3, file.id)


def _beyond(stage: str, goal: int, shop: Workshop, file: Head) -> Head:
    if stage == "DI_KASI":
        return act(sit_down(Role.KASI), file, "terima_kasi")
    if goal >= ORDER.index("KE_KABID"):
        file = initialled(file, Role.KASI)
    if stage == "DI_KABID":
        return act(sit_down(Role.KABID), file, "terima_kabid")
    if goal >= ORDER.index("KE_KADIS"):
        file = initialled(file, Role.KABID)
    if goal >= ORDER.index("DI_KADIS"):
        file = act(sit_down(Role.KADIS), file, "terima_kadis")
    if stage == "TERTANDA":
        from app.jobs import certificates, signing_batch  # noqa: PLC0415  only the last stage needs a certificate

        kadis = sit_down(Role.ADMIN)
        certificates.make_trial(
            shop, "Dr. Nurlaila Hasibuan, M.Si", "196911201995032001", bytearray(b"frasa-sandi-uji")
        )
        kadis = sit_down(Role.KADIS)
        done = signing_batch.sign_batch(shop, kadis, [file.id], bytearray(b"frasa-sandi-uji"), new_key(), None)
        assert all(d.ok for d in done), done
        file = head(PELITA3, file.id)
    return file
