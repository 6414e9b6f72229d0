"""The whole window on the office's real PostgreSQL: in by password and TLS, live, through a broken network, and out."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Any, Self

import pytest
from pytestqt.qtbot import QtBot

from app import __main__ as program
from app.devices.folder import FolderPrinter
from app.devices.printer import Job, Media
from app.jobs import certificates, signing_batch
from app.jobs.signing_batch import SignedFile
from app.jobs.workshop import Workshop
from app.models import base, troubles
from app.server.cluster import Cluster
from app.services import accounts
from app.services.opening import Opening
from app.signing import pades
from app.sop.model import Role
from app.sop.pelita3 import PELITA3
from app.ui import server_door
from app.ui.login_more import ChangeStep
from app.ui.login_steps import PasswordStep
from app.ui.pages.berkas import BerkasPage
from app.ui.pages.login import LoginWindow
from app.ui.pages.worklist import WorkListPage
from app.ui.tasks import Progress
from tests.support import postgres
from tests.support.office import PASSWORD, sit_down
from tests.support.proxy import Proxy
from tests.support.walk import walk_to
from tests.ui.pc import Pc

pytestmark = pytest.mark.postgres_only
PHRASE = "frasa-sandi-uji"


@dataclass
class Office:
    """A server with one file on it, a cable that can be pulled, and colleagues on other PCs."""

    cluster: Cluster
    name: str
    cable: Proxy
    folder: Path

    @property
    def address(self) -> str:
        return f"postgresql://localhost:{self.cable.port}/{self.name}?ca={self.cluster.ca}"

    def as_officer(self, login: str, statement: str, *values: object) -> list[tuple[Any, ...]]:
        with postgres.superuser(self.cluster, self.name) as su:
            su.execute("set search_path = pelita3")
            postgres.act_as(su, login)
            cursor = su.execute(statement, values)
            return list(cursor.fetchall()) if cursor.description else []

    def act(self, login: str, role: str, action: str, expects: int) -> None:
        """One line on the card of file 1, from another PC; then the others are told."""
        self.as_officer(
            login,
            "insert into paraf(key, berkas_id, action, as_role, expects, note, client) values (%s,1,%s,%s,%s,'',1)",
            base.new_key(),
            action,
            role,
            expects,
        )
        with postgres.superuser(self.cluster, self.name) as su:
            su.execute("notify pelita3")

    def superuser(self, statement: str) -> None:
        with postgres.superuser(self.cluster, self.name) as su:
            su.execute(statement)

    def papers(self, kind: str) -> int:
        with postgres.superuser(self.cluster, self.name) as su:
            return int(su.execute("select count(*) from pelita3.paper where kind = %s", (kind,)).fetchone()[0])

    def pull(self) -> None:
        """The cable, in the middle of something."""
        self.cable.refuse = True
        self.cable.reset()

    def lines(self) -> int:
        with postgres.superuser(self.cluster, self.name) as su:
            return int(su.execute("select n from pelita3.berkas where id = 1").fetchone()[0])


@pytest.fixture
def stage() -> str:
    """Where the office's one file is."""
    return "KE_KASI"


@pytest.fixture
def office(office_db: Path, cluster: Cluster, tmp_path: Path, stage: str) -> Iterator[Office]:
    folder = tmp_path / "pc"
    folder.mkdir()
    shop = Workshop(PELITA3, folder, p12_path=folder / "kadis.p12")
    if stage == "DI_KADIS":
        sit_down("admin")
        certificates.make_trial(shop, "Dr. Nurlaila Hasibuan, M.Si", "196911201995032001", bytearray(PHRASE, "utf-8"))
    walk_to(stage, shop)
    name = base.db.obj.database
    base.db.close()
    with Proxy((cluster.hostaddr, cluster.port)) as cable:
        yield Office(cluster, name, cable, folder)


@pytest.fixture
def pc(qtbot: QtBot, office: Office) -> Iterator[Pc]:
    made = Pc(qtbot, office.folder, office.address)
    yield made
    made.end()


def worklist(pc: Pc) -> WorkListPage:
    page = pc.shell.page("worklist")
    assert isinstance(page, WorkListPage)
    return page


@pytest.fixture
def kasi(pc: Pc) -> Pc:
    """Zulfikar sits in front of his list, and listens."""
    pc.start()
    pc.enter("zulfikar")
    live = pc.program.live
    assert live is not None
    pc.bot.waitUntil(lambda: live._ear is not None)
    pc.wait()
    return pc


def ids(pc: Pc) -> list[int]:
    return [shown.item.id for shown in worklist(pc).rows.rows() if not shown.gone]


def receive(pc: Pc) -> None:
    """Ctrl+T in the list: the receiver's stamp."""
    worklist(pc).receive.press()


def test_a_change_on_another_desk_is_seen_at_once(kasi: Pc, office: Office) -> None:
    assert ids(kasi) == [1]
    assert worklist(kasi).rows.current() is not None
    office.act("zulfikar", "KASI", "terima_kasi", office.lines())
    began = time.monotonic()
    kasi.bot.waitUntil(lambda: worklist(kasi).rows.rows()[0].item.stage.key == "DI_KASI", timeout=5000)
    assert time.monotonic() - began < 2, "heard, not polled"
    assert worklist(kasi).rows.current() is not None


def test_a_pulled_cable_keeps_the_press_and_sends_it_when_it_is_back(kasi: Pc, office: Office) -> None:
    before = office.lines()
    office.cable.refuse = True
    office.cable.reset()
    receive(kasi)
    kasi.bot.waitUntil(kasi.program.tasks.is_lost, timeout=20_000)
    said = kasi.shell.banners.texts()[0]
    assert said.startswith("Sambungan ke server terputus sejak ")
    assert said.endswith("1 perintah menunggu dan akan dikirim sendiri.")
    assert kasi.shell.status.lamp("server") == ("Server putus", "bad")
    assert worklist(kasi).receive.is_held()
    assert ids(kasi) == [1], "what is on the screen may be read on"
    assert office.lines() == before
    office.cable.refuse = False
    kasi.bot.waitUntil(kasi.program.tasks.idle, timeout=20_000)
    assert office.lines() == before + 1
    assert kasi.shell.banners.texts()[0].startswith("Tersambung lagi. Terima 1 berkas tersimpan ")
    live = kasi.program.live
    assert live is not None
    kasi.bot.waitUntil(lambda: live._ear is not None, timeout=20_000)
    kasi.bot.waitUntil(lambda: kasi.shell.status.lamp("server")[1] == "ok")


def test_a_lost_answer_signs_nothing_twice(kasi: Pc, office: Office) -> None:
    before = office.lines()
    office.cable.swallow_replies = True
    receive(kasi)
    kasi.bot.waitUntil(lambda: office.lines() == before + 1, timeout=10_000)
    office.cable.reset()
    office.cable.swallow_replies = False
    kasi.bot.waitUntil(kasi.program.tasks.idle, timeout=30_000)
    assert office.lines() == before + 1
    assert worklist(kasi).rows.rows()[0].item.stage.key == "DI_KASI"


def test_a_paper_that_came_out_as_the_cable_was_pulled_is_written_down_and_not_printed_again(
    kasi: Pc, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed: list[str] = []
    straight = FolderPrinter.print_pdf

    def pulled(self: FolderPrinter, data: bytes, title: str, media: Media = "A4", copies: int = 1) -> Job:
        done = straight(self, data, title, media, copies)
        printed.append(done.number)
        office.pull()
        return done

    monkeypatch.setattr(FolderPrinter, "print_pdf", pulled)
    kasi.shell.navigate("berkas", 1)
    kasi.wait()
    page = kasi.shell.current_page()
    assert isinstance(page, BerkasPage)
    page.print.press()
    kasi.bot.waitUntil(lambda: "1 perintah menunggu" in " ".join(kasi.shell.banners.texts()), timeout=20_000)
    waits = kasi.shell.banners.standing()[0].detail()
    assert waits.startswith("· Cetak kartu kendali P3-")
    assert page.print.is_held()
    assert not kasi.program.frame.close(), "what is not written down yet is named"
    asked = kasi.program.leaving.asked
    assert asked is not None
    asked.reject()
    office.cable.refuse = False
    kasi.bot.waitUntil(kasi.program.tasks.idle, timeout=20_000)
    kasi.bot.waitUntil(lambda: not kasi.program.tasks.unsaved())
    assert len(printed) == 1
    with postgres.superuser(office.cluster, office.name) as su:
        states = su.execute("select state from pelita3.print_event where job = %s", (printed[0],)).fetchall()
    assert [state for (state,) in states] == ["COMPLETED"]
    said = f"Tersambung lagi. {waits[2:]} dilanjutkan sampai selesai."
    kasi.bot.waitUntil(lambda: kasi.shell.banners.texts() == [said])
    assert not page.print.is_held()


def sign_file(pc: Pc, patience: float = 60) -> list[SignedFile]:
    """The Kadis sits down and signs file 1; what becomes of it stands in the list at the end."""
    pc.start()
    pc.enter("nurlaila")
    desk, phrase, key = pc.shell.desk, bytearray(PHRASE, "utf-8"), base.new_key()
    done: list[SignedFile] = []
    desk.tasks.work(
        lambda told: signing_batch.sign_batch(desk.workshop, desk.who, [1], phrase, key, told), done.extend,
        command="Tanda tangani 1 berkas", patience=patience,
    )  # fmt: skip
    return done


@pytest.mark.parametrize("stage", ["DI_KADIS"])
def test_a_signing_goes_on_where_the_cable_was_pulled(pc: Pc, office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    signed: list[str] = []
    straight = pades.sign

    def pulled(*given: Any) -> bytes:
        signed.append("")
        if len(signed) == 2:
            office.pull()
        return straight(*given)

    monkeypatch.setattr(signing_batch, "sign", pulled)
    done, tasks = sign_file(pc), pc.program.tasks
    pc.bot.waitUntil(lambda: tasks.unsaved() == ["Tanda tangani 1 berkas"], timeout=20_000)
    assert (office.papers("signed"), len(signed)) == (1, 2)
    office.cable.refuse = False
    pc.bot.waitUntil(tasks.idle, timeout=30_000)
    assert [(one.ok, one.documents) for one in done] == [(True, 4)], done
    assert (office.papers("signed"), len(signed)) == (4, 4), "no document is signed twice"


@pytest.mark.parametrize("stage", ["DI_KADIS"])
def test_a_signing_that_has_waited_long_enough_says_which_files_are_not_signed(
    pc: Pc, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    straight = pades.sign

    def pulled(*given: Any) -> bytes:
        office.pull()
        return straight(*given)

    monkeypatch.setattr(signing_batch, "sign", pulled)
    done = sign_file(pc, patience=1)
    pc.bot.waitUntil(lambda: bool(done), timeout=30_000)
    assert [(one.ok, one.reason) for one in done] == [(False, troubles.LOST)]
    assert office.papers("signed") == 0


def test_only_the_listening_line_is_lost_and_the_office_goes_on(kasi: Pc, office: Office) -> None:
    live, seen = kasi.program.live, list[bool]()
    assert live is not None
    live.heard.connect(seen.append)
    live._delays = iter([0.3] * 100)
    office.superuser("select pg_terminate_backend(pid) from pg_stat_activity where query ilike 'listen%%'")
    kasi.bot.waitUntil(lambda: seen == [False], timeout=10_000)
    assert kasi.shell.status.lamp("server") == ("Server terhubung, kabar tiap 10 detik", "warn")
    assert not kasi.program.tasks.is_lost()
    kasi.bot.waitUntil(lambda: seen == [False, True], timeout=10_000)
    assert kasi.shell.status.lamp("server") == ("Server terhubung", "ok")


def test_a_deactivated_officer_is_led_out_kindly(kasi: Pc, office: Office) -> None:
    office.as_officer("admin", "select adm.set_active('zulfikar', 0, 'pindah dinas', %s)", base.new_key())
    kasi.bot.waitUntil(lambda: isinstance(kasi.front, LoginWindow), timeout=20_000)
    said = kasi.login._notice.text()
    assert said.startswith("Server mengakhiri sesi Anda. Akun ini sedang tidak aktif.")
    assert "Yang Anda ketik tetap tersimpan sebagai draf di PC ini." in said
    kasi.wait()
    kasi.enter("zulfikar")
    assert kasi.login.trouble.code() == "inactive"
    kasi.enter("meri")
    assert kasi.shell.desk.who.login == "meri", "the next officer sits down at the same PC"


def test_an_officer_whose_password_was_reset_is_told_to_use_the_new_one(kasi: Pc, office: Office) -> None:
    base.db.close()
    office.superuser("alter role p_zulfikar password 'lain-sama-sekali'")
    office.superuser("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'p_zulfikar'")
    kasi.bot.waitUntil(lambda: isinstance(kasi.front, LoginWindow), timeout=20_000)
    assert kasi.login._notice.text().startswith(
        "Server mengakhiri sesi Anda. Sandi akun Anda sudah diganti; masuklah dengan sandi yang baru."
    )


def test_closing_while_something_waits_names_it(kasi: Pc, office: Office) -> None:
    before = office.lines()
    office.cable.refuse = True
    office.cable.reset()
    receive(kasi)
    kasi.bot.waitUntil(kasi.program.tasks.is_lost, timeout=20_000)
    assert not kasi.program.frame.close()
    asked = kasi.program.leaving.asked
    assert asked is not None
    assert asked.windowTitle() == "1 perintah belum tersimpan"
    assert "· Terima 1 berkas" in asked.accessibleDescription()
    asked.reject()
    assert kasi.program.frame.isVisible()
    kasi.program.log_out()
    asked = kasi.program.leaving.asked
    assert asked is not None
    asked.yes.press()
    assert isinstance(kasi.front, LoginWindow)
    office.cable.refuse = False
    kasi.wait()
    kasi.enter("meri")
    assert kasi.shell.desk.who.login == "meri"
    assert office.lines() == before, "nothing of the one runs in the name of the other"


def test_leaving_while_long_work_waits_for_its_turn_names_it(kasi: Pc, office: Office) -> None:
    gate, begun, done = threading.Event(), list[str](), list[str]()
    tasks = kasi.program.tasks

    def printing(_progress: Progress) -> str:
        begun.append("")
        gate.wait(30)
        return "printed"

    for what in ("Cetak draf", "Cetak kartu kendali"):
        tasks.work(printing, done.append, command=what)
    kasi.bot.waitUntil(lambda: len(begun) == 2)
    tasks.work(lambda _progress: "recorded", done.append, command="Simpan 2 berkas pindaian")
    kasi.program.log_out()
    asked = kasi.program.leaving.asked
    assert asked is not None
    assert asked.windowTitle() == "1 perintah belum tersimpan"
    assert "masih menunggu giliran di PC ini:\n· Simpan 2 berkas pindaian" in asked.accessibleDescription()
    asked.yes.press()
    assert isinstance(kasi.front, LoginWindow)
    gate.set()
    kasi.wait()
    assert done == ["printed", "printed"], "what was under way came to its end"
    assert office.lines()


def test_a_server_that_is_away_at_the_log_in_has_its_own_words_and_comes_back_by_itself(
    pc: Pc, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server_door, "AGAIN_MS", 200)
    office.cable.refuse = True
    pc.program.door._again.setInterval(200)
    pc.start()
    assert pc.login.trouble.title() == "Server kantor tidak terjangkau"
    office.cable.refuse = False
    pc.bot.waitUntil(lambda: not pc.login.trouble.isVisible(), timeout=10_000)
    pc.enter("zulfikar")
    assert pc.shell.desk.who.login == "zulfikar"


def test_a_wrong_password_is_told_at_its_field(pc: Pc) -> None:
    pc.start()
    step = pc.login.step
    assert isinstance(step, PasswordStep)
    step.login.input.set_value("zulfikar")
    step.password.input.set_value("salah sama sekali")
    step.go.press()
    pc.wait()
    assert step.password.message().startswith("Nama atau sandi tidak cocok.")
    assert not pc.login.trouble.isVisible()
    pc.enter("zulfikar")
    assert pc.shell.desk.who.login == "zulfikar"


def test_a_newer_server_is_told_over_the_log_in(pc: Pc, office: Office) -> None:
    office.superuser("insert into pelita3.schema_version values(9999, 1, 0)")
    pc.start()
    pc.enter("zulfikar")
    assert pc.login.trouble.code() == "newer"
    assert "versi baru" in pc.login.trouble.report()


def test_a_password_given_by_the_admin_must_become_ones_own(pc: Pc, office: Office) -> None:
    base.db.connect()
    sit_down("admin")
    accounts.reset_password("rina", "sekali-pakai-8", base.new_key())
    base.db.close()
    pc.start()
    pc.enter("rina", "sekali-pakai-8")
    step = pc.login.step
    assert isinstance(step, ChangeStep)
    step.new.input.set_value("milik-saya-sendiri")
    step.again.input.set_value("milik-saya-sendiri")
    step.go.press()
    pc.wait()
    assert pc.shell.desk.who.login == "rina"
    pc.program.log_out()
    pc.wait()
    pc.enter("rina", "milik-saya-sendiri")
    assert pc.shell.desk.who.login == "rina"


def test_a_locked_screen_opens_again_when_the_server_is_back(kasi: Pc, office: Office) -> None:
    shell = kasi.shell
    kasi.program.door._again.setInterval(200)
    kasi.program.lock()
    office.cable.refuse = True
    office.cable.reset()
    kasi.enter("zulfikar")
    assert kasi.login.trouble.code() == "lost"
    office.cable.refuse = False
    kasi.bot.waitUntil(lambda: not kasi.login.trouble.isVisible(), timeout=15_000)
    kasi.enter("zulfikar")
    assert kasi.front is shell


@pytest.mark.parametrize("away", [False, True])
def test_a_look_that_is_answered_after_the_officer_came_in_puts_nothing_over_his_desk(
    kasi: Pc, office: Office, away: bool
) -> None:
    shell = kasi.shell
    office.cable.refuse = away
    kasi.program.open_office(quiet=True)
    asked = kasi.program.tasks._orders
    kasi.bot.waitUntil(lambda: not any(order.owner is kasi.program for _, order in asked.of()), timeout=15_000)
    assert kasi.front is shell


@pytest.mark.parametrize(
    ("spoil", "mend", "code"),
    [
        ('alter role "p_zulfikar" connection limit 0', 'alter role "p_zulfikar" connection limit 5', "too_many"),
        ("insert into pelita3.schema_version values(9998, 99, 0)", "select 1", "client"),
        ("update pelita3.sop_step set minutes = 99 where row_no = 8 and minutes > 0", "select 1", "sop_differs"),
    ],
)
def test_each_trouble_of_a_log_in_is_named(pc: Pc, office: Office, spoil: str, mend: str, code: str) -> None:
    office.superuser("set session_replication_role = replica; " + spoil)
    try:
        pc.start()
        assert not pc.login.trouble.isVisible(), "the server itself is there and ours"
        pc.enter("zulfikar")
        assert pc.login.trouble.code() == code
    finally:
        office.superuser(mend)


def test_a_server_that_another_ca_vouches_for_gets_no_password(qtbot: QtBot, office: Office, tmp_path: Path) -> None:
    with Cluster.start(fsync=False) as other:
        assert other.ca is not None
        foreign = tmp_path / "ca.crt"
        foreign.write_bytes(other.ca.read_bytes())
    pc = Pc(qtbot, office.folder, f"postgresql://localhost:{office.cable.port}/{office.name}?ca={foreign}")
    pc.start()
    assert pc.login.trouble.code() == "certificate"
    pc.enter("zulfikar")
    assert pc.login.trouble.code() == "certificate"
    pc.end()


def test_a_wrong_date_on_the_pc_is_told_with_the_pc_s_own_clock(pc: Pc, monkeypatch: pytest.MonkeyPatch) -> None:
    class Yesteryear(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Self:
            return cls(2019, 3, 3, 5, tzinfo=tz)

    monkeypatch.setattr(troubles, "datetime", Yesteryear)
    pc.start()
    assert pc.login.trouble.code() == "clock"
    assert pc.login.trouble.clock_line().startswith("Jam PC ini: ")


def test_the_mailer_without_a_screen_outlives_the_servers_absence(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    opening = Opening(office.address, PELITA3)
    opening.open()
    account = accounts.log_in("rina", PASSWORD, "PC-SERVER")
    who = accounts.work_as(account, Role.FO)
    shop = Workshop(PELITA3, office.folder)
    office.pull()
    back = threading.Timer(1, lambda: setattr(office.cable, "refuse", False))
    back.start()
    with program._patient(once=True):
        program._mail_once(shop, who)
    back.join()
    said = [line.split(" ", 1)[1] for line in capsys.readouterr().out.splitlines()]
    assert said == ["Server kantor tidak terjangkau, ditunggu.", "Server kantor tersambung lagi."]
    accounts.log_out()
    opening.close()
