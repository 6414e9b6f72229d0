"""The invented office of the demonstration: officers, certificate, mail server, one fresh database."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from app.demo.clock import DemoClock
from app.demo.sink import Sink
from app.jobs import certificates
from app.jobs.workshop import Workshop
from app.server.invented import ServerOffice
from app.services import accounts, clocks
from app.services.accounts import NewOfficer
from app.services.keys import new_key
from app.services.office import Office
from app.services.opening import Opening
from app.signing import secret
from app.sop.model import Role
from app.sop.pelita3 import PELITA3
from app.ui.computer import Computer

PASSWORD = "pelita-peraga"  # noqa: S105  shown to everybody on purpose: the office is invented
PASSPHRASE = "frasa peraga kadis"  # noqa: S105  the same
HEAD, HEAD_NIP = "Dr. Nurlaila Hasibuan, M.Si", "196911201995032001"


def _officer(login: str, name: str, role: Role, position: str, place: str = "", nip: str = "") -> NewOfficer:
    return NewOfficer(login, name, (role,), PASSWORD, nip=nip, position=position, place=place, must_change=False)


PEOPLE = (
    _officer("rina", "Rina Oktaviani", Role.FO, "Front Office", "Loket 3", "199404172019032004"),
    _officer("dewi", "Dewi Lestari", Role.FO, "Front Office", "Loket 5", "199811062022032008"),
    _officer("yuni", "Yuni Safitri", Role.EDITOR, "Editor", nip="199201082018012002"),
    _officer("zulfikar", "Zulfikar Hasan, S.Sos", Role.KASI, "Kasi Perkawinan & Perceraian", nip="197903122005011004"),
    _officer("meri", "Meri Anggraini, S.H.", Role.KABID, "Kabid Pencatatan Sipil", nip="197406182001122003"),
    replace(_officer("nurlaila", HEAD, Role.KADIS, "Kepala Dinas", nip=HEAD_NIP), rank="Pembina Utama Muda (IV/c)"),
    _officer("surel", "Pengirim Surel", Role.MAILER, "Layanan tanpa layar"),
    _officer("admin", "Reza Mahendra", Role.ADMIN, "Petugas TI"),
    _officer("kios", "Kios lobi", Role.KIOSK, "Mesin di lobi"),
    _officer("tv", "TV lobi", Role.DISPLAY, "Mesin di lobi"),
)
UNSEEN = (Role.MAILER, Role.KIOSK, Role.DISPLAY)
"""Roles of programs: nobody logs in under them by hand."""


@dataclass(frozen=True)
class DemoOffice:
    """Where the demonstration's office lies and how to sit down in it."""

    folder: Path
    place: Path | str
    p12: Path
    opening: Opening
    sink: Sink
    clock: DemoClock | None

    @property
    def printers(self) -> dict[str, str]:
        """Every printer of this office is a folder."""
        return {"": f"folder:{self.folder / 'cetakan'}"}

    def computer(self) -> Computer:
        """This PC as the program's windows want it."""
        return Computer(
            folder=self.folder,
            pc="PC-LOKET-03",
            database=self.place if isinstance(self.place, Path) else None,
            printers=self.printers,
            p12_path=self.p12,
            clock=self.clock.now if self.clock else clocks.utc_now,
            open_office=self.opening.open,
            close_office=self.opening.close,
        )


def make_office(
    folder: Path, sink: Sink, clock: DemoClock | None = None, server: ServerOffice | None = None
) -> DemoOffice:
    """A fresh office in `folder`, its mail going to `sink`; the Kadis has a certificate labelled as a trial.

    Its data lie there too, or on `server`. Without `clock` it lives by this PC's.
    """
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "cetakan").mkdir(exist_ok=True)
    place, p12 = server.address if server else folder / "kantor.db", folder / "kadis-uji.p12"
    opening = Opening(place, PELITA3, clock.now if clock else None)
    office = Office(
        head_name=HEAD,
        head_nip=HEAD_NIP,
        head_rank="Pembina Utama Muda (IV/c)",
        smtp_host=sink.host,
        smtp_port=sink.port,
        smtp_from="layanan@dukcapil.contoh.id",
        smtp_ca_file=str(sink.ca_file),
    )
    if server:
        if clock:
            clock.follow(server.set_clock)
        server.furnish(office, PEOPLE)
    opening.open()
    try:
        if not server:
            accounts.first_start(office, PEOPLE, new_key())
        accounts.log_in("admin", PASSWORD, "PC-LOKET-03")
        shop = Workshop(PELITA3, folder, "PC-LOKET-03", p12_path=p12)
        certificates.make_trial(shop, HEAD, HEAD_NIP, secret.from_text(PASSPHRASE))
        accounts.log_out()
    finally:
        opening.close()
    return DemoOffice(folder, place, p12, opening, sink, clock)
