"""What waits on a desk and in which order; how a file is found, and that every search is written down."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from app.errors import Refused
from app.jobs.workshop import Workshop
from app.models import base
from app.models.tables_berkas import Ticket
from app.services import berkas, intake, outbox, papers, worklist
from app.services.berkas import head
from app.services.intake import FindingRow
from app.services.journey import journey
from app.services.keys import new_key
from app.services.office import Office
from app.services.worklist import WorkItem
from app.sop.model import Channel, Role
from app.sop.pelita3 import PELITA3
from tests.support import walk
from tests.support.office import Clock, sit_down
from tests.support.stories import asked_for_more, at, before_kadis, sent_back
from tests.support.tamper import unguarded
from tests.support.walk import walk_to


def waiting(role: Role, clock: Clock) -> list[WorkItem]:
    assert clock.at is not None
    return worklist.waiting(PELITA3, sit_down(role), Office(), clock.at)


def minutes(of: timedelta) -> int:
    return round(of.total_seconds() / 60)


def test_each_desk_sees_its_own_stages(office_db: Path, shop: Workshop, clock: Clock) -> None:
    at(clock, 12, "9.00")
    by_stage = {stage: walk_to(stage, shop).id for stage in ("ENTRI", "KE_KASI", "DI_KABID")}
    assert [i.id for i in waiting(Role.FO, clock)] == [by_stage["ENTRI"]]
    assert [i.id for i in waiting(Role.KASI, clock)] == [by_stage["KE_KASI"]]
    assert [i.id for i in waiting(Role.KABID, clock)] == [by_stage["DI_KABID"]]
    assert waiting(Role.EDITOR, clock) == []
    sit_down(Role.KASI)
    assert worklist.count(PELITA3, Role.KASI) == 1


def test_signed_documents_wait_for_front_office_and_editor_alike(office_db: Path, shop: Workshop, clock: Clock) -> None:
    at(clock, 12, "9.00")
    file = walk_to("TERTANDA", shop)
    for role in (Role.FO, Role.EDITOR):
        (item,) = waiting(role, clock)
        assert (item.id, item.received, item.why) == (file.id, True, "belum dikirim")


def test_late_first_then_by_time_used_and_paused_last(office_db: Path, shop: Workshop, clock: Clock) -> None:
    paused = asked_for_more(shop, clock)
    at(clock, 12, "7.40")
    late = walk_to("ENTRI", shop)
    at(clock, 12, "8.40")
    near = walk_to("ENTRI", shop)
    at(clock, 12, "9.20")
    fresh = walk_to("ENTRI", shop)
    at(clock, 12, "9.30")
    found = waiting(Role.FO, clock)
    assert [i.id for i in found] == [late.id, near.id, fresh.id, paused.id]
    assert [minutes(i.counted) for i in found] == [110, 50, 10, 0]
    assert [i.share >= 1 for i in found] == [True, False, False, False]


def test_of_a_full_desk_one_s_own_files_and_the_longest_waiting_are_shown(
    office_db: Path, shop: Workshop, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worklist, "LIST_LIMIT", 2)
    at(clock, 12, "9.00")
    first = walk_to("KE_KASI", shop)
    at(clock, 12, "9.10")
    walk_to("KE_KASI", shop)
    at(clock, 12, "9.20")
    own = walk_to("DI_KASI", shop)
    found = waiting(Role.KASI, clock)
    assert {i.id for i in found} == {first.id, own.id}
    who = sit_down(Role.KASI)
    assert worklist.left_out(PELITA3, who, len(found)) == 1
    assert worklist.left_out(PELITA3, who, 1) == 0


def test_a_paused_file_says_what_is_missing_and_was_never_complete(
    office_db: Path, shop: Workshop, clock: Clock
) -> None:
    asked_for_more(shop, clock)
    (item,) = waiting(Role.FO, clock)
    assert (item.why, item.paused, item.complete) == ("Bukti BHT belum ada", True, False)


def test_a_head_is_measured_by_the_time_on_his_own_desk(office_db: Path, shop: Workshop, clock: Clock) -> None:
    before_kadis(shop, clock)
    (item,) = waiting(Role.KADIS, clock)
    assert (minutes(item.counted), item.target) == (188, worklist.DESK_LIMIT)
    assert not item.received


def test_who_returned_a_file_is_known_until_it_goes_forward(office_db: Path, shop: Workshop, clock: Clock) -> None:
    sent_back(shop, clock)
    (item,) = waiting(Role.EDITOR, clock)
    assert (item.returned, item.came_from) == (True, Role.KASI)
    assert [s.action for s in item.last] == ["terima_kasi", "kembali_editor", "terima_editor"]


def test_a_repaired_file_no_longer_counts_as_returned(office_db: Path, shop: Workshop, clock: Clock) -> None:
    before_kadis(shop, clock)
    (item,) = waiting(Role.KADIS, clock)
    assert (item.returned, item.came_from) == (False, None)


def test_an_empty_desk_learns_where_the_files_are(office_db: Path, shop: Workshop, clock: Clock) -> None:
    at(clock, 12, "9.00")
    walk_to("KE_KASI", shop)
    walk_to("KE_KASI", shop)
    assert worklist.elsewhere(PELITA3, sit_down(Role.EDITOR)) == {"Menunggu diterima Kasi": 2}
    assert worklist.elsewhere(PELITA3, sit_down(Role.KASI)) == {}


def test_where_a_row_went_that_has_just_left(office_db: Path, shop: Workshop) -> None:
    held, waits = walk_to("DI_KASI", shop), walk_to("KE_KASI", shop)
    found = worklist.gone(PELITA3, [held.id, waits.id, 4711])
    assert found[held.id] == ("Zulfikar Hasan, S.Sos", PELITA3.stage("DI_KASI"))
    assert found[waits.id].name == "Rina Oktaviani", "nobody holds it: who handed it over"
    assert 4711 not in found


def test_finished_and_cancelled_files_newest_first(office_db: Path, shop: Workshop, clock: Clock) -> None:
    ended = []
    for hour in ("9.00", "9.30"):
        at(clock, 12, hour)
        file = walk_to("VERIFIKASI", shop)
        ended.append(walk.act(sit_down(Role.FO), file, "batalkan", "Pemohon mencabut").id)
    assert clock.at is not None
    found = worklist.delivered(PELITA3, sit_down(Role.FO), Office(), clock.at)
    assert [i.id for i in found] == ended[::-1]
    assert {i.why for i in found} == {"Pemohon mencabut"}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("1471071403840003", "NIK"),
        ("147107 140384 0003", "NIK"),
        ("p3-2605", "nomor"),
        ("Sitorus", "nama"),
        ("147107", "nama"),
    ],
)
def test_by_what_a_text_searches(text: str, kind: str) -> None:
    assert worklist.search_kind(text) == kind


@pytest.mark.parametrize("text", ["1471071403840003", "1471076208870005", "sitorus", "MELINDA", "P3-"])
def test_a_file_is_found_by_either_party(office_db: Path, shop: Workshop, clock: Clock, text: str) -> None:
    now = at(clock, 12, "9.00")
    file = walk_to("DRAF", shop)
    assert [i.id for i in worklist.look_up(PELITA3, sit_down(Role.KASI), Office(), now, text)] == [file.id]


def test_a_search_is_logged_by_kind_even_when_nothing_was_found(office_db: Path, shop: Workshop, clock: Clock) -> None:
    now = at(clock, 12, "9.00")
    file = walk_to("DRAF", shop)
    kasi = sit_down(Role.KASI)
    worklist.look_up(PELITA3, kasi, Office(), now, "sitorus")
    worklist.look_up(PELITA3, kasi, Office(), now, "1471070000000000")
    assert worklist.look_up(PELITA3, kasi, Office(), now, "de") == []
    assert [r.text for r in berkas.readings(file.id)] == ["mencari: nama"]
    assert [r.text for r in berkas.readings(0)] == ["mencari: NIK"], "two letters were never searched"


def test_a_queue_ticket_leads_to_its_file(office_db: Path, shop: Workshop) -> None:
    file = walk_to("VERIFIKASI", shop)
    code = Ticket.get().code
    assert worklist.by_ticket(f" {code.lower()} ") == file.id
    assert worklist.by_ticket("T3-260512-A999-0") is None


def test_online_files_wait_for_registration_and_count_as_not_received(
    office_db: Path, shop: Workshop, clock: Clock
) -> None:
    at(clock, 12, "9.00")
    file = walk_to("DIAJUKAN", shop, Channel.ONLINE)
    (item,) = waiting(Role.FO, clock)
    assert (item.id, item.received, item.row, item.title) == (file.id, False, 2, "Belum ada nama")


def test_a_long_list_is_read_in_few_questions(
    office_db: Path, shop: Workshop, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Thirty files cost as many questions to the database as three: what is beside them is read once."""
    asked: list[str] = []
    ask = base.db.obj.execute_sql

    def counted(sql: str, *values: object, **how: object) -> object:
        asked.append(sql)
        return ask(sql, *values, **how)

    monkeypatch.setattr(base.db.obj, "execute_sql", counted)
    at(clock, 12, "9.00")
    for _ in range(3):
        walk_to("VERIFIKASI", shop)

    def questions() -> int:
        sit_down(Role.FO)
        asked.clear()
        waiting(Role.FO, clock)
        return len(asked)

    assert questions() >= questions(), "the office's closed days are read once for a while"
    few = questions()
    assert few > 3
    for _ in range(9):
        walk_to("VERIFIKASI", shop)
    assert questions() == few


def test_signed_documents_say_how_their_mail_stands(office_db: Path, shop: Workshop, clock: Clock) -> None:
    at(clock, 12, "9.00")
    file = walk_to("TERTANDA", shop)
    fo = sit_down(Role.FO)
    mail = outbox.queue(fo, file, "mail_documents", "pemohon@contoh.id", "Dokumen", "Terlampir", [], new_key())
    assert [i.why for i in waiting(Role.FO, clock)] == ["surel menunggu giliran"]
    outbox.lease(fo, mail, new_key())
    outbox.failed(fo, mail, "451 coba lagi nanti", new_key(), for_good=False)
    assert [i.why for i in waiting(Role.FO, clock)] == ["surel belum diterima: 451 coba lagi nanti"]
    at(clock, 12, "9.30")
    outbox.lease(fo, mail, new_key())
    outbox.failed(fo, mail, "550 tidak ada orangnya", new_key(), for_good=True)
    assert [i.why for i in waiting(Role.FO, clock)] == ["surel ditolak: 550 tidak ada orangnya"]


def test_a_card_that_was_emptied_does_not_take_the_whole_list_down(
    office_db: Path, shop: Workshop, clock: Clock
) -> None:
    now = at(clock, 12, "9.00")
    for role, stage in ((Role.FO, "VERIFIKASI"), (Role.KASI, "KE_KASI")):
        file = walk_to(stage, shop)
        unguarded(office_db, "delete from paraf where berkas_id = ?", file.id)
        item = next(i for i in waiting(role, clock) if i.id == file.id)
        assert (item.counted, item.last, item.returned) == (timedelta(), (), False)
        with pytest.raises(Refused, match="kosong"):
            journey(PELITA3, Office(), file.id, now)


def test_a_paper_found_wanting_later_is_the_one_that_is_named(office_db: Path, shop: Workshop, clock: Clock) -> None:
    file = asked_for_more(shop, clock)
    fo = sit_down(Role.FO)
    came = at(clock, 11, "14.40")
    intake.answer(fo, file, "Bukti BHT", came, new_key())
    file = head(PELITA3, file.id)
    wanting = [FindingRow("ktp_suami", "KTP-el suami buram"), FindingRow("kk", "KK halaman dua")]
    intake.add_findings(fo, file, wanting, new_key())
    papers.store(fo, file.id, papers.NewPaper("deficiency", "kekurangan", "Catatan", walk.SCAN + b"%2", 1), new_key())
    walk.act(fo, file, "kurang_loket")
    assert [i.why for i in waiting(Role.FO, clock)] == ["KTP-el suami buram"]
