"""Officers at their honest work, statement by statement as their windows send it: a file on every desk of the fort."""

from __future__ import annotations

import hashlib
import json

from app.sop.pelita3 import PELITA3
from tests.attacks.fort import Fort

FO, KASI, KABID, KADIS = "rina", "zulfikar", "meri", "nurlaila"
STAGES = (
    "diajukan", "verifikasi", "entri", "draf", "ktp", "ke_kasi", "di_kasi", "ke_kabid", "di_kabid", "ke_kadis",
    "di_kadis", "tertanda", "selesai",
)  # fmt: skip
"""Where the fort has a file, by the names under which attempts speak of them."""

NIK = "147107140384{:04d}"


def sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def step(file: str, action: str, role: str, note: str = "", expects: str = "") -> str:
    """The one statement by which a file moves."""
    return (
        "insert into paraf(berkas_id, action, as_role, note, expects, key, client) "
        f"values (:{file}, '{action}', '{role}', '{note}', {expects or ':n_' + file}, :key, 1)"
    )


def fact(table: str, file: str, role: str, **values: object) -> str:
    """Something written beside a file."""
    columns = ", ".join(values)
    said = ", ".join(v if isinstance(v, str) and v.startswith((":", "(")) else _quoted(v) for v in values.values())
    return (
        f"insert into {table}(berkas_id, {columns}, at_n, as_role, key) "
        f"values (:{file}, {said}, :n_{file}, '{role}', :key)"
    )


def _quoted(value: object) -> str:
    return str(value) if isinstance(value, int) else "'" + str(value).replace("'", "''") + "'"


def all_seen(file: str, role: str) -> str:
    """Every page of the draft and the scans before this officer's eyes."""
    return (
        "insert into seen(berkas_id, sha256, page, at_n, as_role, key) "
        f"select berkas_id, sha256, page, :n_{file}, '{role}', gen_random_uuid()::text "
        f"from must_see, generate_series(1, pages) page where berkas_id = :{file}"
    )


class Walker:
    """Brings one new file to a stage. The file's `:name` is the stage's, or another one."""

    def __init__(self, fort: Fort, name: str, *, fo: str = FO) -> None:
        self.fort, self.name, self.fo, self.kasi = fort, name, fo, KASI
        self.serial = len(fort.names)

    def to(self, stage: str) -> None:
        """All the way."""
        for here in STAGES[: STAGES.index(stage) + 1]:
            getattr(self, f"to_{here}")()

    def say(self, login: str, *statements: str) -> None:
        for statement in statements:
            self.fort.do(login, statement)

    def act(self, login: str, action: str, role: str) -> None:
        self.say(login, step(self.name, action, role))

    def write(self, login: str, role: str, table: str, **values: object) -> None:
        self.say(login, fact(table, self.name, role, **values))

    def to_diajukan(self) -> None:
        fort, key = self.fort, f"tiket-{self.name}"
        self.say(self.fo, f"insert into ticket(service, key) values ('A', '{key}')")
        fort.names[f"t_{self.name}"] = fort.one(f"select id from ticket where key = '{key}'")
        self.say(
            self.fo,
            # Each at a counter of its own: nobody waits in front of another one.
            "insert into queue_event(ticket_id, event, place, reason, key) "
            f"values (:t_{self.name}, 'CALLED', 'Loket {self.name}', 'berkas uji', :key)",
            "insert into berkas(sop, channel, ticket_id, key, client) "
            f"values ('{PELITA3.number}', 'OFFLINE', :t_{self.name}, 'berkas-{self.name}', 1)",
        )
        fort.names[self.name] = fort.one(f"select id from berkas where key = 'berkas-{self.name}'")

    def to_verifikasi(self) -> None:
        self.act(self.fo, "panggil", "FO")

    def to_entri(self) -> None:
        self.write(self.fo, "FO", "contact", email="pemohon@contoh.id", phone="081200000000", read_back=1)
        self._enter(1, {"route": "PN", "reporter": "WIFE"})
        for code in ("putusan", "akta_kawin", "kk", "ktp_suami", "ktp_istri"):
            self.write(self.fo, "FO", "requirement_check", code=code, verdict="OK", original_seen=1)
        self._paper(self.fo, "FO", "scan", "kk", f"pindaian {self.name}", pages=2)
        self.act(self.fo, "lengkap_loket", "FO")

    def to_draf(self) -> None:
        self._enter(2, self.case())
        akta, kk = (
            self._paper(self.fo, "FO", "document", subject, f"{subject} {self.name}", pages=1, draft_rev=1)
            for subject in ("akta", "kk")
        )
        listed = [{"subject": "akta", "sha256": akta, "sign": True}, {"subject": "kk", "sha256": kk, "sign": True}]
        manifest = json.dumps(listed)
        self.write(self.fo, "FO", "draft", rev=1, entry_rev=2, manifest=manifest, sha256=sha(manifest))
        self.act(self.fo, "cetak_draf", "FO")

    def case(self) -> dict[str, object]:
        """What stands in the entry: an invented couple, another one for every file."""
        name = self.name.upper().replace("_", " ")
        return {
            "route": "PN", "reporter": "WIFE",
            "husband": {"name": f"YOHANES {name} SITORUS", "nik": NIK.format(self.serial)},
            "wife": {"name": f"DEBORA {name} HUTAPEA", "nik": NIK.format(5000 + self.serial)},
        }  # fmt: skip

    def to_ktp(self) -> None:
        self.write(self.fo, "FO", "confirmation", draft_rev=1, statement="Sudah saya baca dan benar.")
        self._paper(self.fo, "FO", "ktp_request", "", f"permohonan ktp {self.name}")
        self.act(self.fo, "ajukan_ktp", "FO")

    def to_ke_kasi(self) -> None:
        resi = self._paper(self.fo, "FO", "resi", "", f"resi {self.name}")
        paper = self.fort.one(f"select id from paper where sha256 = '{resi}'")
        self.write(self.fo, "FO", "print_event", paper_id=paper, printer="loket", job="1", state="COMPLETED")
        self.act(self.fo, "beri_resi", "FO")

    def to_di_kasi(self) -> None:
        self.act(self.kasi, "terima_kasi", "KASI")
        self.say(self.kasi, all_seen(self.name, "KASI"))

    def to_ke_kabid(self) -> None:
        self.act(self.kasi, "paraf_kasi", "KASI")

    def to_di_kabid(self) -> None:
        self.act(KABID, "terima_kabid", "KABID")
        self.say(KABID, all_seen(self.name, "KABID"))

    def to_ke_kadis(self) -> None:
        self.act(KABID, "paraf_kabid", "KABID")

    def to_di_kadis(self) -> None:
        self.act(KADIS, "terima_kadis", "KADIS")

    def to_tertanda(self) -> None:
        for subject in ("akta", "kk"):
            self._paper(
                KADIS, "KADIS", "signed", subject, f"ttd {subject} {self.name}", draft_rev=1,
                source=sha(f"{subject} {self.name}"),
            )  # fmt: skip
        self.act(KADIS, "tte", "KADIS")

    def to_selesai(self) -> None:
        self.write(
            self.fo, "FO", "outbox", kind="mail_documents", to_address="pemohon@contoh.id", subject="Dokumen Anda",
            body="Terlampir.", attachments="[]", message_id=f"<{self.name}@contoh.id>",
        )  # fmt: skip
        mail = self.fort.one(f"select id from outbox where message_id = '<{self.name}@contoh.id>'")
        self.write(self.fo, "FO", "outbox_event", outbox_id=mail, event="LEASED", until_us=9000000000000000)
        self.write(self.fo, "FO", "outbox_event", outbox_id=mail, event="SENT", reply="250 OK")
        self.act(self.fo, "kirim", "FO")

    def lacking(self) -> None:
        """Something is missing: the applicant has it on paper, and the file waits for him."""
        self.write(self.fo, "FO", "finding", subject="kk", problem="Kartu Keluarga tidak terbaca")
        self._paper(self.fo, "FO", "deficiency", "", f"kekurangan {self.name}")
        self.act(self.fo, "kurang_loket", "FO")

    def _enter(self, rev: int, data: dict[str, object]) -> None:
        text = json.dumps(data)
        self.write(self.fo, "FO", "entry", rev=rev, data=text, sha256=sha(text))

    def _paper(
        self, login: str, role: str, kind: str, subject: str, content: str, *, pages: int = 1, **more: object
    ) -> str:
        digest = sha(content)
        self.say(login, f"insert into blob(sha256, data) values ('{digest}', convert_to('{content}', 'UTF8'))")
        self.write(
            login, role, "paper", kind=kind, subject=subject, sha256=digest, mime="application/pdf", pages=pages, **more
        )
        return digest
