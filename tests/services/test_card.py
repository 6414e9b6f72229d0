"""The control card as it is read: two stamps for every hand-over, and a chain that shows every change."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.jobs.workshop import Workshop
from app.models import base
from app.services import card, outbox
from app.services.chains import Verification
from app.services.journey import Journey, journey, requirement_labels
from app.services.office import Office
from app.sop.model import Role
from app.sop.pelita3 import PELITA3
from tests.support.office import Clock, sit_down
from tests.support.stories import asked_for_more, before_kadis, handed_to_kasi
from tests.support.tamper import unguarded
from tests.support.walk import act, walk_to


@pytest.fixture
def way(office_db: Path, shop: Workshop, clock: Clock) -> Journey:
    """The file of the picture as the Kasi opens it on Tuesday at 11.56."""
    file = before_kadis(shop, clock)
    assert clock.at is not None
    return journey(PELITA3, Office(), file.id, clock.at)


def test_every_hand_over_has_two_stamps_by_two_people_in_order(way: Journey) -> None:
    desks = [
        (t.hand.desk, t.hand.handed.initials, t.hand.received.initials if t.hand.received else "") for t in way.turns
    ]
    assert desks == [
        ("Front Office", "P", "RO"),
        ("Kepala Seksi", "RO", "ZH"),
        ("Editor", "ZH", "YS"),
        ("Kepala Seksi", "YS", "ZH"),
        ("Kepala Bidang", "ZH", "MA"),
        ("Kepala Dinas", "MA", ""),
    ]


def test_each_desk_is_measured_by_its_own_rows_and_norm(way: Journey) -> None:
    assert [(t.hand.rows, t.hand.norm_minutes) for t in way.turns] == [
        ((2, 4, 5, 6, 7), 13), ((8,), 5), ((), 0), ((8,), 5), ((9,), 5), ((10,), 2),
    ]  # fmt: skip


def test_waiting_and_working_are_told_apart_in_minutes(way: Journey) -> None:
    spent = [
        (t.spent.waited.seconds // 60, t.spent.worked.seconds // 60, t.spent.paused.seconds // 60) for t in way.turns
    ]
    # The Kasi's first wait runs over night: 14.53 to 16.00 and 07.30 to 08.12 are office time, 109 minutes.
    assert spent == [(24, 18, 85), (109, 4, 0), (3, 5, 0), (2, 4, 0), (11, 7, 0), (188, 0, 0)]


def test_what_came_of_each_turn_is_known(way: Journey) -> None:
    assert [t.hand.action for t in way.turns] == [
        "beri_resi", "kembali_editor", "perbaiki", "paraf_kasi", "paraf_kabid", "",
    ]  # fmt: skip
    assert [t.revision for t in way.turns] == [1, 1, 2, 2, 2, 0]
    assert way.turns[0].deficiencies == 1
    assert way.turns[1].subjects == ("decision.number", "wife.name")
    assert way.turns[1].hand.back


def test_documents_are_ready_only_when_the_kabid_initialled_this_very_revision(way: Journey) -> None:
    assert [(d.kind, d.state) for d in way.documents] == [("akta", "ready"), ("kk", "ready"), ("ktp", "requested")]


def test_before_a_draft_nothing_is_made_and_papers_have_names(office_db: Path, shop: Workshop, clock: Clock) -> None:
    file = asked_for_more(shop, clock)
    assert clock.at is not None
    assert {d.state for d in journey(PELITA3, Office(), file.id, clock.at).documents} == {"none"}
    assert requirement_labels()["kk"] == "Kartu Keluarga"


def test_after_the_first_draft_documents_are_only_a_draft(office_db: Path, shop: Workshop, clock: Clock) -> None:
    file = handed_to_kasi(shop, clock)
    assert clock.at is not None
    way = journey(PELITA3, Office(), file.id, clock.at)
    assert [d.state for d in way.documents] == ["draft", "draft", "requested"]
    assert way.turns[-1].hand.received is None
    assert way.turns[-1].hand.desk == "Kepala Seksi"


def test_a_file_cancelled_before_anybody_took_it_was_received_by_nobody(office_db: Path, shop: Workshop) -> None:
    file = walk_to("KE_KASI", shop)
    act(sit_down(Role.KASI), file, "batalkan", "Permohonan dicabut pemohon")
    lines = card.lines(PELITA3, file.id)
    last = card.hand_overs(PELITA3, lines, PELITA3.rows_for(file.channel))[-1]
    assert (last.desk, last.received, last.action) == ("Kepala Seksi", None, "batalkan")
    assert last.done is not None
    assert last.done.name == "Zulfikar Hasan, S.Sos"


def test_signed_documents_wait_for_the_front_office_to_send_them(office_db: Path, shop: Workshop) -> None:
    file = walk_to("TERTANDA", shop)
    last = card.hand_overs(PELITA3, card.lines(PELITA3, file.id), PELITA3.rows_for(file.channel))[-1]
    assert (last.desk, last.rows, last.norm_minutes, last.received) == ("Front Office", (11,), 2, None)
    now = file.moved_at
    assert [d.state for d in journey(PELITA3, Office(), file.id, now).documents] == ["signed", "signed", "requested"]
    fo = sit_down(Role.FO)
    mail = outbox.queue(fo, file, "mail_documents", "pemohon@contoh.id", "Dokumen", "Terlampir", [], base.new_key())
    outbox.lease(fo, mail, base.new_key())
    outbox.sent(fo, mail, "250 OK", base.new_key())
    act(fo, file, "kirim")
    ended = journey(PELITA3, Office(), file.id, now)
    assert [d.state for d in ended.documents] == ["sent", "sent", "requested"]
    assert ended.turns[-1].hand.over
    assert ended.turns[-1].hand.received == ended.turns[-1].hand.done, "sending is one act"


@pytest.mark.parametrize(
    ("name", "short", "letters"),
    [
        ("Zulfikar Hasan, S.Sos", "Zulfikar H.", "ZH"),
        ("Dr. Nurlaila Hasibuan, M.Si", "Nurlaila H.", "NH"),
        ("I Made Sudarsana", "I Made S.", "IS"),
        ("Pemohon", "Pemohon", "P"),
        ("Hj. Meri", "Meri", "M"),
    ],
)
def test_names_fit_a_stamp(name: str, short: str, letters: str) -> None:
    assert (card.short_name(name), card.initials(name)) == (short, letters)


def test_an_untouched_card_is_whole(office_db: Path, shop: Workshop, clock: Clock) -> None:
    file = asked_for_more(shop, clock)
    assert card.verify(file.id) == Verification(whole=True, lines=3)


@pytest.mark.parametrize(
    ("change", "line"),
    [
        ("update paraf set note = 'lain' where n = 2", 2),
        ("delete from paraf where n = 2", 2),
        ("update finding set problem = 'lain sekali'", 3),
        ("update entry set data = replace(data, 'YOHANES', 'YOHANNES')", 3),
        ("update berkas set stage = 'SELESAI'", 3),
        ("update blob set data = x'00'", 3),
    ],
)
def test_a_change_past_the_guards_is_found(
    office_db: Path, shop: Workshop, clock: Clock, change: str, line: int
) -> None:
    file = asked_for_more(shop, clock)
    unguarded(office_db, change)
    found = card.verify(file.id)
    assert (found.whole, found.bad_line) == (False, line)
    assert found.reason


def test_a_document_that_vanished_is_found(office_db: Path, shop: Workshop, clock: Clock) -> None:
    file = asked_for_more(shop, clock)
    unguarded(office_db, "delete from blob")
    assert card.verify(file.id).reason == "Isi sebuah dokumen hilang."
