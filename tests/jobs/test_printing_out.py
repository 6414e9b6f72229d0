"""A paper goes to a printer, and is called printed only when the spooler says so."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from app.devices.printer import JobState, JobStatus
from app.errors import Refused, Shown
from app.jobs import printing_out
from app.jobs.printing_out import print_paper, said
from app.jobs.workshop import Workshop
from app.models import base
from app.services import papers
from app.services.berkas import head
from app.services.keys import new_key
from app.services.papers import NewPaper, PaperRow
from app.sop.model import Role
from app.sop.pelita3 import PELITA3
from tests.support import walk
from tests.support.cups import Cups
from tests.support.office import sit_down
from tests.support.sheets import paper, read
from tests.support.talk import Told


def stored(kind: str = "scan") -> PaperRow:
    """A paper of a new file, as it lies in the database."""
    file = walk.new_file()
    return papers.store(sit_down(Role.FO), file.id, NewPaper(kind, "kk", "KK", paper("A4"), 1), new_key())


def states() -> list[str]:
    return [r[0] for r in base.db.execute_sql("select state from print_event order by id")]


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits twenty seconds in a test."""
    monkeypatch.setattr(printing_out, "WAIT_SECONDS", 1.0)


def test_without_a_printer_it_lands_in_this_pcs_folder_whole(office_db: Path, shop: Workshop) -> None:
    row, told = stored(), Told()
    status = print_paper(shop, sit_down(Role.FO), row, new_key(), told)
    assert status.state is JobState.COMPLETED
    (printed,) = (shop.folder / "cetakan").glob("*.pdf")
    assert printed.read_bytes() == papers.data(row.sha256)
    assert papers.print_state(row.id)[0] == "COMPLETED"
    assert told.reports == [(0, 1, "Sudah tercetak")]


def test_a_papers_own_printer_goes_before_the_common_one(office_db: Path, shop: Workshop, tmp_path: Path) -> None:
    row = stored()
    own = replace(shop, printers={"": f"folder:{tmp_path / 'umum'}", "scan": f"folder:{tmp_path / 'pindai'}"})
    fo = sit_down(Role.FO)
    print_paper(own, fo, row, new_key())
    print_paper(own, fo, row, new_key(), printer=f"folder:{tmp_path / 'lain'}")
    print_paper(replace(own, printers={"": f"folder:{tmp_path / 'umum'}"}), fo, row, new_key())
    assert [len(list((tmp_path / f).glob("*.pdf"))) for f in ("umum", "pindai", "lain")] == [1, 1, 1]
    assert papers.prints(row.id) == 3


def test_a_real_queue_prints_it(cups: Cups, office_db: Path, shop: Workshop) -> None:
    row, told = stored(), Told()
    status = print_paper(shop, sit_down(Role.FO), row, new_key(), told, printer="arsip")
    assert status.state is JobState.COMPLETED, status.reason
    number = base.db.execute_sql("select job from print_event order by id desc").fetchone()[0]
    assert len(read(cups.page(number))) == 1
    assert states()[-1] == "COMPLETED"
    assert told.reports[-1][2] == "Sudah tercetak"


def test_a_stopped_printer_has_printed_nothing(cups: Cups, office_db: Path, shop: Workshop, quick: None) -> None:
    row = stored()
    status = print_paper(shop, sit_down(Role.FO), row, new_key(), printer="macet")
    assert status.state is not JobState.COMPLETED
    assert "habis kertas" in status.reason
    assert papers.prints(row.id) == 0
    assert "COMPLETED" not in states()
    assert "habis kertas" in papers.print_state(row.id)[1]


def test_a_printer_that_was_refilled_prints_it(cups: Cups, office_db: Path, shop: Workshop, quick: None) -> None:
    row = stored()
    fo = sit_down(Role.FO)
    cups.admin("cupsdisable", "-r", "sedang diisi", "arsip2")
    assert print_paper(shop, fo, row, new_key(), printer="arsip2").state is JobState.STOPPED
    cups.admin("cupsenable", "arsip2")
    assert print_paper(shop, fo, row, new_key(), printer="arsip2").state is JobState.COMPLETED
    assert papers.prints(row.id) == 1


@pytest.mark.parametrize("asked", [True, False])
def test_while_it_still_waits_nothing_is_called_printed(
    cups: Cups, office_db: Path, shop: Workshop, monkeypatch: pytest.MonkeyPatch, asked: bool
) -> None:
    row, told = stored(), Told(stop_after=1 if asked else 99)
    if not asked:
        monkeypatch.setattr(printing_out, "WAIT_SECONDS", 0.0)
    status = print_paper(shop, sit_down(Role.FO), row, new_key(), told, printer="arsip2")
    assert status.state in printing_out.OPEN
    assert told.reports[-1][2].startswith(("Menunggu printer", "Sedang dicetak"))
    assert "COMPLETED" not in states()
    assert papers.prints(row.id) == 0


def test_a_printer_that_is_not_there_is_told_and_on_record(office_db: Path, shop: Workshop) -> None:
    row = stored()
    with pytest.raises(Refused, match="tidak ada di komputer ini"):
        print_paper(shop, sit_down(Role.FO), row, new_key(), printer="tidak-ada")
    state, detail = papers.print_state(row.id)
    assert state == "LOST"
    assert "tidak ada di komputer ini" in detail
    assert base.db.execute_sql("select printer from print_event").fetchone()[0] == "tidak-ada"


def test_a_folder_that_takes_nothing_is_told_and_on_record(office_db: Path, shop: Workshop, tmp_path: Path) -> None:
    row = stored()
    (tmp_path / "penuh").write_text("sebuah berkas")
    with pytest.raises(Shown, match="belum tersimpan"):
        print_paper(shop, sit_down(Role.FO), row, new_key(), printer=f"folder:{tmp_path / 'penuh'}")
    assert papers.print_state(row.id)[0] == "LOST"


def test_no_name_travels_to_the_printers_panel(office_db: Path, shop: Workshop) -> None:
    row = stored()
    print_paper(shop, sit_down(Role.FO), row, new_key())
    (printed,) = (shop.folder / "cetakan").glob("*.pdf")
    assert printed.name == f"000001-{head(PELITA3, row.berkas_id).number}-pindaian.pdf"


@pytest.mark.parametrize("state", list(JobState))
def test_every_state_has_words(state: JobState) -> None:
    assert said(JobStatus(state))
    assert said(JobStatus(state, "habis kertas")).endswith(": habis kertas")
