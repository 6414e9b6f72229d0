"""Who is in the fort, which files lie on which desk, and what must be as it was when everybody has tried."""

from __future__ import annotations

from typing import Any

from app.models.tables_berkas import Berkas
from app.server import fingerprint
from app.services import card, evidence
from app.services.chains import Verification
from tests.attacks.fort import Fort, verifier
from tests.attacks.honest import STAGES, Walker, fact, step
from tests.support.invariants import overseeing

CROWD = tuple(f"fo{i:02d}" for i in range(1, 21))
"""Twenty more officers of the Front Office, for races."""


def account(fort: Fort, login: str, *, must_change: int = 1, kind: str = "officer") -> None:
    """The administrator makes an account, as his window does."""
    secret = verifier(fort.su, login)
    fort.do(
        "admin",
        f"select adm.add_officer('{login}', 'Orang {login.title()}', '', '', '', '', '{secret}', {must_change}, '{kind}', :key)",
    )


def appoint(fort: Fort, login: str, role: str, more: str = "") -> None:
    """The administrator gives a role."""
    columns, values = ("", "") if not more else (", until_day", f", '{more}'")
    fort.do("admin", f"insert into assignment(login, role, key{columns}) values ('{login}', '{role}', :key{values})")


def own_password(fort: Fort, login: str) -> None:
    """The officer's first log-in: he changes his password (here to the same one, so that the tests know it)."""
    with fort.officer(login) as connection:
        connection.execute(
            f"select adm.change_my_password('{verifier(fort.su, login)}', gen_random_uuid()::text)".encode()
        )


def confirm(fort: Fort, head: str, login: str) -> None:
    """A head says as a second person that it is right."""
    fort.do(
        head,
        "insert into duty_confirm(login, assignment_id, password_id, key) values "
        f"('{login}', (select max(id) from assignment where login = '{login}'), "
        f"(select coalesce(max(id), 0) from password where login = '{login}'), :key)",
    )


def settle(fort: Fort) -> None:
    """Honest people, and those who are not (yet, any more) what they would like to be; then a file on every desk."""
    _people(fort)
    hall_open(fort)
    for service in "KQRSXY":
        fort.do(
            "admin", f"insert into queue_service(service, label, key) values ('{service}', 'Layanan {service}', :key)"
        )
    for stage in STAGES:
        Walker(fort, stage).to(stage)
    _odd_files(fort)
    _facts(fort)


def hall_open(fort: Fort) -> None:
    """Numbers are given at whatever hour the tests run."""
    fort.do("admin", 'insert into queue_setting(data, key) values (\'{"opens": 0, "closes": 1440}\', :key)')


def _people(fort: Fort) -> None:
    for login in ("tono", "rangkap", "calon", "baru", "mantan", "lama", "tamu", "audi", "kepala", "korban"):
        account(fort, login)
    account(fort, "titipan", must_change=0)
    for kiosk in ("kios", "kios2", "kios3"):
        account(fort, kiosk, must_change=0, kind="kiosk")
        appoint(fort, kiosk, "KIOSK")
    account(fort, "layar", must_change=0, kind="display")
    roles = (
        ("tono", "KASI"), ("rangkap", "FO"), ("rangkap", "KASI"), ("calon", "KADIS"), ("baru", "FO"), ("mantan", "FO"),
        ("audi", "AUDITOR"), ("titipan", "FO"), ("layar", "DISPLAY"),
        ("kepala", "KADIS"), ("korban", "FO"),
    )  # fmt: skip
    for login, role in roles:
        appoint(fort, login, role)
    appoint(fort, "lama", "KABID", "2020-12-31")
    for login in ("tono", "rangkap", "calon", "mantan", "lama", "tamu", "audi", "kepala", "korban"):
        own_password(fort, login)
    for login in ("tono", "rangkap", "lama", "kepala"):
        confirm(fort, "meri", login)
    fort.do("admin", "select adm.set_active('mantan', 0, 'Pindah tugas', :key)")
    for login in CROWD:
        fort.su.execute(
            "select adm.add_officer(%s, %s, '', '', '', '', %s, 0, 'officer', gen_random_uuid()::text)",
            (login, f"Orang {login}", verifier(fort.su, login)),
        )
        fort.su.execute(
            "insert into assignment(login, role, confirmed_by, key) values (%s, 'FO', 'berita acara', gen_random_uuid()::text)",
            (login,),
        )


def _odd_files(fort: Fort) -> None:
    """A file that the Kasi received and has not read; one that a Plh Kasi has typed himself; one that waits for papers."""
    Walker(fort, "unread").to("ke_kasi")
    fort.do("zulfikar", step("unread", "terima_kasi", "KASI"))
    typed = Walker(fort, "typed", fo="rangkap")
    typed.to("ke_kasi")
    typed.kasi = "rangkap"
    typed.to_di_kasi()
    paused = Walker(fort, "kurang")
    paused.to("verifikasi")
    paused.lacking()
    waiting = Walker(fort, "menunggu")
    waiting.to("verifikasi")
    waiting.lacking()
    fort.do("rina", fact("answer", "kurang", "FO", what="Kartu Keluarga", came_us="(now_us() - 1)"))
    _besides(fort)


def _besides(fort: Fort) -> None:
    """Something of every kind beside files that are not everybody's."""
    scan = "(select min(id) from paper where berkas_id = :entri and kind = 'scan')"
    fort.do("dedi", "insert into read_log(berkas_id, what, why) values (:entri, 'membuka berkas', 'Ditanya pemohon')")
    fort.do("rina", fact("note", "entri", "FO", text="Pemohon menelepon"))
    fort.do("rina", fact("removal", "entri", "FO", paper_id=scan, why="salah unggah"))
    fort.do("rina", fact("outbox", "verifikasi", "FO", kind="mail_deficiency", to_address="pemohon@contoh.id", subject="Kekurangan",
                         body="Yth. SITORUS", attachments="[]", message_id="<kurang@contoh.id>"))  # fmt: skip
    mail = "(select max(id) from outbox)"
    fort.do("rina", fact("outbox_event", "verifikasi", "FO", outbox_id=mail, event="LEASED", until_us=9000000000000000))
    fort.do("rina", fact("outbox_event", "verifikasi", "FO", outbox_id=mail, event="FAILED", reply="450 nanti"))


def _facts(fort: Fort) -> None:
    """What attempts speak of besides files."""
    questions = {
        "used_key": "select key from paraf where berkas_id = :verifikasi and actor = 'rina'",
        "number_entri": "select number from berkas where id = :entri",
        "number_di_kabid": "select number from berkas where id = :di_kabid",
        "nik_di_kabid": "select husband_nik from berkas where id = :di_kabid",
        "nik_draf": "select husband_nik from berkas where id = :draf",
        "scan_entri": "select id from paper where berkas_id = :entri and kind = 'scan'",
        "blob_draf": "select min(sha256) from paper where berkas_id = :draf and kind = 'document'",
        "blob_di_kabid": "select min(sha256) from paper where berkas_id = :di_kabid and kind = 'document'",
        "mail_sent": "select min(outbox_id) from outbox_event where event = 'SENT'",
        "called": "select ticket_id from queue_event where event = 'CALLED' and made_by = 'rina' order by id desc limit 1",
        "sop": "select number from sop",
    }
    for name, question in questions.items():
        fort.names[name] = fort.one(question)


def standing(fort: Fort) -> tuple[Any, ...]:
    """Rights, guards and who is who: the whole fingerprint, and the tables that no attempt may add to."""
    counted = tuple(
        fort.one(f"select count(*) from {table}")
        for table in ("sop", "sop_stage", "sop_step", "sop_who", "sop_need", "sop_writable", "officer", "assignment",
                      "office", "seal", "schema_version")
    )  # fmt: skip
    return counted, fingerprint.take(fort.su)


def holds(fort: Fort) -> None:
    """Every card is whole, by the program's own eyes, and every head is where its last line put it."""
    with overseeing(fort.cluster.superuser_dsn("pelita3"), "pelita3"):
        files = [b.id for b in Berkas.select(Berkas.id)]
        assert len(files) >= len(STAGES)
        for file in files:
            found = card.verify(file)
            assert found.whole, (file, found)
        report = evidence.verify_all(documents=True)
        assert report.whole, report.first
        assert report.files == len(files)


def verified(fort: Fort, file: str) -> Verification:
    """One card, by the program's own eyes."""
    with overseeing(fort.cluster.superuser_dsn("pelita3"), "pelita3"):
        return card.verify(int(str(fort.names[file])))
