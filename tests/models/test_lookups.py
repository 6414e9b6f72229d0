"""Questions beyond one's own desks: the same answers on both engines, and each search written down."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from app.errors import Refused
from app.jobs.workshop import Workshop
from app.models import lookups
from app.models.lookups import Now
from app.models.tables_berkas import Ticket
from app.models.tables_officers import ReadLog
from app.services import berkas, entry, worklist
from app.services.berkas import Head
from app.services.case import Case, with_value
from app.services.keys import new_key
from app.services.office import Office
from app.sop.model import Role
from app.sop.pelita3 import PELITA3
from tests.support import walk
from tests.support.cases import case_pn
from tests.support.office import Clock, all_seeing, appoint, sit_down
from tests.support.stories import at


def typed(*changes: tuple[str, object], base: Callable[[], Case] = case_pn) -> Head:
    """A file at the counter, with what was typed into it."""
    case = base()
    for path, value in changes:
        case = with_value(case, path, value)
    file, fo = walk.new_file(), sit_down(Role.FO)
    entry.save(fo, file, case, 0, new_key())
    return berkas.head(PELITA3, file.id)


def logged() -> list[tuple[int, str, str]]:
    """What the reading log holds of searches: file, what, why."""
    with all_seeing():
        rows = ReadLog.select().where(ReadLog.what == "mencari").order_by(ReadLog.id)
        return [(r.berkas_id, r.what, r.why) for r in rows]


def test_by_number_ticket_nik_and_name(office_db: Path) -> None:
    one, two = typed(), typed(("wife.name", "MARIA LESTARI"), ("wife.nik", "1471076208870999"))
    nik = case_pn().wife.nik
    with all_seeing():
        ticket = Ticket.get(Ticket.id == 1).code
    sit_down(Role.KASI)
    for kind, wanted, found in [
        ("nomor", one.number, [one.id]),
        ("nomor", one.number[:7], [two.id, one.id]),
        ("nomor", "P3-9999", []),
        ("tiket", ticket, [one.id]),
        ("tiket", "T3-260512-A999-0", []),
        ("NIK", nik, [one.id]),
        ("NIK", case_pn().husband.nik, [two.id, one.id]),
        ("NIK", nik[:-1], []),
        ("nama", "LESTARI", [two.id]),
        ("nama", "SITORUS", [two.id, one.id]),
        ("nama", "TIDAK ADA", []),
    ]:
        assert lookups.search(kind, wanted) == found, (kind, wanted)


def test_every_search_is_written_down_by_its_kind_and_what_it_showed(office_db: Path) -> None:
    one = typed()
    sit_down(Role.KASI)
    lookups.search("nama", "SITORUS")
    lookups.search("NIK", "1471070000000000")
    lookups.search("nomor", one.number)
    assert logged() == [(one.id, "mencari", "nama"), (0, "mencari", "NIK"), (one.id, "mencari", "nomor")]
    assert not any("SITORUS" in word for row in logged() for word in row if isinstance(word, str))


@pytest.mark.parametrize("wanted", ["%%%", "___", "SI%US", "S_TORUS", "\\\\\\"])
def test_signs_of_the_databases_own_mean_nothing(office_db: Path, wanted: str) -> None:
    typed()
    sit_down(Role.KASI)
    assert lookups.search("nama", wanted) == []
    assert all(why == "nama" and not file for file, _, why in logged())


@pytest.mark.parametrize(("kind", "wanted"), [("nama", "SI"), ("nama", " S I "), ("nomor", "P3"), ("nama", "")])
def test_less_than_three_letters_search_for_nothing(office_db: Path, kind: str, wanted: str) -> None:
    typed()
    sit_down(Role.KASI)
    assert lookups.search(kind, wanted) == []
    assert logged() == []


def test_at_most_fifty_and_the_newest_first(office_db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = [typed() for _ in range(3)]
    sit_down(Role.KASI)
    assert lookups.search("nama", "SITORUS") == [f.id for f in reversed(files)]
    assert lookups.FOUND_LIMIT == 50


@pytest.mark.parametrize("role", [Role.ADMIN, Role.MAILER])
def test_who_has_nothing_to_do_with_files_searches_none(office_db: Path, role: Role) -> None:
    one = typed()
    sit_down(role)
    with pytest.raises(Refused):
        lookups.search("nomor", one.number)


def test_what_was_found_is_a_head_and_a_card_until_it_is_opened(office_db: Path, clock: Clock, shop: Workshop) -> None:
    now = at(clock, 12, "9.00")
    file = walk.walk_to("DRAF", shop)
    kasi = sit_down(Role.KASI)
    (item,) = worklist.look_up(PELITA3, kasi, Office(), now, "sitorus")
    assert (item.id, item.title) == (file.id, file.title)
    assert item.last
    berkas.log_reading(file.id, "berkas", "aduan 17")
    newest = entry.latest(file.id)
    assert newest is not None
    assert newest.case.husband.name == case_pn().husband.name


@pytest.mark.postgres_only
def test_before_it_is_opened_the_server_shows_nothing_of_what_is_in_it(
    office_db: Path, clock: Clock, shop: Workshop
) -> None:
    now = at(clock, 12, "9.00")
    file = walk.walk_to("DRAF", shop)
    kasi = sit_down(Role.KASI)
    with pytest.raises(Refused, match="tidak ada, atau tidak terbuka"):
        berkas.head(PELITA3, file.id)
    worklist.look_up(PELITA3, kasi, Office(), now, "sitorus")
    assert berkas.head(PELITA3, file.id).number == file.number
    assert entry.latest(file.id) is None
    clock.at = now + timedelta(hours=1, seconds=1)
    with pytest.raises(Refused, match="tidak ada, atau tidak terbuka"):
        berkas.head(PELITA3, file.id)


def test_other_open_files_of_the_same_person_are_named(office_db: Path) -> None:
    one, two, over = typed(), typed(), typed()
    fo = sit_down(Role.FO)
    walk.act(fo, over, "batalkan", "ganda")
    nik = case_pn().wife.nik
    assert lookups.numbers_with_nik(one.id, nik) == [two.number]
    stranger = typed(("wife.nik", "1471076208870999"))
    sit_down(Role.FO)
    # Typed and not kept yet: asked all the same, and told.
    assert lookups.numbers_with_nik(stranger.id, nik) == [one.number, two.number]
    assert lookups.numbers_with_nik(stranger.id, "1471010101900001") == []


def test_how_many_files_stand_where(office_db: Path, shop: Workshop) -> None:
    walk.walk_to("DI_KASI", shop)
    walk.walk_to("KE_KASI", shop)
    over = walk.new_file()
    walk.act(sit_down(Role.FO), over, "batalkan", "salah nomor")
    for role in (Role.FO, Role.EDITOR, Role.KADIS):
        sit_down(role)
        assert lookups.stage_counts() == {"DI_KASI": 1, "KE_KASI": 1}


def test_where_files_went_that_left_a_list(office_db: Path, shop: Workshop) -> None:
    held, waits = walk.walk_to("DI_KASI", shop), walk.walk_to("KE_KASI", shop)
    sit_down(Role.EDITOR)
    assert lookups.where_now([held.id, waits.id, 4711]) == {
        held.id: Now("DI_KASI", "zulfikar"),
        waits.id: Now("KE_KASI", "rina"),
    }
    assert lookups.where_now([]) == {}


def test_how_many_lines_a_card_has_is_asked_of_a_file_that_is_there(office_db: Path) -> None:
    file = walk.new_file()
    sit_down(Role.FO)
    assert lookups.lines_of(file.id) == file.n
    with pytest.raises(Refused, match="Berkas itu tidak ada"):
        lookups.lines_of(4711)


@pytest.mark.postgres_only
def test_a_role_for_today_opens_its_desk_for_today(office_db: Path, shop: Workshop, clock: Clock) -> None:
    at(clock, 12, "9.00")
    file = walk.walk_to("KE_KASI", shop)
    sit_down("dedi")
    with pytest.raises(Refused):
        lookups.lines_of(file.id)
    appoint("dedi", Role.KASI)
    sit_down("dedi")
    assert lookups.lines_of(file.id) == file.n
